/** The entry `portti/headless`: consent and gate for a page that draws its own banner. No texts, no catalogue. */
import type { DeclaredPolicy } from './policy/declared-policy.ts'
import type { IdsOf } from './policy/define-policy.ts'
import type { ServiceFacts } from './policy/service-facts.ts'
import { create, type Portti, type PorttiOptions } from './portti.ts'

export { definePolicy } from './policy/define-policy.ts'
export type * from './portti.ts'

export interface HeadlessOptions<P> extends PorttiOptions<P> {
  /** The catalogue services that the policy names, from `portti/services`. @default none */
  readonly services?: readonly ServiceFacts[]
}

/** As `createPortti` of the entry `portti`, without anything to see: `showBanner` and its like do nothing. */
export function createPortti<const P extends DeclaredPolicy | Promise<unknown> | string>({
  services = [],
  ...options
}: HeadlessOptions<P>): Portti<P extends DeclaredPolicy ? IdsOf<P> : string> {
  const catalogue = new Map(services.map((service) => [service.id, service]))
  // The cast narrows the ids that may be asked for; the object is the same.
  return create(options, { catalogue }) as Portti<P extends DeclaredPolicy ? IdsOf<P> : string>
}
