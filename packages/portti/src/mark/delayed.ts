/**
 * Scripts that caching plugins hold back until a visitor moves: for browsers they are data, and the plugin's own code turns them
 * into scripts. Names as in what the plugins write into pages (seen in public repositories, 2026-11-23): WP Rocket, LiteSpeed
 * Cache, Perfmatters, WP Meteor, Flying Scripts, rtCamp's optimizer, the PageSpeed module and Cloudflare's Rocket Loader, which
 * puts a number before the type.
 */
import type { StartTag } from './read-html.ts'

const TYPES =
  /^\s*(?:rocketlazyloadscript|litespeed\/javascript|pmdelayedscript|javascript\/blocked|text\/(?:psajs|rtscript)|[\da-f]{6,64}-(module)?(?:(?:text|application)\/javascript)?)\s*$/i

/** What such scripts call their `src`. */
export const delayedSources = [
  'data-src',
  'data-rocket-src',
  'data-pmdelayedscript',
  'data-wpmeteor-src',
  'data-pagespeed-orig-src',
] as const

const TRUE_TYPES = [
  'data-rocket-type',
  'data-perfmatters-type',
  'data-wpmeteor-type',
  'data-pagespeed-orig-type',
]

export interface Delay {
  /** Whether `type` is the plugin's. */
  readonly ownType: boolean
  /** The attribute that has the script's own type. */
  readonly typedBy: string | undefined
  readonly isModule: boolean
}

/** How a script is held back by a plugin; nothing of other scripts. */
export function delayOf({ name, foreign, attributes }: StartTag): Delay | undefined {
  if (name !== 'script' || foreign) return undefined
  const [type, module] = TYPES.exec(attributes.get('type') ?? '') ?? []
  const isNamed = attributes.get('data-type') === 'lazy' || attributes.has('data-pmdelayedscript')
  if (type === undefined && !isNamed) return undefined
  const typedBy = TRUE_TYPES.find((one) => attributes.has(one))
  return { ownType: type !== undefined, typedBy, isModule: module !== undefined }
}
