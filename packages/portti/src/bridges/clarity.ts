/**
 * Microsoft Clarity's `consentv2`. Without it Clarity sets no cookies for visitors from the EEA, the UK and Switzerland
 * (since 31 October 2025). Its queue is made on the first grant, never before; both keys have a capital S.
 * @see https://learn.microsoft.com/en-us/clarity/setup-and-installation/clarity-consent-api-v2
 */
import type { Policy } from '../policy/policy.ts'
import type { Bridge } from './bridge.ts'

interface Clarity {
  (...command: unknown[]): void
  q?: unknown[]
}

export function createClarityBridge({ services }: Policy): Bridge {
  const page = window as { clarity?: Clarity }
  const ids = [...services.values()].filter(({ bridge }) => bridge === 'clarity').map(({ id }) => id)
  return {
    tell(allows) {
      const granted = ids.some(allows)
      if (typeof page.clarity !== 'function') {
        if (!granted) return
        const queue: Clarity = function clarity() {
          // biome-ignore lint/complexity/noArguments: the queue takes nothing else.
          queue.q = [...(queue.q ?? []), arguments]
        }
        page.clarity = queue
      }
      const signal = (yes: boolean) => (yes ? 'granted' : 'denied')
      page.clarity('consentv2', {
        ad_Storage: signal(granted && allows('ads')),
        analytics_Storage: signal(granted),
      })
    },
  }
}
