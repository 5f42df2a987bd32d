/** The policy after parsing and normalising: every field present, every reference resolved. All parts work on this. */
import type { Aliases, Theme } from './declared-policy.ts'
import type { BridgeId, CookieFact, Provider, StorageFact, Text, Transfer, Widget } from './service-facts.ts'

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Milliseconds = number

/** `normalise` makes these of objects that inherit nothing: a field that is absent reads as undefined on every page. */
export interface Policy {
  readonly controller: Controller
  readonly authority: Authority | undefined
  /** Never empty. */
  readonly languages: readonly string[]
  readonly renewAfterMonths: number
  readonly afterWithdraw: 'reload' | 'offer'
  /** `domain` shares the answer with sub-domains. */
  readonly cookie: { readonly domain: string | undefined }
  readonly reopen: 'auto' | 'always' | 'never'
  readonly unlisted: 'allow' | 'hold'
  readonly theme: Theme
  /** Language → message key → text. */
  readonly texts: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly aliases: Aliases
  /** In declared order, `necessary` first and always there. */
  readonly categories: ReadonlyMap<string, Category>
  readonly services: ReadonlyMap<string, Service>
}

export interface Controller {
  readonly name: Text
  readonly email: string | undefined
  readonly address: Text | undefined
  readonly privacyNotice: Text
}

export interface Authority {
  readonly name: Text
  readonly url: Text
}

export interface Category {
  readonly id: string
  /** True of `necessary` only: nothing is asked and nothing is held. */
  readonly required: boolean
  readonly title: Text | undefined
  readonly description: Text | undefined
  /** Ids of categories that must be allowed as well, and of those that these need. */
  readonly needs: readonly string[]
  /** Global Privacy Control switches it off. */
  readonly gpc: boolean
  readonly perService: boolean
  readonly services: readonly Service[]
  /** A part per service; an answer stands while it knew every part. */
  readonly fingerprint: readonly string[]
}

export interface Service {
  readonly id: string
  /** Id of the catalogue service that it is or uses. */
  readonly use: string | undefined
  /** Id of its category. */
  readonly category: string
  readonly name: Text
  readonly description: Text | undefined
  /** Its name is empty if it is the site itself. */
  readonly provider: Provider
  readonly transfer: Transfer
  readonly urls: readonly string[]
  readonly cookies: readonly CookieFact[]
  readonly storage: readonly StorageFact[]
  readonly widgets: readonly Widget[]
  readonly redraw: string | undefined
  readonly retired: boolean
  readonly bridge: BridgeId | undefined
  readonly kept: Text | undefined
  /** Its part of the category's fingerprint, also kept with an answer to this service alone. */
  readonly fingerprint: string
  /** It may run in `from <= now < until`. */
  readonly from: Milliseconds
  readonly until: Milliseconds
}
