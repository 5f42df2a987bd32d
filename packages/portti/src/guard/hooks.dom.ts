/** The ways in which a page's code puts elements, or their addresses, into a page. */
import { ATTRIBUTES, type Elements, LOADING } from './elements.dom.ts'
import { type Native, type Patches, pass } from './patch.ts'

/** A window: a frame has built-ins of its own. */
export type Realm = Window & typeof globalThis

export function hookElements(
  realm: Realm,
  { method, maker }: Patches,
  elements: Elements,
  inserted: (root: Node) => void,
): void {
  const { document } = realm
  const { hold, scan, read } = elements
  const inert = document.implementation.createHTMLDocument('')
  const isElement = (node: unknown): node is Element => node instanceof realm.Element
  const proto = (name: string) =>
    (realm as unknown as Record<string, { prototype?: object } | undefined>)[name]?.prototype

  /** `self[attribute] = value` and its like. */
  const attribute = (element: unknown, name: unknown, value: unknown) => {
    const key = String(name).toLowerCase()
    return ATTRIBUTES.has(key) && isElement(element) && hold(element, key, value)
  }

  for (const name of Object.getOwnPropertyNames(realm)) {
    if (!/^HTML\w*Element$/.test(name) || /^HTML(Anchor|Area|Base)E/.test(name)) continue
    for (const key of 'src srcset srcdoc href data poster background ping imageSrcset'.split(' ')) {
      const set = key.toLowerCase()
      const owner = proto(name)
      method(
        owner,
        key,
        (native, self, args) => {
          if (isElement(self) && hold(self, set, args[0])) fail(self)
          else pass(native, self, args)
        },
        'set',
      )
      method(
        owner,
        key,
        (native, self) => {
          const held = isElement(self) ? read(self, set) : undefined
          return held === undefined
            ? pass(native, self, [])
            : ATTRIBUTES.get(set) === 'address'
              ? resolve(held)
              : held
        },
        'get',
      )
    }
  }

  const resolve = (address: string) => {
    try {
      return new URL(address, document.baseURI).href
    } catch {
      return address
    }
  }

  /** An image that nobody puts in the page is a call: it fails like one. */
  const fail = (element: Element) => {
    if (element.localName === 'img')
      setTimeout(() => {
        if (!element.isConnected && elements.why(element) !== 'no-policy' && elements.why(element))
          element.dispatchEvent(new Event('error'))
      })
  }

  const element = proto('Element')
  method(element, 'setAttribute', (native, self, args) => {
    if (attribute(self, args[0], args[1])) fail(self as Element)
    else return pass(native, self, args)
  })
  method(element, 'setAttributeNS', (native, self, args) => {
    if (!attribute(self, args[1], args[2])) return pass(native, self, args)
  })
  for (const [owner, key] of [
    [element, 'setAttributeNode'],
    [element, 'setAttributeNodeNS'],
    [proto('NamedNodeMap'), 'setNamedItem'],
    [proto('NamedNodeMap'), 'setNamedItemNS'],
  ] as const)
    method(owner, key, (native, self, args) => {
      const [node] = args
      const result = pass(native, self, args)
      if (node instanceof realm.Attr && node.ownerElement) attribute(node.ownerElement, node.name, node.value)
      return result
    })
  method(
    proto('Attr'),
    'value',
    (native, self, args) => {
      if (!(self instanceof realm.Attr && attribute(self.ownerElement, self.name, args[0])))
        pass(native, self, args)
    },
    'set',
  )

  /** Looks at what is about to be put under `target`. */
  function arrive(target: unknown, node: unknown): boolean {
    if (!isElement(node) && !(node instanceof realm.DocumentFragment)) return false
    if (
      !(target as Node).isConnected &&
      (target as Node).ownerDocument === node.ownerDocument &&
      (target as Node).ownerDocument === document
    )
      return false
    if (isElement(node) && !node.firstElementChild && !node.matches(LOADING)) return false
    scan(node)
    return true
  }

  const insertion: Native = (native, self, args) => {
    let loads = false
    for (const node of args as unknown[]) loads = arrive(self, node) || loads
    const nodes = loads
      ? (args as unknown[]).flatMap((node) =>
          node instanceof realm.DocumentFragment ? [...node.children] : [node],
        )
      : []
    const result = pass(native as Native, self, args as unknown[])
    for (const node of nodes) if (isElement(node) && node.isConnected) inserted(node)
    return result
  }
  for (const [name, keys] of [
    ['Node', 'appendChild insertBefore replaceChild'],
    ['Element', 'append prepend replaceChildren before after replaceWith insertAdjacentElement moveBefore'],
    ['CharacterData', 'before after replaceWith'],
    ['Document', 'append prepend replaceChildren'],
    ['DocumentFragment', 'append prepend replaceChildren'],
    ['Range', 'insertNode surroundContents'],
  ] as const)
    for (const key of keys.split(' '))
      method(proto(name), key, insertion as (native: Native, self: unknown, args: unknown[]) => unknown)

  method(proto('Document'), 'adoptNode', (native, self, args) => {
    if (isElement(args[0])) scan(args[0])
    return pass(native, self, args)
  })
  method(proto('Document'), 'importNode', (native, self, args) => {
    const [node, deep] = args
    if (self !== document || !(node instanceof realm.Node) || node.ownerDocument === document)
      return pass(native, self, args)
    const copy = node.cloneNode(deep === true)
    // What is free is copied by the browser itself.
    return (isElement(copy) || copy instanceof realm.DocumentFragment) && scan(copy)
      ? document.adoptNode(copy)
      : pass(native, self, args)
  })

  /** What `html` comes to, if something in it has to wait. */
  function parse(
    context: Node,
    html: unknown,
    key: 'innerHTML' | 'setHTMLUnsafe',
  ): DocumentFragment | undefined {
    if (
      !/[=<]/.test(String(html)) ||
      !/<(script|link|i?frame|img|source|video|audio|track|embed|object|input|image|use|feimage|style|a|area|body|t)|style\s*=/i.test(
        String(html),
      )
    )
      return undefined
    const box = inert.createElement(isElement(context) ? context.localName : 'body') as Element & {
      setHTMLUnsafe?(html: string): void
    }
    if (key === 'innerHTML') box.innerHTML = html as string
    else box.setHTMLUnsafe?.(html as string)
    if (!scan(box, true)) return undefined
    const fragment = inert.createDocumentFragment()
    fragment.append(...box.childNodes)
    return fragment
  }

  for (const name of ['Element', 'ShadowRoot']) {
    for (const key of ['innerHTML', 'setHTMLUnsafe'] as const) {
      const trap: Native = (native, self, args) => {
        const [html] = args as unknown[]
        const fragment = parse(self as Node, html, key)
        if (fragment) (self as Element).replaceChildren(fragment)
        else pass(native as Native, self, args as unknown[])
        if (/<script/i.test(String(html))) scan(self as Element, true)
        if (String(html).includes('<')) inserted(self as Node)
      }
      method(
        proto(name),
        key,
        trap as (native: Native, self: unknown, args: unknown[]) => unknown,
        key === 'innerHTML' ? 'set' : undefined,
      )
    }
  }
  method(
    element,
    'outerHTML',
    (native, self, args) => {
      const parent = (self as Element).parentNode
      const fragment = parent && parse(parent, args[0], 'innerHTML')
      if (fragment) (self as Element).replaceWith(fragment)
      else pass(native, self, args)
    },
    'set',
  )
  method(element, 'insertAdjacentHTML', (native, self, args) => {
    const where = String(args[0]).toLowerCase()
    const outside = where === 'beforebegin' ? 'before' : where === 'afterend' ? 'after' : undefined
    const inside = where === 'afterbegin' ? 'prepend' : where === 'beforeend' ? 'append' : undefined
    const place = outside ?? inside
    const context = outside ? (self as Element).parentNode : (self as Element)
    const fragment = place && context && parse(context, args[1], 'innerHTML')
    if (fragment) (self as Element)[place](fragment)
    else pass(native, self, args)
    if (context) inserted(context)
  })
  method(proto('Range'), 'createContextualFragment', (native, self, args) => {
    const fragment = pass(native, self, args)
    scan(fragment as DocumentFragment)
    return fragment
  })
  for (const key of ['write', 'writeln'])
    method(proto('Document'), key, (native, self, args) => {
      const texts = args.map(String)
      const text = texts.join('')
      const rewritten = rewrite(text)
      return pass(native, self, rewritten === text ? args : [rewritten])
    })

  /** Tag by tag, because what is written need not be whole. */
  function rewrite(text: string): string {
    return text.replace(
      /<(script)\b([^>]*)>([\s\S]*?)(<\/script|$)|<(iframe|img|link|video|audio|source|track|embed|object|input)\b[^>]*>/gi,
      (whole, script, _attributes, code = '', end = '') => {
        const box = inert.createElement('div')
        box.innerHTML = script ? `${whole.slice(0, whole.length - code.length - end.length)}</script>` : whole
        const made = box.firstElementChild
        if (!made) return whole
        if (script) made.textContent = code
        if (!scan(box)) return whole
        const held = made.cloneNode(false) as Element
        const [open = ''] = held.outerHTML.split('></')
        return script ? `${open}>${code}${end}` : open.replace(/>?$/, '>')
      },
    )
  }

  method(proto('Element'), 'attachShadow', (native, self, args) => {
    const root = pass(native, self, args)
    inserted(root as Node)
    return root
  })
  maker(realm, 'Audio', (make, _, args) => {
    const audio = make() as HTMLAudioElement
    if (args.length > 0) audio.src = args[0] as string
    return audio
  })
}
