/**
 * The lock: a Content-Security-Policy that lets through the site itself, what the site lists, what is necessary and what
 * was granted. The browser keeps it, whatever runs on the page. Pure: for servers, edges, builds and browsers.
 */
import type { Choice } from '../consent/decision.ts'
import { allowsService } from '../consent/decision.ts'
import type { Catalogue } from '../policy/catalogue.ts'
import type { Issue } from '../policy/issue.ts'
import { normalise } from '../policy/normalise.ts'
import { parse } from '../policy/parse.ts'
import type { Milliseconds, Policy, Service } from '../policy/policy.ts'
import { catalogue as everything } from '../services/catalogue.ts'
import { ownSourcesOf, sourcesOf } from './source-expressions.ts'

/** What a source may be used for: a directive without its `-src`, and where forms go. */
export type Use =
  | 'script'
  | 'style'
  | 'img'
  | 'font'
  | 'connect'
  | 'frame'
  | 'media'
  | 'object'
  | 'worker'
  | 'manifest'
  | 'form'

export interface LockOptions {
  /** What the visitor answered, as in `$decision.get().choice`, or `readChoice` from a request. @default nothing granted */
  readonly choice?: Choice
  /**
   * What else the site uses: hosts as in a policy's `urls`, also with a scheme or a port, for everything or by use. A record
   * may also hold `data:` and `blob:`. What is neither is left out.
   */
  readonly allow?: readonly string[] | Readonly<Partial<Record<Use, readonly string[]>>>
  /** The page's nonce. With it, or with `hashes`, no other inline script runs. */
  readonly nonce?: string
  /** Of inline scripts that may run: `sha256-…`. */
  readonly hashes?: readonly string[]
  /**
   * Also trusts scripts that a script with the nonce inserts. Browsers then ignore host lists, so this goes into the second
   * policy, beside the one with the hosts, and a script has to pass both.
   */
  readonly strictDynamic?: boolean
  /** `false` refuses style attributes and inline style sheets. @default true */
  readonly inlineStyles?: boolean
  /** `true` lets scripts make code from text. @default false */
  readonly eval?: boolean
  /** Where browsers report what they refused: a path or an `https:` address. Headers only. */
  readonly report?: string
  /** @default `Date.now()`; services with dates run between them */
  readonly now?: Milliseconds
  /** Services that the policy may name. @default all that we know */
  readonly catalogue?: Catalogue
}

export interface Lock {
  /** Value of the header `Content-Security-Policy`. */
  readonly header: string
  /** The same as `<meta>` elements, for the first place in `<head>`. They cannot carry `report`. */
  readonly meta: string
  /**
   * Services that were not granted and of which something passes all the same, because a granted one owns the host or folder
   * that it is in: a policy of this kind can name no exceptions.
   */
  readonly unlocked: readonly string[]
  /** What is wrong with the policy; then nothing of it is let through. */
  readonly issues: readonly Issue[]
}

/** What pages make themselves; it sends nothing, and keeps the page's policy. */
const LOCAL = ['data:', 'blob:']
const INLINE = "'unsafe-inline'"
/** Those that `default-src` stands for unless they are told apart. */
const USES = ['style', 'img', 'font', 'frame', 'media', 'object', 'manifest'] as const satisfies Use[]
const NONCE = /^[\w+/-]+={0,2}$/
const HASH = /^sha(256|384|512)-[\w+/-]+={0,2}$/
const REPORT = /^(https:\/\/[a-z\d.:-]+)?\/[\w\-.~!$&()*+=:@%/?]*$/i

/**
 * The policy of a page. Never throws: from a faulty policy nothing is granted, and `issues` says why.
 *
 * @param policy As a site declares it: an object or JSON text.
 */
export function contentSecurityPolicy(policy: unknown, options: LockOptions = {}): Lock {
  const { choice = {}, now = Date.now(), catalogue = everything, inlineStyles = true, report } = options
  const parsed = parse(policy, catalogue)
  const services = parsed.ok
    ? sortServices(normalise(parsed.policy, catalogue), choice, now)
    : { in: [], out: [] }
  const granted = services.in.flatMap(({ urls }) => urls.flatMap(sourcesOf))
  const allowed = listsOf(options.allow)
  const hosts = (use?: Use) => unique(["'self'", ...granted, ...allowed(use)])
  const evals = options.eval ? ["'unsafe-eval'"] : []

  // Said once for most uses: a header has little room.
  const rest = (use?: Use) => unique([...hosts(use), ...LOCAL, ...(inlineStyles ? [INLINE] : [])])
  const directives: [string, readonly string[]][] = [
    ['default-src', rest()],
    ['script-src', [...hosts('script'), INLINE, ...evals]],
    ['connect-src', unique([...hosts('connect'), ...LOCAL, ...socketsOf(hosts('connect'))])],
    // Would follow `script-src`. Browsers run no worker of another site's.
    ['worker-src', unique(["'self'", ...LOCAL, ...allowed('worker')])],
    // These two do not follow `default-src`.
    ['form-action', hosts('form')],
    ['base-uri', ["'self'"]],
  ]
  const usual = `${rest()}`
  for (const use of USES) if (`${rest(use)}` !== usual) directives.push([`${use}-src`, rest(use)])

  const policies = [textOf(directives), ...scriptPolicy(hosts('script'), evals, options)]
  return {
    header: policies
      .map((text, index) =>
        index === 0 && report && REPORT.test(report) ? `${text}; report-uri ${report}` : text,
      )
      .join(', '),
    meta: policies
      .map((text) => `<meta http-equiv="Content-Security-Policy" content="${attribute(text)}">`)
      .join(''),
    unlocked: services.out
      .filter(({ urls }) => urls.some((url) => isWithin(url, granted)))
      .map(({ id }) => id),
    issues: parsed.ok ? [] : parsed.issues,
  }
}

function sortServices(policy: Policy, choice: Choice, now: Milliseconds): { in: Service[]; out: Service[] } {
  // Own fields only: a polluted prototype says yes to everything.
  const own = Object.assign(Object.create(null), choice)
  for (const id of Object.keys(own)) own[id] = own[id] === true
  const services = [...policy.services.values()]
  const isIn = (service: Service) => allowsService(policy, { kind: 'unasked', choice: own }, service, now)
  return { in: services.filter(isIn), out: services.filter((service) => !isIn(service)) }
}

/** The site's own list for a use, or what it lists for all. */
function listsOf(allow: LockOptions['allow'] = []): (use?: Use) => readonly string[] {
  if (isList(allow)) {
    const all = allow.flatMap(ownSourcesOf).filter((source) => !source.endsWith(':'))
    return () => all
  }
  return (use) => (use && Object.hasOwn(allow, use) ? (allow[use] ?? []).flatMap(ownSourcesOf) : [])
}

/** A host without a scheme does not stand for its sockets. */
const socketsOf = (sources: readonly string[]): string[] =>
  sources.filter((source) => !/'|:($|\/)/.test(source)).map((source) => `wss://${source}`)

/** `Array.isArray` does not narrow a read-only list. */
const isList = (value: unknown): value is readonly string[] => Array.isArray(value)

/**
 * Which inline scripts run, as a policy of its own: beside a nonce a host list would let through every script with the nonce,
 * whatever its host, and beside `'strict-dynamic'` it would mean nothing. Of two policies browsers keep both.
 */
function scriptPolicy(
  hosts: readonly string[],
  evals: readonly string[],
  { nonce = '', hashes = [], strictDynamic }: LockOptions,
): string[] {
  const keys = [
    ...(NONCE.test(nonce) ? [`'nonce-${nonce}'`] : []),
    ...hashes.filter((hash) => HASH.test(hash)).map((hash) => `'${hash}'`),
  ]
  // A key that is none of these shapes is no key, but it says what was wanted: no inline script without one.
  if (!nonce && !hashes.length) return []
  return [textOf([['script-src', [...(strictDynamic ? ["'strict-dynamic'"] : hosts), ...keys, ...evals]]])]
}

/** Whether something of `url` passes under `granted`. */
const isWithin = (url: string, granted: readonly string[]): boolean =>
  sourcesOf(url).some((source) => granted.some((one) => covers(split(one), split(source))))

type Split = readonly [host: string, path: string]

function split(source: string): Split {
  const slash = source.indexOf('/')
  return slash < 0 ? [source, '/'] : [source.slice(0, slash), source.slice(slash)]
}

const covers = ([host, path]: Split, [otherHost, otherPath]: Split): boolean =>
  coversHost(host, otherHost) && (path.endsWith('/') ? otherPath.startsWith(path) : otherPath === path)

const coversHost = (pattern: string, host: string): boolean =>
  pattern === host || (pattern.startsWith('*.') && host.endsWith(pattern.slice(1)))

const unique = (list: readonly string[]): string[] => [...new Set(list)]

const textOf = (directives: Iterable<readonly [string, readonly string[]]>): string =>
  Array.from(directives, ([name, list]) => `${name} ${list.length ? list.join(' ') : "'none'"}`).join('; ')

const attribute = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;')
