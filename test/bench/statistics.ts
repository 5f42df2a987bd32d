/** From samples to figures. */
import type { Metric } from './metrics.ts'
import type { Round } from './samples.ts'

/** NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = sorted.length / 2
  const lower = sorted[Math.ceil(middle) - 1]
  const upper = sorted[Math.floor(middle)]
  return lower === undefined || upper === undefined ? Number.NaN : (lower + upper) / 2
}

/** One contestant's values of a metric, one per round that has it; less the bare page of that round where the metric says so. */
export function valuesOf(rounds: readonly Round[], metric: Metric, contestant: string): number[] {
  return rounds.flatMap((round) => {
    const value = round[metric.id]?.[contestant]
    const bare = metric.over ? round[metric.id]?.[metric.over] : 0
    return value === undefined || bare === undefined ? [] : [value - bare]
  })
}

export const medianOf = (rounds: readonly Round[], metric: Metric, contestant: string): number =>
  median(valuesOf(rounds, metric, contestant))

/**
 * How many times `other`'s figure `contestant`'s is: the median of the ratios inside each round, so that a busy minute of the
 * machine weighs on both. Where the bare page is taken off, single rounds of `other` come near zero, and the medians are
 * divided instead.
 */
export function ratio(rounds: readonly Round[], metric: Metric, contestant: string, other: string): number {
  if (metric.over) return medianOf(rounds, metric, contestant) / medianOf(rounds, metric, other)
  return median(
    rounds.flatMap((round) => {
      const mine = round[metric.id]?.[contestant]
      const theirs = round[metric.id]?.[other]
      return mine === undefined || !theirs ? [] : [mine / theirs]
    }),
  )
}

export interface Growth {
  /** Cost of one more. */
  readonly each: number
  /** 1 is linear, 2 is quadratic; the slope of the line through the logarithms. */
  readonly exponent: number
}

/** How a cost grows with a count. The cost of the smallest count stands for what is there anyway, and is taken off. */
export function growth(points: readonly (readonly [count: number, cost: number])[]): Growth {
  const [first, ...rest] = points
  const last = points.at(-1)
  if (!first || !last || rest.length === 0) return { each: Number.NaN, exponent: Number.NaN }
  const each = (last[1] - first[1]) / (last[0] - first[0])
  const logs = rest
    .map(([count, cost]) => [Math.log(count - first[0]), Math.log(cost - first[1])] as const)
    .filter(([, cost]) => Number.isFinite(cost))
  const meanX = mean(logs.map(([x]) => x))
  const meanY = mean(logs.map(([, y]) => y))
  const up = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0)
  const across = logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
  return { each, exponent: up / across }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
