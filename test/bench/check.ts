/** Compares what was measured with the limits. */
import { type Limit, limits } from './limits.ts'
import { metrics } from './metrics.ts'
import type { Round } from './samples.ts'
import { ratio } from './statistics.ts'

/** What is broken, one line each; a limit on something that was not measured is broken too. */
export function check(rounds: readonly Round[], kept: readonly Limit[] = limits): string[] {
  return kept.flatMap(({ metric: id, times, than }) => {
    const metric = metrics.find((one) => one.id === id)
    if (!metric) return [`nothing measured is called ${id}`]
    const found = ratio(rounds, metric, 'portti', than)
    if (found <= times) return []
    return Number.isNaN(found)
      ? [`${metric.title}: not measured for Portti and ${than}`]
      : [`${metric.title}: ${found.toFixed(2)}× ${than}, the limit is ${times}×`]
  })
}
