import { describe, expect, test } from 'vitest'
import { distance, nearest } from './nearest.ts'

test.each([
  ['', '', 0],
  ['abc', '', 3],
  ['abc', 'abc', 0],
  ['abc', 'acb', 1],
  ['linkdin', 'linkedin', 1],
  ['kitten', 'sitting', 3],
  // Half of a swap is none.
  ['ab', 'xa', 2],
  ['ab', 'bx', 2],
  ['xab', 'xba', 1],
])('from %j to %j are %i edits', (a, b, edits) => {
  expect([distance(a, b), distance(b, a)]).toEqual([edits, edits])
})

describe('nearest', () => {
  const options = ['google-analytics', 'google-ads', 'linkedin', 'linkedin-insight', 'x', 'hotjar']

  test.each([
    ['linkdin', 'linkedin'],
    ['LinkedIn', 'linkedin'],
    ['google-analytcis', 'google-analytics'],
    ['hotjra', 'hotjar'],
    ['insight', 'linkedin-insight'],
  ])('%s is near %s', (typed, option) => {
    expect(nearest(typed, options)).toBe(option)
  })

  test('two letters are near no part of a name, three may be', () => {
    expect(nearest('ab', ['own-ab'])).toBeUndefined()
    expect(nearest('abc', ['own-abc'])).toBe('own-abc')
  })

  test.each(['maps', '', 'matomo'])('%j is near nothing', (typed) => {
    expect(nearest(typed, options)).toBe(undefined)
  })
})
