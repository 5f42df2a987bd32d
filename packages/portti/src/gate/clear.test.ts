import { describe, expect, test } from 'vitest'
import { policyWith } from '../../../../test/fixtures/policy.ts'
import type { Service } from '../policy/policy.ts'
import { cookieScopes, declaredNames, isNamed, namesToClear } from './clear.ts'

const policy = policyWith()
const services = (...ids: string[]): Service[] =>
  [...policy.services.values()].filter(({ id }) => ids.includes(id))
const others = (...ids: string[]): Service[] =>
  [...policy.services.values()].filter(({ id }) => !ids.includes(id))

describe('names to clear', () => {
  test('are the cookies of services that may not run', () => {
    const present = ['_ga', '_ga_ABC123', '_gid', 'PHPSESSID', 'portti', '_fbp', 'cart']
    expect(namesToClear(present, 'cookie', services('google-analytics'), others('google-analytics'))).toEqual(
      ['_ga', '_ga_ABC123', '_gid'],
    )
    expect(
      namesToClear(present, 'cookie', others('portti', 'session'), services('portti', 'session')),
    ).toEqual(['_ga', '_ga_ABC123', '_gid', '_fbp'])
  })

  test('never are those that a service which may run has declared too', () => {
    // Both write `_gcl_*`.
    const present = ['_gcl_au', '_gac_UA']
    expect(namesToClear(present, 'cookie', services('google-signals'), services('google-ads'))).toEqual([])
    expect(namesToClear(present, 'cookie', services('google-ads'), services('google-signals'))).toEqual([
      '_gac_UA',
    ])
  })

  test('never are ours, even if a service claims every name that begins so', () => {
    const greedy = {
      ...services('ad-segments')[0]!,
      cookies: [{ name: 'p*', days: 1, purpose: 'ads' as const }],
    }
    expect(namesToClear(['portti', 'pixel'], 'cookie', [greedy], services('portti'))).toEqual(['pixel'])
  })

  test('are no cookies of another host', () => {
    expect(declaredNames(services('youtube', 'x'), 'cookie')).toEqual([])
  })

  test('are of the right kind of storage', () => {
    expect(namesToClear(['segments', 'segments2'], 'localStorage', services('ad-segments'), [])).toEqual([
      'segments',
    ])
    expect(namesToClear(['segments'], 'sessionStorage', services('ad-segments'), [])).toEqual([])
    expect(namesToClear(['segments'], 'cookie', services('ad-segments'), [])).toEqual([])
    expect(namesToClear(['lastExternalReferrerTime'], 'localStorage', services('meta-pixel'), [])).toEqual([
      'lastExternalReferrerTime',
    ])
  })

  test.each([
    ['_ga', '_ga', true],
    ['_ga', '_gat', false],
    ['_gat', '_ga', false],
    ['_ga_*', '_ga_1', true],
    ['_ga_*', '_ga_', true],
    ['_ga_*', '_ga', false],
    ['a.b', 'axb', false],
    ['a*b', 'aXb', false],
    ['constructor', 'constructor', true],
  ])('%s names %s: %s', (pattern, name, expected) => {
    expect(isNamed(name, [pattern])).toBe(expected)
  })
})

describe('where a cookie may stand', () => {
  test('is the host, each parent domain, and each folder with and without a slash', () => {
    const scopes = cookieScopes('kauppa.yritys.example', '/tuotteet/1')
    for (const domain of ['', ';Domain=kauppa.yritys.example', ';Domain=yritys.example']) {
      for (const path of ['/', '/tuotteet', '/tuotteet/', '/tuotteet/1'])
        expect(scopes).toContain(`;Path=${path}${domain}`)
    }
  })

  test('is nothing that an address with a semicolon would like to add', () => {
    const scopes = cookieScopes('yritys.example', '/a;Max-Age=999/b;Domain=other.example')
    expect(scopes.filter((scope) => /Max-Age|other/.test(scope))).toEqual([])
    expect(scopes).toContain(';Path=/a')
  })

  test('is the root on the start page', () => {
    expect(cookieScopes('yritys.example', '/')).toContain(';Path=/')
    expect(cookieScopes('localhost', '/')).toContain(';Path=/;Domain=localhost')
  })
})
