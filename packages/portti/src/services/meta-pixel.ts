import type { ServiceFacts } from '../policy/service-facts.ts'
import { meta } from './providers.ts'
import { dpf } from './transfers.ts'

/**
 * Meta Pixel (fbevents.js).
 *
 * Its `noscript` image cannot know the answer and is best left out of the page.
 *
 * Sources, read 2026-11-22: Meta's developer pages, the Open Cookie Database (0ee5a17), cookiesentry.com.
 * Globals are of Meta's snippet.
 * Doubts: the localStorage rows are general knowledge, listed so that withdrawal clears them.
 */
export const metaPixel = {
  id: 'meta-pixel',
  name: 'Meta Pixel',
  category: 'ads',
  provider: meta,
  transfer: dpf,
  urls: ['connect.facebook.net/en_US/fbevents.js', 'connect.facebook.net/signals', 'www.facebook.com/tr'],
  cookies: [
    { name: '_fbp', days: 90, purpose: 'ads' },
    { name: '_fbc', days: 90, purpose: 'campaign' },
    { name: 'fr', days: 90, purpose: 'ads', host: 'facebook.com' },
  ],
  storage: [{ in: 'localStorage', name: 'lastExternalReferrer*', purpose: 'campaign' }],
  bridge: 'meta',
  globals: ['fbq', '_fbq'],
} as const satisfies ServiceFacts
