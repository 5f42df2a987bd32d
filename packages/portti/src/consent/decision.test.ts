import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { categoriesWith, policyWith } from '../../../../test/fixtures/policy.ts'
import { tries } from '../../../../test/fixtures/tries.ts'
import type { DeclaredCategory, DeclaredService } from '../policy/declared-policy.ts'
import { covers } from '../policy/fingerprint.ts'
import type { Category, Policy } from '../policy/policy.ts'
import type { Answer } from './answer.ts'
import { answer, everything, nothing } from './choose.ts'
import {
  allowsCategory,
  allowsService,
  type Choice,
  decide,
  isAsked,
  unasked,
  validUntil,
} from './decision.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')
const DAY = 86_400_000
const acme: DeclaredService = {
  id: 'acme',
  name: 'Acme',
  provider: {
    name: 'Acme Oy',
    country: 'FI',
    role: 'processor',
    privacyNotice: 'https://acme.example/privacy',
  },
  transfer: { ground: 'eea' },
  urls: ['px.acme.example'],
  cookies: [{ name: 'acme', days: 30, purpose: 'ads' }],
}
const adsOf = (...services: (string | DeclaredService)[]): DeclaredCategory => ({ id: 'ads', services })
const before = policyWith({ categories: categoriesWith(adsOf('google-ads', acme)) })

const given = (policy: Policy, choice: Choice, action: 'save' | 'always' = 'save', now = NOW): Answer =>
  answer(choice, { policy, decision: unasked, action, now })
const acceptAll = (policy: Policy, now = NOW) =>
  given(policy, everything(policy, unasked, false), 'save', now)

/** Ids that `stored` lets run under `policy`. */
function allowed(stored: Answer | undefined, policy: Policy, now = NOW): string[] {
  const decision = decide(stored, policy, now)
  return [
    ...[...policy.categories.values()].filter((category) => allowsCategory(policy, decision, category)),
    ...[...policy.services.values()].filter((service) => allowsService(policy, decision, service, now)),
  ].map(({ id }) => id)
}

describe('asking again', () => {
  test('is not done while nothing has changed', () => {
    expect(decide(acceptAll(before), before, NOW)).toMatchObject({ kind: 'given' })
    expect(decide(given(before, nothing(before)), before, NOW)).toMatchObject({ kind: 'given' })
  })

  const meaning: [string, DeclaredCategory][] = [
    ['a service is added', adsOf('google-ads', acme, 'meta-pixel')],
    [
      'a lifetime gets longer',
      adsOf('google-ads', { ...acme, cookies: [{ name: 'acme', days: 400, purpose: 'ads' }] }),
    ],
    [
      'a cookie is added',
      adsOf('google-ads', {
        ...acme,
        cookies: [...(acme.cookies ?? []), { name: 'b', days: 1, purpose: 'ads' }],
      }),
    ],
    [
      'storage is added',
      adsOf('google-ads', { ...acme, storage: [{ in: 'localStorage', name: 'acme', purpose: 'ads' }] }),
    ],
    ['the host changes', adsOf('google-ads', { ...acme, urls: ['px.acme2.example'] })],
    [
      'the provider changes',
      adsOf('google-ads', { ...acme, provider: { ...acme.provider!, name: 'Other Oy' } }),
    ],
    [
      'data goes to another country',
      adsOf('google-ads', { ...acme, transfer: { ground: 'scc', country: 'US' } }),
    ],
    ['a service is replaced by another', adsOf('google-ads', 'meta-pixel')],
  ]
  test.each(meaning)('is about that category only when %s', (_, ads) => {
    const policy = policyWith({ categories: categoriesWith(ads) })
    const decision = decide(acceptAll(before), policy, NOW)
    expect(decision).toMatchObject({ kind: 'lapsed', why: 'policy-changed', changed: ['ads'] })
    const runs = allowed(acceptAll(before), policy)
    expect(runs).toEqual(
      expect.arrayContaining([
        'functional',
        'analytics',
        'demographics',
        'social',
        'media',
        'google-analytics',
        'x',
      ]),
    )
    expect(runs.filter((id) => id === 'ads' || policy.services.get(id)?.category === 'ads')).toEqual([])
  })

  test.each(meaning)('leaves a refusal a refusal when %s', (_, ads) => {
    const policy = policyWith({ categories: categoriesWith(ads) })
    const decision = decide(given(before, { analytics: true }), policy, NOW)
    expect(decision).toMatchObject({ kind: 'lapsed', changed: ['ads'] })
    expect(decision.choice).toMatchObject({ analytics: true, social: false, media: false })
  })

  test('is about a new category only', () => {
    const policy = policyWith({
      categories: categoriesWith(adsOf('google-ads', acme), { id: 'measure', services: ['hotjar'] }),
    })
    expect(decide(acceptAll(before), policy, NOW)).toMatchObject({ kind: 'lapsed', changed: ['measure'] })
    expect(allowed(acceptAll(before), policy)).toContain('ads')
    expect(allowed(acceptAll(before), policy)).not.toContain('hotjar')
  })

  test.each([
    [
      'a name is reworded',
      categoriesWith(adsOf('google-ads', { ...acme, name: { fi: 'Mainonta', en: 'Adverts' } })),
    ],
    ['a description is added', categoriesWith(adsOf('google-ads', { ...acme, description: 'Ads' }))],
    [
      'the title is reworded',
      categoriesWith({ ...adsOf('google-ads', acme), title: 'Adverts', description: 'All our ads' }),
    ],
    ['a service goes', categoriesWith(adsOf('google-ads'))],
    ['services change places', categoriesWith(adsOf(acme, 'google-ads'))],
    ['categories change places', categoriesWith(adsOf('google-ads', acme)).reverse()],
    ['a category goes', categoriesWith(adsOf('google-ads', acme)).filter(({ id }) => id !== 'media')],
    [
      'the privacy notice moves',
      categoriesWith(
        adsOf('google-ads', {
          ...acme,
          provider: { ...acme.provider!, privacyNotice: 'https://acme.example/gdpr' },
        }),
      ),
    ],
    [
      'something necessary is added',
      categoriesWith(adsOf('google-ads', acme), { id: 'necessary', services: ['session', 'paytrail'] }),
    ],
    [
      'a category is given services of no date yet',
      [
        ...categoriesWith(adsOf('google-ads', acme)),
        { id: 'clicks', services: [{ id: 'study', use: 'hotjar', from: '2999-01-01' }] },
      ],
    ],
  ])('is not done when %s', (_, categories) => {
    const policy = policyWith({ categories })
    expect(decide(acceptAll(before), policy, NOW)).toMatchObject({ kind: 'given' })
    expect(decide(given(before, nothing(before)), policy, NOW)).toMatchObject({ kind: 'given' })
  })
})

describe('an answer', () => {
  const policy = before
  test.each([6, 12, 13])('of %i months stops counting to the millisecond', (renewAfterMonths) => {
    const policy = policyWith({ categories: categoriesWith(adsOf('google-ads', acme)), renewAfterMonths })
    const end = validUntil(policy, NOW)
    expect(end - NOW).toBeGreaterThan(30 * renewAfterMonths * DAY)
    expect(end - NOW).toBeLessThan(31 * renewAfterMonths * DAY)
    for (const stored of [acceptAll(policy), given(policy, nothing(policy))]) {
      expect(decide(stored, policy, end - 1).kind).toBe('given')
      expect(decide(stored, policy, end)).toMatchObject({ kind: 'lapsed', why: 'expired', choice: {} })
      expect(allowed(stored, policy, end)).toEqual(allowed(undefined, policy, end))
    }
  })

  test('that expired asks about every category that may run', () => {
    expect(decide(acceptAll(policy), policy, NOW + 400 * DAY)).toMatchObject({
      changed: ['functional', 'analytics', 'demographics', 'social', 'media', 'ads'],
    })
  })

  test('is valid as long when it is a refusal', () => {
    for (const days of [1, 30, 182, 360]) {
      expect(decide(given(policy, nothing(policy)), policy, NOW + days * DAY).kind).toBe('given')
    }
  })

  test('from more than a day ahead counts as none', () => {
    const stored = acceptAll(policy, NOW)
    expect(decide(stored, policy, NOW - DAY).kind).toBe('given')
    expect(decide(stored, policy, NOW - DAY - 1)).toBe(unasked)
    expect(decide(stored, policy, NOW - 3650 * DAY)).toBe(unasked)
  })

  test('that is not there leaves everything but the necessary shut', () => {
    expect(allowed(undefined, policy)).toEqual(['necessary', 'portti', 'session'])
    expect(decide(undefined, policy, NOW)).toBe(unasked)
  })

  test('without any entry counts as none', () => {
    expect(decide({ at: NOW, action: 'save', entries: new Map() }, policy, NOW).kind).toBe('unasked')
  })
})

describe('a service', () => {
  const dated = policyWith({
    categories: categoriesWith({
      id: 'clicks',
      services: [{ id: 'study', use: 'microsoft-clarity', from: '2026-11-01', until: '2026-12-31' }],
    }),
  })
  const study = dated.services.get('study')!
  const clicks = dated.categories.get('clicks')!

  test('runs from the first moment of its first day to the last of its last day', () => {
    const stored = acceptAll(dated)
    expect(new Date(study.from)).toEqual(new Date(2026, 10, 1))
    expect(new Date(study.until)).toEqual(new Date(2027, 0, 1))
    const runs = (now: number) => allowsService(dated, decide({ ...stored, at: now }, dated, now), study, now)
    expect([study.from - 1, study.from, study.until - 1, study.until].map(runs)).toEqual([
      false,
      true,
      true,
      false,
    ])
  })

  test('is asked about only while it may run', () => {
    const asked = (now: number) => isAsked(clicks, now)
    expect([study.from - 1, study.from, study.until - 1, study.until].map(asked)).toEqual([
      false,
      true,
      true,
      false,
    ])
  })

  test('that has ended leaves the others as they were answered', () => {
    const stored = given(dated, { analytics: true, clicks: true })
    expect(decide(stored, dated, study.until).kind).toBe('given')
    expect(allowed(stored, dated, study.until)).toContain('google-analytics')
  })

  test('follows its own answer and not its category', () => {
    const stored = given(before, { social: true, x: false, media: false, youtube: true })
    const runs = allowed(stored, before)
    expect(runs).toEqual(expect.arrayContaining(['social', 'facebook', 'linkedin', 'youtube']))
    expect(runs).not.toContain('x')
    expect(runs).not.toContain('media')
    expect(runs).not.toContain('instagram')
  })

  test('that was always allowed runs while nothing else was asked', () => {
    const stored = given(before, { youtube: true }, 'always')
    expect(decide(stored, before, NOW).kind).toBe('unasked')
    expect(allowed(stored, before)).toEqual(['necessary', 'portti', 'session', 'youtube'])
  })

  test('that was always allowed is held again once it means something else', () => {
    const stored = given(before, { acme: true }, 'always')
    expect(allowed(stored, before)).toContain('acme')
    const policy = policyWith({
      categories: categoriesWith(adsOf('google-ads', { ...acme, urls: ['px2.acme.example'] })),
    })
    expect(allowed(stored, policy)).not.toContain('acme')
  })

  test('under necessary runs whatever is answered', () => {
    for (const stored of [
      undefined,
      given(before, nothing(before)),
      given(before, { necessary: false, session: false }),
    ]) {
      expect(allowed(stored, before)).toEqual(expect.arrayContaining(['necessary', 'portti', 'session']))
    }
  })
})

describe('a category that needs another', () => {
  test('runs only with it', () => {
    const both = acceptAll(before)
    expect(allowed(both, before)).toEqual(expect.arrayContaining(['demographics', 'google-signals']))
    const entries = new Map(both.entries).set('analytics', {
      granted: false,
      known: before.categories.get('analytics')!.fingerprint,
    })
    const runs = allowed({ ...both, entries }, before)
    expect(runs).not.toContain('demographics')
    expect(runs).not.toContain('google-signals')
  })

  test('waits while the other has to be asked about again', () => {
    const policy = policyWith({
      categories: categoriesWith(
        { id: 'analytics', services: ['google-analytics', 'microsoft-clarity', 'hotjar'] },
        adsOf('google-ads', acme),
      ),
    })
    const runs = allowed(acceptAll(before), policy)
    expect(runs).not.toContain('demographics')
    expect(runs).not.toContain('google-signals')
  })

  test('waits for what that one needs in turn', () => {
    const chain = (analytics: string[]) =>
      policyWith({
        categories: [
          { id: 'analytics', services: analytics },
          { id: 'demographics', needs: 'analytics', services: ['google-signals'] },
          { id: 'ads', needs: ['demographics'], services: ['google-ads'] },
        ],
      })
    const stored = acceptAll(chain(['google-analytics']))
    expect(allowed(stored, chain(['google-analytics']))).toEqual(
      expect.arrayContaining(['ads', 'google-ads']),
    )
    const runs = allowed(stored, chain(['google-analytics', 'hotjar']))
    expect(runs.filter((id) => /^(ads|google-ads|demographics)$/.test(id))).toEqual([])
  })

  test('may need the necessary', () => {
    const policy = policyWith({ categories: [{ id: 'ads', needs: 'necessary', services: ['google-ads'] }] })
    expect(allowed(acceptAll(policy), policy)).toEqual(expect.arrayContaining(['ads', 'google-ads']))
  })

  test('that the program’s own policy does not have is never allowed', () => {
    const policy = policyWith({ categories: [{ id: 'ads', services: ['google-ads'] }] })
    // The cast: it has just been declared.
    const ads = policy.categories.get('ads') as Category
    const decision = decide(
      answer({ ads: true }, { policy, decision: unasked, action: 'save', now: NOW }),
      policy,
      NOW,
    )
    expect(allowsCategory(policy, decision, ads)).toBe(true)
    expect(allowsCategory(policy, decision, { ...ads, needs: ['nowhere'] })).toBe(false)
  })
})

test('nobody has chosen anything before they are asked', () => {
  expect(Object.keys(unasked.choice)).toEqual([])
})

describe('a page whose Object.prototype is polluted', () => {
  const keys = [
    'analytics',
    'ads',
    'google-ads',
    'necessary',
    'granted',
    'known',
    'required',
    'choice',
    'from',
    'toJSON',
  ]
  afterEach(() => {
    for (const key of keys) Reflect.deleteProperty(Object.prototype, key)
  })

  test('gets the same decisions', () => {
    const answers = () => [
      undefined,
      given(before, {}),
      given(before, { analytics: true }),
      given(before, { youtube: true }, 'always'),
      given(before, nothing(before)),
      acceptAll(before),
    ]
    const results = () => answers().map((stored) => allowed(stored, before))
    const clean = results()
    for (const key of keys) Object.assign(Object.prototype, { [key]: true })
    const polluted = results()
    const decision = decide(undefined, before, NOW)
    const inherited = [decision.choice.analytics, decision.choice.toString]
    for (const key of keys) Reflect.deleteProperty(Object.prototype, key)
    expect(polluted).toEqual(clean)
    expect(inherited).toEqual([undefined, undefined])
  })
})

test('nothing runs without a grant that knew all of it', () => {
  const policy = before
  const names = [...policy.categories.keys(), ...policy.services.keys(), 'unknown']
  const parts = [...policy.services.values()].map(({ fingerprint }) => fingerprint)
  const entry = fc.record({
    granted: fc.boolean(),
    known: fc.oneof(fc.constant(parts), fc.subarray([...parts, 'zzz'])),
  })
  const stored = fc.record({
    at: fc.integer({ min: NOW - 500 * DAY, max: NOW + 3 * DAY }),
    action: fc.constantFrom('accept' as const, 'save' as const, 'always' as const),
    entries: fc
      .array(fc.tuple(fc.constantFrom(...names), entry), { maxLength: 12 })
      .map((list) => new Map(list)),
  })
  const hasGrant = ({ entries }: Answer, id: string, fingerprint: readonly string[]) =>
    entries.get(id)?.granted === true && covers(entries.get(id)!.known, fingerprint)
  let some = 0
  fc.assert(
    fc.property(stored, (answer) => {
      const inTime = answer.at <= NOW + DAY && NOW < validUntil(policy, answer.at)
      for (const id of allowed(answer, policy)) {
        const service = policy.services.get(id)
        const category = policy.categories.get(service?.category ?? id)!
        if (category.required) continue
        some++
        expect(inTime).toBe(true)
        const own = service && hasGrant(answer, id, [service.fingerprint])
        expect(own || hasGrant(answer, category.id, category.fingerprint)).toBe(true)
        for (const need of category.needs)
          expect(hasGrant(answer, need, policy.categories.get(need)!.fingerprint)).toBe(true)
      }
    }),
    { numRuns: tries(3000) },
  )
  expect(some).toBeGreaterThan(tries(500))
})
