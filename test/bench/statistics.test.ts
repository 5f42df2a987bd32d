import { expect, test } from 'vitest'
import type { Metric } from './metrics.ts'
import { growth, median, ratio, valuesOf } from './statistics.ts'

const cpu: Metric = { id: 'cpu', title: 'CPU+', unit: 'ms', over: 'none' }
const wall: Metric = { id: 'wall', title: 'wall', unit: 'ms' }

test('takes the middle, and the mean of two middles', () => {
  expect(median([9, 1, 2])).toBe(2)
  expect(median([4, 1, 2, 9])).toBe(3)
  expect(median([])).toBeNaN()
})

test('takes the bare page of the same round off', () => {
  const rounds = [
    { cpu: { none: 10, portti: 14 } },
    { cpu: { none: 20, portti: 23 } },
    { cpu: { portti: 5 } },
  ]
  expect(valuesOf(rounds, cpu, 'portti')).toEqual([4, 3])
})

test('compares inside each round, so that a slow round weighs on both', () => {
  const rounds = [
    { wall: { portti: 10, floor: 5 } },
    { wall: { portti: 400, floor: 200 } },
    { wall: { portti: 30, floor: 10 } },
  ]
  expect(ratio(rounds, wall, 'portti', 'floor')).toBe(2)
})

test('compares the medians where the bare page is taken off', () => {
  const rounds = [
    { cpu: { none: 10, portti: 16, floor: 12 } },
    { cpu: { none: 10, portti: 14, floor: 10 } },
    { cpu: { none: 10, portti: 18, floor: 13 } },
  ]
  expect(ratio(rounds, cpu, 'portti', 'floor')).toBe(3)
})

test('tells linear growth from quadratic, over what is there anyway', () => {
  const linear = growth([1, 10, 100, 1000, 5000].map((count) => [count, 7 + 0.02 * (count - 1)] as const))
  expect(linear.each).toBeCloseTo(0.02)
  expect(linear.exponent).toBeCloseTo(1)
  expect(growth([0, 10, 100, 1000].map((count) => [count, count ** 2] as const)).exponent).toBeCloseTo(2)
})
