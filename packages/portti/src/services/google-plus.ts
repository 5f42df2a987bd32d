import type { ServiceFacts } from '../policy/service-facts.ts'
import { google } from './providers.ts'
import { dpf } from './transfers.ts'

/**
 * Google+ buttons, badges and comments: ended on 7 March 2019, so the markup is hidden and nothing is loaded.
 *
 * `apis.google.com/js/platform.js` is not listed, because Google Sign-In and YouTube's subscribe button use it too.
 *
 * Sources, read 2026-11-22: Google's page about the end of the web integrations.
 * Globals are of Google's page; `gapi` alone is Google Sign-In's as well.
 * Doubts: `.g-page` and the like are names that a site might use itself, so they count only with `data-href`.
 */
export const googlePlus = {
  id: 'google-plus',
  name: 'Google+',
  category: 'social',
  provider: google,
  transfer: dpf,
  urls: ['apis.google.com/js/plusone.js', 'plus.google.com', 'plusone.google.com'],
  widgets: [
    {
      match:
        '.g-plusone,.g-plus,g\\:plusone,g\\:plus,:is(.g-page,.g-person,.g-community,.g-comments)[data-href]',
      does: 'share',
      retired: true,
    },
  ],
  retired: true,
  globals: ['___gcfg', 'gapi.plusone', 'gapi.plus', 'gapi.page'],
} as const satisfies ServiceFacts
