import type { ServiceFacts } from '../policy/service-facts.ts'
import { google } from './providers.ts'
import { dpf } from './transfers.ts'

/**
 * Google Analytics Demographics (Google signals, advertising features): age, gender and interests.
 *
 * No tag of its own: a setting of the Analytics property makes the same tag send joining beacons. The bridge keeps
 * `allow_google_signals` false until this is allowed; withdrawing it must work while Analytics goes on.
 *
 * Sources, read 2026-11-22: Google's help pages on the two `allow_…` settings, the Open Cookie Database (0ee5a17).
 * Doubts: needs `ad_storage`, so a property linked to Google Ads then also writes `_gcl_*` (inferred). The
 * advertising beacon goes to a country domain; only `.com` and `.fi` are listed.
 */
export const googleSignals = {
  id: 'google-signals',
  name: 'Google Analytics Demographics',
  category: 'demographics',
  provider: google,
  transfer: dpf,
  urls: ['stats.g.doubleclick.net', 'www.google.com/ads/ga-audiences', 'www.google.fi/ads/ga-audiences'],
  cookies: [
    { name: '_gcl_*', days: 90, purpose: 'conversion' },
    { name: 'IDE', days: 395, purpose: 'ads', host: 'doubleclick.net' },
    { name: 'DSID', days: 14, purpose: 'login', host: 'doubleclick.net' },
  ],
  bridge: 'google',
} as const satisfies ServiceFacts
