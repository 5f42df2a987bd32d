/** Whether an address, a piece of code or a stored name has to wait, for which service, and why. Pure. */
import { isNamed, type Where } from '../gate/clear.ts'
import { matchUrl } from '../policy/match-url.ts'
import type { Policy } from '../policy/policy.ts'
import type { ServiceFacts } from '../policy/service-facts.ts'

/** What is known of a catalogue service before a policy has come. */
export type Known = readonly [
  id: string,
  urls: readonly string[],
  globals?: readonly string[],
  tagIds?: readonly string[],
]

/**
 * `declared`: the visitor has not agreed to it. `undeclared`: the catalogue knows it, the policy does not. `unlisted`: nobody
 * knows the host, and the policy says `hold`. `no-policy`: the policy is not there yet.
 */
export type Why = 'declared' | 'undeclared' | 'unlisted' | 'no-policy'

/** Something has to wait: `id` is the policy's service, or the catalogue's where the policy has none. */
export interface Verdict {
  readonly id: string
  readonly why: Why
}

type Names = Pick<ServiceFacts, 'id' | 'category'> & {
  readonly cookies?: readonly { readonly name: string; readonly host?: string }[]
  readonly storage?: readonly { readonly in: Where; readonly name: string }[]
}

export interface Judge {
  /** Until the policy is there, or known never to come, third parties wait. */
  readonly waiting: () => boolean
  /** Names that catalogue services store under. */
  names(services: Iterable<Names>): void
  /** `policy`: none if it cannot be used. */
  begin(policy: Policy | undefined, allows: (id: string) => boolean): void
  address(url: string, base: string): Verdict | undefined
  /** Addresses in a text: markup, styles, rules. */
  text(text: string): Verdict | undefined
  /** An inline script. */
  code(text: string): Verdict | undefined
  write(where: Where, name: string): Verdict | undefined
}

interface Owner extends Verdict {
  readonly why: 'declared' | 'undeclared'
}

const NEVER = () => false
const FREE: Owner = { id: '', why: 'declared' }
/** A host with a path: after two slashes, or at the start of a string. */
const ADDRESS = /(?:\/\/|["'`(])(\.?(?:[\w-]+\.)+[a-z]{2,}[^\s"'`<>()\\]*)/gi
const LOADS =
  /createElement|insertAdjacentHTML|innerHTML|\bwrite|fetch|XMLHttp|sendBeacon|import|Image|Worker|EventSource|WebSocket|\.src\b|getScript|\.ajax|\beval\b/

/** What page code calls or fills: `fbq(`, `window.dataLayer =`, `_gaq.push`. */
const NAMES =
  /(^|[^\w$.'"-]|\b(?:window|self|globalThis)\s*\.\s*|\[\s*["'])([A-Za-z_$][\w$]*)(?=\s*(?:["']\s*\]\s*)?(?:\(|\.|=[^=>]|\|\||\[))/g

/** The part of the catalogue that the guard carries: services that visitors are asked about. */
export const knownOf = (services: Iterable<ServiceFacts>): Known[] =>
  [...services]
    .filter(({ category, urls }) => category !== 'necessary' && urls.length > 0)
    .map(({ id, urls, globals = [], tagIds = [] }) =>
      tagIds.length > 0 ? [id, urls, globals, tagIds] : globals.length > 0 ? [id, urls, globals] : [id, urls],
    )

/** @param friend Host of our own files; no third party. */
export function createJudge(known: readonly Known[], host: string, friend = ''): Judge {
  const own = host.replace(/^www\./, '')
  const ids = new Set(known.map(([id]) => id))
  let state: 'waiting' | 'ready' = 'waiting'
  let allows: (id: string) => boolean = NEVER
  let policy: Policy | undefined
  let catalogued: readonly Names[] = []
  let owners: (url: string, base?: string) => Owner | undefined
  let byGlobal: Map<string, [Owner, readonly string[]][]>
  let named: Map<string, Owner[]>
  index()

  function index(): void {
    const services = [...(policy?.services.values() ?? [])]
    const patterns: [string, Owner][] = []
    byGlobal = new Map()
    named = new Map()
    for (const { id, urls } of services) for (const url of urls) patterns.push([url, { id, why: 'declared' }])
    // Of two services with the same address or global a declared one goes first.
    const facts = known.map(([id, ...rest]): [Owner, ...typeof rest] => {
      const declared = services.find(({ use }) => use === id)
      return [declared ? { id: declared.id, why: 'declared' } : { id, why: 'undeclared' }, ...rest]
    })
    for (const why of ['declared', 'undeclared']) {
      for (const [owner, urls, globals = [], tags = []] of facts) {
        if (owner.why !== why) continue
        for (const url of urls) patterns.push([url, owner])
        for (const path of globals) {
          const name = path.split('.')[0] as string
          if (path !== name) continue
          byGlobal.set(name, [...(byGlobal.get(name) ?? []), [owner, tags]])
        }
      }
    }
    owners = matchUrl(patterns)
  }

  const judge = (owner: Owner): Verdict | undefined =>
    owner.why === 'declared'
      ? owner === FREE || allows(owner.id)
        ? undefined
        : owner
      : state === 'ready'
        ? owner
        : { id: owner.id, why: 'no-policy' }

  /** Another site, as far as names tell: neither the page's host, nor above or below it. */
  function isForeign(url: string, base: string): boolean {
    try {
      const { protocol, hostname } = new URL(url, base)
      return (
        /^(http|ws)s?:$/.test(protocol) &&
        hostname !== own &&
        hostname !== friend &&
        !hostname.endsWith(`.${own}`) &&
        !(own.endsWith(`.${hostname}`) && hostname.includes('.'))
      )
    } catch {
      return false
    }
  }

  function address(url: string, base: string): Verdict | undefined {
    const owner = owners(url, base)
    if (owner) return judge(owner)
    const why = state === 'waiting' ? 'no-policy' : 'unlisted'
    if ((state === 'waiting' || policy?.unlisted === 'hold') && isForeign(url, base)) return { id: '', why }
    return undefined
  }

  function text(given: string): Verdict | undefined {
    for (const [, found = ''] of given.replace(/\\\//g, '/').matchAll(ADDRESS)) {
      const owner = owners(`https://${found[0] === '.' ? `www${found}` : found}`)
      const verdict = owner && judge(owner)
      if (verdict) return verdict
    }
    return undefined
  }

  return {
    waiting: () => state === 'waiting',
    names(services) {
      catalogued = [...services]
      named.clear()
    },
    begin(given, granted) {
      policy = given
      allows = granted
      state = 'ready'
      index()
    },
    address,
    text,
    code(given) {
      for (const [, , name = ''] of given.matchAll(NAMES)) {
        const claims = byGlobal.get(name)
        if (!claims) continue
        const [owner] =
          claims.find(([, tags]) => tags.some((tag) => given.includes(tag))) ??
          (claims[0] as (typeof claims)[0])
        const verdict = judge(owner)
        if (verdict) return verdict
      }
      return LOADS.test(given) ? text(given) : undefined
    },
    write(where, name) {
      const key = `${where} ${name}`
      let found = named.get(key)
      if (!found) {
        const has = ({ cookies = [], storage = [] }: Names) =>
          isNamed(
            name,
            where === 'cookie'
              ? cookies.filter(({ host }) => host === undefined).map((fact) => fact.name)
              : storage.filter((fact) => fact.in === where).map((fact) => fact.name),
          )
        const services = [...(policy?.services.values() ?? [])]
        found = services.filter(has).map(({ id }) => ({ id, why: 'declared' }))
        for (const one of catalogued) {
          if (services.some(({ use }) => use === one.id) || !has(one)) continue
          // What the site needs stores what it likes.
          if (one.category === 'necessary') found.push(FREE)
          else if (ids.has(one.id)) found.push({ id: one.id, why: 'undeclared' })
        }
        if (named.size > 999) named.clear()
        named.set(key, found)
      }
      // A name that somebody who may run uses as well is free.
      const verdicts = found.map(judge)
      return verdicts.includes(undefined) ? undefined : verdicts[0]
    },
  }
}
