/**
 * Google Consent Mode v2, basic: everything is denied before any tag, and tags load only after consent.
 *
 * Commands must reach `dataLayer` as `arguments` objects; arrays are ignored. The last two are no consent signals but
 * switches of the Analytics tag, and act only on what follows them.
 * @see https://developers.google.com/tag-platform/security/guides/consent
 */
import { queryAll } from '../natives/natives.ts'
import type { Policy } from '../policy/policy.ts'
import type { Bridge } from './bridge.ts'

type Signal = 'granted' | 'denied'
interface GoogleWindow {
  dataLayer?: unknown
  [disable: `ga-disable-${string}`]: boolean
}

/** Every signal of Consent Mode, and the two switches, for what is allowed. Pure. */
export function googleSignals(analytics: boolean, demographics: boolean, ads: boolean, functional: boolean) {
  const signal = (granted: boolean): Signal => (granted ? 'granted' : 'denied')
  return {
    consent: {
      analytics_storage: signal(analytics),
      // Demographics come from Google's own advertising cookies, so they need these two as well.
      ad_storage: signal(ads || demographics),
      ad_user_data: signal(ads || demographics),
      ad_personalization: signal(ads),
      functionality_storage: signal(functional),
      personalization_storage: signal(functional),
      security_storage: signal(true),
    },
    allow_google_signals: demographics,
    allow_ad_personalization_signals: ads,
  }
}

export function createGoogleBridge({ services }: Policy): Bridge {
  const page = window as unknown as GoogleWindow
  // A named element of the page may stand where the queue should.
  if (!Array.isArray(page.dataLayer)) page.dataLayer = []
  function gtag(..._command: unknown[]): void {
    // biome-ignore lint/complexity/noArguments: the queue takes nothing else.
    ;(page.dataLayer as unknown[]).push(arguments)
  }

  const send = (command: 'default' | 'update', signals: ReturnType<typeof googleSignals>) => {
    const { consent, ...switches } = signals
    gtag('consent', command, consent)
    for (const [name, on] of Object.entries(switches)) gtag('set', name, on)
  }
  gtag('set', 'ads_data_redaction', true)
  send('default', googleSignals(false, false, false, false))

  return {
    tell(allows) {
      /** The service where the policy has it; else, for tags inside a container, the category. */
      const may = (service: string, category: string) => {
        const declared = [...services.values()].filter(({ id, use }) => (use ?? id) === service)
        return declared.length > 0 ? declared.some(({ id }) => allows(id)) : allows(category)
      }
      const analytics = may('google-analytics', 'analytics')
      send(
        'update',
        googleSignals(
          analytics,
          may('google-signals', 'demographics'),
          may('google-ads', 'ads'),
          allows('functional'),
        ),
      )
      for (const script of queryAll(document, 'script[src*="/gtag/js?id=G-"]')) {
        const id = /[?&]id=(G-\w+)/.exec(script.getAttribute('src') ?? '')?.[1]
        if (id) page[`ga-disable-${id}`] = !analytics
      }
    },
  }
}
