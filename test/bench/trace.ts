/** Reads a trace: how long a page's main thread worked, and for how long at a stretch. */
import { isJson, type Json } from '../browser/drivers/json.ts'

export interface Work {
  /** CPU time of the main thread's tasks, in milliseconds. Time in which the thread was kept waiting is not in it. */
  readonly cpu: number
  /** CPU time of the longest task, in milliseconds. */
  readonly longest: number
}

export const CATEGORIES = ['toplevel', 'blink.user_timing', '__metadata']

/**
 * The work of the main thread that showed `url`, from `navigationStart` on, or from the mark `since` on if one is named.
 *
 * @param events Trace events as the browser sends them; times in them are microseconds.
 */
export function workOf(events: readonly unknown[], url: string, since?: string): Work {
  const all = events.filter(isJson)
  const navigation = all.find((event) => event.name === 'navigationStart' && address(event) === url)
  const mark = since ? all.find((event) => event.name === since) : undefined
  const from = since ? mark : navigation
  if (!from) throw new Error(`the trace knows nothing of ${since ?? url}`)
  const tasks = all.filter(
    (event) =>
      event.ph === 'X' &&
      event.name === 'ThreadControllerImpl::RunTask' &&
      event.pid === from.pid &&
      event.tid === from.tid &&
      number(event.ts) + number(event.dur) > number(from.ts),
  )
  // A task that runs another one, such as in a nested loop, has its time already.
  let end = 0
  let cpu = 0
  let longest = 0
  for (const task of tasks.sort((one, other) => number(one.ts) - number(other.ts))) {
    if (number(task.ts) < end) continue
    end = number(task.ts) + number(task.dur)
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
