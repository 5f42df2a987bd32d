/**
 * Companies that stand behind more than one service, and the site itself.
 *
 * Sources, read 2026-11-22: the companies' privacy notices for names and addresses; roles are our reading of GDPR art. 26
 * and 28. A site whose contract says otherwise declares its own `provider`.
 */
import type { Provider } from '../policy/service-facts.ts'

/** The site: shown as its controller, whose name, country and notice the policy has. */
export const site = {
  name: '',
  country: '',
  role: 'controller',
  privacyNotice: '',
} as const satisfies Provider

export const google = {
  name: 'Google Ireland Limited',
  country: 'IE',
  role: 'controller',
  privacyNotice: 'https://policies.google.com/privacy',
} as const satisfies Provider

/** Google where it measures for the site and its data processing terms make it a processor. */
export const googleForSite = { ...google, role: 'processor' } as const satisfies Provider

/** Joint controller for collecting and sending (CJEU C-40/17, Fashion ID). */
export const meta = {
  name: 'Meta Platforms Ireland Limited',
  country: 'IE',
  role: 'joint',
  privacyNotice: 'https://www.facebook.com/privacy/policy/',
} as const satisfies Provider

/** Joint controller for collecting and sending, by the same ruling. */
export const linkedinIreland = {
  name: 'LinkedIn Ireland Unlimited Company',
  country: 'IE',
  role: 'joint',
  privacyNotice: 'https://www.linkedin.com/legal/privacy-policy',
} as const satisfies Provider
