/**
 * What was reached and must be kept, as ratios, never as times: a limit has room for the noise of a busy machine, so one
 * that breaks is a change of ours. A commit that loosens one says what for.
 */
export interface Limit {
  readonly metric: string
  /** Portti's figure may be this many times that of `than`. */
  readonly times: number
  readonly than: string
}

export const limits: readonly Limit[] = []
