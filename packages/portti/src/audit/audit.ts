/** Lists what a page does that its policy does not cover: a tool for the people of a site, not for its visitors. */
import type { Where } from '../gate/clear.ts'
import type { HeldReport } from '../gate/held.ts'
import type { DeclaredPolicy } from '../policy/declared-policy.ts'
import { normalise } from '../policy/normalise.ts'
import { parseOrThrow } from '../policy/parse-or-throw.ts'
import { catalogue } from '../services/catalogue.ts'
import { type Classifier, createClassifier, type Verdict } from './classify.ts'
import { watchRequests } from './requests.dom.ts'
import { storedNames } from './stored.dom.ts'
import { createTimeline } from './timeline.ts'

/** Something that the policy does not cover. */
export interface Found extends Verdict {
  /** `request`: the page asked a host. The others: it has something stored on this site. */
  readonly what: 'request' | Where
  /** The host, or the name of what is stored. */
  readonly name: string
  /** The first address that was asked; empty for what is stored. */
  readonly example: string
}

export interface AuditOptions {
  /** The site's policy, as for `createPortti`. Of a faulty one everything counts as not declared. */
  readonly policy: unknown
  /** What `createPortti` returned, or `window.portti`; or a promise of it. */
  readonly portti: Audited | PromiseLike<Audited>
  /**
   * What the site needs from elsewhere and asks nobody about, such as its own pictures: a host, `*.` for sub-domains, an optional
   * path. @default none
   */
  readonly allow?: readonly string[]
  /** Called with each that is new. */
  readonly onFind?: (found: Found) => void
}

/** What the audit asks of a Portti. */
export interface Audited {
  readonly ready: PromiseLike<unknown>
  readonly $decision: { subscribe(listener: () => void): () => void }
  allows(id: string): boolean
  held(): readonly HeldReport[]
}

export interface Audit {
  /** Everything that was found so far, in order. */
  found(): readonly Found[]
  /** Ends it, and puts back what it has replaced. */
  stop(): void
}

/** Milliseconds between two looks at what is stored. */
const LOOK = 500

/**
 * Lists, from this call on, requests to other sites and stored names that the policy does not cover or that came without a yes.
 *
 * Call it as early as you can. It replaces `fetch`, `WebSocket` and `EventSource` to see their calls; `stop()` puts them back. It does
 * not see what workers and frames of other sites ask for themselves, `HttpOnly` cookies, and what is stored on other sites.
 */
export function audit({ policy: given, portti: awaited, allow = [], onFind }: AuditOptions): Audit {
  const found = new Map<string, Found>()
  const timeline = createTimeline()
  const undo: (() => void)[] = []
  /** Seen before it was known what to make of it. */
  let waiting: [url: string, at: number][] = []
  let classifier: Classifier | undefined
  let held: () => readonly HeldReport[] = () => []
  let over = false

  function add(what: Found['what'], name: string, example: string, verdict: Verdict | undefined): void {
    if (!verdict) return
    const key = `${what} ${name} ${verdict.why} ${verdict.service}`
    if (found.has(key)) return
    const one = { what, name, example, ...verdict }
    found.set(key, one)
    onFind?.(one)
  }

  /** What was let run for this once counts as allowed. */
  const runs = (id: string) => held().some(({ service, state }) => service === id && state === 'released')

  /** A call that the guard has held was not made. */
  const isHeld = (url: string) =>
    held().some(({ kind, from, state }) => kind === 'call' && state === 'held' && isSame(from, url))

  function request(url: string, at: number): void {
    if (!classifier) waiting.push([url, at])
    else if (!isHeld(url))
      add(
        'request',
        new URL(url).hostname,
        url,
        classifier.request(url, (id) => timeline.allows(id, at) || runs(id)),
      )
  }

  async function look(): Promise<void> {
    const names = await storedNames()
    const now = performance.now()
    for (const [where, name] of over ? [] : names)
      add(
        where,
        name,
        '',
        classifier?.stored(where, name, (id) => timeline.allows(id, now) || runs(id)),
      )
  }

  async function begin(): Promise<void> {
    let declared: DeclaredPolicy = { controller: { name: '', privacyNotice: '' }, categories: [] }
    try {
      declared = parseOrThrow(await given, catalogue)
    } catch {
      // Portti itself says what is wrong with it.
    }
    const portti = await awaited
    await portti.ready
    if (over) return
    held = portti.held
    const policy = normalise(declared, catalogue)
    classifier = createClassifier(policy, catalogue, document.baseURI, allow)
    undo.push(
      portti.$decision.subscribe(() =>
        timeline.add(
          performance.now(),
          new Set([...policy.services.keys()].filter((id) => portti.allows(id))),
        ),
      ),
    )
    for (const [url, at] of waiting) request(url, at)
    waiting = []
    const timer = setInterval(look, LOOK)
    undo.push(() => clearInterval(timer))
    await look()
  }

  undo.push(watchRequests(request))
  // The page has no part in what goes wrong here.
  begin().catch((error) => console.error(error))

  return {
    found: () => [...found.values()],
    stop() {
      over = true
      for (const end of undo) end()
    },
  }
}

/** Whether the page, as it has written the address, means `url`. */
function isSame(written: string, url: string): boolean {
  try {
    return new URL(written, document.baseURI).href === url
  } catch {
    return false
  }
}
