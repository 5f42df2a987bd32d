import type { Catalogue } from './catalogue.ts'
import type { DeclaredPolicy, DeclaredService } from './declared-policy.ts'
import { fingerprint, part } from './fingerprint.ts'
import type { Category, Milliseconds, Policy, Service } from './policy.ts'
import type { Text } from './service-facts.ts'

const { entries } = Object

/**
 * Fills in what a policy leaves out, from the catalogue and our defaults.
 *
 * For policies that `parse` has proven against the same catalogue. Everything in the result is a copy that inherits
 * nothing: on a page with `Object.prototype.retired = true` an absent field still reads as undefined.
 */
export function normalise(declared: DeclaredPolicy, catalogue: Catalogue): Policy {
  const policy = bare({
    languages: ['fi', 'sv', 'en'],
    renewAfterMonths: 12,
    afterWithdraw: 'reload' as const,
    reopen: 'auto' as const,
    unlisted: 'allow' as const,
    theme: {},
    texts: {},
    aliases: {},
    cookie: {},
    gpc: true,
    ...declared,
  })
  const services = new Map<string, Service>()
  const necessary = policy.categories.find(({ id }) => id === 'necessary')
  const inOrder = [
    {
      id: 'necessary',
      ...necessary,
      needs: [],
      services: [
        ownCookie(policy.controller.privacyNotice, policy.renewAfterMonths),
        ...(necessary?.services ?? []),
      ],
    },
    ...policy.categories.filter((category) => category !== necessary),
  ]
  const needs = new Map(inOrder.map((given) => [given.id, [given.needs ?? []].flat()]))
  const categories = inOrder.map((given): [string, Category] => {
    const { id } = given
    const category = bare({
      gpc: id === 'ads' || id === 'demographics',
      perService: id === 'social' || id === 'media',
      ...given,
    })
    // A set that grows while it is gone through: what is needed, and what that needs.
    const reached = new Set(needs.get(id))
    for (const one of reached) for (const next of needs.get(one) ?? []) reached.add(next)
    const inside = category.services.map((given) => serviceOf(given, id, catalogue))
    for (const service of inside) services.set(service.id, service)
    const required = id === 'necessary'
    return [
      id,
      // The cast: as at the end.
      Object.assign(category, {
        required,
        needs: [...reached],
        gpc: policy.gpc && category.gpc,
        services: inside,
        fingerprint: fingerprint(inside),
      }) as Category,
    ]
  })
  // The cast: TypeScript tells a field that may be absent from one that may be undefined; of a copy that inherits nothing
  // both read the same.
  return Object.assign(policy, {
    categories: new Map(categories),
    services,
  }) as object as Policy
}

/** Field by field, what the site says replaces what the catalogue knows. */
function serviceOf(given: string | DeclaredService, category: string, catalogue: Catalogue): Service {
  const own: DeclaredService = bare(typeof given === 'string' ? { id: given } : given)
  const facts = bare(catalogue.get(own.use ?? own.id))
  const service = Object.assign(
    bare({
      urls: [],
      cookies: [],
      storage: [],
      widgets: [],
      retired: false,
      ...facts,
      ...own,
    }),
    {
      use: facts?.id,
      category,
      from: own.from ? midnight(own.from, 0) : -Infinity,
      until: own.until ? midnight(own.until, 1) : Infinity,
    },
    // The cast: `parse` refuses a service whose name, provider or transfer nobody knows.
  ) as Omit<Service, 'fingerprint'>
  return Object.assign(service, { fingerprint: part(own, facts && (facts.print ?? part(facts))) })
}

/** The cookie that keeps the answer is listed like every other. Its provider, without a name, is the site itself. */
const ownCookie = (privacyNotice: Text, months: number): DeclaredService => ({
  id: 'portti',
  name: 'Portti',
  provider: { name: '', country: '', role: 'controller', privacyNotice },
  transfer: { ground: 'eea' },
  cookies: [{ name: 'portti', days: Math.round((months * 365) / 12), purpose: 'choice' }],
})

/** The visitor's own midnight, `days` after the start of `day`. */
function midnight(day: string, days: number): Milliseconds {
  const date = new Date(`${day}T00:00`)
  return date.setDate(date.getDate() + days)
}

/** A deep copy that inherits nothing. */
function bare<T>(value: T): T {
  // The casts: a copy has the type of what it copies, and TypeScript cannot know it.
  if (Array.isArray(value)) return value.map(bare) as T
  if (typeof value !== 'object' || !value) return value
  const copy = Object.create(null)
  for (const [key, inner] of entries(value)) copy[key] = bare(inner)
  return copy
}
