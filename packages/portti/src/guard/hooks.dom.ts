/** The ways in which a page's code puts elements, or their addresses, into a page. */
import { type Elements, isLoading, OURS } from './elements.dom.ts'
import { type Native, type Patches, pass, type Realm, type Trap } from './patch.ts'

/** Markup that is worth a second look. */
const MAY_LOAD =
  /\b(src|srcset|data|poster|background|ping|srcdoc)\s*=|<(link|image|use|feimage|style|script)\b|url\(/i
/** Elements that load only once they are in a page. */
const LATE = /^(script|style|link|i?frame|object|embed)$/

/**
 * @param inserted Something that may load has come in below this node, or this shadow root has been made.
 * @param written A script that was let run late writes this.
 */
export function hookElements(
  realm: Realm,
  { method, maker }: Patches,
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
  const typeOf = (node: unknown) =>
    node instanceof Element
      ? 1
      : node && typeof node === 'object' && 'nodeType' in node
        ? pass(nodeType, node, [])
        : 0
  const isElement = (node: unknown): node is Element => typeOf(node) === 1
  const isPart = (node: unknown): node is DocumentFragment => typeOf(node) === 11

  /** Whether the page's `element[name] = value` has to wait. */
  function takes(element: unknown, name: unknown, value: unknown): boolean {
    const key = String(name).toLowerCase()
    if (!isLoading(key) || !isElement(element) || !hold(element, key, value)) return false
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
          if (!takes(self, name, args[0])) pass(native, self, args)
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
  method(
    'HTMLAnchorElement',
    'ping',
    (native, self, args) => void (takes(self, 'ping', args[0]) || pass(native, self, args)),
    'set',
  )
  // Code that makes one piece of markup into another copies our marks as well, and takes away those that are too much.
  method<Element>('Element', 'setAttribute', (native, self, args) => {
    if (isMark(self, args[0])) {
      const own = String(args[0]).slice('data-'.length).toLowerCase()
      if (!isLoading(own)) return undefined
      args[0] = own
    } else if (args[0] === OURS) queueMicrotask(() => check(self))
    return takes(self, args[0], args[1]) ? undefined : pass(native, self, args)
  })
  method('Element', 'setAttributeNS', (native, self, args) =>
    takes(self, args[1], args[2]) ? undefined : pass(native, self, args),
  )
  method<Element>('Element', 'removeAttribute', (native, self, args) =>
    isMark(self, args[0]) ? undefined : pass(native, self, args),
  )
  method<Attr>(
    'Attr',
    'value',
    (native, self, args) => void (takes(self.ownerElement, self.name, args[0]) || pass(native, self, args)),
    'set',
  )
  const node: Trap<unknown> = (native, self, args) => {
    const [given] = args
    if (!(given instanceof Attr)) return pass(native, self, args)
    if (takes(self, given.name, given.value)) return null
    const result = pass(native, self, args)
    // A list of attributes does not say whose it is.
    takes(given.ownerElement, given.name, given.value)
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

  /** `html` with what has to wait taken out of it, as it would be inside `context`. Texts of Trusted Types stay as they are. */
  function tame(context: Node | null, html: unknown, scripts?: 'inert'): unknown {
    if (typeof html !== 'string' || !MAY_LOAD.test(html)) return html
    const box = inert.createElement(isElement(context) ? context.localName : 'body')
    pass(parse, box, [html])
    return scan(box instanceof realm.HTMLTemplateElement ? box.content : box, scripts) ? box.innerHTML : html
  }
  /** The argument `at` is markup, and `contextOf` says inside what. */
  const markup =
    <Self>(at: number, contextOf: (self: Self, args: readonly unknown[]) => Node | null): Trap<Self> =>
    (native, self, args) => {
      const context = contextOf(self, args)
      const html = args[at]
      const tamed = tame(context, html, 'inert')
      if (tamed !== html) args[at] = tamed
      const result = pass(native, self, args)
      // Scripts that come this way never run; what waits has to be known.
      if (context && (tamed !== html || /<(script|iframe|template)/i.test(String(html)))) {
        scan(context as Element, 'inert')
        inserted(context)
      }
      return result
    }
  const inside = markup<Element>(0, (self) => self)
  for (const owner of ['Element', 'ShadowRoot']) {
    method(owner, 'innerHTML', inside, 'set')
    method(owner, 'setHTMLUnsafe', inside)
  }
  method(
    'Element',
    'outerHTML',
    markup<Element>(0, ({ parentNode }) => parentNode),
    'set',
  )
  method(
    'Element',
    'insertAdjacentHTML',
    markup<Element>(1, (self, [where]) => (/^(beforeb|aftere)/i.test(`${where}`) ? self.parentNode : self)),
  )
  method(
    'Document',
    'execCommand',
    markup<Document>(2, ({ body }) => body),
  )
  method('Range', 'createContextualFragment', (native, self, args) => {
    const fragment = pass(native, self, args)
    scan(fragment as DocumentFragment)
    return fragment
  })
  let late = ''
  for (const key of ['write', 'writeln'])
    method<Document>('Document', key, (native, self, args) => {
      const { currentScript } = self
      if (!currentScript || !wasFreed(currentScript))
        return pass(
          native,
          self,
          args.map((text) => tame(self.body, text)),
        )
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
