/**
 * Elements that would load something: takes their addresses away before they can, and marks them as a site owner would have
 * (`data-service`, `data-src`, `type="text/plain"`), so that the gate holds and releases them like the others.
 */
import type { Judge, Verdict } from './judge.ts'
import { type Native, pass } from './patch.ts'

/** How an attribute names addresses: alone, in a list, or somewhere in a text. */
const SHAPES: Readonly<Record<string, 'address' | 'list' | 'text'>> = {
  src: 'address',
  href: 'address',
  'xlink:href': 'address',
  data: 'address',
  poster: 'address',
  background: 'address',
  srcset: 'list',
  imagesrcset: 'list',
  ping: 'list',
  srcdoc: 'text',
  style: 'text',
}
export const ATTRIBUTES: ReadonlyMap<string, 'address' | 'list' | 'text'> = new Map(Object.entries(SHAPES))
/** Elements that may load. */
export const LOADING =
  'script,style,link,iframe,frame,img,source,video,audio,track,embed,object,input,image,use,feImage,[ping],[background],[style]'

const CODE = /^(|module|(text|application)\/(x-)?(java|ecma)script.*)$/i
/** Links that are followed by people, or say something. */
const REFERS = /^(a|area|base)$/
const SAYS = /\b(canonical|author|license|help|next|prev|me|search|shortlink|pingback)\b/i

/** Attributes that the gate does not give back. */
const isOurs = (name: string) => /^(xlink:href|background|ping|style)$/.test(name)

interface Waiting {
  /** The values as they were given: Trusted Types want them back. */
  readonly values: Map<string, unknown>
  readonly verdict: Verdict
  /** A script that the page's code has made; its type, if we have changed it. */
  type?: string | null
}

export interface Elements {
  /** Takes `value` instead of `element` if that has to wait. */
  hold(element: Element, attribute: string, value: unknown): boolean
  /** Holds what has to wait in and below `root`; whether there was any. `inert`: its scripts will never run. */
  scan(root: Element | DocumentFragment | Document, inert?: boolean): boolean
  /** What the parser has just made; a script has not run yet. */
  parsed(element: Element): void
  /** What the page reads of an attribute that waits. */
  read(element: Element, attribute: string): string | undefined
  free(element: Element, free: boolean): void
  starter(element: Element): (() => void) | undefined
  why(element: Element): Verdict['why'] | undefined
  /** The policy is here: looks again at what waits for nothing else. */
  review(): void
}

export interface ElementsOptions {
  readonly judge: Judge
  readonly base: () => string
  /** Says that something is held. */
  readonly note: (kind: 'element', what: string, from: string, verdict: Verdict) => void
  /** Something new was marked for the gate. */
  readonly marked: (element: Element) => void
}

export function createElements({ judge, base, note, marked }: ElementsOptions): Elements {
  const { prototype } = Element
  const get = prototype.getAttribute as Native
  const set = prototype.setAttribute as Native
  const has = prototype.hasAttribute as Native
  const drop = prototype.removeAttribute as Native
  const all = prototype.querySelectorAll as Native
  const waiting = new WeakMap<Element, Waiting>()
  const loose = new WeakSet<Element>()
  /** Scripts that have run, or never will. */
  const over = new WeakSet<Element>()
  /** What the gate does not look after: it has no mark yet, because no policy has come, or it waits in a way of its own. */
  const mine = new Set<Element>()

  const read = (element: Element, name: string) => pass(get, element, [name]) as string | null
  const write = (element: Element, name: string, value: unknown) => pass(set, element, [name, value])

  function verdictOf(element: Element, name: string, value: unknown): Verdict | undefined {
    const shape = ATTRIBUTES.get(name)
    if (!shape) return undefined
    const { localName } = element
    if (
      name === 'href' &&
      (REFERS.test(localName) || (localName === 'link' && SAYS.test(read(element, 'rel') ?? '')))
    )
      return undefined
    if (name === 'data' && localName !== 'object') return undefined
    const text = String(value)
    if (shape === 'address') return judge.address(text, base())
    if (shape === 'text') return text.includes('//') ? judge.text(text) : undefined
    for (const part of text.split(/[\s,]+/)) {
      const verdict = part.includes('/') && judge.address(part, base())
      if (verdict) return verdict
    }
    return undefined
  }

  function mark(element: Element, { id, why }: Verdict): void {
    mine.delete(element)
    if (why === 'declared') {
      if (element.localName === 'style' || [...(waiting.get(element)?.values.keys() ?? [])].some(isOurs))
        mine.add(element)
      else {
        write(element, 'data-service', id)
        marked(element)
      }
    } else if (why === 'no-policy') mine.add(element)
  }

  function hold(element: Element, name: string, value: unknown): boolean {
    if (loose.has(element)) return false
    const before = waiting.get(element)
    const verdict = verdictOf(element, name, value)
    if (!verdict) {
      // A new, harmless address ends the waiting for the old one.
      if (before?.values.delete(name)) {
        pass(drop, element, [`data-${name}`])
        if (before.values.size === 0) unmark(element)
      }
      return false
    }
    const values = before?.values ?? new Map<string, unknown>()
    values.set(name, value)
    waiting.set(element, { ...before, values, verdict })
    write(element, `data-${name}`, String(value))
    if (pass(has, element, [name])) pass(drop, element, [name])
    note('element', element.localName, String(value), verdict)
    mark(element, verdict)
    return true
  }

  function unmark(element: Element): void {
    waiting.delete(element)
    mine.delete(element)
    pass(drop, element, ['data-service'])
  }

  const isCode = (element: Element) =>
    element.localName === 'script' && CODE.test((read(element, 'type') ?? '').trim())

  const codeOf = (script: Element) =>
    pass(has, script, ['src']) ? undefined : judge.code((script as HTMLScriptElement).text)

  /** Makes a script wait by its type. */
  function silence(script: Element, verdict: Verdict): void {
    const type = read(script, 'type')
    if (type) write(script, 'data-type', type)
    write(script, 'type', 'text/plain')
    note('element', 'script', read(script, 'src') ?? 'inline', verdict)
    mark(script, verdict)
  }

  function check(element: Element, inert: boolean | undefined): boolean {
    if (loose.has(element)) return false
    let found = waiting.has(element)
    const { localName } = element
    if (localName === 'script') {
      if (inert) {
        over.add(element)
        return false
      }
      if (over.has(element)) return found
      over.add(element)
      if (isSpeculation(element)) {
        const verdict = judge.text((element as HTMLScriptElement).text)
        if (verdict) silence(element, verdict)
        return verdict !== undefined
      }
      if (!isCode(element)) return found
    }
    if (localName === 'style') {
      const verdict = judge.text(element.textContent ?? '')
      if (verdict) {
        waiting.set(element, { values: new Map(), verdict, type: read(element, 'type') })
        silence(element, verdict)
        return true
      }
    }
    for (const name of pass(prototype.getAttributeNames as Native, element, []) as string[]) {
      if (!ATTRIBUTES.has(name)) continue
      found = hold(element, name, read(element, name)) || found
    }
    if (localName !== 'script') return found
    const held = waiting.get(element)
    const verdict = held?.verdict ?? codeOf(element)
    if (!verdict) return found
    // From now on it is found like any marked script; its own type comes back when it runs.
    waiting.set(element, { values: new Map(), ...held, verdict, type: read(element, 'type') })
    silence(element, verdict)
    return true
  }

  const isSpeculation = (script: Element) => /^speculationrules$/i.test(read(script, 'type') ?? '')

  /** Gives everything back. */
  function restore(element: Element): void {
    const held = waiting.get(element)
    if (!held) return
    loose.add(element)
    if (held.type !== undefined) {
      if (held.type === null) pass(drop, element, ['type'])
      else write(element, 'type', held.type)
      pass(drop, element, ['data-type'])
    }
    for (const [name, value] of held.values) {
      pass(drop, element, [`data-${name}`])
      write(element, name, value)
    }
    unmark(element)
  }

  return {
    hold,
    scan(root, inert) {
      let found = false
      const within = pass(root instanceof Element ? all : (root.querySelectorAll as Native), root, [LOADING])
      if (root instanceof Element && root.matches(LOADING)) found = check(root, inert)
      for (const element of within as NodeListOf<Element>) found = check(element, inert) || found
      return found
    },
    parsed(script) {
      if (!(script instanceof HTMLScriptElement)) {
        if (script.matches(LOADING)) check(script, false)
        return
      }
      if (over.has(script) || loose.has(script)) return
      over.add(script)
      if (!isCode(script) && !isSpeculation(script)) return
      const source = read(script, 'src')
      const verdict =
        source !== null
          ? judge.address(source, base())
          : isSpeculation(script)
            ? judge.text(script.text)
            : (judge.code(script.text) ??
              // An inline script counts on the ones before it, and they still wait.
              (mine.size > 0 ? { id: '', why: 'no-policy' as const } : undefined))
      if (verdict) silence(script, verdict)
    },
    read(element, name) {
      const held = waiting.get(element)
      return held?.values.has(name) && !pass(has, element, [name]) ? String(held.values.get(name)) : undefined
    },
    free(element, free) {
      if (free) loose.add(element)
      else loose.delete(element)
    },
    starter(element) {
      const held = waiting.get(element)
      if (!held) return undefined
      return () => {
        const { parentNode, nextSibling } = element
        // One with an address starts when it gets that; one without, when it is put in again.
        if (held.values.size === 0) element.remove()
        restore(element)
        if (held.values.size === 0) parentNode?.insertBefore(element, nextSibling)
      }
    },
    why: (element) => waiting.get(element)?.verdict.why,
    review() {
      for (const element of mine) {
        mine.delete(element)
        const held = waiting.get(element)
        const script = element.localName === 'script'
        const source = read(element, 'data-src') ?? read(element, 'src')
        let verdict: Verdict | undefined
        if (held) for (const [name, value] of held.values) verdict ??= verdictOf(element, name, value)
        if (script && !held?.values.size)
          verdict =
            source === null ? judge.code((element as HTMLScriptElement).text) : judge.address(source, base())
        if (verdict) {
          if (held) waiting.set(element, { ...held, verdict })
          note('element', element.localName, source ?? 'inline', verdict)
          mark(element, verdict)
        } else if (script && element.isConnected) write(element, 'data-category', 'necessary')
        else restore(element)
      }
    },
  }
}
