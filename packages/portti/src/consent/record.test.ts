import { describe, expect, test } from 'vitest'
import { categoriesWith, policyWith } from '../../../../test/fixtures/policy.ts'
import { answer, everything } from './choose.ts'
import { type Choice, decide, unasked, validUntil } from './decision.ts'
import { type Receipt, record } from './record.ts'

const NOW = Date.parse('2026-11-22T12:00:00.123Z')
const policy = policyWith()
const context = { scope: 'https://yritys.example', language: 'fi', gpc: false, now: NOW }

const receiptOf = (choice: Choice, now = NOW): Receipt =>
  record(
    policy,
    decide(answer(choice, { policy, decision: unasked, action: 'save', now: NOW }), policy, now),
    { ...context, now },
  )
const purpose = (receipt: Receipt, id: string) => receipt.purposes.find((purpose) => purpose.id === id)
const statesOf = (receipt: Receipt, id: string) =>
  Object.fromEntries(purpose(receipt, id)?.services.map((service) => [service.id, service.state]) ?? [])

/** Every key in `value`, however deep. */
function keysOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(Array.isArray(value) ? [] : [key]),
    ...keysOf(inner),
  ])
}

describe('the receipt', () => {
  test('says who, when, how and for how long', () => {
    expect(receiptOf({ analytics: true })).toMatchObject({
      schema: 'portti-receipt/1',
      controller: { name: 'Yritys Oy', email: 'tietosuoja@yritys.example', privacyNotice: '/tietosuoja' },
      scope: 'https://yritys.example',
      decidedAt: '2026-11-22T12:00:00.123Z',
      validUntil: new Date(validUntil(policy, NOW)).toISOString(),
      action: 'save',
      language: 'fi',
      gpc: false,
      defaults: 'off',
    })
  })

  test('has a date also of a service that was always allowed before anything was asked', () => {
    const always = answer({ linkedin: true }, { policy, decision: unasked, action: 'always', now: NOW })
    const decision = decide(always, policy, NOW)
    expect(decision.kind).toBe('unasked')
    expect(record(policy, decision, context)).toMatchObject({
      decidedAt: '2026-11-22T12:00:00.123Z',
      validUntil: new Date(validUntil(policy, NOW)).toISOString(),
      action: 'always',
    })
  })

  test('lists every category with its state', () => {
    const states = (receipt: Receipt) =>
      Object.fromEntries(receipt.purposes.map(({ id, state }) => [id, state]))
    const refused = {
      necessary: 'required',
      functional: 'denied',
      analytics: 'denied',
      demographics: 'denied',
      social: 'denied',
      media: 'denied',
      ads: 'denied',
    }
    expect(states(record(policy, unasked, context))).toEqual(refused)
    expect(states(receiptOf({ analytics: true, social: true }))).toEqual({
      ...refused,
      analytics: 'granted',
      social: 'granted',
    })
    expect(states(receiptOf(everything(policy, unasked, true)))).toMatchObject({
      media: 'granted',
      demographics: 'denied',
      ads: 'denied',
    })
  })

  test('tells services that were answered apart', () => {
    const receipt = receiptOf({ social: true, x: false, youtube: true })
    expect(statesOf(receipt, 'social')).toEqual({
      facebook: 'granted',
      linkedin: 'granted',
      x: 'denied',
      'google-plus': 'denied',
    })
    expect(statesOf(receipt, 'media')).toEqual({ youtube: 'granted', instagram: 'denied' })
    expect(purpose(receipt, 'media')?.state).toBe('denied')
    expect(statesOf(receipt, 'necessary')).toEqual({ portti: 'granted', session: 'granted' })
  })

  test('names provider and transfer of each service and what the visitor was told', () => {
    const ads = purpose(receiptOf({ ads: true }), 'ads')
    expect(ads?.fingerprint).toEqual(policy.categories.get('ads')?.fingerprint)
    expect(ads?.services[0]).toMatchObject({
      provider: { name: 'Google Ireland Limited', country: 'IE', role: 'controller' },
      transfer: { ground: 'dpf' },
    })
  })

  test('has no time and no action while nothing was answered', () => {
    const receipt = record(policy, unasked, context)
    expect([receipt.decidedAt, receipt.validUntil, receipt.action]).toEqual([undefined, undefined, undefined])
  })

  test('says that an expired answer grants nothing', () => {
    const receipt = receiptOf(everything(policy, unasked, false), NOW + 400 * 86_400_000)
    expect(receipt.decidedAt).toBe('2026-11-22T12:00:00.123Z')
    expect(receipt.purposes.filter(({ state }) => state === 'granted')).toEqual([])
  })

  test('is plain JSON', () => {
    const local = policyWith({
      categories: categoriesWith({
        id: 'ads',
        services: ['ad-segments', { id: 'study', use: 'hotjar', from: '2026-11-01', kept: { fi: 'vuosi' } }],
      }),
    })
    for (const receipt of [
      receiptOf({ ads: true }),
      record(policy, unasked, context),
      record(local, unasked, context),
    ]) {
      expect(JSON.parse(JSON.stringify(receipt))).toEqual(receipt)
    }
  })

  test('holds these keys only, none of them about the visitor', () => {
    const allowed = [
      ...[
        'schema',
        'controller',
        'scope',
        'decidedAt',
        'validUntil',
        'action',
        'language',
        'gpc',
        'defaults',
        'purposes',
      ],
      ...['id', 'state', 'fingerprint', 'services', 'name', 'provider', 'transfer'],
      ...['email', 'address', 'privacyNotice', 'country', 'role', 'ground', 'fi', 'sv', 'en'],
    ]
    const found = keysOf(receiptOf(everything(policy, unasked, false)))
    expect([...new Set(found)].filter((key) => !allowed.includes(key))).toEqual([])
    expect(JSON.stringify(receiptOf({}))).not.toMatch(/mozilla|referrer|127\.0\.0\.1|visitorId/i)
  })
})
