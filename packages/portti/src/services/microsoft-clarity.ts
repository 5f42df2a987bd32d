import type { ServiceFacts } from '../policy/service-facts.ts'
import { dpf } from './transfers.ts'

/**
 * Microsoft Clarity: click maps and recordings of visits.
 *
 * Told of the decision by `consentv2`; since 31 October 2025 it sets no cookies in the EEA without that signal. For
 * a study with an end, use it in a category `clicks` with `from` and `until`.
 *
 * Sources, read 2026-11-22: Microsoft's page about `consentv2`, the Open Cookie Database (0ee5a17), public site
 * notices.
 * The global is of Microsoft's snippet.
 * Doubts: lists differ on `_clsk` (a day or the visit) and `MR` (a week or six months). Clarity's terms make
 * Microsoft a controller (general knowledge).
 */
export const microsoftClarity = {
  id: 'microsoft-clarity',
  name: 'Microsoft Clarity',
  category: 'analytics',
  provider: {
    name: 'Microsoft Ireland Operations Limited',
    country: 'IE',
    role: 'controller',
    privacyNotice: 'https://privacy.microsoft.com/privacystatement',
  },
  transfer: dpf,
  urls: ['*.clarity.ms', 'c.bing.com'],
  cookies: [
    { name: '_clck', days: 365, purpose: 'visitor' },
    { name: '_clsk', days: 1, purpose: 'visit' },
    { name: 'CLID', days: 365, purpose: 'visitor', host: 'www.clarity.ms' },
    { name: 'MUID', days: 395, purpose: 'ads', host: 'clarity.ms' },
    { name: 'MUID', days: 395, purpose: 'ads', host: 'bing.com' },
    { name: 'ANONCHK', days: 1 / 144, purpose: 'ads', host: 'c.clarity.ms' },
    { name: 'MR', days: 7, purpose: 'ads', host: 'c.clarity.ms' },
  ],
  bridge: 'clarity',
  globals: ['clarity'],
} as const satisfies ServiceFacts
