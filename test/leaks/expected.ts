/** What is known not to be held, or not to work, with the reason. The suite fails on anything else, and when one of these ends. */
import type { Engine } from '../browser/engines.ts'
import type { Rung } from './rungs.ts'

/** The first word of a fault that `play` reports. */
export type FaultKind = 'request' | 'run' | 'trace' | 'harm' | 'lost' | 'twice'

export interface Known {
  /** `family: case`. */
  readonly of: readonly string[]
  readonly engines: readonly Engine[]
  readonly rungs: readonly Rung[]
  readonly faults: readonly FaultKind[]
  /** It depends on what is faster: not seen each time. */
  readonly sometimes?: true
  /** In the README's words. */
  readonly why: string
}

/** What has been measured so far; only this is played by default and told in the README. */
export const measured: Readonly<Record<Engine, readonly Rung[]>> = { chromium: [], firefox: [], webkit: [] }

export const known: readonly Known[] = []

/** The kinds of fault that a case is known for, and whether each is seen every time. */
export function knownFaults(
  name: string,
  engine: Engine,
  rung: Rung,
): ReadonlyMap<FaultKind, 'always' | 'sometimes'> {
  const found = known.filter(
    (one) => one.of.includes(name) && one.engines.includes(engine) && one.rungs.includes(rung),
  )
  return new Map(
    found.flatMap(({ faults, sometimes }) =>
      faults.map((kind) => [kind, sometimes ? 'sometimes' : 'always']),
    ),
  )
}
