/**
 * Holds what is marked and lets it run when it may: finds it, plans, carries the plan out, and watches for what comes later.
 */
import { attempt } from '../consent/when.ts'
import {
  activeElement,
  closest,
  each,
  isElement,
  listen,
  matches,
  Observer,
  queryAll,
  readyState,
} from '../natives/natives.ts'
import type { Policy, Service } from '../policy/policy.ts'
import { clear } from './clear.dom.ts'
import { createFinder, isUnfinished, held as record } from './find.dom.ts'
import type { Guard } from './guarded.ts'
import type { Held, HeldReport } from './held.ts'
import { load } from './loading.dom.ts'
import { type Condition, idsOf } from './mark.ts'
import { insert } from './markup.dom.ts'
import { freshen, place, places } from './place.dom.ts'
import type { DrawPlace } from './place.ts'
import { type Item, plan } from './plan.ts'
import { createScriptQueue, type HeldScript, released } from './scripts.dom.ts'
import { addressOf, stow, unstow } from './stow.dom.ts'
import { draw as drawWidget, park } from './widgets.dom.ts'
import { putBehind } from './write.dom.ts'

/** The type of `createGate`. */
export type CreateGate = (options: GateOptions) => Gate

export interface GateOptions {
  readonly policy: Policy
  /** Whether a category or service may run now. */
  readonly allows: (id: string) => boolean
  /** Stores a yes for these ids. */
  readonly always: (ids: readonly string[]) => void
  readonly nonce: string | undefined
  /** Without it held things have no placeholder. */
  readonly draw: DrawPlace | undefined
  readonly warn: (message: string) => void
  /** Holds what nobody marked. */
  readonly guard?: Guard | undefined
}

export interface Gate {
  /**
   * Makes the page match the decision. `refusing`: what was loaded once goes as well. Returns whether something runs on
   * that no page can stop.
   */
  update(refusing: boolean): boolean
  /** Looks after the page, an open shadow root, or another document's part, from now on. */
  observe(root: Document | ShadowRoot | Element): () => void
  /** Takes away what services that may not run have stored. */
  clear(): void
  held(): readonly HeldReport[]
  /** Whether something of a service may be called now; also where the visitor let just one thing of it run. */
  mayCall(id: string): boolean
  /** Takes in what was marked after it had come, when the code has ended that is at it. */
  add(element: Element): void
  /** Forgets what is something else now, and leaves it as it is. */
  leave(element: Element): void
  /** Puts what a script writes too late where the script stands. */
  putBehind(script: Element, text: string): void
  dispose(): void
}

export function createGate({ policy, allows, always, nonce, draw, warn, guard }: GateOptions): Gate {
  const { selector, attributes, find, slip, changeOf } = createFinder(policy)
  const runScripts = createScriptQueue(nonce, guard?.free)
  const roots = new Map<Document | ShadowRoot | Element, MutationObserver>()
  let registry = new Map<Element, Held>()
  /** What has run, also after its element left the page. */
  const spent = new Map<string, { condition: Condition; once: boolean }>()
  const warned = new Set<string>()
  const passing = new Set<string>()
  /** What the parser may be at still. */
  const unfinished = new Set<Element>()
  /** What page code has changed: its marks, its address, or it took our placeholder away. */
  const touched = new Set<Element>()
  /** A script of a service with ended widgets waits for the whole page: without a living widget it is not wanted. */
  const live = new Set<Service>()
  const dead = new Set<Service>()

  const isGranted = ({ services, categories }: Condition) =>
    services.every(({ id }) => allows(id)) && categories.every(allows)

  const isWanted = ({ kind, condition: { services } }: Held) =>
    kind !== 'script' ||
    services.every(
      (service) =>
        !service.widgets.some(({ retired }) => retired) ||
        live.has(service) ||
        (readyState() !== 'loading' && !dead.has(service)),
    )

  const mayRun = (held: Held) =>
    !held.retired &&
    held.condition.unknown === undefined &&
    (held.once || isGranted(held.condition)) &&
    isWanted(held)

  /**
   * The record of `element`, if it waits for something. Forms load nothing, and their fields may have the names of what we ask;
   * another one that a page has made impossible to read must not stop the rest.
   */
  function consider(element: Element): Held | undefined {
    let held = registry.get(element)
    if (!held && !matches(element, 'form'))
      attempt(() => {
        held = takeIn(element)
      })
    return held
  }

  function takeIn(element: Element): Held | undefined {
    if (isUnfinished(element)) {
      unfinished.add(element)
      return undefined
    }
    warnSlip(element)
    const held = find(element)
    if (!held) return undefined
    freshen(held)
    registry.set(element, held)
    const { kind, condition } = held
    putAway(held)
    if (held.widget)
      for (const service of condition.services) (held.widget.retired ? dead : live).add(service)
    // Of other elements `data-category` may be the page's own.
    if (kind === 'script' || kind === 'template') warnUnknown(condition.unknown)
    return held
  }

  /** What the guard has marked it looks after itself, and a name that nobody knows may be the page's own. */
  function putAway({ kind, element, condition }: Held): void {
    if (/^[fa]/.test(kind) && condition.unknown === undefined && !guard?.why(element)) stow(element)
  }

  function warnUnknown(name: string | undefined): void {
    if (name !== undefined)
      warnOnce(
        `"${name}" is marked on the page but is not in the policy, so it stays held. Add it to the policy or correct the mark.`,
      )
  }

  function warnSlip(element: Element): void {
    const condition = released.has(element) ? undefined : slip(element)
    if (!condition || condition.unknown !== undefined || isGranted(condition)) return
    const { localName } = element
    const fix = localName === 'script' ? 'Give it type="text/plain"' : 'Write data-src or data-href instead'
    warnOnce(`a <${localName}> of "${idsOf(condition)}" loads before anybody is asked. ${fix}.`)
  }

  function warnOnce(message: string): void {
    if (warned.has(message)) return
    warned.add(message)
    warn(message)
  }

  /** Carries out what the decision asks of `items`, which are in document order. */
  function settle(items: readonly Held[]): boolean {
    const steps = plan([
      ...items
        .filter(({ state }) => state !== 'spent')
        .map((held) => ({ held, state: held.state, allowed: mayRun(held) })),
      ...[...spent.values()].map(({ condition, once }): Item & { held?: Held } => ({
        state: 'spent',
        allowed: once || isGranted(condition),
      })),
    ])
    const scripts: HeldScript[] = []
    // One element that a page has made impossible to handle must not stop the others.
    for (const { held } of steps.release) if (held) attempt(() => release(held, scripts))
    runScripts(scripts)
    for (const { held } of steps.retract) if (held) attempt(() => retract(held))
    for (const held of items) {
      if (held.state !== 'waiting' || held.condition.unknown !== undefined) continue
      held.unplace ??= place(held, draw, {
        once: () => once(held),
        always: () => allow(held),
      })
    }
    return steps.stuck
  }

  function release(held: Held, scripts: HeldScript[]): void {
    const { kind, element, condition } = held
    held.state = kind === 'script' ? 'queued' : 'running'
    if (kind === 'script') {
      scripts.push(scriptOf(held, element as HTMLScriptElement))
      return
    }
    guard?.free(element)
    const focused = held.unplace && element.previousElementSibling === activeElement()
    held.unplace?.()
    held.unplace = undefined
    if (kind === 'template') {
      const inserted = insert(element, selector)
      held.undo = inserted.remove
      // Widgets that came along decide whether their vendor's script is wanted.
      each(queryAll(element.parentElement ?? element, selector), consider)
      for (const script of inserted.scripts) {
        const inner = record('script', script, condition, undefined)
        inner.once = held.once
        inner.state = 'queued'
        registry.set(script, inner)
        scripts.push(scriptOf(inner, script))
      }
    } else if (kind === 'widget') {
      held.undo = drawWidget(element, condition.services)
    } else {
      const { id, name } = condition.services[0] ?? { id: '', name: '' }
      held.undo = load(element, typeof name === 'string' ? name : id)
    }
    if (focused) focus(element)
  }

  function scriptOf(held: Held, element: HTMLScriptElement): HeldScript {
    return {
      element,
      start: guard?.starter(element),
      allowed: () => element.isConnected && mayRun(held),
      refused() {
        held.state = 'waiting'
      },
      ran(next) {
        registry.delete(element)
        registry.set(next, { ...held, element: next, state: 'spent' })
        spend(held)
      },
    }
  }

  /** Remembers that code of these services has run. Frames leave nothing. */
  function spend({ condition, once }: Held): void {
    const key = idsOf(condition).join()
    spent.set(key, { condition, once: once || spent.get(key)?.once === true })
  }

  function retract(held: Held): void {
    const { undo } = held
    // First: a guard that sees the element come back asks about it at once.
    held.undo = undefined
    held.state = 'waiting'
    undo?.()
    guard?.free(held.element, false)
  }

  function once(held: Held): void {
    const { services } = held.condition
    const items = collect()
    held.once = true
    // A frame is on its own; what else was let run goes on calling.
    if (held.kind !== 'frame') for (const { id } of services) passing.add(id)
    if (held.kind === 'widget') {
      for (const other of items) {
        const same = other.condition.services.some((service) => services.includes(service))
        if (!same || other === held) continue
        // Its vendor's script draws all that it finds: the others step aside.
        if (other.kind === 'widget' && other.state === 'waiting') park(other.element)
        // What waits for more than the visitor was told of goes on waiting.
        if (other.kind === 'script' && isPartOf(other.condition, held.condition)) other.once = true
      }
    }
    settle(items)
  }

  function allow(held: Held): void {
    always(idsOf(held.condition))
    // What its category needs may be refused still: then the yes counts for this one at least.
    if (held.state === 'waiting') once(held)
  }

  /** All that waits or runs, in document order; what has left the page is forgotten. */
  function collect(): Held[] {
    // An answer to what something was a moment ago is none to what it is now.
    for (const observer of roots.values()) look(observer.takeRecords())
    renew()
    const current = new Map<Element, Held>()
    for (const root of roots.keys()) {
      each(queryAll(root, selector), (element) => {
        const held = consider(element)
        if (held) current.set(element, held)
      })
    }
    // Scripts out of a released template carry no mark.
    for (const [element, held] of registry) {
      if (isHere(element)) current.set(element, held)
      else drop(held)
    }
    registry = current
    return [...registry.values()]
  }

  /** Runs for whatever the page inserts or changes. */
  function arrived(records: readonly MutationRecord[]): void {
    const fresh = look(records)
    if (fresh.length > 0) settle(fresh.some(({ widget }) => widget) ? [...registry.values()] : fresh)
  }

  /** What has come by these records. */
  function look(records: readonly MutationRecord[]): Held[] {
    const parents = new Set(records.map(({ target }) => target))
    const searched = new Set<Node>()
    const fresh: Held[] = []
    let left = false
    const take = (element: Element) => {
      const held = retake(element)
      if (held) fresh.push(held)
    }
    const due = [...unfinished]
    unfinished.clear()
    for (const element of due) if (isHere(element)) take(element)
    for (const { target, addedNodes, removedNodes, attributeName } of records) {
      if (attributeName && isElement(target)) touch(target)
      // Held scripts leave as they run: of these nobody needs to look through all that waits.
      each(removedNodes, (node) => {
        if (registry.has(node as Element) || (node as Element).firstElementChild) left = true
        const owner = places.get(node as Element)
        if (owner) touch(owner)
      })
      // The parser reports a parent and then its children: the parent's own search has found them.
      const known = searched.has(target)
      each(addedNodes, (node) => {
        if (!isElement(node) || !node.isConnected) return
        // It has come between a placeholder and what that stands for.
        const host = node.previousElementSibling
        const owner = places.get(host as Element)
        if (owner && owner !== node) owner.before(host as Element)
        if (parents.has(node)) searched.add(node)
        if (known) return
        if (matches(node, selector)) take(node)
        if (node.firstElementChild) each(queryAll(node, selector), take)
      })
    }
    if (left) forget()
    return fresh
  }

  /** Something that has come, or has been changed. */
  function retake(element: Element): Held | undefined {
    const held = consider(element)
    if (!held || held.state === 'spent') return undefined
    // A page's own code may have moved it away from its placeholder.
    if (places.get(element.previousElementSibling as Element) !== element) {
      held.unplace?.()
      held.unplace = undefined
    }
    return held
  }

  /** Looks at it before the next frame: code that always changes it back must not keep the browser from drawing. */
  function touch(element: Element): void {
    if (touched.size === 0) requestAnimationFrame(() => settle(renew()))
    touched.add(element)
  }

  /** What was touched, as what it is now. */
  function renew(): Held[] {
    const elements = [...touched]
    touched.clear()
    const fresh: Held[] = []
    for (const element of elements) {
      if (!isHere(element)) continue
      const before = registry.get(element)
      const change = before && changed(before)
      if (before && change) {
        drop(before)
        registry.delete(element)
      }
      const held = retake(element)
      if (!held) continue
      putAway(held)
      if (before && change !== 'marks') held.once = before.once
      fresh.push(held)
    }
    return fresh
  }

  /** Whether page code has made something else of it, or the same thing anew. What the guard has marked it looks after itself. */
  const changed = (held: Held) =>
    held.state === 'queued' || held.state === 'spent' || guard?.why(held.element) ? undefined : changeOf(held)

  function forget(): void {
    for (const [element, held] of registry) {
      if (isHere(element)) continue
      drop(held)
      registry.delete(element)
    }
  }

  /** A root that we look after need not be on the page yet. */
  function isHere(element: Element): boolean {
    return element.isConnected || roots.has(element.getRootNode() as ShadowRoot)
  }

  /** What has left the page is as it came: it may be put back after the answer has changed. */
  function drop(held: Held): void {
    held.unplace?.()
    if (held.state === 'running') attempt(() => retract(held))
    unstow(held.element)
  }

  /** Page code that puts something in goes on from there, and must not find anything of ours in between. */
  function add(element: Element): void {
    queueMicrotask(() => {
      const held = roots.size > 0 && consider(element)
      if (held) settle([held])
    })
  }

  function observe(root: Document | ShadowRoot | Element): () => void {
    roots.get(root)?.disconnect()
    const observer = new Observer(arrived)
    roots.set(root, observer)
    observer.observe(root, { childList: true, subtree: true, attributeFilter: [...attributes] })
    settle(collect())
    return () => {
      observer.disconnect()
      roots.delete(root)
    }
  }

  const undo = [
    listen(document, 'DOMContentLoaded', () => settle(collect())),
    listen(document, 'click', (event) => {
      const button = isElement(event.target) ? closest(event.target, '[data-portti]') : null
      const held = registry.get(button?.closest('portti-gate') as Element)
      if (!held) return
      const action = button?.getAttribute('data-portti')
      if (action === 'once') once(held)
      if (action === 'always') allow(held)
    }),
  ]

  return {
    update(refusing) {
      if (refusing) {
        passing.clear()
        for (const one of [...registry.values(), ...spent.values()]) one.once = false
      }
      return settle(collect())
    },
    observe,
    clear() {
      const services = [...policy.services.values()]
      clear(
        services.filter(({ id }) => !allows(id)),
        services.filter(({ id }) => allows(id)),
      )
    },
    add,
    leave(element) {
      registry.get(element)?.unplace?.()
      registry.delete(element)
    },
    putBehind,
    mayCall: (id) => (allows(id) || passing.has(id)) && !policy.services.get(id)?.retired,
    held: () =>
      [...registry.values()]
        .filter(({ condition }) => condition.unknown === undefined)
        .map((one) => report(one, guard?.why(one.element))),
    dispose() {
      for (const end of undo) end()
      for (const observer of roots.values()) observer.disconnect()
      roots.clear()
      touched.clear()
      for (const held of registry.values()) drop(held)
      registry.clear()
    },
  }
}

const isPartOf = (one: Condition, whole: Condition) =>
  one.services.every((service) => whole.services.includes(service)) &&
  one.categories.every((id) => whole.categories.includes(id))

function focus(element: HTMLElement): void {
  const target = element.localName === 'template' ? element.nextElementSibling : element
  if (!isElement(target)) return
  if (target.tabIndex < 0) target.tabIndex = -1
  target.focus({ preventScroll: true })
}

function report({ kind, element, condition, state }: Held, why: HeldReport['why'] = 'marked'): HeldReport {
  const address =
    addressOf(element, 'src') ?? element.getAttribute('src') ?? element.getAttribute('data-href')
  return {
    kind,
    service: condition.services[0]?.id ?? '',
    categories: [
      ...new Set([...condition.services.map(({ category }) => category), ...condition.categories]),
    ],
    from: address ?? 'inline',
    state: state === 'waiting' || state === 'queued' ? 'held' : 'released',
    why,
  }
}
