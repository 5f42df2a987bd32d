import type { Policy } from '../policy/policy.ts'

/** Passes the decision on to somebody's own consent API. One file per API. */
export interface Bridge {
  /** Tells of the decision as it is now; called before anything is released, and again on each change. */
  tell(allows: (id: string) => boolean): void
}

/** Makes the bridges, or the one, that a policy's services need. */
export type CreateBridge = (policy: Policy) => Bridge
