/**
 * `createPortti`, without a catalogue and without a user interface of its own: the entries bring those. The only place
 * where the parts meet.
 */
import { atom, type ReadableAtom } from 'nanostores'
import type { CreateBridge } from './bridges/bridge.ts'
import { type Consent, createConsent } from './consent/consent.ts'
import { type Choice, type Decision, unasked } from './consent/decision.ts'
import type { Receipt, Recorder } from './consent/record.ts'
import { createStore, hasGpc } from './consent/store.dom.ts'
import { attempt, type Start, type Stop, when } from './consent/when.ts'
import type { CreateGate, Gate } from './gate/gate.ts'
import type { Guard } from './gate/guarded.ts'
import type { HeldReport } from './gate/held.ts'
import type { DrawPlace } from './gate/place.ts'
import { emit, inBrowser, rootOf } from './natives/natives.ts'
import { whenShown } from './natives/prerender.ts'
import type { Catalogue } from './policy/catalogue.ts'
import type { DeclaredPolicy } from './policy/declared-policy.ts'
import { normalise } from './policy/normalise.ts'
import type { parseOrThrow } from './policy/parse-or-throw.ts'
import type { Policy } from './policy/policy.ts'

export interface PorttiOptions<P = unknown> {
  /** The policy: an object, JSON text, or a promise of either. A faulty one holds everything and says why in the console. */
  readonly policy: P
  /** Language of the texts. @default the page's (`<html lang>`), else the policy's first */
  readonly language?: string
  /** CSP nonce for released scripts, and for our style sheet where the browser is old. @default the script tag's own */
  readonly nonce?: string | undefined
  /** Holds what nobody marked: `guard()` of `portti/guard`, called before anything else on the page; needs `gate`. @default none */
  readonly guard?: Guard | undefined
}

/** @typeParam Id The policy's category and service ids, where TypeScript knows them (`definePolicy`). */
export interface Portti<Id extends string = string> {
  /** What the visitor answered; a nanostore. */
  readonly $decision: ReadableAtom<Decision>
  /** Resolves with this object when the policy has been read, also if it was faulty. */
  readonly ready: Promise<Portti<Id>>
  /** Whether a category or service may run now; with two ids, whether the service of that category may. */
  allows(id: Id, service?: Id): boolean
  /**
   * Calls `start` as soon as `id` is allowed, and `stop` when that ends; the signal that `start` gets is aborted then. Both
   * are called again on the next grant. Returns what ends it for good.
   */
  when(id: Id, start: Start, stop?: Stop): () => void
  /** Yes to everything, but not to what the browser's privacy signal keeps off. */
  acceptAll(): void
  rejectAll(): void
  /** Answers for some categories or services; the others stay as they were, or are refused if they were never answered. */
  choose(choice: { readonly [K in Id]?: boolean }): void
  /** Takes every yes back. */
  withdraw(): void
  showBanner(): void
  showSettings(): void
  hide(): void
  /** A language of the policy, such as `sv`. */
  setLanguage(language: string): void
  /**
   * The receipt, as JSON; nothing until the policy has been read. From the script tag it lacks countries and transfers, which
   * come with the settings: the file that a visitor downloads there has them.
   */
  record(): Receipt | undefined
  /** Holds and releases inside an open shadow root too. Returns what ends it. */
  observe(root: ShadowRoot | Element): () => void
  /** What waits and what was let run, for a report. */
  held(): readonly HeldReport[]
  /** Undoes everything that was started, but for scripts that have run. */
  dispose(): void
}

/** What the parts with a user interface are given. */
export interface UiContext {
  readonly policy: Policy
  /** The same as the site wrote it. */
  readonly declared: DeclaredPolicy
  readonly consent: Consent
  readonly portti: Portti
  readonly gpc: boolean
  readonly language: string | undefined
  readonly nonce: string | undefined
  /** Says on the page's root what was decided; a site that swaps its pages may swap that as well. */
  mark(): void
}

export interface Ui extends Pick<Portti, 'showBanner' | 'showSettings' | 'hide' | 'setLanguage'> {
  readonly draw: DrawPlace
  readonly language: () => string
  /** The decision is another one. `stuck`: something runs on until the page is loaded again. */
  changed(stuck: boolean): void
  dispose(): void
}

/** What an entry brings, or a page that draws its own banner picks. */
export interface Parts {
  /** Proves the policy. Without it the policy has to be an object of the program's own, as the types say it is. */
  readonly parse?: typeof parseOrThrow | undefined
  /** Holds, releases and clears. Without it nothing on the page is looked at. */
  readonly gate?: CreateGate | undefined
  /** Tells the vendors' own consent APIs. */
  readonly bridges?: CreateBridge | undefined
  /** Writes the receipt. */
  readonly record?: Recorder | undefined
}

export interface AllParts extends Parts {
  readonly catalogue: Catalogue
  readonly createUi?: (context: UiContext) => Ui
}

interface Running {
  readonly policy: Policy
  readonly consent: Consent
  readonly gate: Gate | undefined
  readonly ui: Ui | undefined
}

const OWNER = Symbol.for('portti')

/** Only one runs on a page: whoever comes later is given the first, whatever its version. */
export function create(options: PorttiOptions, parts: AllParts): Portti {
  const page = globalThis as { [OWNER]?: Portti }
  if (inBrowser && Object.hasOwn(page, OWNER) && page[OWNER]) {
    // A second guard would wait for ever.
    options.guard?.dispose()
    return page[OWNER]
  }
  const portti = build(options, parts, () => {
    if (page[OWNER] === portti) delete page[OWNER]
  })
  if (inBrowser) page[OWNER] = portti
  return portti
}

function build(
  { policy: given, language, nonce, guard }: PorttiOptions,
  { catalogue, parse, gate: createGate, bridges: createBridge, record, createUi }: AllParts,
  disposed: () => void,
): Portti {
  const $decision = atom<Decision>(unasked)
  const gpc = inBrowser && hasGpc()
  const undo = new Set<() => void>()
  /** Asked for before the policy was there. */
  const waiting: ((parts: Running) => void)[] = []
  let running: Running | undefined
  let over = false
  let resolve: (portti: Portti) => void
  const ready = new Promise<Portti>((done) => {
    resolve = done
  })

  const whenRunning = (work: (parts: Running) => void) => {
    if (running) work(running)
    else waiting.push(work)
  }
  const until = (end: () => void) => {
    undo.add(end)
    return () => {
      undo.delete(end)
      end()
    }
  }

  const portti: Portti = {
    $decision,
    ready,
    allows(id, service) {
      if (!running) return false
      const { policy, consent } = running
      if (service === undefined) return consent.allows(id)
      return policy.services.get(service)?.category === id && consent.allows(service)
    },
    when: (id, start, stop) => until(when({ $decision, allowed: () => portti.allows(id), start, stop })),
    acceptAll: () => whenRunning(({ consent }) => consent.acceptAll()),
    rejectAll: () => whenRunning(({ consent }) => consent.rejectAll()),
    withdraw: () => whenRunning(({ consent }) => consent.withdraw()),
    choose: (choice) => whenRunning(({ consent }) => consent.choose(choice as Choice)),
    showBanner: () => whenRunning(({ ui }) => ui?.showBanner()),
    showSettings: () => whenRunning(({ ui }) => ui?.showSettings()),
    hide: () => whenRunning(({ ui }) => ui?.hide()),
    setLanguage: (next) => whenRunning(({ ui }) => ui?.setLanguage(next)),
    observe(root) {
      let end: (() => void) | undefined
      whenRunning(({ gate }) => {
        end = gate?.observe(root)
      })
      return until(() => end?.())
    },
    held: () => [...(running?.gate?.held() ?? []), ...(guard?.held() ?? [])],
    record: () =>
      running &&
      record?.(running.policy, $decision.get(), {
        scope: location.origin,
        language: running.ui?.language() ?? language ?? '',
        gpc,
        now: Date.now(),
      }),
    dispose() {
      over = true
      running = undefined
      for (const end of undo) end()
      undo.clear()
      disposed()
    },
  }

  function begin(input: unknown): void {
    if (over) return
    // The cast: without `parse` it is the program's own word.
    const declared = parse ? parse(input, catalogue) : (input as DeclaredPolicy)
    const policy = normalise(declared, catalogue)
    const granted = () => [...policy.categories.keys(), ...policy.services.keys()].filter(consent.allows)
    let before: ReadonlySet<string> = new Set()
    /** Something runs on that no page can stop. */
    let stuck = false

    const consent = createConsent({
      policy,
      store: createStore(policy.cookie),
      now: Date.now,
      gpc,
      release,
      changed,
    })
    const bridge = createBridge?.(policy)
    // A vendor's fault must not keep the gate open.
    const tell = () => attempt(() => bridge?.tell(consent.allows))

    if (granted().some((id) => policy.services.get(id)?.bridge)) tell()
    const ui = createUi?.({ policy, declared, consent, portti, gpc, language, nonce, mark })
    const gate = createGate?.({
      policy,
      allows: consent.allows,
      always: (chosen) => consent.choose(Object.fromEntries(chosen.map((id) => [id, true])), 'always'),
      nonce,
      draw: ui?.draw,
      warn,
      guard,
    })
    if (gate) guard?.begin(policy, gate)
    running = { policy, consent, gate, ui }
    for (const part of [consent, gate, ui]) undo.add(() => part?.dispose())

    /** Bridges first, so that what is released finds its signals. */
    function release(): void {
      tell()
      const { kind, action } = consent.decision()
      stuck = gate?.update(!(kind === 'unasked' || action === 'always')) ?? false
    }

    /** The answer is kept. The banner last, so that nothing waits for it. */
    function changed(): void {
      const decision = consent.decision()
      settle()
      guard?.changed()
      const after = new Set(granted())
      emit('portti:change', {
        decision,
        granted: [...after].filter((id) => !before.has(id)),
        withdrawn: [...before].filter((id) => !after.has(id)),
      })
      before = after
      ui?.changed(stuck)
      if (stuck && policy.afterWithdraw === 'reload') location.reload()
    }

    function mark(): void {
      rootOf().setAttribute('data-portti', consent.decision().kind)
    }

    /** What a decision means besides releasing: the mark on the page, the store, and what was left behind. */
    function settle(): void {
      const decision = consent.decision()
      mark()
      // The site listens here, and its fault must not keep a withdrawal from going on.
      attempt(() => $decision.set({ ...decision }))
      if (decision.kind !== 'unasked') gate?.clear()
    }

    settle()
    before = new Set(granted())
    // Now that whatever runs is told the decision.
    gate?.observe(document)
    ui?.changed(false)
    for (const work of waiting) work(running)
    emit('portti:ready')
  }

  function fail(why: string): void {
    warn(`the policy cannot be used, so everything stays held.\n${why}`)
    if (!guard || !createGate) return
    // Without a policy the guard still knows trackers. What is none must not wait, and goes in its order.
    const gate = createGate({
      policy: normalise({ controller: { name: '', privacyNotice: '' }, categories: [] }, catalogue),
      allows: (id) => id === 'necessary',
      always() {},
      nonce,
      draw: undefined,
      warn() {},
      guard,
    })
    undo.add(gate.dispose)
    guard.begin(undefined, gate)
    gate.observe(document)
  }

  function start(): void {
    const settled = (work: () => void) => {
      try {
        work()
      } catch (error) {
        fail(reasonOf(error))
      }
      resolve(portti)
    }
    if (isPromise(given))
      given.then(
        (input) => settled(() => begin(input)),
        (error) => settled(() => fail(reasonOf(error))),
      )
    else settled(() => begin(given))
  }

  guard?.join(catalogue)
  if (guard) undo.add(guard.dispose)
  if (inBrowser) undo.add(whenShown(start))
  return portti
}

/** Also one of another realm or library; but not a policy on a page whose objects all have a `then`. */
const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && !Object.hasOwn(value, 'categories') && 'then' in value

/** The words of our own errors, and of others what they are as well. */
const reasonOf = (error: unknown): string => String(error).replace(/^Error: /, '')

const warn = (message: string): void => console.warn?.(`portti: ${message}`)

export type { Choice, Decision, DeclaredPolicy, Guard, HeldReport, Receipt, Start, Stop }
