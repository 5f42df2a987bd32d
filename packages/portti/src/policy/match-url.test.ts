import { describe, expect, test } from 'vitest'
import { growth } from '../../../../test/fixtures/growth.ts'
import { matchUrl } from './match-url.ts'

const patterns = [
  'acme.example',
  '*.acme.example',
  '*.acme.example/px',
  'www.acme.example/px',
  'www.acme.example/px/long',
  '*.deep.acme.example',
  'Partner.example/Path?id=',
  'localhost/counter',
] as const
const match = (url: string, base?: string) =>
  matchUrl(patterns.map((pattern) => [pattern, pattern]))(url, base)

describe('matchUrl', () => {
  test.each([
    ['https://acme.example', 'acme.example'],
    ['https://acme.example/anything?x#y', 'acme.example'],
    ['http://a.acme.example/', '*.acme.example'],
    ['https://a.b.acme.example/px.gif?1', '*.acme.example/px'],
    ['https://a.deep.acme.example/px', '*.deep.acme.example'],
    ['https://deep.acme.example/px', '*.acme.example/px'],
    ['https://www.acme.example/px?1', 'www.acme.example/px'],
    ['https://www.acme.example/px/long/er', 'www.acme.example/px/long'],
    ['https://www.acme.example/other', '*.acme.example'],
    ['https://.acme.example/', '*.acme.example'],
    ['https://partner.example/Path?id=7', 'Partner.example/Path?id='],
    ['wss://acme.example/socket', 'acme.example'],
    ['//acme.example/x', 'acme.example'],
    ['HTTPS://ACME.EXAMPLE/', 'acme.example'],
    ['https://acme.example./', 'acme.example'],
    ['https://acme.example:8443/', 'acme.example'],
    ['https://user:pass@acme.example/', 'acme.example'],
    ['https://evil.example@acme.example/', 'acme.example'],
    ['\thttps:\\\\acme.ex\nample/', 'acme.example'],
    ['http://localhost:4173/counter', 'localhost/counter'],
  ])('%j belongs to %s', (url, pattern) => {
    expect(match(url)).toBe(pattern)
  })

  test.each([
    'https://acme.example.evil.example/',
    'https://evilacme.example/',
    'https://acme.example@evil.example/',
    'https://evil.example/?https://acme.example',
    'https://partner.example/path?id=7',
    'https://example/',
    'data:text/html,acme.example',
    'about:blank',
    'https://[::1]/',
    '/relative',
    'https://',
    '',
  ])('%j belongs to none', (url) => {
    expect(match(url)).toBe(undefined)
  })

  test('a name as long as DNS allows is one, a longer one is none', () => {
    const host = (length: number) =>
      `${`${'a.'.repeat(200)}`.slice(0, length - 8).replace(/.$/, 'a')}.example`
    const any = matchUrl([['*.example', 1]])
    expect([host(253).length, host(254).length]).toEqual([253, 254])
    expect([any(`https://${host(253)}/`), any(`https://${host(254)}/`)]).toEqual([1, undefined])
  })

  test('an address without a host belongs to none, not even to a pattern without one', () => {
    expect(matchUrl([['/px', 1]])('data:/px')).toBe(undefined)
    expect(matchUrl([['', 1]])('data:/px')).toBe(undefined)
  })

  test('a base resolves relative addresses', () => {
    expect(match('/px', 'https://www.acme.example/page')).toBe('www.acme.example/px')
  })

  test('values may be anything, undefined and false too', () => {
    const values = matchUrl<boolean | undefined>([
      ['a.example', false],
      ['*.a.example', true],
      ['b.a.example', undefined],
    ])
    expect(
      ['https://a.example', 'https://x.a.example', 'https://b.a.example'].map((url) => values(url)),
    ).toEqual([false, true, undefined])
  })

  test('of two equal patterns the first counts', () => {
    expect(
      matchUrl([
        ['a.example', 1],
        ['A.example', 2],
      ])('https://a.example'),
    ).toBe(1)
  })

  test('costs as much as the address is long', () => {
    const match = matchUrl([['*.a.example', 1]])
    const address = (labels: number) => `https://${'a.'.repeat(labels)}example/${'x'.repeat(labels)}`
    expect(growth(match, address(20_000), address(200_000))).toBeLessThan(40)
  })

  test('costs the same however many the patterns', () => {
    const among = (count: number) =>
      matchUrl(Array.from({ length: count }, (_, index) => [`*.h${index}.example/p`, index] as const))
    const work = (match: ReturnType<typeof among>) => {
      for (let index = 0; index < 2000; index++) match(`https://a.h${index % 10}.example/p${'x'.repeat(100)}`)
    }
    expect(growth(work, among(10), among(20_000))).toBeLessThan(5)
  })
})
