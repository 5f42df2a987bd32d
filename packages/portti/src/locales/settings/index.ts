import type { SettingsMessages } from '../messages.ts'
import { en } from './en.ts'
import { fi } from './fi.ts'
import { sv } from './sv.ts'

/** The settings' texts in the languages that come along, by tag. */
export const settingsTexts: ReadonlyMap<string, SettingsMessages> = /* @__PURE__ */ new Map([
  ['fi', fi],
  ['sv', sv],
  ['en', en],
])
