/** The policy as a site writes it in JSON. `parse` proves the shape; `normalise` turns it into a `Policy`. */
import type { CookieFact, Provider, StorageFact, Text, Transfer } from './service-facts.ts'

export interface DeclaredPolicy {
  readonly $schema?: string
  /** Who decides about the data (GDPR art. 4(7)); shown to the visitor. */
  readonly controller: DeclaredController
  /** Where to complain. @default the Finnish Data Protection Ombudsman */
  readonly authority?: { readonly name: Text; readonly url: Text }
  /** Languages of the site, most important first. @default ['fi', 'sv', 'en'] */
  readonly languages?: readonly string[]
  /** How long an answer, yes or no, is valid: 6 to 13. @default 12 */
  readonly renewAfterMonths?: number
  /** What happens when something that runs cannot be stopped. @default 'reload' */
  readonly afterWithdraw?: 'reload' | 'offer'
  /** Whether Global Privacy Control switches ads and demographics off. @default true */
  readonly gpc?: boolean
  /** `domain` shares the answer with sub-domains. @default this host only */
  readonly cookie?: { readonly domain?: string }
  /** Our own small settings button. `auto` shows it where the page has no settings link. @default 'auto' */
  readonly reopen?: 'auto' | 'always' | 'never'
  /** `children` forbids ads and demographics. */
  readonly audience?: 'everyone' | 'children'
  /** What the guard does with third parties that neither the policy nor the catalogue knows. @default 'allow' */
  readonly unlisted?: 'allow' | 'hold'
  readonly theme?: Theme
  /** Own wordings: language → message key → text with the same `{tokens}`. */
  readonly texts?: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly aliases?: Aliases
  readonly categories: readonly DeclaredCategory[]
}

export interface DeclaredController {
  readonly name: Text
  readonly email?: string
  readonly address?: Text
  readonly privacyNotice: Text
}

/** Colours and shapes; each value is one CSS colour or length, the same as the custom property `--portti-…`. */
export interface Theme extends ThemeColors {
  readonly scheme?: 'auto' | 'light' | 'dark'
  /** Replaces colours while the visitor's system is dark. */
  readonly dark?: ThemeColors
  /** Corner radius, such as `8px`. */
  readonly radius?: string
  /** Font family list. @default the page's own */
  readonly font?: string
}
export interface ThemeColors {
  readonly background?: string
  readonly text?: string
  readonly accent?: string
}

/** Marks of other consent managers that a page still carries → our category or service id. */
export interface Aliases {
  /** `data-name` */
  readonly klaro?: Readonly<Record<string, string>>
  /** `data-cookieconsent` */
  readonly cookiebot?: Readonly<Record<string, string>>
  /** class `optanon-category-*`, such as `C0002` */
  readonly onetrust?: Readonly<Record<string, string>>
  /** `data-usercentrics` */
  readonly usercentrics?: Readonly<Record<string, string>>
  /** `<template data-purpose>` */
  readonly orejime?: Readonly<Record<string, string>>
}

export interface DeclaredCategory {
  /** `necessary`, `functional`, `analytics`, `demographics`, `social`, `media`, `ads`, or one of the site's own. */
  readonly id: string
  /** Needed for ids that are the site's own. */
  readonly title?: Text
  readonly description?: Text
  /** Other categories that must be allowed too. */
  readonly needs?: string | readonly string[]
  /** Whether Global Privacy Control switches it off. @default true for `ads` and `demographics` */
  readonly gpc?: boolean
  /** Whether each service has its own switch. @default true for `social` and `media` */
  readonly perService?: boolean
  /** Catalogue names, or services declared here. */
  readonly services: readonly (string | DeclaredService)[]
}

export interface DeclaredService {
  readonly id: string
  /** A catalogue service whose facts are taken over; the other fields here replace them one by one. */
  readonly use?: string
  readonly name?: Text
  readonly description?: Text
  readonly provider?: Provider
  readonly transfer?: Transfer
  readonly urls?: readonly string[]
  readonly cookies?: readonly CookieFact[]
  readonly storage?: readonly StorageFact[]
  /** How long the provider keeps the data. */
  readonly kept?: Text
  /** First day on which it may run, `2026-11-01`. */
  readonly from?: string
  /** Last day on which it may run, `2026-12-31`. */
  readonly until?: string
}
