import type { ServiceFacts } from '../policy/service-facts.ts'
import { googleForSite } from './providers.ts'
import { dpf } from './transfers.ts'

/**
 * Universal Analytics (analytics.js, `UA-` ids) and its forerunners ga.js, urchin.js and dc.js.
 *
 * Google stopped processing on 1 July 2023, but the scripts may still load and write cookies: nothing is released
 * for them, and what they left behind is cleared.
 *
 * Sources, read 2026-11-22: Google's help pages, the Open Cookie Database (0ee5a17).
 * Globals are of Google's three snippets; `_uacct` of urchin.js is general knowledge.
 * Doubts: Google Analytics 4 uses `_ga`, `_gid` and `_gat` too, so these must stay while `google-analytics` is
 * allowed. The `__utm` family is one row under its longest lifetime.
 */
export const universalAnalytics = {
  id: 'universal-analytics',
  name: 'Universal Analytics',
  category: 'analytics',
  provider: googleForSite,
  transfer: dpf,
  urls: [
    'www.google-analytics.com/analytics.js',
    'www.google-analytics.com/ga.js',
    'www.google-analytics.com/urchin.js',
    'ssl.google-analytics.com',
    'stats.g.doubleclick.net/dc.js',
    'www.googletagmanager.com/gtag/js?id=UA-',
  ],
  cookies: [
    { name: '__utm*', days: 730, purpose: 'statistics' },
    { name: '_ga', days: 730, purpose: 'visitor' },
    { name: '_gid', days: 1, purpose: 'visitor' },
    { name: '_gat*', days: 1 / 1440, purpose: 'throttle' },
  ],
  retired: true,
  globals: ['GoogleAnalyticsObject', 'ga', '_gaq', '_gat', 'urchinTracker', '_uacct', 'gtag', 'dataLayer'],
  tagIds: ['UA-'],
} as const satisfies ServiceFacts
