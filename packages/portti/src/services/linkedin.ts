import type { ServiceFacts } from '../policy/service-facts.ts'
import { linkedinIreland } from './providers.ts'
import { dpf } from './transfers.ts'

/**
 * LinkedIn's Share and Follow Company buttons, profile badges and embedded posts.
 *
 * The loader in.js reads its settings from the text body of its own tag, and the buttons are `script` elements of a
 * type that is not JavaScript: markup, not code.
 *
 * Sources, read 2026-11-22: LinkedIn's plugin pages, the Open Cookie Database (0ee5a17), cookiesentry.com.
 * Globals: `IN.parse` is of LinkedIn's pages, the other calls of the old API are general knowledge.
 * Doubts: `data-vanity` of profile badges is general knowledge. Badges are drawn by a script of their own
 * (`badges/js/profile.js`), which `IN.parse` does not run again. `JSESSIONID` and `trkCode` are low-confidence rows,
 * left out.
 */
export const linkedin = {
  id: 'linkedin',
  name: 'LinkedIn',
  category: 'social',
  provider: linkedinIreland,
  transfer: dpf,
  urls: ['platform.linkedin.com', 'static.licdn.com', 'www.linkedin.com/embed'],
  cookies: [
    { name: 'bcookie', days: 365, purpose: 'visitor', host: 'linkedin.com' },
    { name: 'bscookie', days: 365, purpose: 'visitor', host: 'www.linkedin.com' },
    { name: 'lidc', days: 1, purpose: 'routing', host: 'linkedin.com' },
    { name: 'li_gc', days: 183, purpose: 'choice', host: 'linkedin.com' },
    { name: 'liap', days: 365, purpose: 'login', host: 'linkedin.com' },
    { name: 'li_at', days: 365, purpose: 'login', host: 'www.linkedin.com' },
  ],
  widgets: [
    {
      match: 'script[type="IN/Share"]',
      does: 'share',
      link: 'https://www.linkedin.com/sharing/share-offsite/?url={data-url|url}',
      size: [88, 28],
    },
    {
      match: 'script[type="IN/FollowCompany"]',
      does: 'open',
      link: 'https://www.linkedin.com/company/{data-id}',
      size: [88, 28],
    },
    {
      match: '.LI-profile-badge,.badge-base',
      does: 'open',
      link: 'https://www.linkedin.com/in/{data-vanity}',
    },
  ],
  redraw: 'IN.parse',
  globals: ['IN.parse', 'IN.init', 'IN.Event', 'IN.User'],
} as const satisfies ServiceFacts
