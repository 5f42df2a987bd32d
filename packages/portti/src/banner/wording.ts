/** Names and lists in the visitor's language. */
import type { Messages } from '../locales/messages.ts'
import { textIn } from '../locales/text.ts'
import type { Category, Policy } from '../policy/policy.ts'
import type { Text } from '../policy/service-facts.ts'

export interface Wording {
  readonly language: string
  readonly messages: Messages
  /** Always a string, whatever the policy holds. */
  text(text: Text): string
  title(category: Category): string
  /** `a, b ja c` */
  list(items: readonly string[]): string
  /** Titles as they stand in the middle of a sentence. */
  purposes(categories: readonly Category[]): string
}

/** Whether a language is written from right to left. */
export const isRightToLeft = (language: string): boolean => /^(ar|fa|he|ur)\b/.test(language)

export function createWording(language: string, messages: Messages, { languages }: Policy): Wording {
  const text = (value: Text) => {
    const found: unknown = textIn(value, language, languages)
    return typeof found === 'string' ? found : ''
  }
  const title = (category: Category) =>
    text(category.title ?? own(messages.categories, category.id) ?? category.id)
  // Loading `Intl.ListFormat` took more than half of our time on a page's first view.
  const list = (items: readonly string[]) => {
    const last = items.at(-1) ?? ''
    return items.length > 1 ? `${items.slice(0, -1).join(', ')} ${messages.and} ${last}` : last
  }

  return {
    language,
    messages,
    text,
    title,
    list,
    purposes: (categories) =>
      list(
        categories.map((category) => {
          const name = title(category)
          // German and others keep their capitals; so do abbreviations.
          return /^(fi|sv|en)\b/.test(language) && /^\p{Lu}\p{Ll}/u.test(name)
            ? name.charAt(0).toLowerCase() + name.slice(1)
            : name
        }),
      ),
  }
}

/** What `object` itself has under `key`; a polluted prototype has no say. */
export const own = <T>(object: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined
