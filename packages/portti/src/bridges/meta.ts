/**
 * Meta Pixel's own consent call. Its script loads only after consent, so there is something to tell only once it is here:
 * that consent was withdrawn, and that it came back.
 * @see https://developers.facebook.com/docs/meta-pixel/implementation/gdpr
 */
import type { Policy } from '../policy/policy.ts'
import type { Bridge } from './bridge.ts'

export function createMetaBridge({ services }: Policy): Bridge {
  const ids = [...services.values()].filter(({ bridge }) => bridge === 'meta').map(({ id }) => id)
  let told = true
  return {
    tell(allows) {
      const { fbq } = window as { fbq?: unknown }
      const granted = ids.some(allows)
      if (typeof fbq !== 'function' || granted === told) return
      told = granted
      fbq('consent', granted ? 'grant' : 'revoke')
    },
  }
}
