import type { ServiceFacts } from '../policy/service-facts.ts'
import { linkedinIreland } from './providers.ts'
import { dpf } from './transfers.ts'

/**
 * LinkedIn Insight Tag: conversions, retargeting and the aggregate reports about visitors' jobs and employers.
 *
 * It has no consent call: the only gate is not loading it, and withdrawal needs a reload.
 *
 * Sources, read 2026-11-22: the Open Cookie Database (0ee5a17), cookiesentry.com, consentstack.io.
 * Globals are of LinkedIn's snippet and its pages about conversions.
 * Doubts: the localStorage row is general knowledge, listed so that withdrawal clears it. LinkedIn's terms also make
 * it a processor for parts of this; `joint` is the more careful reading.
 */
export const linkedinInsight = {
  id: 'linkedin-insight',
  name: 'LinkedIn Insight',
  category: 'ads',
  provider: linkedinIreland,
  transfer: dpf,
  urls: ['snap.licdn.com', '*.ads.linkedin.com'],
  cookies: [
    { name: 'li_fat_id', days: 30, purpose: 'conversion' },
    { name: 'li_giant', days: 7, purpose: 'conversion' },
    { name: 'ln_or', days: 1, purpose: 'statistics' },
    { name: 'li_sugr', days: 90, purpose: 'visitor', host: 'linkedin.com' },
    { name: 'UserMatchHistory', days: 30, purpose: 'ads', host: 'linkedin.com' },
    { name: 'lms_*', days: 30, purpose: 'ads', host: 'linkedin.com' },
    { name: 'bcookie', days: 365, purpose: 'visitor', host: 'linkedin.com' },
    { name: 'lidc', days: 1, purpose: 'routing', host: 'linkedin.com' },
  ],
  storage: [{ in: 'localStorage', name: 'li_adsId', purpose: 'ads' }],
  globals: [
    'lintrk',
    '_linkedin_partner_id',
    '_linkedin_data_partner_id',
    '_linkedin_data_partner_ids',
    '_linkedin_event_id',
    '_wait_for_lintrk',
  ],
} as const satisfies ServiceFacts
