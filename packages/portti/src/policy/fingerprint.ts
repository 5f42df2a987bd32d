/**
 * What a visitor was told, as a few characters: an answer stands while it knew every part. Only fields that mean
 * something count (who, where to, what is stored, how long), not wording; and not the order of lists.
 */
import type { DeclaredService } from './declared-policy.ts'
import type { Service } from './policy.ts'

/** A category with more services than this has one part for all, so that the cookie stays small. */
const MOST_PARTS = 16

/** What a part is made of: a site's declaration of a service, or the catalogue's facts of one. */
export type Told = Pick<
  DeclaredService,
  'id' | 'provider' | 'transfer' | 'urls' | 'cookies' | 'storage' | 'kept' | 'until'
>

/**
 * One service's part: up to six characters of a-z and 0-9. `known` is the part of the catalogue's facts that the site's own
 * words stand on, so that a page need not carry those facts to tell that they have changed.
 */
export function part(
  { id, provider, transfer, urls = [], cookies = [], storage = [], kept, until }: Told,
  known = '',
): string {
  return hash([
    known,
    id,
    provider?.name,
    provider?.country,
    provider?.role,
    transfer?.ground,
    transfer?.country,
    [...urls].sort(),
    cookies.map(({ name, days, purpose, host }) => [name, days, kind(purpose), host]).sort(),
    storage.map(({ in: where, name, days, purpose }) => [where, name, days, kind(purpose)]).sort(),
    // Of a text, its characters; of one per language, languages and texts.
    Object.entries(kept ?? ''),
    until,
  ])
}

/** A category's parts. */
export function fingerprint(services: readonly Pick<Service, 'fingerprint'>[]): readonly string[] {
  const parts = services.map((service) => service.fingerprint)
  return parts[MOST_PARTS] === undefined ? parts : [hash(parts.sort())]
}

/** Whether an answer that knew these parts still says everything about what is there `now`. */
export const covers = (known: readonly string[], now: readonly string[]): boolean =>
  now.every((part) => known.includes(part))

/** A purpose of one word is one of ours; anything longer is the site's wording. */
const kind = (purpose: unknown) => typeof purpose === 'string' && /^[a-z]+$/.test(purpose) && purpose

/** FNV-1a, 32 bits: up to six characters. Tells versions apart and finds damage; nobody gains from a collision. */
export function hash(fields: readonly unknown[]): string {
  let bits = 0x811c9dc5
  for (const character of `${fields}`) bits = Math.imul(bits ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return (bits >>> 0).toString(36).slice(-6)
}
