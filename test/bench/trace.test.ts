import { expect, test } from 'vitest'
import { workOf as read, type Window } from './trace.ts'

const URL = 'http://portti.localhost/'
const end = { name: 'bench-2', pid: 1, tid: 1, ts: 900_000 }
const workOf = (events: readonly unknown[], from: string, to = 'bench-2') => {
  const window: Window = { from, to }
  return read([...events, end], window)
}
const navigation = {
  name: 'navigationStart',
  pid: 1,
  tid: 1,
  ts: 1000,
  args: { data: { documentLoaderURL: URL } },
}
const task = (ts: number, dur: number, tdur: number, more: object = {}) => ({
  name: 'ThreadControllerImpl::RunTask',
  ph: 'X',
  pid: 1,
  tid: 1,
  ts,
  dur,
  tdur,
  ...more,
})

test('adds up the CPU time of the tasks after the navigation, in milliseconds', () => {
  const events = [task(0, 500, 400), navigation, task(2000, 9000, 3000), task(20_000, 2000, 1500)]
  expect(workOf(events, URL)).toEqual({ cpu: 4.5, longest: 3 })
})

test('counts the task in which the navigation began', () => {
  expect(workOf([task(900, 4000, 3000), navigation], URL).cpu).toBe(3)
})

test('leaves out other threads and other processes', () => {
  const events = [navigation, task(2000, 10, 7000, { tid: 2 }), task(2000, 10, 7000, { pid: 2 })]
  expect(workOf(events, URL)).toEqual({ cpu: 0, longest: 0 })
})

test('counts a task inside another one once', () => {
  expect(workOf([navigation, task(2000, 9000, 5000), task(3000, 1000, 900)], URL).cpu).toBe(5)
})

test('begins at a mark as well', () => {
  const mark = { name: 'bench-1', pid: 1, tid: 1, ts: 50_000 }
  const events = [navigation, task(2000, 9000, 5000), mark, task(60_000, 100, 80)]
  expect(workOf(events, 'bench-1').cpu).toBe(0.08)
})

test('leaves out what began after the window', () => {
  expect(workOf([navigation, task(2000, 100, 80), task(900_001, 100, 70)], URL).cpu).toBe(0.08)
})

test('says so when the trace has no such navigation', () => {
  expect(() => workOf([], URL)).toThrow(URL)
})
