/** Transfer grounds that several services share. */
import type { Transfer } from '../policy/service-facts.ts'

/**
 * To a parent company in the United States that takes part in the EU-US Data Privacy Framework, (EU) 2023/1795.
 *
 * Doubt: that Google, Meta, LinkedIn and Microsoft take part is general knowledge. Certificates are renewed yearly, so
 * look the company up on the framework's list before relying on it.
 */
export const dpf = { ground: 'dpf', country: 'US' } as const satisfies Transfer

export const eea = { ground: 'eea' } as const satisfies Transfer
