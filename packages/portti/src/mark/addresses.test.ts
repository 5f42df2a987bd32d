import { describe, expect, it } from 'vitest'
import { contentOf, ofSrcset } from './addresses.ts'

describe('addresses', () => {
  it.each([
    ['a', ['a']],
    ['a 1x, b 2x', ['a', 'b']],
    ['a,b', ['a,b']],
    ['a, b', ['a', 'b']],
    [' ,, a 100w (x, y), b', ['a', 'b']],
    ['data:image/png;base64,xx== 1x,b', ['data:image/png;base64,xx==', 'b']],
    ['', []],
  ])('of the srcset "%s" are %j', (value, expected) => {
    expect(ofSrcset(value)).toEqual(expected)
  })

  it.each([
    ['javascript:a%28%29', { kind: 'code', text: 'a()' }],
    [' JavaScript:b(%', { kind: 'code', text: 'b(%' }],
    ['data:text/html,<p>', { kind: 'markup', text: '<p>' }],
    ['data:text/html;charset=utf-8;base64,PHA+', { kind: 'markup', text: '<p>' }],
    ['data:text/javascript,x', { kind: 'code', text: 'x' }],
    ['data:text/html;base64,%%%', { kind: 'markup', text: '' }],
    ['data:image/png;base64,PHA+', undefined],
    ['https://a.example/', undefined],
  ])('carry their own content in %s', (url, expected) => {
    expect(contentOf(url)).toEqual(expected)
  })
})
