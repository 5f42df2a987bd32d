import type { ServiceFacts } from '../policy/service-facts.ts'
import { googleForSite } from './providers.ts'
import { dpf } from './transfers.ts'

/**
 * Google Analytics 4 by gtag.js.
 *
 * Age, gender and interests are `google-signals`, its own service over the same tag. Ads tags loaded by the same
 * `gtag/js` carry another id (`AW-`, `DC-`) and belong to `google-ads`.
 *
 * Sources, read 2026-11-22: Google's help pages on the tag and on Consent Mode, the Open Cookie Database (0ee5a17),
 * cookiesentry.com.
 * Globals and `G-` are of Google's snippet as its help page describes it; `GT-` ids are general knowledge.
 * Doubts: `cookie_expires` and `cookie_prefix` in the tag's settings change lifetimes and names; browsers cap two
 * years at 400 days or less. `FPID` and `FPLC` of server-side containers are HttpOnly and not listed. `_gac_*` is in
 * `google-ads`.
 */
export const googleAnalytics = {
  id: 'google-analytics',
  name: 'Google Analytics',
  category: 'analytics',
  provider: googleForSite,
  transfer: dpf,
  urls: ['www.googletagmanager.com/gtag/js', '*.google-analytics.com', '*.analytics.google.com'],
  cookies: [
    { name: '_ga', days: 730, purpose: 'visitor' },
    { name: '_ga_*', days: 730, purpose: 'visit' },
    { name: '_gid', days: 1, purpose: 'visitor' },
    { name: '_gat*', days: 1 / 1440, purpose: 'throttle' },
    { name: '_dc_gtm_*', days: 1 / 1440, purpose: 'throttle' },
  ],
  bridge: 'google',
  globals: ['gtag', 'dataLayer'],
  tagIds: ['G-', 'GT-'],
} as const satisfies ServiceFacts
