import type { ServiceFacts } from '../policy/service-facts.ts'
import { eea } from './transfers.ts'

/**
 * ZEF's surveys and lead forms, in a frame.
 *
 * Sources, read 2026-11-22: ZEF's privacy notice (version of 28 July 2023), which names a dual role: for answers
 * collected for a customer it is the processor.
 * Doubts: its cookies are not known, and only the frame was verified; a site that uses it should scan its own page.
 */
export const zef = {
  id: 'zef',
  name: 'ZEF',
  category: 'functional',
  provider: {
    name: 'ZEF Oy',
    country: 'FI',
    role: 'processor',
    privacyNotice: 'https://www.zef.fi/fi/tietosuojaseloste',
  },
  transfer: eea,
  urls: ['*.myzef.com', '*.zef.fi'],
} as const satisfies ServiceFacts
