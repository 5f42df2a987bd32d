import type { ServiceFacts } from '../policy/service-facts.ts'
import { site } from './providers.ts'
import { eea } from './transfers.ts'

/**
 * A site's own customer segments for targeted ads, kept in the browser.
 *
 * Source, read 2026-11-22: a notice of a first user, which describes such segments without naming cookies; the names
 * here are our suggestion. A site whose names, lifetimes or scripts differ overrides `cookies`, `storage` and
 * `urls`, and a partner who makes the segments belongs in `provider`.
 */
export const adSegments = {
  id: 'ad-segments',
  name: { fi: 'Asiakassegmentit', sv: 'Kundsegment', en: 'Customer segments' },
  category: 'ads',
  provider: site,
  transfer: eea,
  urls: [],
  cookies: [{ name: 'segment_*', days: 90, purpose: 'segment' }],
  storage: [{ in: 'localStorage', name: 'segments', purpose: 'segment' }],
} as const satisfies ServiceFacts
