/** What a measure is given. */
import type { Chromium } from '../chromium.ts'
import type { Contestant } from '../contestants/contestant.ts'
import type { Server } from '../server.ts'
import type { Window } from '../trace.ts'
import { traced } from '../visit.ts'

export interface Bench {
  readonly browser: Chromium
  readonly server: Server
}

/** Figures by metric id, and words about what went wrong. */
export interface Taken {
  readonly values: Readonly<Record<string, number>>
  readonly remarks?: readonly string[]
}

export type Measure = (bench: Bench, contestant: Contestant) => Promise<Taken>

/** What is measured in a trace: figures come of its windows when the trace has ended. */
export interface Traced extends Taken {
  readonly windows: readonly (Window & { readonly cpu: string; readonly longest?: string })[]
}

/**
 * Does `measure` with each of `who` in one trace.
 *
 * @returns Contestant id → what was taken, or why it was not.
 */
export async function inOneTrace(
  bench: Bench,
  measure: (bench: Bench, contestant: Contestant) => Promise<Traced>,
  who: readonly Contestant[],
): Promise<Map<string, Taken>> {
  const taken = new Map<string, Traced>()
  const work = await traced(bench.browser, async () => {
    for (const contestant of who) {
      taken.set(
        contestant.id,
        await measure(bench, contestant).catch((error: unknown) => ({
          values: {},
          windows: [],
          remarks: [error instanceof Error ? error.message : String(error)],
        })),
      )
    }
  })
  return new Map(
    Array.from(taken, ([id, { values, windows, remarks = [] }]): [string, Taken] => {
      const figures = windows.flatMap((window) => {
        const { cpu, longest } = work(window)
        return [[window.cpu, cpu] as const, ...(window.longest ? [[window.longest, longest] as const] : [])]
      })
      return [id, { values: { ...values, ...Object.fromEntries(figures) }, remarks }]
    }),
  )
}
