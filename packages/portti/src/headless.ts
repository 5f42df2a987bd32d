/**
 * The entry `portti/headless`: consent alone, for a page that draws its own banner. What else the page wants it picks:
 *
 * ```ts
 * import { bridges } from 'portti/bridges'
 * import { gate } from 'portti/gate'
 * import { createPortti } from 'portti/headless'
 * import { googleAnalytics } from 'portti/services/google-analytics'
 *
 * createPortti({ policy, services: [googleAnalytics], gate, bridges })
 * ```
 */
import type { DeclaredPolicy } from './policy/declared-policy.ts'
import type { IdsOf } from './policy/define-policy.ts'
import type { ServiceFacts } from './policy/service-facts.ts'
import { create, type Parts, type Portti, type PorttiOptions } from './portti.ts'

export { definePolicy } from './policy/define-policy.ts'
export type * from './portti.ts'

export interface HeadlessOptions<P> extends PorttiOptions<P>, Parts {
  /** The catalogue services that the policy names, from `portti/services`. @default none */
  readonly services?: readonly ServiceFacts[]
}

/**
 * As `createPortti` of the entry `portti`, with the parts that are given. Without a user interface `showBanner` and its like do
 * nothing; without `gate` nothing marked is released and nothing is cleared; without `record` there is no receipt.
 *
 * A policy that is text, or comes from somewhere else than the program, needs `parse` of `portti/policy`. Without it a faulty
 * policy still allows nothing that was not answered, but what is wrong with it is not said.
 */
export function createPortti<const P extends DeclaredPolicy | Promise<unknown> | string>({
  services = [],
  ...options
}: HeadlessOptions<P>): Portti<P extends DeclaredPolicy ? IdsOf<P> : string> {
  const catalogue = new Map(services.map((service) => [service.id, service]))
  // The cast narrows the ids that may be asked for; the object is the same.
  return create(options, { ...options, catalogue }) as Portti<P extends DeclaredPolicy ? IdsOf<P> : string>
}
