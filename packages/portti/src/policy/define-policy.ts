import type { DeclaredPolicy } from './declared-policy.ts'

/**
 * The policy as it is, with its ids as literal types, so that `allows('anlytics')` fails the type check:
 *
 * ```ts
 * const policy = definePolicy({ controller: …, categories: [{ id: 'analytics', services: ['google-analytics'] }] })
 * const portti = createPortti({ policy }) // knows 'analytics' and 'google-analytics', nothing else
 * ```
 */
export function definePolicy<const P extends DeclaredPolicy>(policy: P): P {
  return policy
}

/** Ids of the categories and services of `P`; any string if its literals are not known, as with imported JSON. */
export type IdsOf<P extends DeclaredPolicy> = CategoryIdsOf<P> | ServiceIdsOf<P>

/** `necessary` is there even if nobody declares it. */
export type CategoryIdsOf<P extends DeclaredPolicy> = P['categories'][number]['id'] | 'necessary'

/** `portti` is the service of our own cookie. */
export type ServiceIdsOf<P extends DeclaredPolicy> =
  | IdOf<P['categories'][number]['services'][number]>
  | 'portti'

type IdOf<S> = S extends { readonly id: infer Id extends string } ? Id : S extends string ? S : never
