/** What is known not to be held, or not to work, with the reason. Everything else is promised. */
import type { Engine } from '../browser/engines.ts'
import type { Rung } from './rungs.ts'

/** The first word of a fault that `play` reports. */
export type FaultKind = 'request' | 'connection' | 'run' | 'trace' | 'harm' | 'lost' | 'twice'

export interface Known {
  /** `family: case`, or a family. */
  readonly of: string
  readonly engines: readonly Engine[]
  readonly rungs: readonly Rung[]
  readonly faults: readonly FaultKind[]
  readonly why: string
}

export const known: readonly Known[] = []
