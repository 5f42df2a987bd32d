/** Which elements say that they wait, and for what. */
import type { Aliases } from '../policy/declared-policy.ts'
import type { Policy, Service } from '../policy/policy.ts'

/** What an element waits for. */
export interface Condition {
  readonly services: readonly Service[]
  /** Ids of categories that were named beside, or instead of, services. */
  readonly categories: readonly string[]
  /** A name that is not in the policy: one is enough that the element is never released. */
  readonly unknown: string | undefined
}

/** All that an element waits for. */
export const idsOf = ({ services, categories }: Condition): string[] => [
  ...services.map(({ id }) => id),
  ...categories,
]

/** Marks of other consent managers: attribute, or a class that begins so. */
const foreign: readonly [product: keyof Aliases, attribute: string, prefix: string][] = [
  ['klaro', 'data-name', ''],
  ['cookiebot', 'data-cookieconsent', ''],
  ['onetrust', 'class', 'optanon-category-'],
  ['usercentrics', 'data-usercentrics', ''],
  ['orejime', 'data-purpose', ''],
]

const names = ['service', 'category']
const GATE = 'portti-gate'

const words = (text: string | null) => (text ?? '').split(/[\s,]+/).filter(Boolean)

export interface Marks {
  /** Matches every element that may carry a mark of its own. */
  readonly selector: string
  /** Names of the attributes that marks are in. */
  readonly attributes: readonly string[]
  /** What `element` waits for by its attributes; nothing if it carries no mark. */
  read(element: Element): Condition | undefined
}

export function createMarks({ aliases, categories, services }: Policy): Marks {
  const mapped = foreign.filter(([product]) => aliases[product])
  const selector = [
    '[data-service]',
    '[data-category]',
    GATE,
    ...mapped.map(([, attribute, prefix]) => (prefix ? `[${attribute}*="${prefix}"]` : `[${attribute}]`)),
  ].join()

  const read = (element: Element): Condition | undefined => {
    const found = new Set([
      ...names.flatMap((name) => words(element.getAttribute(`data-${name}`))),
      ...(element.localName === GATE ? names.flatMap((name) => words(element.getAttribute(name))) : []),
    ])
    for (const [product, attribute, prefix] of mapped) {
      const text = element.getAttribute(attribute) ?? ''
      const ours = aliases[product] ?? {}
      // Usercentrics' names hold blanks.
      for (const word of Object.hasOwn(ours, text) ? [text] : words(text)) {
        const name = word.slice(prefix.length)
        // A name that nobody mapped stays as it is, and unknown: the element waits for more than we know.
        if (word.startsWith(prefix)) found.add(Object.hasOwn(ours, name) ? (ours[name] ?? '') : word)
      }
    }
    if (found.size === 0) return undefined
    const ids = [...found]
    const named = ids.map((id) => services.get(id)).filter((service) => service !== undefined)
    const own = new Set(named.map(({ category }) => category))
    return {
      services: named,
      // A service's own category says nothing more: an answer to the service stands above it.
      categories: ids.filter((id) => categories.has(id) && !own.has(id)),
      unknown: ids.find((id) => !services.has(id) && !categories.has(id)),
    }
  }
  const attributes = [
    ...names.flatMap((name) => [name, `data-${name}`]),
    ...mapped.map(([, attribute]) => attribute),
  ]
  return { selector, attributes, read }
}
