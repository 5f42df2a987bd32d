import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode } from '../../packages/portti/src/consent/answer.ts'
import { type Consent, createConsent } from '../../packages/portti/src/consent/consent.ts'
import type { Choice } from '../../packages/portti/src/consent/decision.ts'
import type { Policy } from '../../packages/portti/src/policy/policy.ts'
import { anyText } from '../fixtures/any-text.ts'
import { NOW } from '../fixtures/arbitrary-policy.ts'
import { categoriesWith, policyWith } from '../fixtures/policy.ts'
import { createBrowser } from '../fixtures/tabs.ts'
import { tries } from '../fixtures/tries.ts'

const policy = policyWith()
/** What a tab that was opened before the last release of the site still has. */
const older = policyWith({
  categories: categoriesWith({ id: 'social', services: ['facebook', 'linkedin', 'google-plus'] }),
})
const ids = [...policy.categories.keys(), ...policy.services.keys()]
const running = ({ allows }: Consent) => ids.filter(allows)

const choices: fc.Arbitrary<Choice> = fc.dictionary(
  fc.constantFrom('ads', 'social', 'x', 'facebook', 'analytics', 'demographics', 'youtube'),
  fc.boolean(),
)
const tab = fc.nat(2)
const decide = fc.oneof(
  fc.record({ do: fc.constant('choose' as const), tab, choice: choices }),
  fc.record({ do: fc.constant('always' as const), tab, choice: choices }),
  fc.record({ do: fc.constantFrom('acceptAll' as const, 'rejectAll' as const, 'withdraw' as const), tab }),
)
const pass = fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(1, 2, 30, 5000) })
const deliver = fc.record({ do: fc.constant('deliver' as const), tab, which: fc.nat(5) })
const lose = fc.record({ do: fc.constant('lose' as const), tab, which: fc.nat(5) })
const wake = fc.record({ do: fc.constant('wake' as const), tab })
const open = fc.record({ do: fc.constant('open' as const), tab })
type Step = typeof decide | typeof pass | typeof deliver | typeof lose | typeof wake | typeof open
type Value<A> = A extends fc.Arbitrary<infer V> ? V : never

function play(policies: readonly Policy[], steps: readonly Value<Step>[]) {
  const made = createBrowser(policies)
  for (const step of steps) {
    if (step.do === 'pass') {
      made.pass(step.ms)
      continue
    }
    const at = made.tabs[step.tab % made.tabs.length]
    if (!at) continue
    if (step.do === 'choose') at.consent.choose(step.choice)
    else if (step.do === 'always') at.consent.choose(step.choice, 'always')
    else if (step.do === 'deliver' || step.do === 'lose') {
      const [text] = at.mail.splice(step.which % Math.max(at.mail.length, 1), 1)
      if (text !== undefined && step.do === 'deliver') at.hear(text)
    } else if (step.do === 'wake') at.hear()
    else if (step.do === 'open') made.open(policies[step.tab % policies.length] ?? policy)
    else at.consent[step.do]()
  }
  return made
}

/** What somebody who opens the page next gets from these texts. */
function next(kept: readonly string[]): string[] {
  return running(
    createConsent({
      policy,
      store: { read: () => [...kept], write: () => true, tell: () => {}, listen: () => () => {} },
      now: () => NOW + 3_600_000,
      gpc: false,
      changed: () => {},
    }),
  )
}

/** The answers of the last moment in which somebody answered. */
const lastOf = (given: readonly string[]) => {
  const times = given.map((text) => decode(text)?.at ?? 0)
  return given.filter((_, index) => times[index] === Math.max(...times))
}

describe.each([2, 3])('%i tabs', (count) => {
  test('whose messages come late, in any order, end equal and as the last answer, or stricter in a tie', () => {
    let [ties, said] = [0, 0]
    fc.assert(
      fc.property(
        fc.array(fc.oneof(decide, decide, pass, deliver, deliver, wake, open), {
          minLength: 2,
          maxLength: 20,
        }),
        (steps) => {
          const { tabs, jar, given, settle } = play(
            Array.from({ length: count }, () => policy),
            steps,
          )
          settle()
          const results = tabs.map(({ consent }) => running(consent))
          for (const result of results) expect(result).toEqual(results[0])
          if (given.length === 0) return
          said++
          const last = lastOf(given)
          if (last.length > 1) ties++
          expect(next(jar)).toEqual(results[0])
          for (const text of last) expect(next([text])).toEqual(expect.arrayContaining(results[0] ?? []))
          if (last.length === 1) expect(results[0]).toEqual(next(last))
        },
      ),
      { numRuns: tries(1000), seed: 13 },
    )
    expect([said > tries(500), ties > tries(50)]).toEqual([true, true])
  })

  test('whose messages are lost end equal once each has looked, and no looser than the last answer', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(decide, decide, pass, deliver, lose, lose, wake), { minLength: 2, maxLength: 20 }),
        (steps) => {
          const { tabs, jar, given, settle } = play(
            Array.from({ length: count }, () => policy),
            steps,
          )
          // What nobody has delivered is lost as well.
          for (const { mail } of tabs) mail.length = 0
          settle()
          const results = tabs.map(({ consent }) => running(consent))
          for (const result of results) expect(result).toEqual(results[0])
          if (given.length === 0) return
          expect(next(jar)).toEqual(results[0])
          for (const text of lastOf(given))
            expect(next([text])).toEqual(expect.arrayContaining(results[0] ?? []))
        },
      ),
      { numRuns: tries(1000), seed: 14 },
    )
  })

  test('of an older and a newer policy never let more run than the last answer says under their own', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(decide, decide, pass, deliver, wake), { minLength: 2, maxLength: 16 }),
        (steps) => {
          const own = [older, policy, policy].slice(0, count)
          const { tabs, given, settle } = play(own, steps)
          settle()
          if (given.length === 0) return
          for (const [index, { consent }] of tabs.entries()) {
            const mine = own[index] ?? policy
            for (const text of lastOf(given)) {
              const alone = createConsent({
                policy: mine,
                store: { read: () => [text], write: () => true, tell: () => {}, listen: () => () => {} },
                now: () => NOW + 3_600_000,
                gpc: false,
                changed: () => {},
              })
              expect(running(alone)).toEqual(expect.arrayContaining(running(consent)))
            }
          }
        },
      ),
      { numRuns: tries(500), seed: 15 },
    )
  })
})

test('a tab believes nothing that is no answer, however it is mixed with answers', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(decide, deliver, pass), { minLength: 1, maxLength: 10 }),
      fc.array(fc.oneof(anyText, fc.constantFrom('', '1', '1.1.accept', 'null', '{}')), {
        maxLength: 6,
      }),
      (steps, noise) => {
        const { tabs } = play([policy, policy], steps)
        for (const { consent, hear } of tabs) {
          const before = running(consent)
          for (const text of noise) hear(text)
          expect(running(consent)).toEqual(before)
        }
      },
    ),
    { numRuns: tries(300), seed: 16 },
  )
})
