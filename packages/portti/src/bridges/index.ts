/** The bridges that a policy's services need, as one. The entry `portti/bridges`. */
import { attempt } from '../consent/when.ts'
import type { Policy } from '../policy/policy.ts'
import type { BridgeId } from '../policy/service-facts.ts'
import type { Bridge, CreateBridge } from './bridge.ts'
import { createClarityBridge } from './clarity.ts'
import { createGoogleBridge } from './google.ts'
import { createMetaBridge } from './meta.ts'

const makers: Readonly<Record<BridgeId, CreateBridge>> = {
  google: createGoogleBridge,
  meta: createMetaBridge,
  clarity: createClarityBridge,
}

export function bridges(policy: Policy): Bridge {
  const ids = new Set(Array.from(policy.services.values(), ({ bridge }) => bridge))
  const made = [...ids].flatMap((id) => (id ? [makers[id](policy)] : []))
  return {
    tell(allows) {
      // One vendor's fault must not keep the others from being told.
      for (const bridge of made) attempt(() => bridge.tell(allows))
    },
  }
}
