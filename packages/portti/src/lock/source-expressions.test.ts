import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ownSourcesOf, sourcesOf } from './source-expressions.ts'

describe('the sources for an address of a policy', () => {
  test.each([
    ['acme.example', ['acme.example']],
    ['*.acme.example', ['*.acme.example']],
    ['acme.example/', ['acme.example']],
    ['acme.example/px', ['acme.example/px', 'acme.example/px/']],
    ['acme.example/px/', ['acme.example/px/']],
    ['*.acme.example/a/b.js', ['*.acme.example/a/b.js', '*.acme.example/a/b.js/']],
    ['acme.example/tr?id=1', ['acme.example/tr', 'acme.example/tr/']],
    ['acme.example/?id=1', ['acme.example']],
    ['acme.example/a,b;c', ['acme.example/a%2Cb%3Bc', 'acme.example/a%2Cb%3Bc/']],
    ["acme.example/'x'", ['acme.example/%27x%27', 'acme.example/%27x%27/']],
    ['acme.example/ä%20%zz', ['acme.example/%C3%A4%20%25zz', 'acme.example/%C3%A4%20%25zz/']],
  ])('%s is %j', (pattern, sources) => {
    expect(sourcesOf(pattern)).toEqual(sources)
  })

  test.each([
    '',
    '*',
    '*.',
    "'unsafe-inline'",
    'https:',
    'https://acme.example',
    'acme.example; script-src *',
    'acme.example *',
    'acme.example\n*',
    'acme.example:443',
    'a.*.example',
    'user@acme.example',
    '//acme.example',
    '"><script>',
  ])('%j is no address and gives none', (pattern) => {
    expect(sourcesOf(pattern)).toEqual([])
  })

  test('are each one word without a meaning of its own, whatever the text', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom(...`;, '"*\n%2/?#:.a`) }).map((path) => `a.example/${path}`),
      fc.string({ unit: 'binary' }).map((path) => `a.example/${path}`),
    )
    fc.assert(
      fc.property(texts, (text) => {
        for (const source of [...sourcesOf(text), ...ownSourcesOf(text)]) {
          expect(source).toMatch(/^[\w\-.~!$&()*+=:@%/]+$/)
          expect(source).not.toMatch(/^(\*|[a-z]+:|\*\.?)$/)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe("the site's own sources", () => {
  test.each([
    ['cdn.site.example', ['cdn.site.example']],
    ['https://cdn.site.example', ['https://cdn.site.example']],
    ['https://cdn.site.example:8443/lib/', ['https://cdn.site.example:8443/lib/']],
    ['wss://live.site.example', ['wss://live.site.example']],
    ['localhost:5173', ['localhost:5173']],
    ['*.site.example:8080', ['*.site.example:8080']],
    ['data:', ['data:']],
    ['blob:', ['blob:']],
  ])('%s is %j', (text, sources) => {
    expect(ownSourcesOf(text)).toEqual(sources)
  })

  test.each([
    'https:',
    '*',
    "'self'",
    "'unsafe-eval'",
    'ftp://a.example',
    'a.example:port',
    'a.example;',
    'javascript:',
  ])('%s is left out', (text) => {
    expect(ownSourcesOf(text)).toEqual([])
  })
})
