import { describe, expect, test } from 'vitest'
import { categoriesWith, policyWith } from '../../../../test/fixtures/policy.ts'
import { answer, everything, nothing } from './choose.ts'
import { type Action, type Choice, type Decision, decide, unasked } from './decision.ts'

const NOW = 1_763_769_600_123
const policy = policyWith()

const answered = (choice: Choice, decision: Decision = unasked, action: Action = 'save') =>
  answer(choice, { policy, decision, action, now: NOW })
/** What holds after `choice`. */
const decided = (choice: Choice, decision: Decision = unasked, action: Action = 'save') =>
  decide(answered(choice, decision, action), policy, NOW)
const yeses = (given: ReturnType<typeof answer>) =>
  [...given.entries].filter(([, { granted }]) => granted).map(([id]) => id)
const gated = ['functional', 'analytics', 'demographics', 'social', 'media', 'ads']

describe('an answer to keep', () => {
  test('has an entry for each gated category with what the visitor was told', () => {
    const { entries, at, action } = answered(everything(policy, unasked, false), unasked, 'accept')
    expect([at, action]).toEqual([NOW, 'accept'])
    expect([...entries.keys()]).toEqual(gated)
    expect(entries.get('ads')).toEqual({ granted: true, known: policy.categories.get('ads')?.fingerprint })
  })

  test('says nothing of a purpose that begins later, which is asked when it begins', () => {
    const study = { id: 'study', use: 'hotjar', from: '2026-01-01' }
    const later = policyWith({ categories: categoriesWith({ id: 'clicks', services: [study] }) })
    const given = answer(everything(later, unasked, false), {
      policy: later,
      decision: unasked,
      action: 'accept',
      now: NOW,
    })
    expect([...given.entries.keys()]).toEqual(gated)
    expect(decide(given, later, NOW).kind).toBe('given')
    expect(decide(given, later, Date.UTC(2026, 1, 1))).toMatchObject({ kind: 'lapsed', changed: ['clicks'] })
  })

  test('to reject all is a no to each', () => {
    const { entries } = answered(nothing(policy), unasked, 'reject')
    expect([...entries.keys()]).toEqual(gated)
    expect([...entries.values()].some(({ granted }) => granted)).toBe(false)
  })

  test('refuses what was never answered', () => {
    expect(decided({ analytics: true }).choice).toEqual({
      functional: false,
      analytics: true,
      demographics: false,
      social: false,
      media: false,
      ads: false,
    })
  })

  test('keeps what it does not name', () => {
    const first = decided({ analytics: true, social: true, x: false })
    const second = decided({ ads: true }, first)
    expect(second.choice).toEqual({ ...first.choice, ads: true })
  })

  test('names a service only where it differs from its category', () => {
    const { entries } = answered({ social: true, facebook: true, x: false, media: false, youtube: false })
    expect([...entries.keys()].filter((id) => policy.services.has(id))).toEqual(['x'])
    expect(entries.get('x')).toEqual({ granted: false, known: [policy.services.get('x')?.fingerprint] })
  })

  test('to a category is an answer to all its services', () => {
    const first = decided({ social: true, x: false })
    expect(decided({ social: true }, first).choice).not.toHaveProperty('x')
    expect(decided({ social: false }, decided({ social: false, x: true })).choice).not.toHaveProperty('x')
    expect(decided({ social: true, x: false }, first).choice).toHaveProperty('x', false)
  })

  test('takes nothing but true for a yes', () => {
    const odd = {
      analytics: 1,
      social: 'true',
      media: {},
      ads: [true],
      functional: undefined,
    } as unknown as Choice
    expect(yeses(answered(odd))).toEqual([])
  })

  test('ignores ids that the policy does not have, and the necessary', () => {
    const { entries } = answered({
      unknown: true,
      necessary: false,
      session: false,
      __proto__: null,
    } as unknown as Choice)
    expect([...entries.keys()]).toEqual(gated)
  })

  test('does not read inherited choices', () => {
    expect(yeses(answered(Object.create({ analytics: true, x: true })))).toEqual([])
  })

  test('refuses a category whose needs are refused', () => {
    expect(decided({ demographics: true }).choice).toMatchObject({ analytics: false, demographics: false })
    expect(decided({ demographics: true, analytics: true }).choice).toMatchObject({
      analytics: true,
      demographics: true,
    })
  })

  test('refuses along a chain of needs, in whatever order it is declared', () => {
    const chain = [
      { id: 'ads', needs: 'demographics', services: ['google-ads'] },
      { id: 'demographics', needs: 'analytics', services: ['google-signals'] },
      { id: 'analytics', services: ['google-analytics'] },
    ]
    for (const categories of [chain, [...chain].reverse()]) {
      const long = policyWith({ categories })
      const given = answer(
        { ads: true, demographics: true, analytics: false },
        { policy: long, decision: unasked, action: 'save', now: NOW },
      )
      expect(yeses(given)).toEqual([])
    }
  })

  test('does not bring a needing category back with what it needs', () => {
    const off = decided({ analytics: false }, decided(everything(policy, unasked, false)))
    expect(off.choice).toMatchObject({ analytics: false, demographics: false, social: true })
    expect(decided({ analytics: true }, off).choice).toMatchObject({ analytics: true, demographics: false })
  })
})

describe('always allowing at a placeholder', () => {
  test('answers nothing else', () => {
    expect([...answered({ youtube: true }, unasked, 'always').entries.keys()]).toEqual(['youtube'])
  })

  test('adds to what was allowed like that before', () => {
    const first = decided({ youtube: true }, unasked, 'always')
    expect(first.kind).toBe('unasked')
    expect([...answered({ x: true }, first, 'always').entries.keys()].sort()).toEqual(['x', 'youtube'])
  })

  test('adds to an answer and leaves the rest of it', () => {
    const refused = decided(nothing(policy))
    const then = decided({ youtube: true }, refused, 'always')
    expect(then.kind).toBe('given')
    expect(then.choice).toEqual({ ...refused.choice, youtube: true })
  })
})

describe('with Global Privacy Control', () => {
  const accept = (decision: Decision = unasked) =>
    decided(everything(policy, decision, true), decision, 'accept')

  test('accepting all leaves ads and demographics off', () => {
    expect(accept().choice).toEqual({
      functional: true,
      analytics: true,
      demographics: false,
      social: true,
      media: true,
      ads: false,
    })
  })

  test('ads turn on by hand, and accepting all later leaves them on', () => {
    const byHand = decided({ ads: true }, accept())
    expect(byHand.choice).toMatchObject({ ads: true, demographics: false })
    expect(accept(byHand).choice).toMatchObject({ ads: true, demographics: false, social: true })
    expect(Object.keys(accept(byHand).choice).filter((id) => policy.services.has(id))).toEqual([])
  })

  test('one service turned on by hand stays on when all is accepted', () => {
    const byHand = decided({ 'google-ads': true }, unasked, 'always')
    expect(accept(byHand).choice).toMatchObject({ ads: false, 'google-ads': true })
  })

  test('rejecting all turns off what was turned on by hand', () => {
    const byHand = decided({ ads: true }, accept())
    expect(decided(nothing(policy), byHand).choice).toMatchObject({ ads: false })
  })

  test('a policy that sets it aside is accepted whole', () => {
    const plain = policyWith({ gpc: false })
    expect(Object.values(everything(plain, unasked, true))).not.toContain(false)
  })

  test('a category may be put under it, or taken out', () => {
    const other = policyWith({
      categories: categoriesWith(
        { id: 'ads', gpc: false, services: ['google-ads'] },
        { id: 'social', gpc: true, services: ['x'] },
      ),
    })
    expect(everything(other, unasked, true)).toMatchObject({
      ads: true,
      'google-ads': true,
      social: false,
      x: false,
    })
  })
})

test('what is necessary is no choice, and everything else is a plain yes or no', () => {
  for (const [choice, said] of [
    [everything(policy, unasked, false), true],
    [nothing(policy), false],
  ] as const) {
    expect(Object.keys(choice)).toEqual(expect.arrayContaining(gated))
    expect(choice).not.toHaveProperty('necessary')
    expect(choice).not.toHaveProperty('session')
    for (const value of Object.values(choice)) expect(value).toBe(said)
  }
})
