/** The figures that are shown and kept: medians and ratios, as plain data. */
import type { Contestant } from './contestants/contestant.ts'
import { HELD, INSERTED, type Metric, metrics, SERVICES } from './metrics.ts'
import type { Samples } from './samples.ts'
import { type Growth, growth, median, medianOf, ratio } from './statistics.ts'
import { versionOf } from './versions.ts'

export interface Figures {
  readonly machine: { readonly on: string; readonly chromium: string; readonly processors: string }
  /** How many rounds the median of a metric stands on, by metric id. */
  readonly rounds: Readonly<Record<string, number>>
  readonly contestants: readonly Shown[]
}

export interface Shown {
  readonly id: string
  readonly name: string
  readonly version?: string
  /** Medians by metric id. */
  readonly medians: Readonly<Record<string, number>>
  /** The same against the hand-written banner, inside each round. */
  readonly toFloor: Readonly<Record<string, number>>
  /** By what grows; milliseconds each. */
  readonly growth: Readonly<Record<string, Growth>>
  /** Per cent that it makes the page's own inserting dearer. */
  readonly overhead: Readonly<Record<string, number>>
  readonly notes: readonly string[]
}

export function figuresOf(
  { rounds, remarks }: Samples,
  contestants: readonly Contestant[],
  machine: Figures['machine'],
): Figures {
  return {
    machine,
    rounds: Object.fromEntries(
      metrics.map(({ id }) => [id, rounds.filter((round) => round[id] !== undefined).length]),
    ),
    contestants: contestants.map((contestant): Shown => {
      const { id, name, notes = [], cannot = {} } = contestant
      const of = (figure: (metric: Metric) => number, list: readonly Metric[] = metrics) =>
        known(list, figure)
      const points = (counts: readonly number[], name: (count: number) => string) =>
        counts.map((count) => [count, medianOf(rounds, find(name(count)), id)] as const)
      return {
        id,
        name,
        ...versionOf(contestant),
        medians: of((metric) => medianOf(rounds, metric, id)),
        toFloor: of((metric) => ratio(rounds, metric, id, 'floor')),
        growth: Object.fromEntries(
          Object.entries({
            'held scripts, load': growth(points(HELD, (count) => `held-${count}-load`)),
            'held scripts, accept': growth(points(HELD, (count) => `held-${count}-accept`)),
            'cookies, first view': growth(points(SERVICES, (count) => `services-${count}`)),
            'cookies, settings': growth(points(SERVICES, (count) => `services-${count}-settings`)),
          }).filter(([, { each }]) => Number.isFinite(each)),
        ),
        overhead: Object.fromEntries(
          INSERTED.map(
            (count) => [`inserted-${count}`, overhead(rounds, `inserted-${count}`, id)] as const,
          ).filter(([, value]) => Number.isFinite(value)),
        ),
        notes: [...notes, ...Object.values(cannot), ...(remarks[id] ?? [])],
      }
    }),
  }
}

function overhead(rounds: Samples['rounds'], metric: string, id: string): number {
  return median(
    rounds.flatMap((round) => {
      const mine = round[metric]?.[id]
      const bare = round[metric]?.none
      return mine === undefined || !bare ? [] : [(mine / bare - 1) * 100]
    }),
  )
}

const known = (list: readonly Metric[], figure: (metric: Metric) => number): Record<string, number> =>
  Object.fromEntries(
    list
      .map((metric) => [metric.id, Math.round(figure(metric) * 1000) / 1000] as const)
      .filter(([, value]) => Number.isFinite(value)),
  )

function find(id: string): Metric {
  const metric = metrics.find((one) => one.id === id)
  if (!metric) throw new Error(`nothing measured is called ${id}`)
  return metric
}
