import { en } from './en.ts'
import { fi } from './fi.ts'
import type { Messages } from './messages.ts'
import { sv } from './sv.ts'

export { chooseLanguage } from './choose-language.ts'
export { lifetime } from './lifetime.ts'
export type { KnownCategory, Messages, SettingsMessages } from './messages.ts'
export { fill } from './messages.ts'
export { textIn } from './text.ts'
export { en, fi, sv }

/** The languages that come along, by tag. */
export const languages: ReadonlyMap<string, Messages> = /* @__PURE__ */ new Map([
  ['fi', fi],
  ['sv', sv],
  ['en', en],
])
