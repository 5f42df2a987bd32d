import { describe, expect, test } from 'vitest'
import type { Catalogue } from './catalogue.ts'
import type { DeclaredPolicy, DeclaredService } from './declared-policy.ts'
import { part } from './fingerprint.ts'
import { normalise } from './normalise.ts'
import type { Category, Service } from './policy.ts'
import type { ServiceFacts } from './service-facts.ts'

const study: ServiceFacts = {
  id: 'study',
  name: 'Study',
  category: 'clicks',
  provider: { name: 'Acme Oy', country: 'FI', role: 'processor', privacyNotice: 'https://acme.example' },
  transfer: { ground: 'dpf' },
  urls: ['study.acme.example'],
  cookies: [{ name: '_study', days: 30, purpose: 'visitor' }],
  bridge: 'clarity',
}
const old: ServiceFacts = { ...study, id: 'old', retired: true }
const catalogue: Catalogue = new Map([
  ['study', study],
  ['old', old],
])

const declare = (...categories: DeclaredPolicy['categories'][number][]): DeclaredPolicy => ({
  controller: { name: 'Yritys Oy', privacyNotice: '/tietosuoja' },
  categories,
})
const one = (service: string | DeclaredService): Service => {
  const found = normalise(declare({ id: 'clicks', services: [service] }), catalogue).categories.get('clicks')
    ?.services[0]
  if (!found) throw new Error('no service')
  return found
}
const categoriesOf = (policy: DeclaredPolicy): Category[] => [
  ...normalise(policy, catalogue).categories.values(),
]

describe('what a visitor was told of a service', () => {
  const own = {
    id: 'own',
    name: 'Oma',
    provider: study.provider,
    transfer: study.transfer,
    urls: ['oma.example'],
  } as const
  const pageWith = (facts: ServiceFacts) =>
    normalise(declare({ id: 'clicks', services: ['study'] }), new Map([['study', facts]])).services.get(
      'study',
    )

  test('is what the site says, upon what the catalogue knows', () => {
    expect(one('study').fingerprint).toBe(part({ id: 'study' }, part(study)))
    expect(one({ id: 'spring', use: 'study' }).fingerprint).toBe(part({ id: 'spring' }, part(study)))
    expect(one(own).fingerprint).toBe(part(own))
  })

  test('changes with what the catalogue knows', () => {
    expect(pageWith({ ...study, urls: ['other.acme.example'] })?.fingerprint).not.toBe(
      one('study').fingerprint,
    )
  })

  test('is the same on a page that carries of these facts only their mark', () => {
    const carried = { ...study, urls: [], cookies: [], print: part(study) }
    expect(pageWith(carried)?.fingerprint).toBe(one('study').fingerprint)
  })
})

describe('defaults', () => {
  test('fill in what the policy leaves out', () => {
    const policy = normalise(declare({ id: 'clicks', services: ['study'] }), catalogue)
    expect(policy).toMatchObject({
      languages: ['fi', 'sv', 'en'],
      renewAfterMonths: 12,
      afterWithdraw: 'reload',
      reopen: 'auto',
      unlisted: 'allow',
      theme: {},
      aliases: {},
    })
    expect([policy.authority, policy.cookie.domain, policy.controller.email]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    expect(Object.keys(policy.texts)).toEqual([])
  })

  test('give way to what the policy says', () => {
    const policy = normalise(
      {
        ...declare({ id: 'clicks', services: ['study'] }),
        renewAfterMonths: 6,
        languages: ['sv'],
        cookie: { domain: 'yritys.example' },
        texts: { sv: { save: 'Spara' } },
      },
      catalogue,
    )
    expect(policy).toMatchObject({
      renewAfterMonths: 6,
      languages: ['sv'],
      cookie: { domain: 'yritys.example' },
    })
    expect(policy.texts.sv?.save).toBe('Spara')
  })

  test('GPC counts for ads and demographics, own switches for social and media', () => {
    const ids = ['analytics', 'demographics', 'social', 'media', 'ads']
    const policy = declare(...ids.map((id) => ({ id, services: [] })))
    const where = (flag: 'gpc' | 'perService', given: DeclaredPolicy) =>
      categoriesOf(given).flatMap((category) => (category[flag] ? category.id : []))
    expect(where('gpc', policy)).toEqual(['demographics', 'ads'])
    expect(where('gpc', { ...policy, gpc: false })).toEqual([])
    expect(
      where('gpc', declare({ id: 'ads', gpc: false, services: [] }, { id: 'x', gpc: true, services: [] })),
    ).toEqual(['x'])
    expect(where('perService', policy)).toEqual(['social', 'media'])
    expect(where('perService', declare({ id: 'social', perService: false, services: [] }))).toEqual([])
  })

  test('needs reaches everything that is needed in the end, in many steps as in one', () => {
    // Each needs the two before it: 2^60 ways through.
    const ids = Array.from({ length: 60 }, (_, index) => `c${index}`)
    const policy = normalise(
      declare(
        ...ids.map((id, index) => ({
          id,
          title: id,
          needs: ids.slice(Math.max(0, index - 2), index),
          services: [],
        })),
      ),
      catalogue,
    )
    expect([...(policy.categories.get('c59')?.needs ?? [])].sort()).toEqual(ids.slice(0, 59).sort())
  })

  test('needs is a list, and empty for necessary', () => {
    const policy = declare(
      { id: 'ads', needs: 'clicks', services: [] },
      { id: 'necessary', needs: 'ads', services: [] },
      { id: 'clicks', services: [] },
    )
    expect(categoriesOf(policy).map(({ id, needs }) => [id, needs])).toEqual([
      ['necessary', []],
      ['ads', ['clicks']],
      ['clicks', []],
    ])
  })
})

describe('necessary', () => {
  test.each([
    ['nobody declares it', declare({ id: 'ads', services: [] })],
    ['it is declared last', declare({ id: 'ads', services: [] }, { id: 'necessary', services: ['study'] })],
  ])('is first and the only one required when %s', (_, policy) => {
    const [first, ...rest] = categoriesOf(policy)
    expect(first).toMatchObject({ id: 'necessary', required: true })
    expect(rest).toMatchObject([{ id: 'ads', required: false }])
  })

  test('lists our own cookie, valid as long as the answer, with the site as its provider', () => {
    const policy = normalise({ ...declare({ id: 'ads', services: [] }), renewAfterMonths: 6 }, catalogue)
    expect(policy.categories.get('necessary')?.services[0]).toBe(policy.services.get('portti'))
    expect(policy.services.get('portti')).toMatchObject({
      category: 'necessary',
      name: 'Portti',
      provider: { name: '', country: '', role: 'controller', privacyNotice: '/tietosuoja' },
      transfer: { ground: 'eea' },
      cookies: [{ name: 'portti', days: 183, purpose: 'choice' }],
    })
  })
})

describe('services', () => {
  test('a name takes over the facts', () => {
    expect(one('study')).toMatchObject({
      id: 'study',
      use: 'study',
      category: 'clicks',
      bridge: 'clarity',
      retired: false,
    })
    expect(one('old')).toMatchObject({ retired: true })
  })

  test('use replaces facts field by field', () => {
    const own = one({ id: 'own', use: 'study', name: 'Own', cookies: [] })
    expect(own).toMatchObject({
      id: 'own',
      use: 'study',
      name: 'Own',
      cookies: [],
      urls: ['study.acme.example'],
    })
  })

  test('the id of a catalogue service is enough to use it', () => {
    expect(one({ id: 'study', kept: '1 v' })).toMatchObject({
      use: 'study',
      provider: study.provider,
      kept: '1 v',
    })
  })

  test('a service of the site has nothing that it does not declare', () => {
    const own = one({
      id: 'own',
      name: 'Own',
      provider: study.provider,
      transfer: { ground: 'eea' },
      urls: ['a.example'],
    })
    expect(own).toMatchObject({ cookies: [], storage: [], widgets: [], retired: false })
    expect([own.use, own.bridge, own.redraw, own.kept]).toEqual([undefined, undefined, undefined, undefined])
  })

  test('runs from the first midnight to the end of the last day, by the clock of the visitor', () => {
    const { from, until } = one({ id: 'own', use: 'study', from: '2026-11-01', until: '2026-12-31' })
    expect(from).toBe(new Date(2026, 10, 1).getTime())
    expect(until).toBe(new Date(2027, 0, 1).getTime())
    expect(one('study')).toMatchObject({ from: -Infinity, until: Infinity })
  })
})

test('a polluted Object.prototype changes nothing', () => {
  const given = declare(
    { id: 'necessary', services: ['study'] },
    {
      id: 'analytics',
      services: ['old', { id: 'own', name: 'O', provider: study.provider, transfer: study.transfer }],
    },
    { id: 'social', services: [{ id: 'third', use: 'study' }] },
  )
  const clean = normalise(given, catalogue)
  const names = [
    'retired required default enabled use needs gpc perService bridge redraw kept from until title description',
    'email address authority cookie domain texts theme aliases languages renewAfterMonths afterWithdraw reopen dark radius',
    'storage cookies urls widgets host country days name fingerprint domain',
  ].flatMap((line) => line.split(' '))
  const everything = (policy: typeof clean) =>
    [policy, policy.controller, policy.theme, ...policy.categories.values(), ...policy.services.values()].map(
      (part) => names.map((name) => Reflect.get(part, name)),
    )
  const before = everything(clean)
  try {
    for (const name of names) Reflect.set(Object.prototype, name, true)
    const polluted = normalise(given, catalogue)
    const after = everything(polluted)
    for (const name of names) Reflect.deleteProperty(Object.prototype, name)
    expect(after).toEqual(before)
    expect(polluted).toEqual(clean)
  } finally {
    for (const name of names) Reflect.deleteProperty(Object.prototype, name)
  }
})
