/** What was allowed when. Pure. */

/** Milliseconds on the page's clock (`performance.now()`). */
type Time = number

/** What a yes releases starts before anybody is told of the yes. */
const GRACE = 1000

export interface Timeline {
  /** From now on these may run. Times only grow. */
  add(at: Time, allowed: ReadonlySet<string>): void
  /** Whether `id` could run at that time, or was let run right after. What was allowed first counts from the start of the page. */
  allows(id: string, at: Time): boolean
}

export function createTimeline(): Timeline {
  const changes: { readonly from: Time; readonly allowed: ReadonlySet<string> }[] = []
  return {
    add(at, allowed) {
      changes.push({ from: changes.length > 0 ? at : 0, allowed })
    },
    allows: (id, at) =>
      changes.some(({ from, allowed }, i) => {
        const until = changes[i + 1]?.from ?? Infinity
        return from <= at + GRACE && until > at && allowed.has(id)
      }),
  }
}
