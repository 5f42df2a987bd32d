/** What an element says itself. */
import type { Policy } from '../policy/policy.ts'
import type { StartTag } from './read-html.ts'

export interface OwnMark {
  /** It names something to wait for. Somebody else's word in `data-category` is no mark. */
  isMarked(tag: StartTag): boolean
  /** The site says that it is necessary. */
  isExempt(tag: StartTag): boolean
}

export function createOwnMark({ services, categories }: Policy): OwnMark {
  const words = ({ attributes }: StartTag, name: string) =>
    (attributes.get(name) ?? '').split(/[\s,]+/).filter(Boolean)
  const idsOf = (tag: StartTag) => [
    ...words(tag, 'data-service'),
    ...words(tag, 'data-category').filter((id) => services.has(id) || categories.has(id)),
  ]
  const isNecessary = (id: string) => categories.get(services.get(id)?.category ?? id)?.required === true
  return {
    isMarked: (tag) => idsOf(tag).length > 0,
    isExempt(tag) {
      const ids = idsOf(tag)
      return ids.length > 0 && ids.every(isNecessary)
    },
  }
}
