/** What `createPortti` and the gate ask of the guard, which is an entry of its own, and what the guard asks of the gate. */
import type { Catalogue } from '../policy/catalogue.ts'
import type { Policy } from '../policy/policy.ts'
import type { HeldReport } from './held.ts'

/** Holds what nobody marked. Made by `guard()` of the entry `portti/guard`. */
export interface Guard {
  /** Hands it the names that catalogue services store under. */
  join(catalogue: Catalogue): void
  /** The policy has come, or none that can be used. What waited only for it is marked as free. */
  begin(policy: Policy | undefined, gate: GuardedBy): void
  /** The decision is another one. */
  changed(): void
  /** `element` may load whatever it names, as long as it stays as it is; with `false` no more. */
  free(element: Element, free?: boolean): void
  /** Lets a script of the page's own making run, as the same element; nothing if it is none. */
  starter(element: Element): (() => void) | undefined
  /** Why it held `element`. */
  why(element: Element): HeldReport['why'] | undefined
  /** What it holds besides the elements that it has marked. */
  held(): readonly HeldReport[]
  dispose(): void
}

/** The gate, as the guard sees it. */
export interface GuardedBy {
  /** Whether something of this service may be called now. */
  mayCall(id: string): boolean
  /** The guard has marked this, and it is in the page. */
  add(element: Element): void
  /** What the guard had marked loads something else now, and is left as it is. */
  leave(element: Element): void
  /** Puts what a script writes too late where the script stands. */
  putBehind(script: Element, text: string): void
}
