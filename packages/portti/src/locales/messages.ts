/**
 * The texts. A locale is one object of each type, so that a missing text fails the type check. `{tokens}` are filled in by
 * `fill`; they never take a case ending (no letter follows `}`).
 */
import type { PurposeKind, Role, TransferGround } from '../policy/service-facts.ts'

/** What the banner and the placeholders say: every visitor is sent it. */
export interface Messages {
  /** `{controller}` `{purposes}` `{settings}`, and `{partners}`: how many there are, at least one. */
  readonly bannerBody: string
  /** The same when no partner gets anything: `{controller}` `{purposes}` `{settings}`. */
  readonly bannerBodyOwn: string
  readonly bannerTitle: string
  readonly acceptAll: string
  readonly rejectAll: string
  readonly openSettings: string
  /** The lasting control. */
  readonly settings: string
  /** `{vendor}` */
  readonly embedTitle: string
  readonly embedBody: string
  readonly embedJoint: string
  readonly embedOnce: string
  /** `{vendor}` */
  readonly embedAlways: string
  readonly embedOpen: string
  /** `{vendor}` */
  readonly share: string
  /** `{n}` */
  readonly partners: string
  /** `{changes}` */
  readonly changed: string
  readonly expired: string
  readonly saved: string
  readonly notSaved: string
  readonly withdrawn: string
  readonly reload: string
  /** `{purposes}` */
  readonly gpc: string
  readonly privacyNotice: string
  /** The settings' own file did not come. */
  readonly settingsFailed: string
  /** Titles of the categories we know, by id. */
  readonly categories: Readonly<Record<KnownCategory, string>>
  /** Before the last of several. */
  readonly and: string
}

/** What only the settings say; it comes with them. */
export interface SettingsMessages {
  /** What the categories are for, by id. */
  readonly descriptions: Readonly<Record<KnownCategory, string>>
  readonly save: string
  readonly close: string
  readonly withdraw: string
  readonly intro: string
  readonly alwaysOn: string
  readonly on: string
  readonly off: string
  /** `{date}`: last day of a service that has one. */
  readonly until: string
  readonly tableCaption: string
  readonly tableName: string
  readonly tableKind: string
  readonly tableParty: string
  readonly tablePurpose: string
  readonly tableLifetime: string
  readonly kindCookie: string
  readonly kindStorage: string
  readonly partyFirst: string
  readonly partyThird: string
  readonly lifeSession: string
  readonly lifeNone: string
  readonly provider: string
  readonly kept: string
  /** `{vendor}` */
  readonly vendorPrivacy: string
  readonly roles: Readonly<Record<Role, string>>
  /** `{country}`, except in eea. `none` is empty: nothing is promised to the visitor. */
  readonly transfers: Readonly<Record<TransferGround, string>>
  /** Of providers, by ISO 3166-1 alpha-2 code. Others are asked of the browser. */
  readonly countries: Readonly<Record<KnownCountry, string>>
  readonly purposes: Readonly<Record<PurposeKind, string>>
  /** `{date}`: when the last answer was given, whether yes or no. */
  readonly given: string
  readonly receipt: string
  /** `{name}` */
  readonly controller: string
  /** `{email}` */
  readonly contact: string
  /** `{authority}` */
  readonly complaint: string
  /** Title of the part about rights. */
  readonly rights: string
  /** What the visitor may ask for: access, correction, erasure and so on (GDPR art. 15–21). */
  readonly rightsBody: string
  /** Name of the default authority, the Finnish Data Protection Ombudsman. */
  readonly authority: string
}

/** Where the catalogue's providers are, and the sites that we are made for. */
export type KnownCountry = 'FI' | 'IE' | 'MT' | 'SE' | 'US'

export type KnownCategory =
  | 'necessary'
  | 'functional'
  | 'analytics'
  | 'clicks'
  | 'demographics'
  | 'measure'
  | 'social'
  | 'media'
  | 'ads'

/** Replaces each `{token}` of `text`; an unknown token stays as it is. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, token: string) =>
    Object.hasOwn(values, token) ? (values[token] ?? whole) : whole,
  )
}
