import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { declared, policyWith } from '../../../../test/fixtures/policy.ts'
import { encode } from '../consent/answer.ts'
import { answer } from '../consent/choose.ts'
import { type Choice, unasked } from '../consent/decision.ts'
import { readChoice } from './read-choice.ts'

const now = Date.parse('2026-11-22')
const DAY = 86_400_000
const cookie = (choice: Choice, at = now - DAY) =>
  `portti=${encode(answer(choice, { policy: policyWith(), decision: unasked, action: 'save', now: at }))}`
const granted = (choice: Choice) => Object.keys(choice).filter((id) => choice[id])

describe('a choice read from a request', () => {
  test('is what the visitor answered', () => {
    const found = readChoice(
      declared,
      `a=1; ${cookie({ analytics: true, media: true, youtube: false })}; b=2`,
      { now },
    )
    expect(granted(found)).toEqual(['analytics', 'media'])
    expect(found.youtube).toBe(false)
  })

  test.each([
    ['no header', undefined],
    ['no cookie of ours', 'session=1; xportti=1'],
    ['an empty one', 'portti='],
    ['a damaged one', cookie({ analytics: true }).slice(0, -1)],
    ['one from the future', cookie({ analytics: true }, now + 9 * DAY)],
    ['one that is too old', cookie({ analytics: true }, now - 400 * DAY)],
  ])('of %s grants nothing', (_, header) => {
    expect(granted(readChoice(declared, header, { now }))).toEqual([])
  })

  test('does not stand for a service that came later', () => {
    const categories = declared.categories.map((category) =>
      category.id === 'analytics' ? { ...category, services: [...category.services, 'hotjar'] } : category,
    )
    expect(
      granted(readChoice({ ...declared, categories }, cookie({ analytics: true, ads: true }), { now })),
    ).toEqual(['ads'])
  })

  test('of two copies is the later one', () => {
    const copies = [cookie({ analytics: true }, now - 2 * DAY), cookie({ ads: true }, now - DAY)]
    expect(granted(readChoice(declared, copies.join('; '), { now }))).toEqual(['ads'])
    expect(granted(readChoice(declared, copies.reverse().join('; '), { now }))).toEqual(['ads'])
  })

  test('is none under a faulty policy, and nothing throws, whatever the header', () => {
    expect(granted(readChoice('{', cookie({ analytics: true }), { now }))).toEqual([])
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(granted(readChoice(declared, `portti=${text}`, { now }))).toEqual([])
      }),
    )
  })
})
