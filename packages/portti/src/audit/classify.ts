/** What a page asked for or stored that the policy does not cover, and why. Pure. */
import { declaredNames, isNamed, type Where } from '../gate/clear.ts'
import { createOwners } from '../mark/owners.ts'
import type { Catalogue } from '../policy/catalogue.ts'
import { matchUrl } from '../policy/match-url.ts'
import { normalise } from '../policy/normalise.ts'
import type { Policy } from '../policy/policy.ts'
import { isThirdParty } from '../policy/third-party.ts'

/**
 * `early`: the policy declares it, and it came without the visitor's yes, so it is not marked. `undeclared`: the catalogue knows it,
 * the policy does not. `unlisted`: nobody knows it.
 */
export type Why = 'early' | 'undeclared' | 'unlisted'

export interface Verdict {
  /** The policy's service, or the catalogue's where the policy has none; empty if nobody knows it. */
  readonly service: string
  readonly why: Why
}

/** Whether a service of the policy may run. */
export type Allows = (service: string) => boolean

export interface Classifier {
  /** Nothing if the site may ask this address: its own, one of `allow`, or a service's that may run. */
  request(url: string, allows: Allows): Verdict | undefined
  /** Nothing if a service that may run declares the name. */
  stored(where: Where, name: string, allows: Allows): Verdict | undefined
}

const unlisted: Verdict = { service: '', why: 'unlisted' }

/**
 * @param page Address of the page: relative addresses mean something by it, and its host is no third party, nor is what shares its
 * answer (`cookie.domain`).
 * @param allow What the site needs from elsewhere, as in a service's `urls`: a host, `*.` for sub-domains, an optional path.
 */
export function createClassifier(
  policy: Policy,
  catalogue: Catalogue,
  page: string,
  allow: readonly string[],
): Classifier {
  const own = policy.cookie.domain ?? new URL(page).hostname
  const { ofUrl } = createOwners(policy, catalogue)
  const isOfSite = matchUrl(allow.map((pattern): [string, true] => [pattern, true]))
  const declared = [...policy.services.values()]
  const used = new Set(declared.map(({ use }) => use))
  const services = [...catalogue.keys()].filter((id) => !used.has(id))
  // Every fact in place, as in a policy of their own.
  const known = normalise(
    { controller: { name: '', privacyNotice: '' }, categories: [{ id: 'necessary', services }] },
    catalogue,
  )
  const undeclared = [...known.services.values()].filter(({ use }) => use !== undefined)

  const judge = (service: string, allows: Allows): Verdict | undefined => {
    if (!policy.services.has(service)) return { service, why: 'undeclared' }
    return allows(service) ? undefined : { service, why: 'early' }
  }

  return {
    request(url, allows) {
      const { protocol, hostname } = new URL(url, page)
      if (!/^(http|ws)s?:$/.test(protocol) || isOfSite(url, page)) return undefined
      const owner = ofUrl(url, page)
      if (owner) return owner.held ? judge(owner.id, allows) : undefined
      return isThirdParty(hostname, own) ? unlisted : undefined
    },
    stored(where, name, allows) {
      const declares = (service: (typeof declared)[number]) => isNamed(name, declaredNames([service], where))
      const owners = declared.filter(declares)
      // A name that somebody who may run uses as well is free.
      if (owners.some(({ id }) => allows(id))) return undefined
      const [owner] = [...owners, ...undeclared.filter(declares)]
      return owner ? judge(owner.id, allows) : unlisted
    },
  }
}
