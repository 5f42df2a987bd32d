/**
 * Catches what nobody marked. It replaces the page's built-ins from the moment it is made, and puts them back when it is
 * disposed of.
 */
import type { Guard, GuardedBy } from '../gate/guarded.ts'
import type { HeldReport } from '../gate/held.ts'
import { isLast } from '../natives/natives.ts'
import { hookCalls } from './calls.dom.ts'
import { createElements } from './elements.dom.ts'
import { hookElements } from './hooks.dom.ts'
import { createJudge, type Known, type Verdict } from './judge.ts'
import { createPatches, pass, type Realm, settle } from './patch.ts'
import { hookStores } from './stores.dom.ts'

/** Addresses that are new each time must not fill the memory. */
const MOST_NOTES = 999

/** What was done to the built-ins of a window. */
interface Hooks {
  /** Each puts one back. */
  readonly back: readonly (() => void)[]
  /** Sets the styles that had to wait. */
  readonly draw: () => void
  /** Takes away what was stored without a call. */
  readonly sweep: () => void
}

export function createGuard(known: readonly Known[], from: string | undefined): Guard {
  const base = () => document.baseURI
  const judge = createJudge(known, location.hostname, from ? new URL(from, base()).hostname : '', base)
  const log = new Map<string, HeldReport>()
  /** What waits here until the next answer. */
  const ours = new Map<string, HeldReport>()
  const told = new Set<string>()
  const seen = new WeakSet<object>()
  const undo: (() => void)[] = []
  const windows = new Map<Realm, Hooks>()
  let gate: GuardedBy | undefined

  function note(kind: HeldReport['kind'], from: string, { id, why }: Verdict, isOurs?: boolean): void {
    const notes = isOurs ? ours : log
    // What is marked the gate lists.
    if (notes.size < MOST_NOTES && (isOurs || why !== 'declared' || /^(call|write)$/.test(kind)))
      notes.set(`${kind} ${from}`, { kind, service: id, categories: [], from, state: 'held', why })
    if (why !== 'undeclared' || told.has(id)) return
    told.add(id)
    console.warn(
      `portti: ${id} runs on this page but the policy does not declare it, so it stays held. Declare it, or take it off the page.`,
    )
  }

  const elements = createElements(
    judge,
    note,
    (element) => gate?.add(element),
    (element) => gate?.leave(element),
    (style) => grown.observe(style, { childList: true, characterData: true, subtree: true }),
  )
  /** The texts of styles: browsers draw after this. */
  const grown = new MutationObserver((records) => {
    for (const { target } of records) {
      const style = target instanceof Element ? target : target.parentElement
      if (style) elements.check(style)
    }
  })
  undo.push(() => grown.disconnect())

  function install(realm: Realm): void {
    if (seen.has(realm.Element)) return
    seen.add(realm.Element)
    const back: (() => void)[] = []
    const patches = createPatches(realm, back)
    hookElements(realm, patches, elements, arrived, (script, text) => gate?.putBehind(script, text))
    for (const [owner, least] of [
      ['', 0],
      // With fewer arguments it empties the document.
      ['Document', 3],
    ] as const)
      patches.method(owner, 'open', (native, self, args) => {
        if (args.length < least) return pass(native, self, args)
        settle(args)
        if (leads(args[1], args[0])) return null
        const view = pass(native, self, args)
        enter(view)
        return view
      })
    const draw = hookCalls(realm, patches, judge, note)
    windows.set(realm, { back, draw, sweep: hookStores(realm, patches, judge, note) })
    // What is gone must not stay in the memory; the next page of a frame takes the place of the one before by itself.
    realm.addEventListener('pagehide', () =>
      setTimeout(() => {
        if (realm.closed) windows.delete(realm)
      }),
    )
  }

  const { getElementsByName } = Document.prototype
  /** Whether a frame of the name `target` waits with what it was to show. Without an address it goes on as it is. */
  const leads = (target: unknown, address: unknown): boolean =>
    Boolean(address) &&
    [...getElementsByName.call(document, `${target}`)].some(
      (frame) => /frame/.test(frame.localName) && elements.hold(frame, 'src', address),
    )

  // The fields of a form may have the names of its methods.
  const { getAttribute, matches, querySelectorAll } = Element.prototype
  /** Shadow roots are looked after; a fresh frame has built-ins of its own, and one from elsewhere is out of reach. */
  function arrived(root: Node | null): void {
    if (root instanceof ShadowRoot) watch(root)
    if (!(root instanceof Element)) return
    for (const one of [root, ...querySelectorAll.call(root, '*')]) {
      look(one)
      arrived(one.shadowRoot)
    }
  }
  /** Into what shows a page of its own; one from elsewhere has no document for us. */
  function look(frame: EventTarget | null): void {
    // The cast: three interfaces have it.
    const { contentDocument } = (frame ?? {}) as { readonly contentDocument?: Document | null }
    if (contentDocument) enter(contentDocument.defaultView)
  }
  function enter(view: unknown): void {
    try {
      // The cast: of another site's window not even the document may be read.
      const realm = view as Realm | null
      if (realm?.document) install(realm)
    } catch {}
  }

  const observed = (records: readonly MutationRecord[]) => {
    const fresh = new Set<Node>()
    for (const { target, addedNodes } of records) {
      // Of a page that comes in pieces a script may have had no more than its beginning, and then nothing stands behind it yet.
      const parent = target instanceof Element ? target : target.parentElement
      if (parent?.localName === 'script' && !fresh.has(parent) && isLast(parent)) elements.grow(parent)
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue
        fresh.add(node)
        elements.check(node, 'parsed')
        arrived(node.shadowRoot)
        look(node)
      }
    }
  }
  const observer = new MutationObserver(observed)
  function watch(root: Document | ShadowRoot): void {
    if (seen.has(root)) return
    seen.add(root)
    observer.observe(root, { childList: true, characterData: true, subtree: true })
    if (root !== document) elements.scan(root, 'parsed')
  }

  function listen<E extends Event>(
    type: string,
    listener: (event: E) => void,
    target: EventTarget = window,
    capture = true,
  ): void {
    // The cast: the type of an event says its interface.
    target.addEventListener(type, listener as EventListener, capture)
    undo.push(() => target.removeEventListener(type, listener as EventListener, capture))
  }

  install(window)
  watch(document)
  // Not the window: no `load` of an element gets there.
  listen('load', ({ target }) => look(target), document)
  // Last of all: the page may have something else in mind for its link, and a key opens it elsewhere.
  listen<MouseEvent>(
    'click',
    (event) => {
      const link = event
        .composedPath()
        .find(
          (node): node is Element => node instanceof Element && matches.call(node, 'a[target],area[target]'),
        )
      if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return
      const address = link.getAttribute('href') ?? link.getAttribute('xlink:href')
      if (leads(link.getAttribute('target'), address)) event.preventDefault()
    },
    window,
    false,
  )
  listen<SubmitEvent>('submit', (event) => {
    const { target, submitter } = event
    const address = submitter?.getAttribute('formaction') ?? getAttribute.call(target, 'action') ?? ''
    const verdict = judge.address(address)
    if (!verdict) return
    event.preventDefault()
    note('call', address, verdict)
  })
  // Before the next page can read it.
  listen('pagehide', () => {
    for (const { sweep } of windows.values()) sweep()
  })
  function review(): void {
    ours.clear()
    elements.review()
    for (const { draw } of windows.values()) draw()
  }

  const rest = () => {
    observed(observer.takeRecords())
    observer.disconnect()
  }
  // What comes after the parser comes by calls, and an observer of it all would slow them down.
  listen('DOMContentLoaded', rest)
  undo.push(rest)

  return {
    join: (catalogue) => judge.names(catalogue.values()),
    begin(policy, by) {
      gate = by
      log.clear()
      judge.begin(policy, by.mayCall)
      review()
    },
    changed: review,
    free: elements.free,
    starter: elements.starter,
    why: elements.why,
    held: () => [...log.values(), ...ours.values()],
    dispose() {
      // What has waited for a policy goes; trackers stay where they are.
      judge.begin(undefined, () => true)
      review()
      for (const end of undo) end()
      for (const { back } of windows.values()) for (const put of back) put()
    },
  }
}
