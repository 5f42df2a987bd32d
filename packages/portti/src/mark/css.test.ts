import { describe, expect, it } from 'vitest'
import { cleanCss } from './css.ts'

const clean = (css: string) =>
  cleanCss(css, (address) => (address.includes('held.example') ? 'x' : undefined))

describe('a style sheet', () => {
  it.each([
    ['a{b:url(//held.example/a)}', 'a{b:none}'],
    ['a{b:URL( "//held.example/a" ) c,url(own)}', 'a{b:none c,url(own)}'],
    ["@import '//held.example/a' layer(x) screen and (min-width:1px);b{}", '/**/b{}'],
    ['@IMPORT url(//held.example/a);@import url(own.css);', '/**/@import url(own.css);'],
    ['@import url(//held.example/a)', '/**/'],
    ['a{b:image-set("//held.example/a" 1x, "own" 2x)}', 'a{b:image-set("" 1x, "own" 2x)}'],
    ['a{b:-webkit-image-set(url(//held.example/a) 1x)}', 'a{b:-webkit-image-set(none 1x)}'],
    ['a{b:url(\\2f\\2fheld.example/a)}', 'a{b:none}'],
    ['a{b:u\\72l(//h\\000065 ld.example/a) c}', 'a{b:none c}'],
    ['a{b:\\u\\rl(//held.example/a)}', 'a{b:none}'],
    ['@\\69mport "//held.example/a";', '/**/'],
    ['a{b:"\\\\75";c:u\\72 l(//held.example/a)}', 'a{b:"\\\\75";c:none}'],
    ['@font-face{src:url("//held.example/a") format("woff2")}', '@font-face{src:none format("woff2")}'],
    ['a{b:url(//held.example/a', 'a{b:none'],
  ])('%s becomes %s', (css, expected) => {
    expect(clean(css).text).toBe(expected)
    expect(clean(css).matches).not.toEqual([])
    expect(clean(expected).matches).toEqual([])
  })

  it.each([
    ['/* url(//held.example/a) @import "//held.example" */'],
    ['a::before{content:"//held.example/a"}'],
    ['@import "own.css" supports(content:"//held.example/a");'],
    ['a{b:url(own);c:"url(//held.example/a)"}'],
    ['@imported "//held.example/a";'],
    ['a{b:my-url(//held.example/a)}'],
    ['/* url(//held.example'],
    ['a\\62{b:"\\201c";c:\\61}'],
  ])('%s stays as it is', (css) => {
    expect(clean(css)).toEqual({ matches: [], text: css })
  })
})
