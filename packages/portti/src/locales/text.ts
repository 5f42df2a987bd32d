import type { Text } from '../policy/service-facts.ts'
import { chooseLanguage } from './choose-language.ts'

/**
 * The wording of `text` for a reader of `language`: that language's, or the first of the site's `languages` that has
 * one, or any. An empty string if there is none at all. Reads own properties only.
 */
export function textIn(text: Text, language: string, languages: readonly string[]): string {
  if (typeof text === 'string') return text
  const offered = Object.keys(text)
  return (offered.length && text[chooseLanguage([language, ...languages], offered)]) || ''
}
