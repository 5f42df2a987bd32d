/**
 * The part of a service's facts that a page needs to hold, to clear and to offer a link. What only the settings show (foreign
 * cookies, lifetimes, purposes, countries, addresses) travels with the settings; `print` keeps an answer tied to all of it.
 */
import { part } from '../policy/fingerprint.ts'
import type { ServiceFacts } from '../policy/service-facts.ts'

/** The facts that `compact` keeps. */
export type CompactFacts = Pick<
  ServiceFacts,
  'id' | 'name' | 'category' | 'widgets' | 'redraw' | 'retired' | 'bridge'
> & {
  readonly provider: Pick<ServiceFacts['provider'], 'name' | 'role'>
  readonly cookies?: readonly { readonly name: string }[]
  readonly storage?: readonly Pick<NonNullable<ServiceFacts['storage']>[number], 'in' | 'name'>[]
  readonly print: string
}

export function compact(facts: ServiceFacts): CompactFacts {
  const { id, name, category, provider, cookies = [], storage = [], widgets, redraw, retired, bridge } = facts
  const own = cookies.filter(({ host }) => host === undefined)
  return {
    id,
    name,
    category,
    provider: { name: provider.name, role: provider.role },
    ...(own.length > 0 && { cookies: own.map((cookie) => ({ name: cookie.name })) }),
    ...(storage.length > 0 && { storage: storage.map((fact) => ({ in: fact.in, name: fact.name })) }),
    // How large a widget grows is for tools to know.
    ...(widgets && { widgets: widgets.map(({ size, ...widget }) => widget) }),
    ...(redraw && { redraw }),
    ...(retired && { retired }),
    ...(bridge && { bridge }),
    print: part(facts),
  }
}

/** What the settings show of a service: not what only holding and recognising need. */
export function shown(facts: ServiceFacts) {
  const { urls, widgets, redraw, bridge, globals, tagIds, ...rest } = facts
  return { ...rest, print: part(facts) }
}
