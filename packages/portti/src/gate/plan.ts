/** What has to change on the page for it to match the decision. Pure. */

/**
 * `waiting`: holds. `queued`: is about to run. `running`: was let run and can be taken back. `spent`: has run and cannot be
 * taken back.
 */
export type State = 'waiting' | 'queued' | 'running' | 'spent'

export interface Item {
  readonly state: State
  /** Whether it may run now. */
  readonly allowed: boolean
}

export interface Plan<I> {
  /** In the order given, which is document order. */
  readonly release: readonly I[]
  readonly retract: readonly I[]
  /** Something that has run should stop, and a page cannot stop it. */
  readonly stuck: boolean
}

export function plan<I extends Item>(items: readonly I[]): Plan<I> {
  return {
    release: items.filter(({ allowed, state }) => allowed && state === 'waiting'),
    retract: items.filter(({ allowed, state }) => !allowed && state === 'running'),
    stuck: items.some(({ allowed, state }) => !allowed && state === 'spent'),
  }
}
