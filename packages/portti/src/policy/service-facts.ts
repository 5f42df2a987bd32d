/**
 * What is known of a service: the shape of a file in `services/` and, once parsed, of a service that a site declares
 * itself. Facts only, no behaviour.
 */

/** One text for every language, or one per language tag (`fi`, `sv`, `en`, …). */
export type Text = string | Readonly<Record<string, string>>

/** Whether the provider works for the site, for itself, or decides together with the site (GDPR art. 26, 28). */
export type Role = 'processor' | 'controller' | 'joint'

/** The company behind a service; the site itself has the name '' and is shown as its controller. */
export interface Provider {
  readonly name: string
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly role: Role
  /** Its privacy notice: an `https:` address, or one per language. */
  readonly privacyNotice: Text
}

/** Why data may leave the EU and EEA: GDPR chapter V. `none` is a warning to the site owner. */
export type TransferGround = 'eea' | 'adequacy' | 'dpf' | 'scc' | 'none'

export interface Transfer {
  readonly ground: TransferGround
  /** Where to, ISO 3166-1 alpha-2. @default the provider's country */
  readonly country?: string
}

/** What a cookie or storage key is for, where a few words that every locale has are enough. */
export type PurposeKind =
  | 'visitor' // tells visitors apart
  | 'visit' // keeps one visit together
  | 'login' // recognises somebody who is signed in
  | 'security' // guards against forgery and fraud
  | 'routing' // sends requests to the right server
  | 'setting' // remembers a setting, such as the language
  | 'choice' // remembers what was answered
  | 'test' // tries whether cookies work
  | 'throttle' // limits how often something is sent
  | 'campaign' // remembers which ad or link brought the visitor
  | 'conversion' // ties an ad click to what was done afterwards
  | 'ads' // chooses and measures targeted ads
  | 'statistics' // counts and measures use
  | 'segment' // places the browser in a customer segment

/** One cookie. */
export interface CookieFact {
  /** The exact name, or with a trailing `*` how names begin. */
  readonly name: string
  /** Lifetime on the device in whole days; 0 is until the browser closes; a fraction is less than a day. */
  readonly days: number
  readonly purpose: PurposeKind | Text
  /** The foreign host it belongs to; without it the site's own. Foreign cookies cannot be cleared from the page. */
  readonly host?: string
}

/** One key, database or cache in the browser's other storage. */
export interface StorageFact {
  readonly in: 'localStorage' | 'sessionStorage' | 'indexedDB' | 'cacheStorage'
  /** The exact name, or with a trailing `*` how names begin. */
  readonly name: string
  readonly purpose: PurposeKind | Text
  /** As in a cookie; storage without it does not expire by itself (`sessionStorage`: until the tab closes). */
  readonly days?: number
}

/**
 * Markup that a vendor's script turns into a button or an embed, and that does nothing without it.
 *
 * `link` is an address that works with no tracker at all. `{name}` in it is the element's attribute of that name,
 * encoded for a URL; `{+name}` the same as it stands (RFC 6570 level 2). `{url}` is the page's address and `{title}` its
 * title. Alternatives are tried in order: `{data-href|data-url|url}`.
 */
export interface Widget {
  /** A CSS selector. */
  readonly match: string
  /** What the link does: shares this page, or opens the content on the provider's own site. */
  readonly does: 'share' | 'open'
  readonly link?: string
  /** The vendor has ended it: it gets its link, and no script is loaded for it. Without a link it is hidden. */
  readonly retired?: true
  /** Width and height in CSS pixels that the vendor's result takes, if known. */
  readonly size?: readonly [width: number, height: number]
}

/** A bridge that must be told of the decision before and after the service runs. */
export type BridgeId = 'google' | 'meta' | 'clarity'

export interface ServiceFacts {
  /** Lower-case letters, digits and hyphens. */
  readonly id: string
  readonly name: Text
  /** The category that it usually belongs to. */
  readonly category: string
  readonly provider: Provider
  readonly transfer: Transfer
  /** Host, `*.` for its sub-domains, optional path prefix; no scheme. */
  readonly urls: readonly string[]
  readonly cookies?: readonly CookieFact[]
  readonly storage?: readonly StorageFact[]
  readonly widgets?: readonly Widget[]
  /** Global function that draws widgets which arrive late, such as `FB.XFBML.parse`; called with their parent. */
  readonly redraw?: string
  /** Everything of it is dead: nothing is released for it, not even after consent. */
  readonly retired?: true
  readonly bridge?: BridgeId
  /**
   * Page globals that its published snippet calls or fills: an inline script that uses one belongs to the service. A path
   * (`FB.login`) where the name alone is short or somebody else's too; the longest that fits wins, as in `urls`.
   *
   * For tools and the guard: no part of what a visitor is told, so of no fingerprint.
   */
  readonly globals?: readonly string[]
  /** How its tag's ids begin (`G-`): they decide between services that share a global, such as `gtag`. */
  readonly tagIds?: readonly string[]
  /** Fingerprint part of the whole facts, where only some of them are at hand (`services/compact.ts`). */
  readonly print?: string
}
