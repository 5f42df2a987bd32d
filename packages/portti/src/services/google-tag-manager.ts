import type { ServiceFacts } from '../policy/service-facts.ts'
import { googleForSite } from './providers.ts'
import { dpf } from './transfers.ts'

/**
 * Google Tag Manager's container script.
 *
 * A container is of the category of what is inside it: `analytics` is only the usual case, and each tag inside must
 * heed Consent Mode. The `noscript` frame cannot know the answer and is best left out of the page.
 *
 * Sources, read 2026-11-22: Google's help pages, the Open Cookie Database (0ee5a17).
 * Globals and `GTM-` are of Google's snippet.
 * Doubts: a server-side container serves gtm.js from the site's own host, which the policy then has to name.
 */
export const googleTagManager = {
  id: 'google-tag-manager',
  name: 'Google Tag Manager',
  category: 'analytics',
  provider: googleForSite,
  transfer: dpf,
  urls: ['www.googletagmanager.com'],
  cookies: [{ name: '_dc_gtm_*', days: 1 / 1440, purpose: 'throttle' }],
  bridge: 'google',
  globals: ['dataLayer', 'google_tag_manager'],
  tagIds: ['GTM-'],
} as const satisfies ServiceFacts
