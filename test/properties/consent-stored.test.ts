import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Answer, decode, encode } from '../../packages/portti/src/consent/answer.ts'
import { answer, everything } from '../../packages/portti/src/consent/choose.ts'
import { createConsent } from '../../packages/portti/src/consent/consent.ts'
import { type Choice, type Decision, unasked } from '../../packages/portti/src/consent/decision.ts'
import type { DeclaredPolicy } from '../../packages/portti/src/policy/declared-policy.ts'
import { hash } from '../../packages/portti/src/policy/fingerprint.ts'
import type { Policy } from '../../packages/portti/src/policy/policy.ts'
import { anyText } from '../fixtures/any-text.ts'
import { choicesFor, NOW, policies, policyOf } from '../fixtures/arbitrary-policy.ts'
import { damaged, handMade } from '../fixtures/forgeries.ts'
import { policyWith } from '../fixtures/policy.ts'
import { tries } from '../fixtures/tries.ts'

const policy = policyWith()
const AT = NOW - 1000

/** What a page does with the stored texts: its decision, and the ids that need a yes and have it. */
function visit(
  kept: readonly string[],
  on: Policy = policy,
  now = NOW,
): { decision: Decision; runs: string[] } {
  const consent = createConsent({
    policy: on,
    store: { read: () => [...kept], write: () => true, tell: () => {}, listen: () => () => {} },
    now: () => now,
    gpc: false,
    changed: () => {},
  })
  const ids = [...on.categories.keys(), ...on.services.keys()]
  const runs = ids.filter(
    (id) => consent.allows(id) && id !== 'necessary' && on.services.get(id)?.category !== 'necessary',
  )
  return { decision: consent.decision(), runs }
}
const stored = (choice: Choice, on: Policy = policy, at = AT) =>
  encode(answer(choice, { policy: on, decision: unasked, action: 'save', now: at }))
const good = [
  stored(everything(policy, unasked, false)),
  stored({ analytics: true, youtube: true }),
  stored({ social: true, x: false, media: false }),
  stored({}),
]
const same = (given: Answer | undefined) =>
  given && {
    ...given,
    entries: [...given.entries].map(([id, { granted, known }]) => [id, granted, [...known].sort()]).sort(),
  }

describe('a stored answer', () => {
  test('that is whole opens what it says', () => {
    expect(good.map((text) => visit([text]).runs.length > 0)).toEqual([true, true, true, false])
    expect(good.map((text) => visit([text]).decision.kind)).toEqual(['given', 'given', 'given', 'given'])
  })

  test('with 1,000 kinds of damage opens nothing, and the visitor is asked', () => {
    const seen = new Set<string>()
    for (const text of good) {
      for (const broken of fc.sample(damaged(text), { numRuns: 400, seed: 8 })) {
        if (good.includes(broken) || seen.has(broken)) continue
        seen.add(broken)
        expect(decode(broken), broken).toBeUndefined()
        const { decision, runs } = visit([broken])
        expect(runs, broken).toEqual([])
        expect(decision, broken).toBe(unasked)
      }
    }
    expect(seen.size).toBeGreaterThanOrEqual(1000)
  })

  test('with one character changed, to whatever, is none', () => {
    const text = good[1] ?? ''
    for (let place = 0; place < text.length; place++) {
      for (let code = 32; code < 127; code++) {
        const broken = text.slice(0, place) + String.fromCharCode(code) + text.slice(place + 1)
        if (broken !== text) expect(decode(broken), broken).toBeUndefined()
      }
    }
  })

  test('made by hand or by another product opens nothing', () => {
    const texts = good.flatMap(handMade).filter((text) => !good.includes(text))
    expect(handMade('').length).toBeGreaterThanOrEqual(40)
    for (const text of texts) {
      const { decision, runs } = visit([text])
      expect(runs, text.slice(0, 200)).toEqual([])
      expect(decision.kind, text.slice(0, 200)).toBe('unasked')
    }
  })

  test('that is broken does not spoil the whole one beside it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...good).chain((text) => fc.tuple(fc.constant(text), damaged(text))),
        ([text, broken]) => {
          if (good.includes(broken)) return
          expect(visit([broken, text])).toEqual(visit([text]))
          expect(visit([text, broken])).toEqual(visit([text]))
        },
      ),
      { numRuns: tries(300), seed: 9 },
    )
  })

  test('forged with its right check opens at most what it grants by name', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...good).chain((text) => damaged(text.slice(0, text.lastIndexOf('.')))),
        (body) => {
          const text = `${body}.${hash([body])}`
          const { runs } = visit([text])
          const granted = new Set(
            [...(decode(text)?.entries ?? [])].flatMap(([id, entry]) => (entry.granted ? id : [])),
          )
          for (const id of runs) {
            expect(granted.has(id) || granted.has(policy.services.get(id)?.category ?? ''), text).toBe(true)
          }
        },
      ),
      { numRuns: tries(2000), seed: 10 },
    )
  })

  test('any text at all is no answer or one that reads the same when it is written again', () => {
    const texts = fc.oneof(
      anyText,
      fc
        .array(
          fc.constantFrom('1', '.', ':', '0', 'accept', '1763769600123', 'ads', 'constructor', '-', 'k3'),
        )
        .map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(texts, (body) => {
        for (const text of [body, `${body}.${hash([body])}`]) {
          const read = decode(text)
          if (read) expect(same(decode(encode(read)))).toEqual(same(read))
        }
      }),
      { numRuns: tries(2000), seed: 11 },
    )
  })

  test('comes back as it was given, under any policy', () => {
    fc.assert(
      fc.property(
        policies.chain((on) => fc.tuple(fc.constant(on), choicesFor(on))),
        ([on, choice]) => {
          const given = answer(choice, { policy: on, decision: unasked, action: 'save', now: AT })
          const text = encode(given)
          // RFC 6265 section 4.1.1
          expect(text).toMatch(/^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/)
          expect(encode(decode(text) ?? given)).toBe(text)
          for (const [id, { granted }] of given.entries)
            expect(decode(text)?.entries.get(id)?.granted).toBe(granted)
          expect(decode(text)?.entries.size).toBe(given.entries.size)
        },
      ),
      { numRuns: tries(120), seed: 12 },
    )
  })
})

/** One released shape of the stored answer: texts that it wrote, and what each means under the policy beside them. */
interface Golden {
  readonly policy: DeclaredPolicy
  readonly now: string
  readonly cases: readonly {
    readonly title: string
    readonly decision: Decision['kind']
    readonly action?: string
    readonly runs: readonly string[]
  }[]
}

describe('answers that earlier versions have stored', () => {
  const folder = new URL('../golden/', import.meta.url)
  const files = readdirSync(folder).filter((name) => /^answer-.*\.txt$/.test(name))

  test('are kept for every version of the shape, and for this one', () => {
    const [version = ''] = good[0]?.split('.') ?? []
    expect(files).toContain(`answer-${version}.txt`)
    for (let before = 1; before <= Number(version); before++) expect(files).toContain(`answer-${before}.txt`)
  })

  test.each(files)('%s is still read as it was meant', (file) => {
    const texts = readFileSync(new URL(file, folder), 'utf8').trimEnd().split('\n')
    const golden = JSON.parse(readFileSync(new URL(file.replace('.txt', '.json'), folder), 'utf8')) as Golden
    expect(texts).toHaveLength(golden.cases.length)
    const on = policyOf(golden.policy)
    for (const [index, { title, decision, action, runs }] of golden.cases.entries()) {
      const found = visit([texts[index] ?? ''], on, Date.parse(golden.now))
      expect([found.decision.kind, found.runs], title).toEqual([decision, runs])
      if (action) expect(found.decision, title).toMatchObject({ action })
    }
  })
})
