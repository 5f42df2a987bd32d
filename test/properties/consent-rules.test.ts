import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Answer, Entry } from '../../packages/portti/src/consent/answer.ts'
import { answer, everything, nothing } from '../../packages/portti/src/consent/choose.ts'
import { createConsent } from '../../packages/portti/src/consent/consent.ts'
import {
  allowsCategory,
  allowsService,
  type Choice,
  decide,
  isAsked,
  unasked,
  validUntil,
} from '../../packages/portti/src/consent/decision.ts'
import type { Policy } from '../../packages/portti/src/policy/policy.ts'
import { actions, choicesFor, DAY, NOW, policies } from '../fixtures/arbitrary-policy.ts'
import { tries } from '../fixtures/tries.ts'

const YEARS = 10 * 365.25 * DAY
const clocks = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: NOW - 200 * DAY, max: NOW + 100 * DAY }) },
  { weight: 2, arbitrary: fc.integer({ min: NOW - YEARS, max: NOW + YEARS }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(NOW, NOW + DAY, NOW + DAY + 1, NOW - DAY, NOW - 366 * DAY, NOW - 365 * DAY),
  },
)

/** Category and service ids that may run. */
function allowed(given: Answer | undefined, policy: Policy, now: number): string[] {
  const decision = decide(given, policy, now)
  return [
    ...[...policy.categories.values()].filter((category) => allowsCategory(policy, decision, category)),
    ...[...policy.services.values()].filter((service) => allowsService(policy, decision, service, now)),
  ].map(({ id }) => id)
}
const isRequired = (policy: Policy, id: string) =>
  id === 'necessary' || policy.services.get(id)?.category === 'necessary'
const gatedAllowed = (given: Answer | undefined, policy: Policy, now: number) =>
  allowed(given, policy, now).filter((id) => !isRequired(policy, id))

/** An answer of any kind to `policy`: also to ids that it has not, and to what it was before. */
const answersTo = (policy: Policy): fc.Arbitrary<Answer> => {
  const parts = [...policy.services.values()].map(({ fingerprint }) => fingerprint)
  const known = fc.oneof(
    fc.constant([...parts, ...[...policy.categories.values()].flatMap(({ fingerprint }) => fingerprint)]),
    fc.subarray([...parts, 'zzz']),
  )
  return fc.record({
    at: clocks,
    action: actions,
    entries: fc
      .array(
        fc.tuple(
          fc.constantFrom(...policy.categories.keys(), ...policy.services.keys(), 'unknown'),
          fc.record({ granted: fc.boolean(), known }),
        ),
        { maxLength: 16 },
      )
      .map((list) => new Map<string, Entry>(list)),
  })
}

/** The rules as the law reads, written again and with no thought for speed: why may `id` run? */
function mayRun(policy: Policy, given: Answer, id: string, now: number): boolean {
  if (given.at - now > DAY || now - given.at >= validUntil(policy, given.at) - given.at) return false
  const knew = (entry: Entry | undefined, parts: readonly string[]) =>
    entry !== undefined && parts.every((part) => entry.known.includes(part))
  const granted = (category: string): boolean => {
    const found = policy.categories.get(category)
    if (!found) return false
    if (found.id === 'necessary') return true
    const entry = given.entries.get(category)
    return knew(entry, found.fingerprint) && entry?.granted === true && found.needs.every(granted)
  }
  const service = policy.services.get(id)
  if (!service) return granted(id)
  if (service.retired || now < service.from || now >= service.until) return false
  const own = given.entries.get(id)
  if (!knew(own, [service.fingerprint])) return granted(service.category)
  return own?.granted === true && (policy.categories.get(service.category)?.needs ?? []).every(granted)
}

describe('with any policy, any answer and any clock', () => {
  test('nothing runs without a grant that covers it, and what is covered runs', () => {
    let allowing = 0
    fc.assert(
      fc.property(
        policies.chain((policy) => fc.tuple(fc.constant(policy), answersTo(policy))),
        clocks,
        ([policy, given], now) => {
          const found = new Set(gatedAllowed(given, policy, now))
          allowing += found.size
          for (const id of [...policy.categories.keys(), ...policy.services.keys()]) {
            if (!isRequired(policy, id)) expect(found.has(id), id).toBe(mayRun(policy, given, id, now))
          }
        },
      ),
      { numRuns: tries(400), seed: 1 },
    )
    // Otherwise the test has looked at nothing.
    expect(allowing).toBeGreaterThan(tries(20))
  })

  test('an answer counts in one stretch of time, which is never longer than the policy says', () => {
    fc.assert(
      fc.property(
        policies,
        fc.array(clocks, { minLength: 2, maxLength: 12 }),
        clocks,
        (policy, times, at) => {
          const given = answer(everything(policy, unasked, false), {
            policy,
            decision: unasked,
            action: 'accept',
            now: at,
          })
          const longest = 13 * 31 * DAY
          for (const now of times) {
            const counts = decide(given, policy, now).choice
            if (Object.keys(counts).length > 0) {
              expect(now - at).toBeLessThan(longest)
              expect(at - now).toBeLessThanOrEqual(DAY)
            }
            if (now - at >= longest || at - now > DAY) expect(gatedAllowed(given, policy, now)).toEqual([])
          }
          expect(decide(given, policy, at - DAY - 1)).toBe(unasked)
          expect(gatedAllowed(given, policy, validUntil(policy, at))).toEqual([])
        },
      ),
      { numRuns: tries(120), seed: 2 },
    )
  })
})

describe('an answer that is given', () => {
  const situations = policies.chain((policy) =>
    fc.record({
      policy: fc.constant(policy),
      before: fc.array(fc.tuple(choicesFor(policy), actions), { maxLength: 2 }),
      choice: choicesFor(policy),
      action: actions,
    }),
  )
  const give = (policy: Policy, before: readonly (readonly [Choice, Answer['action']])[]) =>
    before.reduce(
      (decision, [choice, action]) =>
        decide(answer(choice, { policy, decision, action, now: NOW }), policy, NOW),
      unasked as ReturnType<typeof decide>,
    )

  test('lets run only what it says yes to, and what was yes before and is not named', () => {
    fc.assert(
      fc.property(situations, ({ policy, before, choice, action }) => {
        const decision = give(policy, before)
        const earlier = new Set(
          [...policy.categories.values(), ...policy.services.values()].flatMap(({ id }) =>
            decision.choice[id] === true ? id : [],
          ),
        )
        const given = answer(choice, { policy, decision, action, now: NOW })
        const said = (id: string) => (Object.hasOwn(choice, id) ? choice[id] : undefined)
        for (const id of gatedAllowed(given, policy, NOW)) {
          const category = policy.services.get(id)?.category
          const own = said(id)
          expect(own, id).not.toBe(false)
          const through = category !== undefined && (said(category) ?? earlier.has(category))
          expect(own === true || earlier.has(id) || through, id).toBe(true)
        }
      }),
      { numRuns: tries(250), seed: 3 },
    )
  })

  test('leaves nothing to ask, but for what only a placeholder has answered', () => {
    fc.assert(
      fc.property(situations, ({ policy, before, choice, action }) => {
        if (action === 'always') return
        const given = answer(choice, { policy, decision: give(policy, before), action, now: NOW })
        const asked = [...policy.categories.values()].filter((category) => isAsked(category, NOW))
        expect(asked.filter(({ id }) => !given.entries.has(id))).toEqual([])
        expect(decide(given, policy, NOW).kind).toBe('given')
      }),
      { numRuns: tries(120), seed: 4 },
    )
  })

  test('is the same when it is given again', () => {
    fc.assert(
      fc.property(situations, ({ policy, before, choice, action }) => {
        const first = answer(choice, { policy, decision: give(policy, before), action, now: NOW })
        const decision = decide(first, policy, NOW)
        const second = answer({}, { policy, decision, action, now: NOW })
        expect(gatedAllowed(second, policy, NOW)).toEqual(gatedAllowed(first, policy, NOW))
      }),
      { numRuns: tries(120), seed: 5 },
    )
  })

  test('to reject all lets nothing run, whatever was before', () => {
    fc.assert(
      fc.property(situations, ({ policy, before }) => {
        const decision = give(policy, before)
        const given = answer(nothing(policy), { policy, decision, action: 'reject', now: NOW })
        expect(gatedAllowed(given, policy, NOW)).toEqual([])
      }),
      { numRuns: tries(120), seed: 6 },
    )
  })
})

test('what Global Privacy Control keeps off runs only after the visitor has named it', () => {
  const step = (policy: Policy) =>
    fc.oneof(
      fc.record({ do: fc.constantFrom('acceptAll' as const, 'rejectAll' as const, 'withdraw' as const) }),
      fc.record({ do: fc.constant('choose' as const), choice: choicesFor(policy), action: actions }),
    )
  let allowing = 0
  fc.assert(
    fc.property(
      policies.chain((policy) => fc.tuple(fc.constant(policy), fc.array(step(policy), { maxLength: 6 }))),
      ([policy, steps]) => {
        const consent = createConsent({
          policy,
          store: { read: () => [], write: () => true, tell: () => {}, listen: () => () => {} },
          now: () => NOW,
          gpc: true,
          changed: () => {},
        })
        const byHand = new Set<string>()
        for (const next of steps) {
          if (next.do === 'choose') {
            consent.choose(next.choice, next.action)
            for (const [id, yes] of Object.entries(next.choice)) if (yes) byHand.add(id)
          } else {
            consent[next.do]()
            if (next.do !== 'acceptAll') byHand.clear()
          }
          for (const { id, gpc, services } of policy.categories.values()) {
            if (!gpc) continue
            if (consent.allows(id)) expect(byHand.has(id), id).toBe(true)
            for (const service of services) {
              if (!consent.allows(service.id)) continue
              allowing++
              expect(byHand.has(id) || byHand.has(service.id), service.id).toBe(true)
            }
          }
        }
      },
    ),
    { numRuns: tries(200), seed: 7 },
  )
  expect(allowing).toBeGreaterThan(tries(20))
})
