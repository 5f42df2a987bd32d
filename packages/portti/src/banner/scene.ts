/** What the views read. */
import type { ReadableAtom } from 'nanostores'
import { type Choice, type Decision, isAsked } from '../consent/decision.ts'
import type { Receipt } from '../consent/record.ts'
import type { Messages } from '../locales/messages.ts'
import type { DeclaredPolicy } from '../policy/declared-policy.ts'
import type { Category, Milliseconds, Policy, Service } from '../policy/policy.ts'
import type { OpenSettings } from './open-settings.ts'
import type { Wording } from './wording.ts'

export interface BannerOptions {
  /** Ours, for tools that look for it. */
  readonly version: string
  readonly policy: Policy
  /** The same policy as the site wrote it: the settings fill in more of it than a page needs. */
  readonly declared: DeclaredPolicy
  readonly $decision: ReadableAtom<Decision>
  /** The browser asks not to be sold or shared. */
  readonly gpc: boolean
  /** Language of the page; a tag that `Intl` knows. */
  readonly language: string
  readonly messages: Messages
  /** For the `<style>` of browsers that cannot construct style sheets. */
  readonly nonce: string | undefined
  readonly now: () => Milliseconds
  /** Whether the answer could be kept for the next page. */
  readonly stored: () => boolean
  /** Whether a category or service may run now. */
  readonly allows: (id: string) => boolean
  readonly act: Acts
  /** Fetches the settings; may fail, and may be called again then. */
  readonly loadSettings: () => Promise<OpenSettings>
  /** A layer became visible or went away. */
  readonly on?: (event: 'show' | 'hide') => void
}

/** What the visitor can do. */
export interface Acts {
  acceptAll(): void
  rejectAll(): void
  choose(choice: Choice): void
  withdraw(): void
  /** What is given out as the receipt. */
  receipt(): Receipt | undefined
  reload(): void
}

/** What the visitor has to be told apart from the question: the key of its text. */
export type Note = 'notSaved' | 'withdrawn' | 'settingsFailed'

/** The options together with the language and the note of the moment. */
export interface Scene extends BannerOptions {
  readonly note: Note | undefined
  readonly wording: Wording
}

/** Categories that are asked about now. */
export const askedOf = ({ policy, now }: Scene): Category[] =>
  [...policy.categories.values()].filter((category) => isAsked(category, now()))

/** Services of `category` that a yes covers: those that may run now, and those that begin later. */
export const coveredBy = ({ services }: Category, { now }: Scene): Service[] =>
  services.filter(({ retired, until }) => !retired && now() < until)

/** How many companies are behind what is asked; the site itself, a provider without a name, is none. */
export const partnersOf = (scene: Scene): number =>
  new Set(
    askedOf(scene)
      .flatMap((category) => coveredBy(category, scene).map(({ provider }) => provider.name))
      .filter(Boolean),
  ).size
