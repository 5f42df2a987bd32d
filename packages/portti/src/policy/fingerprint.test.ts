import { describe, expect, test } from 'vitest'
import { covers, fingerprint, part, type Told } from './fingerprint.ts'

const service = {
  id: 'segments',
  provider: { name: 'Acme, Inc', country: 'US', role: 'processor', privacyNotice: 'https://acme.example' },
  transfer: { ground: 'scc', country: 'US' },
  urls: ['a.acme.example', 'b.acme.example'],
  cookies: [
    { name: 'a', days: 30, purpose: 'segment' },
    { name: 'b', days: 0, purpose: { fi: 'Testi' } },
  ],
  storage: [{ in: 'localStorage', name: 'p', purpose: 'segment' }],
  kept: { fi: '6 kuukautta', en: '6 months' },
  until: '2026-12-31',
} as const satisfies Told
const [first, second] = service.cookies

describe('one part', () => {
  test('is short and fit for a cookie', () => {
    expect(part(service)).toMatch(/^[a-z0-9]{1,6}$/)
  })

  test.each<[string, object]>([
    ['the id', { id: 'other' }],
    ['the name of the provider', { provider: { ...service.provider, name: 'Acme Inc' } }],
    ['its country', { provider: { ...service.provider, country: 'FI' } }],
    ['its role', { provider: { ...service.provider, role: 'joint' } }],
    ['the ground', { transfer: { ground: 'dpf', country: 'US' } }],
    ['where to', { transfer: { ground: 'scc' } }],
    ['a host', { urls: ['a.acme.example', 'c.acme.example'] }],
    ['a cookie more', { cookies: [...service.cookies, { ...first, name: 'c' }] }],
    ['a longer lifetime', { cookies: [{ ...first, days: 31 }, second] }],
    ['what a cookie is for', { cookies: [{ ...first, purpose: 'ads' }, second] }],
    ['whose cookie it is', { cookies: [{ ...first, host: 'acme.example' }, second] }],
    ['another storage', { storage: [{ in: 'indexedDB', name: 'p', purpose: 'segment' }] }],
    ['how long it is kept', { kept: { fi: '7 kuukautta', en: '7 months' } }],
    ['that it is kept', { kept: undefined }],
    ['the last day', { until: '2027-01-01' }],
    ['that there is a last day', { until: undefined }],
  ])('changes with %s', (_, change) => {
    expect(part({ ...service, ...change })).not.toBe(part(service))
  })

  test.each<[string, object]>([
    ['the order of hosts', { urls: [...service.urls].reverse() }],
    ['the order of cookies', { cookies: [second, first] }],
    ['wording', { cookies: [first, { ...second, purpose: { fi: 'Toinen sana', en: 'Other word' } }] }],
    [
      'the address of a notice',
      { provider: { ...service.provider, privacyNotice: 'https://acme.example/2' } },
    ],
  ])('does not change with %s', (_, change) => {
    expect(part({ ...service, ...change })).toBe(part(service))
  })

  test.each([
    ['Muistaa segmentin', 'Kertoo segmentin'],
    ['segmentti 1', 'segmentti 2'],
    ['1 segmentti', '2 segmentti'],
  ])('does not change with words of the site: %s', (one, other) => {
    const of = (purpose: string) => part({ ...service, cookies: [{ ...first, purpose }] })
    expect(of(one)).toBe(of(other))
  })

  test('changes with the facts that it stands on', () => {
    expect(part({ id: 'segments' }, 'a1')).not.toBe(part({ id: 'segments' }, 'a2'))
  })

  test('is the same as ever: else everybody who has answered would be asked again', () => {
    expect([part({ id: 'segments' }), part({ id: 'segments' }, 'a1'), part(service)]).toEqual([
      't39o1h',
      'goh6yj',
      'md4zb7',
    ])
  })

  test('copes with texts that inherit nothing', () => {
    const kept = Object.assign(Object.create(null), service.kept)
    expect(part({ ...service, kept })).toBe(part(service))
  })

  test('differs between a thousand services', () => {
    const parts = Array.from({ length: 1000 }, (_, index) => part({ ...service, id: `s${index}` }))
    expect(new Set(parts).size).toBe(1000)
  })
})

describe('a category', () => {
  const services = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ fingerprint: part({ ...service, id: `s${index}` }) }))

  test('has a part for each service, and one for all from seventeen on', () => {
    expect(fingerprint([])).toEqual([])
    expect(fingerprint(services(16))).toHaveLength(16)
    expect(fingerprint(services(17))).toHaveLength(1)
    expect(fingerprint(services(17))).not.toEqual(fingerprint(services(18)))
    expect(fingerprint(services(17))).toEqual(fingerprint(services(17).reverse()))
  })

  test('stands when a service goes, not when one comes or changes', () => {
    const known = fingerprint(services(3))
    expect(covers(known, fingerprint(services(3)))).toBe(true)
    expect(covers(known, fingerprint(services(2)))).toBe(true)
    expect(covers(known, fingerprint(services(4)))).toBe(false)
    expect(covers(known, fingerprint([{ fingerprint: part({ ...service, id: 's0', urls: [] }) }]))).toBe(
      false,
    )
    expect(covers([], [])).toBe(true)
  })
})
