/** Whether an address, a piece of code or a stored name has to wait, for which service, and why. Pure. */
import { isNamed, type Where } from '../gate/clear.ts'
import { matchUrl } from '../policy/match-url.ts'
import type { Policy } from '../policy/policy.ts'
import type { ServiceFacts } from '../policy/service-facts.ts'
import { isThirdParty } from '../policy/third-party.ts'

/** What is known of a catalogue service before a policy has come. */
export type Known = readonly [
  id: string,
  urls: readonly string[],
  globals: readonly string[],
  tagIds: readonly string[],
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

/** Where a service keeps something. */
export interface Names {
  readonly id: string
  readonly category: string
  readonly cookies?: readonly { readonly name: string; readonly host?: string }[]
  readonly storage?: readonly { readonly in: Where; readonly name: string }[]
}

export interface Judge {
  /** Names that catalogue services store under. */
  names(services: Iterable<Names>): void
  /** Until then third parties wait. `policy`: none if it cannot be used. */
  begin(policy: Policy | undefined, allows: (id: string) => boolean): void
  address(url: string): Verdict | undefined
  /** Addresses in a text: markup, styles, rules. */
  text(text: string): Verdict | undefined
  /** A piece of text that the page's code has given an address of its own. */
  made(url: string, text: string): void
  /** An inline script. */
  code(text: string): Verdict | undefined
  write(where: Where, name: string): Verdict | undefined
}

type Owner = Verdict & { readonly free?: boolean }

/** A host with a path: after two slashes, or at the start of a string. */
const ADDRESS = /(?:\/\/|["'`(])(\.?(?:[\w-]+\.)+[a-z]{2,}[^\s"'`<>()\\]*)/gi
/** Only code that can load something counts for the addresses in it: others keep links to videos and profiles. */
const LOADS =
  /createElement|HTML|\bwrite|fetch|XMLHttp|sendBeacon|import|Image|Worker|EventSource|WebSocket|\.src\b|getScript|\.ajax/
/** What code calls or fills: `fbq(`, `window.dataLayer =`, `_gaq.push`. */
const NAMES =
  /(?:^|[^\w$.'"-]|\[\s*["'])(?:(?:window|self|globalThis)\s*\.\s*)?([A-Za-z_$][\w$]*)(?=\s*(?:["']\s*\]\s*)?(?:\(|\.|=[^=>]|\|\||\[))/g

/** The part of the catalogue that the guard carries: services that visitors are asked about, and globals that one word names. */
export const knownOf = (services: Iterable<ServiceFacts>): Known[] =>
  [...services]
    .filter(({ category, urls }) => category !== 'necessary' && urls.length > 0)
    .map(({ id, urls, globals = [], tagIds = [] }) => [
      id,
      urls,
      globals.filter((name) => !name.includes('.')),
      tagIds,
    ])

/**
 * @param host The page's own; what stands above or below it, or below the domain that shares the answer (`cookie.domain`), is
 * no third party.
 * @param friend Where our own files come from.
 * @param base Resolves relative addresses.
 */
export function createJudge(
  known: readonly Known[],
  host: string,
  friend: string,
  base: () => string,
): Judge {
  let allows: ((id: string) => boolean) | undefined
  let hold = true
  let own = host
  let catalogued: readonly Names[] = []
  let ofUrl: (url: string, base?: string) => Owner | undefined
  let ofGlobal: Map<string, [Owner, readonly string[]][]>
  let ofName: [Owner, Names][] = []
  /** Address of a piece of text → the address in it. */
  const blobs = new Map<string, string>()
  index([])

  function index(
    services: Policy['services'] extends ReadonlyMap<string, infer S> ? readonly S[] : never,
  ): void {
    const owner = (id: string): Owner => {
      const declared = services.find(({ use }) => use === id)
      return declared ? { id: declared.id, why: 'declared' } : { id, why: 'undeclared' }
    }
    // Of two services with the same address or global a declared one goes first.
    const facts = known
      .map(([id, ...rest]): [Owner, ...typeof rest] => [owner(id), ...rest])
      .sort(([{ why: a }], [{ why: b }]) => (a < b ? -1 : a > b ? 1 : 0))
    ofUrl = matchUrl(
      [
        ...services.map(({ id, urls }): [Owner, readonly string[]] => [{ id, why: 'declared' }, urls]),
        ...facts,
      ].flatMap(([owner, urls]) => urls.map((url): [string, Owner] => [url, owner])),
    )
    ofGlobal = new Map()
    for (const [owner, , globals, tags] of facts)
      for (const name of globals) ofGlobal.set(name, [...(ofGlobal.get(name) ?? []), [owner, tags]])
    ofName = [
      ...services.map((service): [Owner, Names] => [{ id: service.id, why: 'declared' }, service]),
      ...catalogued.flatMap((service): [Owner, Names][] => {
        const found = owner(service.id)
        const free = service.category === 'necessary'
        // What the site needs stores what it likes; what nobody can tell by its address stays the site's own.
        return found.why === 'undeclared' && (free || known.some(([id]) => id === service.id))
          ? [[{ ...found, free }, service]]
          : []
      }),
    ]
  }

  const judge = (owner: Owner): Verdict | undefined =>
    owner.free || (owner.why === 'declared' && allows?.(owner.id))
      ? undefined
      : { id: owner.id, why: allows ? owner.why : 'no-policy' }

  /** Another site, as far as names tell. */
  function isForeign(url: string): boolean {
    const { protocol, hostname } = new URL(url, base())
    return /^(http|ws)s?:/.test(protocol) && hostname !== friend && isThirdParty(hostname, own)
  }

  /** The first address in the text that has to wait. */
  function find(given: string): string | undefined {
    // As scripts escape a slash, and styles any character.
    const plain = given.replace(/\\(?:([\da-f]{1,6})\s?|\/)/gi, (_, code?: string) =>
      code ? String.fromCharCode(Number.parseInt(code, 16)) : '/',
    )
    for (const [, found = ''] of plain.matchAll(ADDRESS)) {
      const url = `https://${found[0] === '.' ? 'www' : ''}${found}`
      const owner = ofUrl(url)
      if (owner && judge(owner)) return url
    }
    return undefined
  }
  function text(given: string): Verdict | undefined {
    const url = find(given)
    if (url !== undefined) return address(url)
    // Where a page has put its base elsewhere, all that is relative goes there.
    return /url\(|import|src|href/i.test(given) && isForeign(base()) ? address(base()) : undefined
  }

  function address(given: string): Verdict | undefined {
    const url = blobs.get(given) ?? given
    try {
      // A text that is its own address: decoding a picture would take long, and nothing loads from it.
      const [scheme] = /^\s*(data:(?!(image\/(?!svg)|font|audio|video))|javascript:)/i.exec(url) ?? []
      if (scheme)
        return text(/;base64,/i.test(url) ? atob(url.slice(url.indexOf(',') + 1)) : decodeURIComponent(url))
      const owner = /^\s*data:/i.test(url) ? undefined : ofUrl(url, base())
      if (owner) return judge(owner)
      if (hold && isForeign(url)) return { id: '', why: allows ? 'unlisted' : 'no-policy' }
    } catch {
      // No address at all.
    }
    return undefined
  }

  return {
    names(services) {
      catalogued = [...services]
      index([])
    },
    begin(policy, granted) {
      allows = granted
      hold = policy?.unlisted === 'hold'
      own = policy?.cookie.domain ?? host
      index([...(policy?.services.values() ?? [])])
    },
    address,
    text,
    made(url, given) {
      const found = find(given)
      if (found) blobs.set(url, found)
    },
    code(given) {
      for (const [, name = ''] of given.matchAll(NAMES)) {
        const claims = ofGlobal.get(name) ?? []
        const claim = claims.find(([, tags]) => tags.some((tag) => given.includes(tag))) ?? claims[0]
        const verdict = claim && judge(claim[0])
        if (verdict) return verdict
      }
      return LOADS.test(given) ? text(given) : undefined
    },
    write(where, name) {
      const verdicts = ofName
        .filter(([, { cookies = [], storage = [] }]) =>
          isNamed(
            name,
            (where === 'cookie'
              ? cookies.filter(({ host }) => host === undefined)
              : storage.filter((fact) => fact.in === where)
            ).map((fact) => fact.name),
          ),
        )
        .map(([owner]) => judge(owner))
      // A name that somebody who may run uses as well is free.
      return verdicts.includes(undefined) ? undefined : verdicts[0]
    },
  }
}
