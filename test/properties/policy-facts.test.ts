import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DeclaredPolicy, DeclaredService } from '../../packages/portti/src/policy/declared-policy.ts'
import { covers, part } from '../../packages/portti/src/policy/fingerprint.ts'
import { matchUrl } from '../../packages/portti/src/policy/match-url.ts'
import { normalise } from '../../packages/portti/src/policy/normalise.ts'
import { catalogue } from '../../packages/portti/src/services/catalogue.ts'
import { anyText } from '../fixtures/any-text.ts'
import { declaredPolicies, policyOf, text } from '../fixtures/arbitrary-policy.ts'
import { slowMatch } from '../fixtures/slow-match.ts'
import { tries } from '../fixtures/tries.ts'

describe('which pattern an address belongs to', () => {
  const label = fc.constantFrom('a', 'a', 'a', 'b', 'A', 'www')
  const host = fc
    .array(label, { minLength: 1, maxLength: 3 })
    .map((labels) => [...labels, 'example'].join('.'))
  const path = fc
    .array(fc.constantFrom('/', '/p', 'x', '?a=1', '/P', '.gif', '%2f', 'ä'), { maxLength: 4 })
    .map((parts) => (parts.length ? `/${parts.join('')}` : ''))
  const patterns = fc.uniqueArray(
    fc.tuple(fc.constantFrom('', '*.'), host, path).map((parts) => parts.join('')),
    { maxLength: 12, selector: (pattern) => pattern.replace(/^[^/]*/, (own) => own.toLowerCase()) },
  )
  const url = fc.oneof(
    fc
      .record({
        scheme: fc.constantFrom(
          'https://',
          'http://',
          'wss://',
          '//',
          'HTTPS:\\\\',
          'https:',
          ' https://',
          'data:',
        ),
        user: fc.constantFrom('', 'u:p@', 'a.example@'),
        host,
        end: fc.constantFrom('', '.', ':8443', ':', '..'),
        path,
        hash: fc.constantFrom('', '#/p', '#'),
      })
      .map((parts) => Object.values(parts).join('')),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    anyText,
    path,
  )

  test('is the one that a slow search finds', () => {
    let found = 0
    fc.assert(
      fc.property(patterns, url, fc.option(host, { nil: undefined }), (list, address, page) => {
        const base = page && `https://${page}/p/`
        const pattern = matchUrl(list.map((one) => [one, one]))(address, base)
        expect(pattern).toBe(slowMatch(list, address, base))
        if (pattern) found++
      }),
      { numRuns: tries(5000), seed: 31 },
    )
    expect(found).toBeGreaterThan(tries(150))
  })
})

const ownServices = ({ categories }: DeclaredPolicy): DeclaredService[] =>
  categories.flatMap(({ services }) => services.filter((service) => typeof service !== 'string'))

const partsOf = (policy: DeclaredPolicy) =>
  new Map([...policyOf(policy).services.values()].map(({ id, fingerprint }) => [id, fingerprint]))

/** Every list the other way round, categories and services too. */
const turned = (policy: DeclaredPolicy): DeclaredPolicy => ({
  ...policy,
  categories: [...policy.categories].reverse().map((category) => ({
    ...category,
    services: [...category.services].reverse().map((service) =>
      typeof service === 'string'
        ? service
        : {
            ...service,
            ...(service.urls && { urls: [...service.urls].reverse() }),
            ...(service.cookies && { cookies: [...service.cookies].reverse() }),
            ...(service.storage && { storage: [...service.storage].reverse() }),
          },
    ),
  })),
})

describe('what a visitor was told', () => {
  test('does not depend on the order in which it is declared', () => {
    fc.assert(
      fc.property(declaredPolicies, (policy) => {
        const other = turned(policy)
        expect(partsOf(other)).toEqual(partsOf(policy))
        const [one, two] = [policyOf(policy), policyOf(other)]
        for (const [id, { fingerprint }] of one.categories) {
          const again = two.categories.get(id)?.fingerprint ?? ['none']
          expect(covers(fingerprint, again) && covers(again, fingerprint), id).toBe(true)
        }
      }),
      { numRuns: tries(150), seed: 32 },
    )
  })

  test('does not depend on wording', () => {
    fc.assert(
      fc.property(declaredPolicies, text, (policy, words) => {
        const reworded: DeclaredPolicy = {
          ...policy,
          controller: { ...policy.controller, name: words },
          categories: policy.categories.map((category) => ({
            ...category,
            title: words,
            description: words,
            services: category.services.map((service) =>
              typeof service === 'string' ? service : { ...service, name: words, description: words },
            ),
          })),
        }
        expect(partsOf(reworded)).toEqual(partsOf(policy))
      }),
      { numRuns: tries(120), seed: 33 },
    )
  })

  const changes: readonly [string, (service: DeclaredService) => Partial<DeclaredService>][] = [
    ['its id', ({ id }) => ({ id: `${id}x` })],
    ['a host more', ({ urls = [] }) => ({ urls: [...urls, 'new.example'] })],
    ['a host less', ({ urls = [] }) => ({ urls: [...urls, 'new.example'].slice(0, -2) })],
    [
      'a cookie more',
      ({ cookies = [] }) => ({ cookies: [...cookies, { name: 'new', days: 1, purpose: 'ads' }] }),
    ],
    [
      'storage more',
      ({ storage = [] }) => ({ storage: [...storage, { in: 'cacheStorage', name: 'new', purpose: 'ads' }] }),
    ],
    [
      'another country',
      ({ transfer }) => ({ transfer: { ground: transfer?.ground ?? 'eea', country: 'BR' } }),
    ],
    ['another last day', () => ({ until: '2099-01-01' })],
    ['another time for which it is kept', () => ({ kept: 'for ever and a day' })],
  ]
  test.each(changes)('depends on %s', (_, change) => {
    fc.assert(
      fc.property(declaredPolicies, (policy) => {
        for (const service of ownServices(policy)) {
          expect(part({ ...service, ...change(service) })).not.toBe(part(service))
        }
      }),
      { numRuns: tries(40), seed: 34 },
    )
  })

  test('is in the policy as it was declared, and normalising changes nothing in that', () => {
    fc.assert(
      fc.property(declaredPolicies, (policy) => {
        const before = structuredClone(policy)
        const made = normalise(policy, catalogue)
        expect(policy).toEqual(before)
        expect(normalise(policy, catalogue)).toEqual(made)
        expect([...made.categories.keys()].sort()).toEqual(
          [...new Set(['necessary', ...policy.categories.map(({ id }) => id)])].sort(),
        )
        for (const service of made.services.values()) {
          expect(made.categories.get(service.category)?.services).toContain(service)
          expect(Object.getPrototypeOf(service)).toBe(null)
        }
        for (const own of ownServices(policy)) {
          const { from, until, ...facts } = own
          expect(made.services.get(own.id)).toMatchObject(facts)
          expect((made.services.get(own.id)?.from ?? 0) > -Infinity).toBe(from !== undefined)
          expect((made.services.get(own.id)?.until ?? 0) < Infinity).toBe(until !== undefined)
        }
      }),
      { numRuns: tries(120), seed: 35 },
    )
  })
})
