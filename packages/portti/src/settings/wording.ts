/** The banner's wording, with the settings' texts, countries and dates. */
import { own, type Wording } from '../banner/wording.ts'
import type { Messages, SettingsMessages } from '../locales/messages.ts'
import type { Category, Milliseconds } from '../policy/policy.ts'
import type { PurposeKind, Text } from '../policy/service-facts.ts'

export interface SettingsWording extends Wording {
  readonly messages: Messages & SettingsMessages
  description(category: Category): string
  /** Of an ISO 3166-1 alpha-2 code. */
  country(code: string): string
  date(time: Milliseconds): string
  purpose(purpose: PurposeKind | Text): string
}

export function createSettingsWording(wording: Wording, texts: SettingsMessages): SettingsWording {
  const { language, text } = wording
  // The site's own wordings are in `wording.messages` already, under any name: they stand above ours.
  const messages: Messages & SettingsMessages = Object.assign(Object.create(null), texts, wording.messages)
  return {
    ...wording,
    messages,
    description: ({ id, description }) => text(description ?? own(messages.descriptions, id) ?? ''),
    country(code) {
      const known = own(messages.countries, code)
      if (known !== undefined) return known
      // Loading its names takes longer than drawing all the settings. `Intl` would read an inherited `style`, hence no prototype.
      try {
        const names = { __proto__: null, type: 'region' } as Intl.DisplayNamesOptions
        return new Intl.DisplayNames(language, names).of(code) ?? code
      } catch {
        return code
      }
    },
    date: (time) =>
      new Intl.DateTimeFormat(language, {
        __proto__: null,
        dateStyle: 'long',
      } as Intl.DateTimeFormatOptions).format(time),
    purpose: (purpose) => (typeof purpose === 'string' && own(messages.purposes, purpose)) || text(purpose),
  }
}
