import type { ServiceFacts } from '../policy/service-facts.ts'
import { site } from './providers.ts'
import { eea } from './transfers.ts'

/**
 * The site's own session and forgery protection cookies.
 *
 * The usual names of common platforms; a site that knows its own names writes `{ "id": "session", "use": "session",
 * "cookies": [ … ] }`. Necessary, so never cleared.
 *
 * Sources, read 2026-11-22: the Open Cookie Database (0ee5a17).
 * Doubts: `connect.sid`, `csrftoken` and `XSRF-TOKEN` lifetimes are framework defaults that a site may change.
 */
export const session = {
  id: 'session',
  name: { fi: 'Istunto ja tietoturva', sv: 'Session och säkerhet', en: 'Session and security' },
  category: 'necessary',
  provider: site,
  transfer: eea,
  urls: [],
  cookies: [
    { name: 'PHPSESSID', days: 0, purpose: 'visit' },
    { name: 'JSESSIONID', days: 0, purpose: 'visit' },
    { name: 'ASP.NET_SessionId', days: 0, purpose: 'visit' },
    { name: 'connect.sid', days: 0, purpose: 'visit' },
    { name: 'csrftoken', days: 365, purpose: 'security' },
    { name: 'XSRF-TOKEN', days: 1 / 12, purpose: 'security' },
  ],
} as const satisfies ServiceFacts
