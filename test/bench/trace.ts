/** Reads a trace: how long a page's main thread worked, and for how long at a stretch. */
import { isJson, type Json } from '../browser/drivers/json.ts'

export interface Work {
  /** CPU time of the main thread's tasks, in milliseconds. Time in which the thread was kept waiting is not in it. */
  readonly cpu: number
  /** CPU time of the longest task, in milliseconds. */
  readonly longest: number
}

export const CATEGORIES = ['toplevel', 'blink.user_timing']

/** Most of a trace is other threads' small things. */
export const isWanted = (event: unknown): boolean =>
  isJson(event) &&
  (event.name === 'ThreadControllerImpl::RunTask' || String(event.cat).includes('user_timing'))

/** A part of a trace: both ends are `performance.mark`s of the page, or the address that it began to load. */
export interface Window {
  readonly from: string
  readonly to: string
}

/**
 * The work in a window of the main thread that made its ends.
 *
 * @param events Trace events as the browser sends them; times in them are microseconds.
 */
export function workOf(events: readonly unknown[], { from, to }: Window): Work {
  const all = events.filter(isJson)
  const start = all.find(
    ({ name, ...event }) => name === from || (name === 'navigationStart' && address(event) === from),
  )
  const end = all.find(({ name }) => name === to)
  if (!start || !end) throw new Error(`the trace knows nothing of ${start ? to : from}`)
  const tasks = all.filter(
    (event) =>
      event.ph === 'X' &&
      event.name === 'ThreadControllerImpl::RunTask' &&
      event.pid === start.pid &&
      event.tid === start.tid &&
      number(event.ts) + number(event.dur) > number(start.ts) &&
      number(event.ts) < number(end.ts),
  )
  // A task that runs another one, such as in a nested loop, has its time already.
  let done = 0
  let cpu = 0
  let longest = 0
  for (const task of tasks.sort((one, other) => number(one.ts) - number(other.ts))) {
    if (number(task.ts) < done) continue
    done = number(task.ts) + number(task.dur)
    const spent = number(task.tdur) / 1000
    cpu += spent
    if (spent > longest) longest = spent
  }
  return { cpu, longest }
}

function address({ args }: Json): unknown {
  const data = isJson(args) ? args.data : undefined
  return isJson(data) ? data.documentLoaderURL : undefined
}

const number = (value: unknown): number => (typeof value === 'number' ? value : 0)
