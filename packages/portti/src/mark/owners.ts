/** Whose an address or an inline script is, by a policy and the catalogue. */
import type { Catalogue } from '../policy/catalogue.ts'
import { type Claim, type MatchText, matchText } from '../policy/match-text.ts'
import { matchUrl } from '../policy/match-url.ts'
import type { Policy } from '../policy/policy.ts'
import type { ServiceFacts } from '../policy/service-facts.ts'

export interface Owner {
  /** What `data-service` says. */
  readonly id: string
  /** False of what is necessary: it is left as it is. */
  readonly held: boolean
  /** The policy has it and its provider has not ended it, so that a yes releases it. */
  readonly comesBack: boolean
}

export interface Owners {
  ofUrl(url: string, base?: string): Owner | undefined
  readonly ofText: MatchText<Owner>
}

/** What the policy declares goes before the catalogue; the rest of the catalogue is held for good. */
export function createOwners(policy: Policy, catalogue: Catalogue): Owners {
  const urls: [string, Owner][] = []
  const claims: Claim<Owner>[] = []
  const claim = (owner: Owner, own: readonly string[], facts: ServiceFacts | undefined) => {
    urls.push(...[...own, ...(facts?.urls ?? [])].map((url): [string, Owner] => [url, owner]))
    if (facts) claims.push({ owner, globals: facts.globals ?? [], tagIds: facts.tagIds ?? [] })
  }

  const declared = new Set<string>()
  for (const { id, use, urls: own, category, retired } of policy.services.values()) {
    const held = policy.categories.get(category)?.required !== true
    const facts = use === undefined ? undefined : catalogue.get(use)
    if (facts) declared.add(facts.id)
    claim({ id, held, comesBack: !retired }, own, facts)
  }
  for (const facts of catalogue.values()) {
    if (declared.has(facts.id)) continue
    const taken = policy.services.has(facts.id) || policy.categories.has(facts.id)
    const id = taken ? `undeclared-${facts.id}` : facts.id
    claim({ id, held: facts.category !== 'necessary', comesBack: false }, facts.urls, facts)
  }
  const ofUrl = matchUrl(urls)
  return { ofUrl, ofText: matchText(claims, ofUrl) }
}
