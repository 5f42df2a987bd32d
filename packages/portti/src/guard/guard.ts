/**
 * Catches what nobody marked. It touches the page's built-ins from the moment it is made, and puts them back when it is
 * disposed of.
 */
import type { Guard, GuardedBy } from '../gate/guarded.ts'
import type { HeldReport } from '../gate/held.ts'
import { currentScript } from '../natives/natives.ts'
import { hookCalls } from './calls.dom.ts'
import { createElements } from './elements.dom.ts'
import { hookElements, type Realm } from './hooks.dom.ts'
import { createJudge, type Known, type Verdict } from './judge.ts'
import { createPatches } from './patch.ts'
import { hookStores } from './stores.dom.ts'

export function createGuard(known: readonly Known[]): Guard {
  const source = currentScript()?.getAttribute('src')
  const judge = createJudge(
    known,
    location.hostname,
    source ? new URL(source, document.baseURI).hostname : '',
  )
  const patches = createPatches()
  const base = () => document.baseURI
  const log = new Map<string, HeldReport>()
  const told = new Set<string>()
  const realms = new WeakSet<object>()
  const roots = new WeakSet<Node>()
  let gate: GuardedBy | undefined
  let marked: Element[] = []

  function note(kind: 'element' | 'call' | 'write', what: string, from: string, { id, why }: Verdict): void {
    if (kind !== 'element' || why !== 'declared')
      log.set(`${kind} ${what} ${from}`, {
        kind:
          kind === 'element' ? (what === 'script' ? 'script' : what === 'iframe' ? 'frame' : 'asset') : kind,
        service: id,
        categories: [],
        from,
        state: 'held',
        why,
      })
    if (why !== 'undeclared' || told.has(id)) return
    told.add(id)
    console.warn(
      `portti: ${id} runs on this page but the policy does not declare it, so it is held for good. Add "${id}" to a category of the policy, or take it off the page.`,
    )
  }

  const elements = createElements({ judge, base, note, marked: (element) => void marked.push(element) })

  /** Shows the gate what has been marked and is in the page. */
  function tell(): void {
    const here = marked.filter((element) => element.isConnected)
    marked = marked.filter((element) => !element.isConnected).slice(-99)
    if (here.length > 0) gate?.add(here)
  }

  function install(realm: Realm): void {
    if (realms.has(realm.Element)) return
    realms.add(realm.Element)
    hookElements(realm, patches, elements, (root) => {
      if (root instanceof realm.ShadowRoot) watch(root)
      else frames(root)
      tell()
    })
    hookCalls(realm, patches, { judge, base, note })
    hookStores(realm, patches, judge, note)
  }

  /** A fresh frame has built-ins of its own; one from elsewhere is out of reach. */
  function frames(root: Node): void {
    if (!(root instanceof Element)) return
    for (const frame of root.matches('iframe') ? [root] : root.querySelectorAll('iframe')) hookFrame(frame)
  }
  function hookFrame(frame: unknown): void {
    try {
      const realm = (frame as HTMLIFrameElement).contentWindow as Realm
      if (realm.document) install(realm)
    } catch {}
  }

  const observer = new MutationObserver((records) => {
    for (const { type, target, addedNodes, attributeName } of records) {
      if (type === 'attributes' && target instanceof Element)
        elements.hold(target, attributeName as string, target.getAttribute(attributeName as string) ?? '')
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue
        elements.parsed(node)
        if (node.shadowRoot) watch(node.shadowRoot)
        frames(node)
      }
    }
    tell()
  })

  function watch(root: Document | ShadowRoot): void {
    if (roots.has(root)) return
    roots.add(root)
    if (root instanceof ShadowRoot) for (const script of root.querySelectorAll('*')) elements.parsed(script)
    observer.observe(root, { childList: true, subtree: true })
  }

  const loaded = ({ target }: Event) => {
    if (target instanceof HTMLIFrameElement) hookFrame(target)
  }
  const submitted = (event: SubmitEvent) => {
    const { target, submitter } = event
    const address = submitter?.getAttribute('formaction') ?? (target as Element).getAttribute('action') ?? ''
    const verdict = judge.address(address, base())
    if (!verdict) return
    event.preventDefault()
    note('call', 'form', address, verdict)
  }

  install(window)
  watch(document)
  addEventListener('load', loaded, true)
  addEventListener('submit', submitted, true)

  return {
    join: (catalogue) => judge.names(catalogue.values()),
    begin(policy, by) {
      gate = by
      log.clear()
      judge.begin(policy, by.mayCall)
      elements.review()
      marked = marked.filter((element) => !element.isConnected)
    },
    changed: elements.review,
    free: (element, free = true) => elements.free(element, free),
    starter: elements.starter,
    why: elements.why,
    held: () => [...log.values()],
    dispose() {
      observer.disconnect()
      patches.undo()
      removeEventListener('load', loaded, true)
      removeEventListener('submit', submitted, true)
    },
  }
}
