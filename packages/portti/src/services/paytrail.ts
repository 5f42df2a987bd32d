import type { ServiceFacts } from '../policy/service-facts.ts'
import { eea } from './transfers.ts'

/**
 * Paytrail's hosted payment page and the logos it serves on the checkout; asked for by the customer, so necessary.
 *
 * Sources, read 2026-11-22: Paytrail's privacy notice for its payment service: it is the shop's processor for the
 * payer's data that the shop sends, and a controller for what it collects during the payment.
 * Doubts: cookies on its own page are its own matter and are not listed.
 */
export const paytrail = {
  id: 'paytrail',
  name: 'Paytrail',
  category: 'necessary',
  provider: {
    name: 'Paytrail Oyj',
    country: 'FI',
    role: 'processor',
    privacyNotice: 'https://www.paytrail.com/en/data-privacy-notice',
  },
  transfer: eea,
  urls: ['*.paytrail.com'],
} as const satisfies ServiceFacts
