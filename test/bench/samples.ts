/** What the rounds have brought: plain data, so that it can be kept in a file and added to. */

/** Metric id → contestant id → value, as it was measured. */
export type Round = Record<string, Record<string, number>>

export interface Samples {
  readonly rounds: Round[]
  /** Contestant id → what is to be said of it, such as that it lost some scripts. */
  readonly remarks: Record<string, string[]>
}

export const noSamples = (): Samples => ({ rounds: [], remarks: {} })

export function note(round: Round, contestant: string, values: Readonly<Record<string, number>>): void {
  for (const [metric, value] of Object.entries(values)) {
    round[metric] = { ...round[metric], [contestant]: value }
  }
}

export function remark(samples: Samples, contestant: string, words: string): void {
  const known = samples.remarks[contestant] ?? []
  if (!known.includes(words)) samples.remarks[contestant] = [...known, words]
}
