import { atom } from 'nanostores'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Decision, unasked } from './decision.ts'
import { type Start, type Stop, when } from './when.ts'

function setUp(start: Start, stop?: Stop, $decision = atom<Decision>(unasked), allowed = { now: false }) {
  const undo = when({ $decision, allowed: () => allowed.now, start, stop })
  const set = (now: boolean) => {
    allowed.now = now
    $decision.set({ ...unasked })
  }
  return { set, undo, $decision, allowed }
}

describe('when', () => {
  afterEach(() => vi.restoreAllMocks())

  test('starts on the grant and not before', () => {
    const start = vi.fn()
    const { set } = setUp(start)
    expect(start).not.toHaveBeenCalled()
    set(true)
    expect(start).toHaveBeenCalledOnce()
  })

  test('starts at once if it is allowed already', () => {
    const start = vi.fn()
    setUp(start, undefined, atom<Decision>(unasked), { now: true })
    expect(start).toHaveBeenCalledOnce()
  })

  test('starts once, however often the decision changes', () => {
    const start = vi.fn()
    const stop = vi.fn()
    const { set } = setUp(start, stop)
    for (let i = 0; i < 5; i++) set(true)
    expect(start).toHaveBeenCalledOnce()
    expect(stop).not.toHaveBeenCalled()
  })

  test('aborts the signal and then stops when the grant ends', () => {
    const calls: string[] = []
    let signal: AbortSignal | undefined
    const { set } = setUp(
      (given) => {
        signal = given
        given.addEventListener('abort', () => calls.push('abort'))
      },
      () => calls.push(`stop, aborted: ${signal?.aborted}`),
    )
    set(true)
    expect(signal?.aborted).toBe(false)
    set(false)
    set(false)
    expect(calls).toEqual(['abort', 'stop, aborted: true'])
  })

  test('starts again on the next grant, with a new signal', () => {
    const signals: AbortSignal[] = []
    const { set } = setUp((signal) => signals.push(signal))
    for (const now of [true, false, true]) set(now)
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false])
  })

  test('stops what runs when it is undone, and starts nothing any more', () => {
    const start = vi.fn()
    const stop = vi.fn()
    const { set, undo } = setUp(start, stop)
    set(true)
    undo()
    expect(stop).toHaveBeenCalledOnce()
    set(false)
    set(true)
    undo()
    expect(start).toHaveBeenCalledOnce()
    expect(stop).toHaveBeenCalledOnce()
  })

  test('stops nothing that never started', () => {
    const stop = vi.fn()
    const { set, undo } = setUp(() => {}, stop)
    set(false)
    undo()
    expect(stop).not.toHaveBeenCalled()
  })

  test('lets the others start and stop when one throws', () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {})
    const fault = new Error('a fault of the site')
    const shared = atom<Decision>(unasked)
    const allowed = { now: false }
    const bad = () => {
      throw fault
    }
    const start = vi.fn()
    const stop = vi.fn()
    setUp(bad, bad, shared, allowed)
    const { set } = setUp(start, stop, shared, allowed)
    expect(() => set(true)).not.toThrow()
    expect(() => set(false)).not.toThrow()
    expect([start, stop].map(({ mock }) => mock.calls.length)).toEqual([1, 1])
    expect(error.mock.calls).toEqual([[fault], [fault]])
  })

  test('does not throw at whoever asks for it when start throws at once', () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const bad = () => {
      throw new Error('a fault of the site')
    }
    expect(() => setUp(bad, bad, atom<Decision>(unasked), { now: true }).undo()).not.toThrow()
  })

  test('stops what withdraws its own grant', () => {
    const stop = vi.fn()
    const { set } = setUp(() => set(false), stop)
    set(true)
    expect(stop).toHaveBeenCalledOnce()
  })
})
