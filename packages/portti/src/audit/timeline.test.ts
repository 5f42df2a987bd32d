import { describe, expect, test } from 'vitest'
import { createTimeline } from './timeline.ts'

describe('what was allowed', () => {
  const timeline = createTimeline()
  timeline.add(300, new Set(['session']))
  timeline.add(5000, new Set(['session', 'counter']))
  timeline.add(9000, new Set(['session']))

  test.each([
    ['first counts from the start of the page', 'session', 0, true],
    ['goes on being allowed', 'session', 20_000, true],
    ['later was not before', 'counter', 3000, false],
    ['may have begun right before that was told', 'counter', 4001, true],
    ['was allowed until it was taken back', 'counter', 8999, true],
    ['is not from then on', 'counter', 9000, false],
    ['never is not', 'pixel', 6000, false],
  ])('%s', (_when, id, at, allowed) => {
    expect(timeline.allows(id, at)).toBe(allowed)
  })

  test('before anybody said so is nothing', () => {
    expect(createTimeline().allows('session', 0)).toBe(false)
  })
})
