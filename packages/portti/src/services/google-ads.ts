import type { ServiceFacts } from '../policy/service-facts.ts'
import { google } from './providers.ts'
import { dpf } from './transfers.ts'

/**
 * Google Ads conversion tags and remarketing, DoubleClick (Floodlight, Ad Manager) and AdSense.
 *
 * Sources, read 2026-11-22: Google's help pages on Consent Mode, the Open Cookie Database (0ee5a17),
 * cookiesentry.com.
 * Globals: `gtag` and `dataLayer` are of Google's snippet, as for `google-analytics`; the others are general knowledge.
 * Doubts: country domains of google.com other than `.fi` are not listed. Rows of low confidence on doubleclick.net
 * (`FLC`, `RUL`, `ar_debug`) are left out.
 */
export const googleAds = {
  id: 'google-ads',
  name: 'Google Ads',
  category: 'ads',
  provider: google,
  transfer: dpf,
  urls: [
    'www.googletagmanager.com/gtag/js?id=AW-',
    'www.googletagmanager.com/gtag/js?id=DC-',
    'www.googleadservices.com',
    '*.doubleclick.net',
    '*.googlesyndication.com',
    'www.google.com/pagead',
    'www.google.fi/pagead',
  ],
  cookies: [
    { name: '_gcl_*', days: 90, purpose: 'conversion' },
    { name: '_gac_*', days: 90, purpose: 'campaign' },
    { name: '__gads', days: 395, purpose: 'ads' },
    { name: '__gpi', days: 395, purpose: 'ads' },
    { name: 'IDE', days: 395, purpose: 'ads', host: 'doubleclick.net' },
    { name: 'DSID', days: 14, purpose: 'login', host: 'doubleclick.net' },
    { name: 'test_cookie', days: 1 / 96, purpose: 'test', host: 'doubleclick.net' },
    { name: 'NID', days: 183, purpose: 'ads', host: 'google.com' },
  ],
  bridge: 'google',
  globals: [
    'gtag',
    'dataLayer',
    'gtag_report_conversion',
    'google_conversion_id',
    'google_trackConversion',
    'adsbygoogle',
    'googletag',
  ],
  tagIds: ['AW-', 'DC-'],
} as const satisfies ServiceFacts
