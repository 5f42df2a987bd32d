/** The ways in which a page's code puts elements, or their addresses, into a page. */
import { type Elements, isLoading, OURS } from './elements.dom.ts'
import {
  emptyHTML,
  isTrusted,
  type Native,
  type Patches,
  pass,
  type Realm,
  settle,
  type Trap,
} from './patch.ts'

/** Markup that is worth a second look. */
const MAY_LOAD =
  /\b(src|srcset|data|poster|background|ping|srcdoc)\s*=|<(link|image|use|feimage|set|animate|style|script)\b|url\(/i
/** The places that `insertAdjacentHTML` knows, and who puts nodes there. */
const BESIDE: Readonly<Record<string, 'before' | 'prepend' | 'append' | 'after'>> = {
  beforebegin: 'before',
  afterbegin: 'prepend',
  beforeend: 'append',
  afterend: 'after',
}
/** Elements that load only once they are in a page. */
const LATE = /^(script|style|link|i?frame|object|embed)$/

/**
 * @param inserted Something that may load has come in below this node, or this shadow root has been made.
 * @param written A script that was let run late writes this.
 */
export function hookElements(
  realm: Realm,
  { method, makeOwn, maker }: Patches,
  { hold, read, check, scan, mayLoad, isStyled, isMark, why, wasFreed }: Elements,
  inserted: (root: Node) => void,
  written: (script: Element, text: string) => void,
): void {
  const { document, Element, Attr } = realm
  /** Markup is looked at where nothing loads. */
  const inert = document.implementation.createHTMLDocument()
  const parse = Object.getOwnPropertyDescriptor(Element.prototype, 'innerHTML')?.set as Native
  // Also of a node that another window has made, or that a page has clobbered; of a text it is undefined.
  const nodeType = Object.getOwnPropertyDescriptor(realm.Node.prototype, 'nodeType')?.get as Native
  const typeOf = (node: unknown) => {
    if (node instanceof Element) return 1
    try {
      return node && typeof node === 'object' && 'nodeType' in node ? pass(nodeType, node, []) : 0
    } catch {
      // It only inherits from one.
      return 0
    }
  }
  const isElement = (node: unknown): node is Element => typeOf(node) === 1
  const isPart = (node: unknown): node is DocumentFragment => typeOf(node) === 11

  /** Whether the page's `element[name] = args[at]` has to wait. */
  function takes(element: unknown, name: unknown, args: unknown[], at = 0): boolean {
    const key = String(name).toLowerCase()
    if (!isLoading(key) || !isElement(element)) return false
    settle(args, at)
    if (!hold(element, key, args[at])) return false
    // An image that nobody puts in the page is a call, and fails like one.
    if (element.localName === 'img')
      setTimeout(() => {
        if (!element.isConnected && read(element, 'src') && why(element) !== 'no-policy')
          element.dispatchEvent(new Event('error'))
      })
    return true
  }

  for (const owner of Object.getOwnPropertyNames(realm)) {
    if (!/^HTML\w*Element$/.test(owner) || /Anchor|Area|Base/.test(owner)) continue
    for (const key of ['src', 'srcset', 'srcdoc', 'href', 'data', 'poster', 'background', 'imageSrcset']) {
      const name = key.toLowerCase()
      method(
        owner,
        key,
        (native, self, args) => {
          if (!takes(self, name, args)) pass(native, self, args)
        },
        'set',
      )
      method(
        owner,
        key,
        (native, self, args) => {
          const held = isElement(self) ? read(self, name) : undefined
          if (held === undefined) return pass(native, self, args)
          return /src./.test(name) ? held : new URL(held, document.baseURI).href
        },
        'get',
      )
    }
  }
  for (const owner of ['HTMLAnchorElement', 'HTMLAreaElement', 'SVGAElement'])
    method(
      owner,
      'ping',
      (native, self, args) => void (takes(self, 'ping', args) || pass(native, self, args)),
      'set',
    )
  /** The values that code may set of a drawing, and whose they are. */
  const owners = new WeakMap<object, unknown>()
  for (const owner of ['SVGImageElement', 'SVGFEImageElement', 'SVGScriptElement'])
    method(
      owner,
      'href',
      (native, self, args) => {
        const value = pass(native, self, args)
        owners.set(value as object, self)
        return value
      },
      'get',
    )
  method<object>(
    'SVGAnimatedString',
    'baseVal',
    (native, self, args) => void (takes(owners.get(self), 'href', args) || pass(native, self, args)),
    'set',
  )
  // Code that makes one piece of markup into another copies our marks as well, and takes away those that are too much.
  method<Element>('Element', 'setAttribute', (native, self, args) => {
    if (isMark(self, args[0])) {
      const own = String(args[0]).slice('data-'.length).toLowerCase()
      if (!isLoading(own)) return undefined
      args[0] = own
    } else if (args[0] === OURS) queueMicrotask(() => check(self))
    return takes(self, args[0], args, 1) ? undefined : pass(native, self, args)
  })
  method('Element', 'setAttributeNS', (native, self, args) =>
    takes(self, args[1], args, 2) ? undefined : pass(native, self, args),
  )
  method<Element>('Element', 'removeAttribute', (native, self, args) =>
    isMark(self, args[0]) ? undefined : pass(native, self, args),
  )
  for (const key of ['value', 'nodeValue', 'textContent']) {
    makeOwn('Attr', key, Object.getOwnPropertyDescriptor(realm.Node.prototype, key))
    method<Attr>(
      'Attr',
      key,
      (native, self, args) => void (takes(self.ownerElement, self.name, args) || pass(native, self, args)),
      'set',
    )
  }
  const node: Trap<unknown> = (native, self, args) => {
    const [given] = args
    if (!(given instanceof Attr)) return pass(native, self, args)
    if (takes(self, given.name, [given.value])) return null
    const result = pass(native, self, args)
    // A list of attributes does not say whose it is.
    takes(given.ownerElement, given.name, [given.value])
    return result
  }
  for (const key of ['setAttributeNode', 'setAttributeNodeNS']) method('Element', key, node)
  for (const key of ['setNamedItem', 'setNamedItemNS']) method('NamedNodeMap', key, node)

  const insertion: Trap<Node> = (native, self, args) => {
    const arriving: Element[] = []
    let waits = false
    for (const given of args) {
      if (!isElement(given) && !isPart(given)) continue
      // What it is put before, or what only moves.
      if (given.parentNode === self) continue
      // In pieces that are not in the page nothing loads yet, unless they come from another document.
      if (!self.isConnected && self.ownerDocument === given.ownerDocument && self.ownerDocument === document)
        continue
      const here = given.ownerDocument === self.ownerDocument
      // What page code has made here was looked at when it got its addresses.
      const late = here && isElement(given) && !given.firstElementChild
      const mayWait = late
        ? LATE.test(given.localName) || given.hasAttribute(OURS) || isStyled(given)
        : mayLoad(given)
      if (!mayWait) continue
      waits = scan(given) || waits
      arriving.push(...(isPart(given) ? given.children : [given]))
    }
    const result = pass(native, self, args)
    for (const root of arriving) {
      if (!root.isConnected) continue
      // What has changed documents is looked after in another way now.
      if (waits) scan(root)
      inserted(root)
    }
    return result
  }
  const many = ['append', 'prepend', 'replaceChildren']
  const beside = ['before', 'after', 'replaceWith']
  for (const [owner, keys] of [
    ['Node', ['appendChild', 'insertBefore', 'replaceChild']],
    ['Element', [...many, ...beside, 'insertAdjacentElement', 'moveBefore']],
    ['CharacterData', beside],
    ['Document', many],
    ['DocumentFragment', many],
  ] as const)
    for (const key of keys) method(owner, key, insertion)
  method('Document', 'body', insertion, 'set')
  const inRange: Trap<Range> = (native, self, args) =>
    insertion((...given) => pass(native, self, given), self.startContainer, args)
  for (const key of ['insertNode', 'surroundContents']) method('Range', key, inRange)

  // What comes from a document in which nothing loads.
  for (const key of ['adoptNode', 'importNode'])
    method('Document', key, (native, self, args) => {
      const [given] = args
      if ((isElement(given) || isPart(given)) && given.ownerDocument !== self) scan(given)
      return pass(native, self, args)
    })

  /**
   * What has to wait in the markup `args[at]`, as it would be inside `context`, waits; whether there was any. A text of Trusted Types
   * nobody else may write: its nodes come back, to go in in its place.
   */
  function tame(
    context: Node | null,
    args: unknown[],
    at: number,
    scripts?: 'inert' | 'parsed',
  ): boolean | readonly Node[] {
    settle(args, at)
    const html = args[at]
    if (!MAY_LOAD.test(String(html))) return false
    const box = inert.createElement(isElement(context) ? context.localName : 'body')
    pass(parse, box, [html])
    const part = box instanceof realm.HTMLTemplateElement ? box.content : box
    const trusted = isTrusted(html)
    let found = scan(part, trusted ? (scripts ?? 'parsed') : scripts)
    for (const { content } of part.querySelectorAll<HTMLTemplateElement>('template[shadowrootmode]'))
      found = scan(content, 'inert') || found
    if (!found) return false
    if (trusted) return [...part.childNodes]
    args[at] = box.innerHTML
    return true
  }
  /** The argument `at` is markup, `contextOf` says inside what, and `put` does what the built-in does. */
  const markup =
    <Self>(
      at: number,
      contextOf: (self: Self, args: readonly unknown[]) => Node | null,
      put: (self: Self, nodes: readonly Node[], args: readonly unknown[]) => unknown,
    ): Trap<Self> =>
    (native, self, args) => {
      const context = contextOf(self, args)
      const tamed = tame(context, args, at, 'inert')
      const result = typeof tamed === 'object' ? put(self, tamed, args) : pass(native, self, args)
      // Scripts that come this way never run; what waits has to be known.
      if (context && (tamed || /<(script|style|iframe|template)/i.test(String(args[at])))) {
        scan(context as Element, 'inert')
        inserted(context)
      }
      return result
    }
  const fill = (self: Element, nodes: readonly Node[]) =>
    (self instanceof realm.HTMLTemplateElement ? self.content : self).replaceChildren(...nodes)
  const inside = markup<Element>(0, (self) => self, fill)
  for (const owner of ['Element', 'ShadowRoot']) {
    method(owner, 'innerHTML', inside, 'set')
    method(owner, 'setHTMLUnsafe', inside)
    // It takes our marks away as well: what it leaves of the markup goes in as it is.
    method<Element>(owner, 'setHTML', (native, self, args) => {
      settle(args)
      const box = inert.createElement(self.localName ?? 'div')
      if (!MAY_LOAD.test(String(args[0]))) return pass(native, self, args)
      pass(native, box, args)
      return fill(self, [...box.childNodes])
    })
  }
  method(
    'Element',
    'outerHTML',
    markup<Element>(
      0,
      ({ parentNode }) => parentNode,
      (self, nodes) => self.replaceWith(...nodes),
    ),
    'set',
  )
  method(
    'Element',
    'insertAdjacentHTML',
    markup<Element>(
      1,
      (self, [where]) => (/^(beforeb|aftere)/i.test(`${where}`) ? self.parentNode : self),
      (self, nodes, [where]) => {
        const at = BESIDE[`${where}`.toLowerCase()]
        if (at) self[at](...nodes)
      },
    ),
  )
  method(
    'Document',
    'execCommand',
    markup<Document>(
      2,
      ({ body }) => body,
      () => false,
    ),
  )
  method<Range>('Range', 'createContextualFragment', (native, self, args) => {
    // Chromium loads a picture that it still has while it parses. Scripts run when they are put in.
    if (!isTrusted(args[0])) tame(self.startContainer, args, 0, 'inert')
    const fragment = pass(native, self, args)
    scan(fragment as DocumentFragment)
    return fragment
  })
  // What is to come into the page is made where nothing loads, and looked at as it moves.
  method('XSLTProcessor', 'transformToFragment', (native, self, args) => {
    const [source, target] = args
    if (target !== document) return pass(native, self, args)
    const fragment = pass(native, self, [source, inert])
    return isPart(fragment) ? document.adoptNode(fragment) : fragment
  })
  method('Document', 'parseHTMLUnsafe', (native, self, args) => {
    const made = pass(native, self, args) as Document
    for (const { shadowRoot } of made.querySelectorAll('*')) if (shadowRoot) scan(shadowRoot)
    return made
  })
  let late = ''
  for (const key of ['write', 'writeln'])
    method<Document>('Document', key, (native, self, args) => {
      const { currentScript } = self
      if (!currentScript || !wasFreed(currentScript)) {
        const parts = args.map((_, at) => tame(self.body, args, at))
        // What nobody else may write goes behind who writes it.
        for (const [at, nodes] of parts.entries()) {
          if (typeof nodes !== 'object') continue
          args[at] = emptyHTML
          if (currentScript) currentScript.after(...nodes)
          else self.body.append(...nodes)
        }
        const result = pass(native, self, args)
        if (/<(i?frame|object)/i.test(args.join(''))) inserted(self.documentElement)
        return result
      }
      // Browsers let no external script write that runs late. One of ours writes where it stands; the gate sees to inline ones.
      if (late === '')
        queueMicrotask(() => {
          written(currentScript, late)
          late = ''
        })
      late += args.join('')
    })

  method('Element', 'attachShadow', (native, self, args) => {
    const root = pass(native, self, args)
    inserted(root as Node)
    return root
  })
  maker('Audio', (make, args) => {
    const audio = make() as HTMLAudioElement
    if (args.length > 0) audio.src = args[0] as string
    return audio
  })
}
