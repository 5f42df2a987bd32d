import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { policyWith } from '../../../../test/fixtures/policy.ts'
import { createBrowser } from '../../../../test/fixtures/tabs.ts'
import { tries } from '../../../../test/fixtures/tries.ts'
import { decode, encode } from './answer.ts'
import { answer } from './choose.ts'
import { type Consent, createConsent } from './consent.ts'
import { type Choice, unasked } from './decision.ts'
import type { Store } from './store.ts'

const NOW = 1_763_769_600_123
const DAY = 86_400_000
const policy = policyWith()
const ids = [...policy.categories.keys(), ...policy.services.keys()]
const textOf = (choice: Choice, at = NOW) =>
  encode(answer(choice, { policy, decision: unasked, action: 'save', now: at }))

/** A store that the test looks into, and what the tab that owns it has been called back with. */
function fakeStore(kept: string[] = []) {
  let heard: (text: string | undefined) => void = () => {}
  const told: string[] = []
  const writes: [text: string, seconds: number][] = []
  const store: Store = {
    read: () => [...kept],
    write(text, seconds) {
      writes.push([text, seconds])
      kept.splice(0, kept.length, text)
      return true
    },
    tell: (text) => told.push(text),
    listen(listener) {
      heard = listener
      return () => {
        heard = () => {}
      }
    },
  }
  return { store, told, writes, kept, hear: (text?: string) => heard(text) }
}

function setUp({
  kept = [],
  store: own,
  now = () => NOW,
  gpc = false,
  release,
}: {
  kept?: string[]
  store?: Partial<Store>
  now?: () => number
  gpc?: boolean
  release?: () => void
} = {}) {
  const fake = fakeStore(kept)
  const changed = vi.fn()
  const consent = createConsent({
    policy,
    store: { ...fake.store, ...own },
    now,
    gpc,
    changed,
    ...(release ? { release } : {}),
  })
  return { ...fake, consent, changed }
}
const running = (consent: Consent) => ids.filter(consent.allows)

describe('consent', () => {
  test('writes, tells and changes nothing before there is an answer', () => {
    const { consent, writes, told, changed } = setUp()
    expect(consent.decision()).toBe(unasked)
    expect(running(consent)).toEqual(['necessary', 'portti', 'session'])
    expect([writes, told]).toEqual([[], []])
    expect(changed).not.toHaveBeenCalled()
  })

  test('takes up the answer of an earlier page', () => {
    const { consent, writes } = setUp({ kept: [textOf({ analytics: true }, NOW - 5 * DAY)] })
    expect(consent.decision()).toMatchObject({ kind: 'given', at: NOW - 5 * DAY })
    expect(consent.allows('google-analytics')).toBe(true)
    expect(consent.allows('ads')).toBe(false)
    expect(writes).toEqual([])
  })

  test('keeps, tells and announces each decision once', () => {
    const { consent, writes, told, changed } = setUp()
    consent.acceptAll()
    expect(changed).toHaveBeenCalledOnce()
    expect(writes).toHaveLength(1)
    expect(told).toEqual([writes[0]?.[0]])
    expect(decode(told[0] ?? '')).toMatchObject({ at: NOW, action: 'accept' })
    // A refusal lives as long as a consent.
    consent.rejectAll()
    const [first, second] = writes.map(([, seconds]) => seconds)
    expect(first).toBe((365.25 * DAY) / 1000)
    expect(second).toBeGreaterThanOrEqual(first ?? Number.NaN)
  })

  test('lets run what may, then keeps and tells the answer, then says that it has changed', () => {
    const steps: unknown[] = []
    const release = () => steps.push(`ads: ${consent.allows('ads')}`)
    const { consent, changed, hear } = setUp({
      release,
      store: { write: () => steps.push('kept') > 0, tell: () => steps.push('told') },
    })
    changed.mockImplementation(() => steps.push('changed'))
    consent.acceptAll()
    expect(steps.splice(0)).toEqual(['ads: true', 'kept', 'told', 'changed'])
    consent.withdraw()
    expect(steps.splice(0)).toEqual(['ads: false', 'kept', 'told', 'changed'])
    // A tab that has written itself writes what another tells it.
    hear(textOf({ ads: true }, NOW + 1000))
    expect(steps).toEqual(['kept', 'ads: true', 'changed'])
  })

  test('an answer that is given by what was let run is the one that stands', () => {
    const release = vi.fn(() => {
      if (consent.allows('ads')) consent.rejectAll()
    })
    const { consent, writes, told, kept, changed } = setUp({ release })
    consent.acceptAll()
    expect(release).toHaveBeenCalledTimes(2)
    expect(consent.allows('ads')).toBe(false)
    expect(changed).toHaveBeenCalledOnce()
    expect([writes.map(([text]) => text), told]).toEqual([kept, kept])
    expect(decode(kept[0] ?? '')).toMatchObject({ action: 'reject' })
  })

  test('is kept and announced whatever goes wrong with what was let run', () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {})
    const release = () => {
      throw new Error('of the page')
    }
    const { consent, writes, hear, changed } = setUp({ release })
    consent.acceptAll()
    expect([writes.length, changed.mock.calls.length, error.mock.calls.length]).toEqual([1, 1, 1])
    hear(textOf({}, NOW + 1000))
    expect(changed).toHaveBeenCalledTimes(2)
    error.mockRestore()
  })

  test('has changed already when it says so', () => {
    const seen: boolean[] = []
    const { store } = fakeStore()
    const consent = createConsent({
      policy,
      store,
      now: () => NOW,
      gpc: false,
      changed: () => seen.push(consent.allows('ads')),
    })
    consent.acceptAll()
    consent.withdraw()
    consent.choose({ ads: true })
    expect(seen).toEqual([true, false, true])
  })

  test.each([
    ['acceptAll', 'accept', true],
    ['rejectAll', 'reject', false],
    ['withdraw', 'withdraw', false],
  ] as const)('records %s as %s', (method, action, allowed) => {
    const { consent } = setUp()
    consent[method]()
    expect(consent.decision()).toMatchObject({ kind: 'given', action })
    expect(consent.allows('ads')).toBe(allowed)
  })

  test('does not allow what the policy does not have', () => {
    const { consent } = setUp()
    consent.acceptAll()
    for (const id of ['', 'unknown', 'constructor', '__proto__', 'toString'])
      expect(consent.allows(id)).toBe(false)
  })

  test('heeds Global Privacy Control', () => {
    const { consent } = setUp({ gpc: true })
    consent.acceptAll()
    expect([consent.allows('analytics'), consent.allows('demographics'), consent.allows('ads')]).toEqual([
      true,
      false,
      false,
    ])
  })

  test('takes the latest of two stored copies, and what both allow if they are of one moment', () => {
    const yes = textOf({ ads: true, social: true })
    expect(setUp({ kept: [yes, textOf({}, NOW - 1)] }).consent.allows('ads')).toBe(true)
    expect(setUp({ kept: [textOf({}, NOW + 1), yes] }).consent.allows('ads')).toBe(false)
    const { consent } = setUp({ kept: [yes, textOf({ social: true })] })
    expect([consent.allows('ads'), consent.allows('social')]).toEqual([false, true])
  })

  test('reads the good one of a good and a broken copy', () => {
    const { consent } = setUp({
      kept: ['1.9.accept', textOf({ ads: true }), '%%%', textOf({}, NOW + 2 * DAY)],
    })
    expect(consent.allows('ads')).toBe(true)
  })

  test('gives each answer a later time than the last', () => {
    const { consent, told } = setUp({ kept: [textOf({ ads: true }, NOW + 60_000)] })
    consent.withdraw()
    consent.acceptAll()
    expect(told.map((text) => decode(text)?.at)).toEqual([NOW + 60_001, NOW + 60_002])
  })

  test('answers count after the clock was set back', () => {
    for (const days of [0.5, 2, 400, 3650]) {
      let now = NOW
      const { consent } = setUp({ now: () => now })
      consent.acceptAll()
      now -= days * DAY
      consent.withdraw()
      expect(running(consent)).toEqual(['necessary', 'portti', 'session'])
      consent.choose({ ads: true })
      expect(consent.decision().kind).toBe('given')
      expect(consent.allows('ads')).toBe(true)
    }
  })
})

describe('a store that is refused', () => {
  test('still lets the answer count on this page, and is told about', () => {
    const { consent } = setUp({ store: { read: () => [], write: () => false } })
    expect(consent.stored()).toBe(true)
    consent.acceptAll()
    expect([consent.allows('ads'), consent.stored()]).toEqual([true, false])
  })

  test('does not take the answer back on the way back to the page', () => {
    const { consent, hear, changed } = setUp({ store: { read: () => [], write: () => false } })
    consent.acceptAll()
    hear()
    expect(consent.allows('ads')).toBe(true)
    expect(changed).toHaveBeenCalledOnce()
  })

  test('that works again keeps the next answer', () => {
    let works = false
    const { consent } = setUp({ store: { write: () => works } })
    consent.acceptAll()
    works = true
    consent.rejectAll()
    expect(consent.stored()).toBe(true)
  })
})

describe('on the way back to a page', () => {
  test('nothing happens if nothing is different', () => {
    for (const kept of [[], [textOf({ ads: true })]]) {
      const { changed, hear, consent } = setUp({ kept })
      const before = consent.decision()
      hear()
      expect(changed).not.toHaveBeenCalled()
      expect(consent.decision()).toBe(before)
    }
  })

  test('an answer given elsewhere counts', () => {
    const { changed, hear, consent, kept } = setUp({ kept: [textOf({ ads: true })] })
    kept.splice(0, 1, textOf({}, NOW + 10))
    hear()
    expect(changed).toHaveBeenCalledOnce()
    expect(consent.allows('ads')).toBe(false)
  })

  test('an answer that is gone no longer counts', () => {
    const { changed, hear, consent, kept } = setUp({ kept: [textOf({ ads: true })] })
    kept.length = 0
    hear()
    expect(changed).toHaveBeenCalledOnce()
    expect(consent.decision().kind).toBe('unasked')
    expect(consent.allows('ads')).toBe(false)
  })

  test('an answer that was spoilt no longer counts', () => {
    const { hear, consent, kept } = setUp({ kept: [textOf({ ads: true })] })
    kept.splice(0, 1, 'nonsense')
    hear()
    expect(consent.allows('ads')).toBe(false)
  })
})

describe('another tab', () => {
  test('is followed when its answer is later, without writing or telling', () => {
    const { consent, hear, changed, writes, told, kept } = setUp({ kept: [textOf({ ads: true })] })
    const late = textOf({ social: true }, NOW + 1)
    kept.splice(0, 1, late)
    hear(late)
    expect([consent.allows('ads'), consent.allows('social')]).toEqual([false, true])
    expect(changed).toHaveBeenCalledOnce()
    expect([writes, told]).toEqual([[], []])
  })

  test('has its later answer written once more by a tab that has written an earlier one, which may arrive after it', () => {
    const { consent, hear, writes, kept } = setUp()
    consent.choose({ ads: true })
    const late = textOf({ social: true }, NOW + 1)
    // What this tab sees of the other's cookie says nothing about whose text comes last where they are kept.
    kept.splice(0, 1, late)
    hear(late)
    expect(writes.map(([text]) => text).at(-1)).toBe(late)
    expect(writes).toHaveLength(2)
  })

  test('is not followed when its answer is earlier; what it wrote over is kept again', () => {
    const { consent, hear, changed, kept } = setUp({ kept: [textOf({})] })
    const early = textOf({ ads: true }, NOW - 1)
    kept.splice(0, 1, early)
    hear(early)
    expect(consent.allows('ads')).toBe(false)
    expect(changed).not.toHaveBeenCalled()
    expect(kept).toEqual([textOf({})])
  })

  test.each([
    '',
    'nonsense',
    '2.1763769600123.accept',
    '1.1763769600123.accept.ads:true:x',
    textOf({ ads: true }, NOW + 2 * DAY),
  ])('is ignored when it says %j', (text) => {
    const { consent, hear, changed, writes } = setUp()
    hear(text)
    expect(consent.decision()).toBe(unasked)
    expect(changed).not.toHaveBeenCalled()
    expect(writes).toEqual([])
  })

  test('is not heard any more after dispose', () => {
    const { consent, hear, changed } = setUp()
    consent.dispose()
    hear(textOf({ ads: true }))
    expect(changed).not.toHaveBeenCalled()
    expect(consent.allows('ads')).toBe(false)
  })
})

describe('tabs', () => {
  const choices: fc.Arbitrary<Choice> = fc.dictionary(
    fc.constantFrom('ads', 'social', 'x', 'facebook', 'analytics'),
    fc.boolean(),
  )
  const step = fc.oneof(
    fc.record({
      do: fc.constant('choose' as const),
      tab: fc.nat(2),
      choice: choices,
      pass: fc.constantFrom(0, 0, 1, 30),
    }),
    fc.record({
      do: fc.constantFrom('accept' as const, 'withdraw' as const),
      tab: fc.nat(2),
      pass: fc.constantFrom(0, 0, 1, 30),
    }),
    fc.record({
      do: fc.constantFrom('deliver' as const, 'deliver' as const, 'return' as const),
      tab: fc.nat(2),
    }),
  )

  test('end with the same answer, in memory and in the store, and none more permissive than the last', () => {
    let ties = 0
    fc.assert(
      fc.property(fc.constantFrom(2, 3), fc.array(step, { minLength: 1, maxLength: 14 }), (count, steps) => {
        const { tabs, jar, given, pass } = createBrowser(Array<typeof policy>(count).fill(policy), NOW)
        /** Messages arrive late but in order. */
        const deliver = ({ mail, hear }: (typeof tabs)[number]) => {
          const text = mail.shift()
          if (text !== undefined) hear(text)
        }
        for (const step of steps) {
          const tab = tabs[step.tab % count]!
          if ('pass' in step) pass(step.pass)
          if (step.do === 'choose') tab.consent.choose(step.choice)
          if (step.do === 'accept') tab.consent.acceptAll()
          if (step.do === 'withdraw') tab.consent.withdraw()
          if (step.do === 'deliver') deliver(tab)
          if (step.do === 'return') tab.hear()
        }
        while (tabs.some(({ mail }) => mail.length > 0)) for (const tab of tabs) deliver(tab)

        const results = tabs.map(({ consent }) => running(consent))
        for (const result of results) expect(result).toEqual(results[0])
        if (given.length === 0) return
        const next = createConsent({
          policy,
          store: fakeStore(jar).store,
          now: () => NOW + DAY / 2,
          gpc: false,
          changed: () => {},
        })
        expect(running(next)).toEqual(results[0])

        const latest = Math.max(...given.map((text) => decode(text)!.at))
        const last = given.filter((text) => decode(text)!.at === latest)
        if (last.length > 1) ties++
        for (const text of last) {
          const { consent } = setUp({ kept: [text], now: () => NOW + DAY / 2 })
          expect(running(consent)).toEqual(expect.arrayContaining(results[0]!))
        }
      }),
      { numRuns: tries(1500) },
    )
    expect(ties).toBeGreaterThan(tries(50))
  })
})
