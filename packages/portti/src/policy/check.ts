import type { Catalogue } from './catalogue.ts'
import type { DeclaredPolicy } from './declared-policy.ts'
import type { Naming, Report } from './issue.ts'
import { knownCategories, ownFields, ownTraces } from './shape.ts'

/** A policy of which parts were wrong or missing: those are null or absent. */
type Draft<T> = T extends readonly (infer Item)[]
  ? readonly Draft<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]?: Draft<T[Key]> | null }
    : T | null

/** What no shape can say: which names exist and which are taken, and what the law allows in which place. */
export function check(
  { audience, categories }: Draft<DeclaredPolicy>,
  namings: readonly Naming[],
  catalogue: Catalogue,
  report: Report,
): void {
  const names = [...catalogue.keys()]
  const taken = new Set<string>()
  const siblings = new Set(['necessary'])
  for (const [type, text, path] of namings) {
    if (/named|catalogued/.test(type) && !catalogue.has(text)) {
      report(path, 'service', text, 'a catalogue service', names)
    }
    if (type === 'categoryId') siblings.add(text)
    if (/named|id$/i.test(type)) {
      if (taken.has(text)) report(path, 'duplicate', text, 'an unused id')
      taken.add(text)
    }
  }
  const categoryIds = [...siblings]
  const ids = [...siblings, ...taken]
  for (const [type, text, path] of namings) {
    const isCategory = siblings.has(text)
    if (type === 'sibling' ? !isCategory : type === 'known' && !isCategory && !taken.has(text))
      report(path, 'reference', text, 'a declared id', type === 'sibling' ? categoryIds : ids)
  }

  const needs = new Map(categories?.map((category) => [category?.id, [category?.needs ?? []].flat()]))
  const reached = (id: string | null | undefined, seen: Set<unknown>): Set<unknown> => {
    for (const next of needs.get(id) ?? []) if (!seen.has(next)) reached(next, seen.add(next))
    return seen
  }
  const isForbidden = (id: string | null | undefined) =>
    audience === 'children' && (id === 'ads' || id === 'demographics')

  categories?.forEach((category, index) => {
    const { id, title, services } = category ?? {}
    if (!id) return
    const path = `/categories/${index}` as const
    if (title === undefined && !knownCategories.includes(id))
      report(`${path}/title`, 'missing', title, 'text or object')
    if (reached(id, new Set()).has(id)) report(`${path}/needs`, 'cycle', id, 'no circle')
    if (isForbidden(id)) report(path, 'children', id, 'no ads')

    services?.forEach((given, place) => {
      if (!given) return
      const at = `${path}/services/${place}` as const
      const service: Draft<typeof given> & object =
        typeof given === 'string' ? { id: given, use: given } : given
      const { use, from, until } = service
      const facts = catalogue.get(use ?? service.id ?? '')
      if (facts && id === 'necessary' && facts.category !== id)
        report(at, 'tracker', facts.id, facts.category)
      if (facts && isForbidden(facts.category) && !isForbidden(id)) report(at, 'children', facts.id, 'no ads')
      if (from && until && from > until) report(`${at}/until`, 'order', until, from)
      if (use === undefined && !facts) {
        for (const field of ownFields) {
          if (service[field] === undefined) report(`${at}/${field}`, 'missing', undefined, field)
        }
        if (!ownTraces.some((field) => service[field] === null || service[field]?.length)) {
          report(at, 'missing', undefined, ownTraces.join(' or '))
        }
      }
    })
  })
}
