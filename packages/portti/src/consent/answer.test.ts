import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { policyWith } from '../../../../test/fixtures/policy.ts'
import { tries } from '../../../../test/fixtures/tries.ts'
import { hash } from '../policy/fingerprint.ts'
import type { Policy } from '../policy/policy.ts'
import { type Answer, decode, type Entry, encode, merge } from './answer.ts'
import { answer, everything } from './choose.ts'
import { type Action, allowsCategory, allowsService, decide, unasked } from './decision.ts'

const NOW = 1_763_769_600_123
const policy = policyWith()
const actions: Action[] = ['accept', 'reject', 'save', 'always', 'withdraw', 'api']

const ids = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,12}$/)
const parts = fc.stringMatching(/^[a-z0-9]{1,6}$/)
const entries = fc.record({
  granted: fc.boolean(),
  known: fc.uniqueArray(parts, { minLength: 1, maxLength: 4 }),
})
const answers = (at: fc.Arbitrary<number>, id = ids): fc.Arbitrary<Answer> =>
  fc.record({
    at,
    action: fc.constantFrom(...actions),
    entries: fc.array(fc.tuple(id, entries), { maxLength: 8 }).map((list) => new Map<string, Entry>(list)),
  })

/** The same for every order of entries and of parts. */
const plain = (given: Answer | undefined) =>
  given && {
    ...given,
    entries: [...given.entries].map(([id, { granted, known }]) => [id, granted, [...known].sort()]).sort(),
  }

/** Ids of categories and services that `text`, as the stored answer, lets run. */
function granted(text: string, { categories, services }: Policy = policy, now = NOW): string[] {
  const decision = decide(decode(text), policy, now)
  return [
    ...[...categories.values()].filter((category) => allowsCategory(policy, decision, category)),
    ...[...services.values()].filter((service) => allowsService(policy, decision, service, now)),
  ].map(({ id }) => id)
}
const required = granted('')

describe('the stored answer', () => {
  test('is one readable line', () => {
    const text = encode({
      at: NOW,
      action: 'save',
      entries: new Map([
        ['analytics', { granted: true, known: ['k3f9a', 'x02bd'] }],
        ['linkedin', { granted: false, known: ['p91ce'] }],
      ]),
    })
    expect(text).toMatch(/^1\.1763769600123\.save\.analytics:1:k3f9a-x02bd\.linkedin:0:p91ce\.[a-z0-9]{1,6}$/)
  })

  test('comes back as it was kept', () => {
    fc.assert(
      fc.property(answers(fc.integer({ min: 1e12, max: 9_999_999_999_999 })), (given) => {
        expect(plain(decode(encode(given)))).toEqual(plain(given))
      }),
    )
  })

  test('reads the same whatever was answered first', () => {
    const [a, b] = [
      { granted: true, known: ['a', 'b'] },
      { granted: false, known: ['c'] },
    ]
    const text = (entries: [string, Entry][]) =>
      encode({ at: NOW, action: 'save', entries: new Map(entries) })
    expect(
      text([
        ['ads', a],
        ['social', b],
      ]),
    ).toBe(
      text([
        ['social', b],
        ['ads', { ...a, known: ['b', 'a'] }],
      ]),
    )
  })

  test('holds only characters that a cookie may hold', () => {
    fc.assert(
      fc.property(answers(fc.constant(NOW)), (given) => {
        // RFC 6265 section 4.1.1
        expect(encode(given)).toMatch(/^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/)
      }),
    )
  })

  test('of a large policy stays below 1 KB', () => {
    const choice = everything(policy, unasked, false)
    const given = answer(
      { ...choice, facebook: false, x: false, youtube: false, 'google-ads': false },
      { policy, decision: unasked, action: 'save', now: NOW },
    )
    expect(encode(given).length).toBeLessThan(1024)
  })
})

/** With the check that the text would have, so that a test meets what it is about. */
const checked = (text: string) => `${text}.${hash([text])}`

describe('a value that is not an answer', () => {
  const valid = '1.1763769600123.accept.analytics:1:abc'
  test('the valid one among them is read', () => {
    expect(decode(checked(valid))?.entries.get('analytics')).toEqual({ granted: true, known: ['abc'] })
  })

  test.each([
    ['nothing', ''],
    ['a blank', ' '],
    ['one dot', '.'],
    ['dots only', '......'],
    ['the version alone', '1'],
    ['the version and a dot', '1.'],
    ['no action', '1.1763769600123'],
    ['an empty action', '1.1763769600123.'],
    ['a version from the future', '2.1763769600123.accept.analytics:1:abc'],
    ['version 10', '10.1763769600123.accept.analytics:1:abc'],
    ['version 01', '01.1763769600123.accept.analytics:1:abc'],
    ['version 1e0', '1e0.1763769600123.accept.analytics:1:abc'],
    ['no version', '1763769600123.accept.analytics:1:abc'],
    ['a blank in front', ' 1.1763769600123.accept.analytics:1:abc'],
    ['a line break behind', '1.1763769600123.accept.analytics:1:abc\n'],
    ['a line break after the time', '1.1763769600123\n.accept.analytics:1:abc'],
    ['a time in seconds', '1.1763769600.accept.analytics:1:abc'],
    ['a time of 14 digits', '1.17637696001230.accept.analytics:1:abc'],
    ['a time with a leading zero', '1.0763769600123.accept.analytics:1:abc'],
    ['a negative time', '1.-763769600123.accept.analytics:1:abc'],
    ['a time in hex', '1.0x19aa0000000.accept.analytics:1:abc'],
    ['a time that is infinite', '1.Infinity.accept.analytics:1:abc'],
    ['a time that is no number', '1.NaN.accept.analytics:1:abc'],
    ['a time in other digits', '1.١٧٦٣٧٦٩٦٠٠١٢٣.accept.analytics:1:abc'],
    ['an unknown action', '1.1763769600123.yes.analytics:1:abc'],
    ['an action in capitals', '1.1763769600123.ACCEPT.analytics:1:abc'],
    ['an inherited name as action', '1.1763769600123.constructor.analytics:1:abc'],
    ['an empty entry', '1.1763769600123.accept.'],
    ['an empty entry between', '1.1763769600123.accept..analytics:1:abc'],
    ['an entry without an id', '1.1763769600123.accept.:1:abc'],
    ['an id in capitals', '1.1763769600123.accept.Analytics:1:abc'],
    ['an id that begins with a hyphen', '1.1763769600123.accept.-analytics:1:abc'],
    ['__proto__ as an id', '1.1763769600123.accept.__proto__:1:abc'],
    ['an id twice', '1.1763769600123.accept.analytics:0:abc.analytics:1:abc'],
    ['the same entry twice', '1.1763769600123.accept.analytics:1:abc.analytics:1:abc'],
    ['true for 1', '1.1763769600123.accept.analytics:true:abc'],
    ['yes for 1', '1.1763769600123.accept.analytics:yes:abc'],
    ['2 for 1', '1.1763769600123.accept.analytics:2:abc'],
    ['11 for 1', '1.1763769600123.accept.analytics:11:abc'],
    ['01 for 1', '1.1763769600123.accept.analytics:01:abc'],
    ['1e0 for 1', '1.1763769600123.accept.analytics:1e0:abc'],
    ['a blank for 1', '1.1763769600123.accept.analytics: :abc'],
    ['nothing for 1', '1.1763769600123.accept.analytics::abc'],
    ['no fingerprint field', '1.1763769600123.accept.analytics:1'],
    ['a fourth field', '1.1763769600123.accept.analytics:1:abc:1'],
    ['a fingerprint in capitals', '1.1763769600123.accept.analytics:1:ABC'],
    ['a wrong last entry', '1.1763769600123.accept.analytics:1:abc.ads'],
    ['quotes around', '"1.1763769600123.accept.analytics:1:abc"'],
    ['URL encoding', '1.1763769600123.accept.analytics%3A1%3Aabc'],
    ['JSON', '{"analytics":true}'],
    ['JSON true', 'true'],
    ['null', 'null'],
    ['undefined', 'undefined'],
    ['[object Object]', '[object Object]'],
    ['markup', '<script>alert(1)</script>'],
    ['a lone surrogate', '1.1763769600123.accept.analytics:1:\ud800'],
    ['a NUL', '1.1763769600123.accept.analytics:1:abc\0'],
    ['another product', '{stamp:%27-1%27%2Cnecessary:true%2Cstatistics:true}'],
    ['a megabyte of dots', `1.1763769600123.accept${'.'.repeat(1_000_000)}`],
    ['a megabyte of letters', 'a'.repeat(1_000_000)],
  ])('counts as none: %s', (_, text) => {
    for (const stored of [text, checked(text)]) {
      expect(decode(stored)).toBeUndefined()
      expect(granted(stored)).toEqual(required)
    }
  })

  test('a text without its check, or with another, is none', () => {
    expect(decode(valid)).toBeUndefined()
    expect(decode(`${checked(valid)}0`)).toBeUndefined()
    expect(decode(`${valid}.`)).toBeUndefined()
  })
})

/** One accident: a character or a run of them is lost, doubled, swapped, replaced, or the rest is cut off. */
const accidents = fc.record({
  kind: fc.constantFrom('cut', 'drop', 'double', 'swap', 'replace', 'insert'),
  at: fc.nat(),
  length: fc.integer({ min: 1, max: 12 }),
  // Not '1': a no that has become a yes, and nothing else, is an answer like any other.
  with: fc.constantFrom('.', ':', '-', '0', '2', 'a', 'z', '%', ' ', '"', '\0', 'ä', '=', ';'),
})
type Accident = typeof accidents extends fc.Arbitrary<infer A> ? A : never

function damage(text: string, { kind, at, length, with: other }: Accident): string {
  const place = at % text.length
  const head = text.slice(0, place)
  const run = text.slice(place, place + length)
  const tail = text.slice(place + length)
  if (kind === 'cut') return head
  if (kind === 'drop') return head + tail
  if (kind === 'double') return head + run + run + tail
  if (kind === 'swap') return head + [...run].reverse().join('') + tail
  if (kind === 'insert') return head + other + text.slice(place)
  return head + other + text.slice(place + 1)
}

describe('a damaged answer', () => {
  const stored = ['analytics', 'social', 'ads'].map((on) =>
    encode(
      answer(
        { [on]: true, youtube: true, x: on !== 'social' },
        {
          policy,
          decision: unasked,
          action: 'save',
          now: NOW,
        },
      ),
    ),
  )
  test('never throws and lets nothing run', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...stored),
        fc.array(accidents, { minLength: 1, maxLength: 3 }),
        (text, list) => {
          const after = list.reduce(
            (damaged, accident) => (damaged ? damage(damaged, accident) : damaged),
            text,
          )
          if (after === text) return
          expect(decode(after)).toBeUndefined()
          expect(granted(after)).toEqual(required)
        },
      ),
      { numRuns: tries(3000) },
    )
  })
})

describe('two tabs', () => {
  const few = fc.constantFrom('social', 'x', 'facebook', 'ads')
  const soon = answers(fc.constantFrom(NOW, NOW + 1), few)
  test('agree in whatever order they hear of each other', () => {
    fc.assert(
      fc.property(soon, soon, soon, (a, b, c) => {
        expect(plain(merge(a, b))).toEqual(plain(merge(b, a)))
        expect(encode(merge(a, b) ?? a)).toBe(encode(merge(b, a) ?? a))
        expect(plain(merge(merge(a, b), c))).toEqual(plain(merge(a, merge(b, c))))
        expect(plain(merge(a, a))).toEqual(plain(a))
        expect(plain(merge(a, merge(a, b)))).toEqual(plain(merge(a, b)))
      }),
      { numRuns: tries(2000) },
    )
  })

  test('take an answer for no answer', () => {
    fc.assert(
      fc.property(soon, (a) => {
        expect(merge(a, undefined)).toBe(a)
        expect(merge(undefined, a)).toBe(a)
      }),
    )
    expect(merge(undefined, undefined)).toBeUndefined()
  })

  test('take the later answer', () => {
    const early: Answer = {
      at: NOW,
      action: 'reject',
      entries: new Map([['ads', { granted: false, known: ['a'] }]]),
    }
    const late: Answer = {
      at: NOW + 1,
      action: 'accept',
      entries: new Map([['ads', { granted: true, known: ['a'] }]]),
    }
    expect(merge(early, late)).toBe(late)
    expect(merge(late, early)).toBe(late)
  })

  test('let run in a tie only what both let run', () => {
    const options = fc.dictionary(
      fc.constantFrom('social', 'x', 'facebook', 'media', 'youtube', 'ads'),
      fc.boolean(),
    )
    fc.assert(
      fc.property(options, options, fc.constantFrom<Action>('save', 'always'), (a, b, action) => {
        const [one, other] = [a, b].map((choice) =>
          answer(choice, { policy, decision: unasked, action, now: NOW }),
        )
        const both = merge(one, other)
        const allowed = (given: Answer | undefined) => (given ? granted(encode(given)) : [])
        expect(allowed(one)).toEqual(expect.arrayContaining(allowed(both)))
        expect(allowed(other)).toEqual(expect.arrayContaining(allowed(both)))
      }),
      { numRuns: tries(1000) },
    )
  })

  test('keep a refusal of one service in a tie with a yes to its whole category', () => {
    const choose = (choice: Record<string, boolean>) =>
      answer(choice, { policy, decision: unasked, action: 'save', now: NOW })
    const tie = merge(choose({ social: true, x: false }), choose({ social: true }))
    const allowed = tie ? granted(encode(tie)) : []
    expect(allowed).toContain('facebook')
    expect(allowed).not.toContain('x')
  })

  test.each([
    ['accept', 'reject', 'reject'],
    ['accept', 'withdraw', 'withdraw'],
    ['always', 'reject', 'reject'],
    ['api', 'withdraw', 'withdraw'],
    ['save', 'save', 'save'],
  ] as const)('of %s and %s in a tie are kept as %s', (one, other, action) => {
    const [a, b] = [one, other].map(
      (how): Answer => ({
        at: NOW,
        action: how,
        entries: new Map([['ads', { granted: true, known: ['a'] }]]),
      }),
    )
    expect(merge(a, b)?.action).toBe(action)
    expect(merge(b, a)?.action).toBe(action)
  })
})
