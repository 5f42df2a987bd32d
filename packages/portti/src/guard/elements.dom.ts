/**
 * Elements that would load something: takes their addresses away before they can, and marks them as a site owner would have
 * (`data-service`, `data-src`, `type="text/plain"`), so that the gate holds and releases them like the others.
 */
import type { Judge, Verdict } from './judge.ts'
import { pass } from './patch.ts'

/** Attributes that load, and how each names addresses: alone, in a list, or somewhere in a text. */
const [ADDRESS, LIST, TEXT] = [0, 1, 2]
const shapes: ReadonlyMap<string, number> = new Map([
  ['src', ADDRESS],
  ['href', ADDRESS],
  ['xlink:href', ADDRESS],
  ['data', ADDRESS],
  ['poster', ADDRESS],
  ['background', ADDRESS],
  ['srcset', LIST],
  ['imagesrcset', LIST],
  ['ping', LIST],
  ['srcdoc', TEXT],
  ['style', TEXT],
  // Of drawings.
  ['to', TEXT],
  ['values', TEXT],
  ['mask', TEXT],
  ['filter', TEXT],
  ['clip-path', TEXT],
])
const ANIMATES = /^(set|animate)$/
/** Those that the gate does not know. */
const OWN = ['xlink:href', 'background', 'ping', 'style', 'to', 'values', 'mask', 'filter', 'clip-path']
export const isLoading = (name: string): boolean => shapes.has(name)

/** On an element that waits in a way of our own, so that its copies are known too. */
export const OURS = 'data-portti-held'
/** Elements that may load. */
const LOADING = `script,style,link,iframe,frame,img,source,video,audio,track,embed,object,input,image,use,feImage,set,animate,[ping],[background],[style],[mask],[filter],[clip-path],[${OURS}]`
const FRAMES = 'iframe,frame,object,embed'
const CODE = /^(|module|importmap|speculationrules|(text|application)\/(x-)?(java|ecma)script.*)$/i
/** Links that are followed by people, or say something. */
const REFERS = /\b(canonical|author|license|help|next|prev|me|search|shortlink|pingback)\b/i

interface Waiting extends Verdict {
  /** The values as they were given: Trusted Types want them back. */
  readonly values: Map<string, unknown>
}

export interface Elements {
  /** Keeps `value` instead of `element` if that has to wait. */
  hold(element: Element, attribute: string, value: unknown): boolean
  /** Whether anything in `root` may load something. */
  mayLoad(root: ParentNode & Node): boolean
  /** Whether the style of an element may. */
  isStyled(element: Element): boolean
  /**
   * Holds what has to wait in and below `root`; whether there was any. `parsed`: its scripts are about to run. `inert`: they
   * never will.
   */
  scan(root: ParentNode & Node, scripts?: 'parsed' | 'inert'): boolean
  /** The same of one element. */
  check(element: Element, scripts?: 'parsed' | 'inert'): boolean
  /** A script of the HTML has more text than when it was checked, and has not run yet. */
  grow(script: Element): void
  /** What the page reads of an attribute that waits. */
  read(element: Element, attribute: string): string | undefined
  /** Whether `attribute` is what we have marked `element` with. */
  isMark(element: Element, attribute: unknown): boolean
  free(element: Element, free?: boolean): void
  /** Whether it was once let run. */
  wasFreed(element: Element): boolean
  starter(element: Element): (() => void) | undefined
  why(element: Element): Verdict['why'] | undefined
  /** Something has been decided: looks again at what the gate does not look after. */
  review(): void
}

/**
 * @param note Says that something is held, and whether the gate does not look after it.
 * @param marked Something new was marked for the gate.
 * @param left Something marked is something else now, that need not wait.
 * @param styled A style has come whose text may change.
 */
export function createElements(
  judge: Judge,
  note: (kind: 'script' | 'frame' | 'asset', from: string, verdict: Verdict, ours: boolean) => void,
  marked: (element: Element) => void,
  left: (element: Element) => void,
  styled: (style: Element) => void,
): Elements {
  const {
    getAttribute,
    setAttribute,
    hasAttribute,
    removeAttribute,
    getAttributeNames,
    matches,
    querySelector,
    querySelectorAll,
  } = Element.prototype
  const { querySelectorAll: inDocument } = Document.prototype
  const waiting = new WeakMap<Element, Waiting>()
  let loose = new WeakSet<Element>()
  const freed = new WeakSet<Element>()
  const reasons = new WeakMap<Element, Verdict['why']>()
  /** Scripts that have run, or never will. */
  const over = new WeakSet<Element>()
  /** Those that the parser has made: page code's have run by now. */
  const parsed = new WeakSet<Element>()
  /** What the gate does not look after. */
  const mine = new Set<Element>()
  /** Set while a stranger waits for the policy: the scripts of the HTML count on the ones before them. */
  let behind: Verdict | undefined

  // The casts: what these built-ins return.
  const read = (element: Element, name: string) =>
    pass(getAttribute as never, element, [name]) as string | null
  const write = (element: Element, name: string, value: unknown) =>
    pass(setAttribute as never, element, [name, value])
  const has = (element: Element, name: string) => pass(hasAttribute as never, element, [name])
  const drop = (element: Element, name: string) => pass(removeAttribute as never, element, [name])
  const loads = (element: Element) => pass(matches as never, element, [LOADING]) as boolean
  const isElement = (root: Node): root is Element => 'attributes' in root
  /** As it is at that moment, because we look at what comes in. The fields of a form may be called `insertBefore`. */
  const putBack = (parent: Node | null, node: Node, next: Node | null) =>
    parent && Node.prototype.insertBefore.call(parent, node, next)
  const below = (root: ParentNode & Node) =>
    (isElement(root)
      ? pass(querySelectorAll as never, root, [LOADING])
      : root.querySelectorAll(LOADING)) as NodeListOf<Element>

  function verdictOf({ localName }: Element, name: string, value: unknown, rel = ''): Verdict | undefined {
    const text = String(value)
    const shape = shapes.get(name)
    // Of other elements these may be the page's own.
    if (/^(to|values)$/.test(name) && !ANIMATES.test(localName)) return undefined
    if (shape === TEXT) return judge.text(text)
    if (name === 'href' && (/^(a|area|base)$/.test(localName) || REFERS.test(rel))) return undefined
    if (name === 'data' && localName !== 'object') return undefined
    if (shape === ADDRESS) return judge.address(text)
    for (const part of text.split(/[\s,]+/)) {
      const verdict = /[/\\]/.test(part) && judge.address(part)
      if (verdict) return verdict
    }
    return undefined
  }

  /** `source`: where it would load from. */
  function mark(element: Element, verdict: Verdict, source: string): void {
    const { localName } = element
    const values = waiting.get(element)?.values
    reasons.set(element, verdict.why)
    const view = element.ownerDocument.defaultView
    const ours =
      verdict.why === 'no-policy' ||
      (verdict.why === 'declared' &&
        // The gate does not look into frames, nor into documents that nobody sees.
        (view !== window || localName === 'style' || OWN.some((name) => values?.has(name))))
    const service = ours || verdict.why !== 'declared' ? null : verdict.id
    // What the gate knows it for it is no more.
    if (has(element, 'data-service') && read(element, 'data-service') !== service) {
      left(element)
      drop(element, 'data-service')
    }
    note(
      localName === 'script' ? 'script' : /frame/.test(localName) ? 'frame' : 'asset',
      source,
      verdict,
      ours,
    )
    if (ours) {
      // A picture of a frame that nobody puts in is a call, and calls are not made again.
      const call = verdict.why === 'declared' && localName === 'img' && !element.isConnected
      if (view && !call) mine.add(element)
      write(element, OURS, '')
    } else {
      mine.delete(element)
      drop(element, OURS)
      if (service === null) return
      write(element, 'data-service', service)
      if (element.isConnected) marked(element)
    }
  }

  function keep(element: Element, name: string, value: unknown, verdict: Verdict): void {
    const values = waiting.get(element)?.values ?? new Map<string, unknown>()
    waiting.set(element, { ...verdict, values: values.set(name, value) })
  }

  function hold(element: Element, name: string, value: unknown): boolean {
    if (loose.has(element)) return false
    const verdict = verdictOf(element, name, value, read(element, 'rel') ?? '')
    if (!verdict) {
      // A new, harmless address ends the waiting for the old one; of a style it is the rest.
      const values = waiting.get(element)?.values
      if (name !== 'style' && values?.delete(name)) {
        drop(element, `data-${name}`)
        if (values.size === 0) {
          forget(element)
          left(element)
        }
      }
      return false
    }
    const held = (name === 'style' && part(element, String(value))) || value
    keep(element, name, held, verdict)
    write(element, `data-${name}`, String(held))
    if (held === value) drop(element, name)
    // Put in before it got its address: no browser has run it.
    if (element.localName === 'script' && element.isConnected && isCode(element))
      stop(element, read(element, 'type'), verdict)
    // A frame whose page is on its way forgets it only outside the page.
    const { parentNode, nextSibling } = element
    if (element.isConnected && /^(i?frame|object|embed)$/.test(element.localName)) {
      element.remove()
      // A frame that WebKit has put off would be loaded twice later.
      const loading = read(element, 'loading')
      if (loading) {
        drop(element, 'loading')
        write(element, 'loading', loading)
      }
      putBack(parentNode, element, nextSibling)
    }
    mark(element, verdict, String(value))
    return true
  }

  /** Takes the declarations that wait out of a style, and leaves the others: they are the page's layout. */
  function part(element: Element, text: string): string {
    let held = ''
    // The cast: an element may have no style, and a form a field of that name.
    const { style } = element as Element & { readonly style?: CSSStyleDeclaration }
    if (!style?.removeProperty) return held
    if (read(element, 'style') !== text) write(element, 'style', text)
    for (const name of [...style]) {
      const value = style.getPropertyValue(name)
      if (!judge.text(value)) continue
      held += `${name}:${value}${style.getPropertyPriority(name) && '!important'};`
      style.removeProperty(name)
    }
    return held
  }

  /** Makes a script or a style wait. With a verdict it will start as itself; else the gate makes it anew. */
  function stop(element: Element, type: string | null, verdict?: Verdict): void {
    if (type) write(element, 'data-type', type)
    write(element, 'type', 'text/plain')
    if (verdict) keep(element, 'type', type, verdict)
  }

  const isCode = (script: Element) => CODE.test((read(script, 'type') ?? '').trim())

  function forget(element: Element): void {
    waiting.delete(element)
    mine.delete(element)
    drop(element, 'data-service')
    drop(element, OURS)
  }

  function check(element: Element, scripts?: 'parsed' | 'inert'): boolean {
    const script = element.localName === 'script'
    if ((!script && !loads(element)) || loose.has(element)) return false
    // What has come from a document that nobody sees; or a copy of it, which has the marks, and we have not seen it.
    const foreign = !mine.has(element) && has(element, OURS)
    const copied = foreign && !waiting.has(element)
    if (foreign && !copied) {
      reconsider(element)
      return waiting.has(element)
    }
    if (element.localName === 'style') styled(element)
    if (script) {
      const seen = over.has(element)
      over.add(element)
      if (!seen && scripts === 'parsed') parsed.add(element)
      if (seen && waiting.has(element)) again(element)
      if (seen || scripts === 'inert' || !(copied || isCode(element))) return waiting.has(element)
    }
    // A copy of one that waits and was never put in has its marks, but not its type.
    const half = script && !scripts && !waiting.has(element) && has(element, 'data-service')
    for (const name of pass(getAttributeNames as never, element, []) as string[]) {
      const [, own = name] = /^data-(.*)/.exec(name) ?? []
      if ((copied || half || (own === name && !(script && scripts))) && isLoading(own)) {
        const value = read(element, name)
        // A copy has the rest of its style.
        hold(element, own, name === 'data-style' ? `${read(element, own) ?? ''};${value}` : value)
      }
    }
    const held = waiting.get(element)
    if (!script && element.localName !== 'style') {
      if (held) again(element)
      return held !== undefined
    }
    // A style comes by twice: when it is put in, and when the observer sees it.
    if (held?.values.has('type')) return true
    const counts = scripts === 'parsed' && !has(element, 'async')
    const verdict = held ?? verdictOfText(element, script) ?? (counts ? behind : undefined)
    if (!verdict) return false
    if (counts && !verdict.id && verdict.why === 'no-policy') behind = verdict
    // A script that the parser has made the gate makes anew; one that page code has made runs as itself.
    const itself = copied || !script || scripts !== 'parsed'
    stop(element, read(element, copied ? 'data-type' : 'type'), itself ? verdict : undefined)
    const source = read(element, 'data-src') ?? (script ? sourceOf(element) : null)
    // The gate puts an ordinary script in the place of a drawing's.
    if (source !== null && scripts === 'parsed' && !('src' in element)) {
      write(element, 'data-src', source)
      for (const name of ['href', 'xlink:href']) drop(element, name)
    }
    mark(element, verdict, source ?? 'inline')
    return true
  }

  /** A script of a drawing has `href`. */
  const sourceOf = (script: Element) =>
    read(script, 'src') ?? read(script, 'href') ?? read(script, 'xlink:href')

  /** It was marked before it came into the page, or has moved. */
  function again(element: Element): void {
    if (element.isConnected && has(element, 'data-service')) marked(element)
  }

  function verdictOfText(element: Element, script: boolean): Verdict | undefined {
    const source = script ? sourceOf(element) : null
    const text = element.textContent ?? ''
    const type = script ? (read(element, 'type') ?? '') : ''
    if (source !== null) return judge.address(source)
    // Rules for what the browser may fetch ahead name pages of the site, too.
    if (/^spec/i.test(type)) {
      for (const [, url = ''] of text.matchAll(/"([^"\s]*\/[^"\s]*)"/g)) {
        const verdict = judge.address(url)
        if (verdict) return verdict
      }
    }
    return !script || /^imp/i.test(type) ? judge.text(text) : judge.code(text)
  }

  /** Gives everything back. */
  function restore(element: Element): void {
    const values = waiting.get(element)?.values ?? []
    loose.add(element)
    forget(element)
    // The type first: a script starts when it gets its address.
    for (const [name, value] of [...values].reverse()) {
      drop(element, `data-${name}`)
      if (value === null) drop(element, name)
      // What the page has set meanwhile is the later one.
      else write(element, name, name === 'style' ? `${value};${read(element, name) ?? ''}` : value)
    }
  }

  function starter(element: Element): (() => void) | undefined {
    const held = waiting.get(element)
    return (
      held &&
      (() => {
        const { parentNode, nextSibling } = element
        // A script with an address starts when it gets that; one without, a style and an animation, when it is put in again.
        const again = (held.values.has('type') && !held.values.has('src')) || ANIMATES.test(element.localName)
        if (again) element.remove()
        restore(element)
        if (again) putBack(parentNode, element, nextSibling)
      })
    )
  }

  function reconsider(element: Element): void {
    const script = element.localName === 'script'
    let verdict: Verdict | undefined
    for (const [name, value] of waiting.get(element)?.values ?? [])
      if (name !== 'type') verdict ??= verdictOf(element, name, value, read(element, 'rel') ?? '')
    if (!has(element, 'data-src') && (script || element.localName === 'style'))
      verdict ??= verdictOfText(element, script)
    if (verdict) mark(element, verdict, read(element, 'data-src') ?? 'inline')
    else if (script && element.isConnected && element.ownerDocument === document) {
      mine.delete(element)
      write(element, 'data-category', 'necessary')
    } else starter(element)?.()
  }

  return {
    hold,
    isStyled: (element) => (read(element, 'style') ?? '').includes('//'),
    mayLoad: (root) =>
      isElement(root)
        ? loads(root) || pass(querySelector as never, root, [LOADING]) !== null
        : root.querySelector(LOADING) !== null,
    check,
    grow(script) {
      if (waiting.has(script) || !parsed.has(script)) return
      over.delete(script)
      check(script, 'parsed')
    },
    scan(root, scripts) {
      let found = isElement(root) && check(root, scripts)
      for (const one of below(root)) found = check(one, scripts) || found
      return found
    },
    read(element, name) {
      const values = waiting.get(element)?.values
      return values?.has(name) && !has(element, name) ? String(values.get(name)) : undefined
    },
    isMark(element, attribute) {
      const values = waiting.get(element)?.values
      if (!values) return false
      const name = String(attribute).toLowerCase()
      const [, own = ''] = /^data-(.*)/.exec(name) ?? []
      return values.has(own) || own === 'service' || name === OURS
    },
    free(element, free = true) {
      if (free) {
        // What was judged is what loads, whatever has been written over it by ways that nobody sees.
        for (const [name, value] of waiting.get(element)?.values ?? [])
          if (name !== 'type') write(element, `data-${name}`, String(value))
        loose.add(element)
        freed.add(element)
      } else loose.delete(element)
    },
    starter,
    wasFreed: (element) => freed.has(element),
    why: (element) => reasons.get(element),
    review() {
      behind = undefined
      loose = new WeakSet()
      for (const element of mine) reconsider(element)
      // Those that came while they were allowed go on asking; the gate sees to those that are marked.
      for (const frame of pass(inDocument as never, document, [FRAMES]) as NodeListOf<Element>) {
        if (!has(frame, 'data-service') && !has(frame, 'data-category')) check(frame)
      }
    },
  }
}
