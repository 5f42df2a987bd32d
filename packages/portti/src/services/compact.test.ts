// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { declaredNames, namesToClear } from '../gate/clear.ts'
import { expandLink } from '../gate/link.ts'
import type { Catalogue } from '../policy/catalogue.ts'
import type { DeclaredPolicy } from '../policy/declared-policy.ts'
import { fingerprint, part } from '../policy/fingerprint.ts'
import { normalise } from '../policy/normalise.ts'
import { parse } from '../policy/parse.ts'
import type { Policy, Service } from '../policy/policy.ts'
import type { ServiceFacts } from '../policy/service-facts.ts'
import { catalogue } from './catalogue.ts'
import { compact, shown } from './compact.ts'

// The cast: `normalise` fills in what is missing, and the settings bring the rest.
const compacted = new Map([...catalogue].map(([id, facts]) => [id, compact(facts)])) as unknown as Catalogue

/** Every service we know; some as the site has changed them. */
const declared: DeclaredPolicy = {
  controller: { name: 'Yritys Oy', privacyNotice: '/tietosuoja' },
  categories: [
    { id: 'necessary', services: ['session'] },
    { id: 'media', services: [...catalogue.keys()].filter((id) => id !== 'session') },
    {
      id: 'ads',
      services: [
        { id: 'renamed', use: 'google-ads', name: 'Oma' },
        { id: 'longer', use: 'meta-pixel', cookies: [{ name: '_fbp', days: 800, purpose: 'ads' }] },
        { id: 'elsewhere', use: 'ad-segments', transfer: { ground: 'scc', country: 'US' } },
        { id: 'ending', use: 'microsoft-clarity', until: '2026-12-31' },
      ],
    },
  ],
}
const full = normalise(declared, catalogue)
const short = normalise(declared, compacted)
const servicesOf = (policy: Policy) => [...policy.services.values()]

describe('compact facts', () => {
  it('pass the same check of a policy as full ones', () => {
    expect(parse(declared, compacted).ok).toBe(true)
    const misspelt = { ...declared, categories: [{ id: 'ads', services: ['gogle-ads'] }] }
    expect(parse(misspelt, compacted)).toEqual(parse(misspelt, catalogue))
  })

  it('give every service and category the same fingerprint', () => {
    const prints = (policy: Policy) => [
      ...servicesOf(policy).map(({ id, fingerprint }) => [id, fingerprint]),
      ...[...policy.categories.values()].map(({ id, fingerprint }) => [id, fingerprint]),
    ]
    expect(prints(short)).toEqual(prints(full))
    expect(new Set(servicesOf(full).map(({ fingerprint }) => fingerprint)).size).toBe(full.services.size)
  })

  it('change their print with every fact that an answer is tied to', () => {
    const facts = catalogue.get('facebook') as ServiceFacts
    const [first, ...others] = facts.cookies ?? []
    const changes: Partial<ServiceFacts>[] = [
      { provider: { ...facts.provider, name: 'Muu Oy' } },
      { provider: { ...facts.provider, country: 'US' } },
      { transfer: { ground: 'scc', country: 'US' } },
      { urls: [...facts.urls, 'muu.example'] },
      { cookies: others },
      { cookies: [{ ...(first as NonNullable<typeof first>), days: 9 }, ...others] },
      { storage: [{ in: 'localStorage', name: 'muu', purpose: 'ads' }] },
    ]
    const prints = changes.map((change) => compact({ ...facts, ...change }).print)
    expect(new Set([...prints, compact(facts).print]).size).toBe(changes.length + 1)
    expect(compact({ ...facts, name: 'Toinen nimi' }).print).toBe(part(facts))
  })

  it('leave out what only tools and the guard read, and no answer is tied to it', () => {
    const { globals, tagIds, ...facts } = catalogue.get('google-ads') as ServiceFacts
    expect([globals, tagIds].flat().length).toBeGreaterThan(2)
    expect(compact({ ...facts, globals: ['other'], tagIds: [] })).toEqual(
      compact(catalogue.get('google-ads') as ServiceFacts),
    )
    expect(part({ ...facts, globals: ['other'] } as ServiceFacts)).toBe(part(facts))
  })

  it('clear the same names of the own site', () => {
    const stores = ['cookie', 'localStorage', 'sessionStorage', 'indexedDB', 'cacheStorage'] as const
    for (const where of stores) {
      const names = declaredNames(servicesOf(full), where)
      expect(declaredNames(servicesOf(short), where)).toEqual(names)
      const present = [...names.map((name) => name.replace('*', 'x')), 'other']
      for (const id of full.services.keys()) {
        const split = (policy: Policy, denied: boolean) =>
          servicesOf(policy).filter((service) => (service.id === id) === denied)
        const cleared = (policy: Policy) =>
          namesToClear(present, where, split(policy, true), split(policy, false))
        expect(cleared(short)).toEqual(cleared(full))
      }
    }
    expect(declaredNames(servicesOf(short), 'cookie').length).toBeGreaterThan(10)
  })

  it('know the same widgets and offer the same links', () => {
    const links = (policy: Policy) =>
      servicesOf(policy).flatMap(({ id, widgets }) =>
        widgets.map(({ match, does, link, retired }) => [
          id,
          match,
          does,
          retired,
          link && expandLink(link, (name) => `https://a.example/?${name}`),
        ]),
      )
    expect(links(short)).toEqual(links(full))
    expect(links(short).length).toBeGreaterThan(10)
  })

  it('hold, redraw and tell the same', () => {
    const acts = (policy: Policy) =>
      servicesOf(policy).map(({ id, use, name, retired, redraw, bridge, from, until, provider }) => [
        id,
        use,
        name,
        retired,
        redraw,
        bridge,
        from,
        until,
        provider.name,
        provider.role,
      ])
    expect(acts(short)).toEqual(acts(full))
  })

  it('are smaller', () => {
    const size = (facts: Iterable<unknown>) => JSON.stringify([...facts]).length
    expect(size(compacted.values())).toBeLessThan(size(catalogue.values()) * 0.75)
    expect(fingerprint(servicesOf(full))).toEqual(fingerprint(servicesOf(short)))
  })
})

describe('shown facts', () => {
  const settings = normalise(
    declared,
    new Map([...catalogue].map(([id, facts]) => [id, shown(facts)])) as unknown as Catalogue,
  )

  it('give everything that is told of a service, and the same fingerprints', () => {
    const told = ({ name, provider, transfer, cookies, storage, kept, until, fingerprint }: Service) => ({
      ...{ name, provider, transfer, cookies, storage, kept, until, fingerprint },
    })
    expect(servicesOf(settings).map(told)).toEqual(servicesOf(full).map(told))
  })
})
