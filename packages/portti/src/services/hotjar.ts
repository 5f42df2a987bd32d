import type { ServiceFacts } from '../policy/service-facts.ts'
import { eea } from './transfers.ts'

/**
 * Hotjar (Contentsquare): click maps, recordings and questions to visitors.
 *
 * It has no consent call a page can rely on: the only gate is not loading it, and withdrawal needs a reload. For a
 * study with an end, use it in a category `clicks` with `from` and `until`.
 *
 * Sources, read 2026-11-22: the Open Cookie Database (0ee5a17), the service list of tarteaucitron 1.34, public
 * pages.
 * Globals are of Hotjar's snippet.
 * Doubts: the dozen smaller `_hj` cookies and keys are one row each, under the longest lifetime any of them has.
 * Hotjar says that it keeps data in the EU (general knowledge); sub-processors elsewhere are not ruled out.
 */
export const hotjar = {
  id: 'hotjar',
  name: 'Hotjar',
  category: 'analytics',
  provider: {
    name: 'Hotjar Ltd',
    country: 'MT',
    role: 'processor',
    privacyNotice: 'https://www.hotjar.com/legal/policies/privacy/',
  },
  transfer: eea,
  urls: ['*.hotjar.com', '*.hotjar.io', '*.contentsquare.net'],
  cookies: [
    { name: '_hjSessionUser_*', days: 365, purpose: 'visitor' },
    { name: '_hjSession_*', days: 1 / 48, purpose: 'visit' },
    { name: '_hj*', days: 365, purpose: 'statistics' },
  ],
  storage: [
    { in: 'localStorage', name: '_hj*', purpose: 'statistics' },
    { in: 'sessionStorage', name: '_hj*', purpose: 'test' },
    { in: 'sessionStorage', name: 'hjViewportId', purpose: 'visit' },
  ],
  globals: ['hj', '_hjSettings'],
} as const satisfies ServiceFacts
