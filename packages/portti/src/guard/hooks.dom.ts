/** The ways in which a page's code puts elements, or their addresses, into a page. */
import { type Elements, isLoading } from './elements.dom.ts'
import { type Native, type Patches, pass, type Realm, type Trap } from './patch.ts'

/** @param inserted Something that may load has come in below this node, or this shadow root has been made. */
export function hookElements(
  realm: Realm,
  { method, maker }: Patches,
  { hold, read, scan, loads, why }: Elements,
  inserted: (root: Node) => void,
): void {
  const { document, Element, Attr } = realm
  /** Markup is looked at where nothing loads. */
  const inert = document.implementation.createHTMLDocument()
  const unpatched = Object.getOwnPropertyDescriptor(Element.prototype, 'innerHTML')?.set as Native
  const isElement = (node: unknown): node is Element => node instanceof Element
  const isPart = (node: unknown): node is DocumentFragment => node instanceof realm.DocumentFragment

  /** Whether the page's `element[name] = value` has to wait. */
  function takes(element: unknown, name: unknown, value: unknown): boolean {
    const key = String(name).toLowerCase()
    if (!isLoading(key) || !isElement(element) || !hold(element, key, value)) return false
    // An image that nobody puts in the page is a call, and fails like one.
    if (element.localName === 'img')
      setTimeout(() => {
        if (!element.isConnected && !/^(no-policy|undefined)$/.test(`${why(element)}`))
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
          const link = inert.createElement('a')
          link.href = held
          return /src(set|doc)/.test(name) ? held : new URL(held, document.baseURI).href
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
  method('Element', 'setAttribute', (native, self, args) =>
    takes(self, args[0], args[1]) ? undefined : pass(native, self, args),
  )
  method('Element', 'setAttributeNS', (native, self, args) =>
    takes(self, args[1], args[2]) ? undefined : pass(native, self, args),
  )
  method<Attr>(
    'Attr',
    'value',
    (native, self, args) => void (takes(self.ownerElement, self.name, args[0]) || pass(native, self, args)),
    'set',
  )
  const node: Trap<unknown> = (native, self, args) => {
    const result = pass(native, self, args)
    const [given] = args
    // Images ask a moment later: it is soon enough to take the address away again.
    if (given instanceof Attr) takes(given.ownerElement, given.name, given.value)
    return result
  }
  for (const [owner, key] of [
    ['Element', 'setAttributeNode'],
    ['Element', 'setAttributeNodeNS'],
    ['NamedNodeMap', 'setNamedItem'],
    ['NamedNodeMap', 'setNamedItemNS'],
  ] as const)
    method(owner, key, node)

  const insertion: Trap<Node> = (native, self, args) => {
    const arriving: Node[] = []
    for (const given of args) {
      if (!isElement(given) && !isPart(given)) continue
      // In pieces that are not in the page nothing loads yet, unless they come from another document.
      if (!self.isConnected && self.ownerDocument === given.ownerDocument && self.ownerDocument === document)
        continue
      if (!given.firstElementChild && !(isElement(given) && loads(given))) continue
      scan(given)
      arriving.push(...(isPart(given) ? given.children : [given]))
    }
    const result = pass(native, self, args)
    for (const root of arriving) if (root.isConnected) inserted(root)
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

  /** What `html` comes to inside `context`, if something in it has to wait. */
  function parse(
    native: Native,
    context: Node | null,
    html: unknown,
    key: 'innerHTML' | 'setHTMLUnsafe',
  ): DocumentFragment | undefined {
    if (!/<\w[\s\S]*=|<style/.test(String(html))) return undefined
    const box = inert.createElement(isElement(context) ? context.localName : 'body')
    pass(key === 'innerHTML' ? unpatched : native, box, [html])
    const content = box instanceof realm.HTMLTemplateElement ? box.content : box
    if (!scan(content, 'inert')) return undefined
    const fragment = inert.createDocumentFragment()
    fragment.append(...content.childNodes)
    return fragment
  }
  /** `put` takes what was parsed instead of the text. */
  function markup(
    native: Native,
    self: Node,
    args: unknown[],
    context: Node | null,
    put: (fragment: DocumentFragment) => void,
    key: 'innerHTML' | 'setHTMLUnsafe' = 'innerHTML',
  ): void {
    const html = args[args.length - 1]
    const fragment = parse(native, context, html, key)
    if (fragment) put(fragment)
    else pass(native, self, args)
    if (!context || !/<(script|iframe|template)|data-src/i.test(String(html))) return
    // Scripts that come this way never run.
    scan(context as Element, 'inert')
    inserted(context)
  }
  for (const owner of ['Element', 'ShadowRoot'])
    for (const key of ['innerHTML', 'setHTMLUnsafe'] as const)
      method<Element>(
        owner,
        key,
        (native, self, args) =>
          markup(
            native,
            self,
            args,
            self,
            (fragment) =>
              (self instanceof realm.HTMLTemplateElement ? self.content : self).replaceChildren(fragment),
            key,
          ),
        key === 'innerHTML' ? 'set' : undefined,
      )
  method<Element>(
    'Element',
    'outerHTML',
    (native, self, args) =>
      markup(native, self, args, self.parentNode, (fragment) => self.replaceWith(fragment)),
    'set',
  )
  method<Element>('Element', 'insertAdjacentHTML', (native, self, args) => {
    const where = String(args[0]).toLowerCase()
    const put = { beforebegin: 'before', afterbegin: 'prepend', beforeend: 'append', afterend: 'after' }[
      where
    ] as 'before' | undefined
    markup(
      native,
      self,
      args,
      /^(before|after)$/.test(`${put}`) ? self.parentNode : self,
      (fragment) => put && self[put](fragment),
    )
  })
  method('Range', 'createContextualFragment', (native, self, args) => {
    const fragment = pass(native, self, args)
    scan(fragment as DocumentFragment)
    return fragment
  })

  /** Tag by tag, because what is written need not be whole. */
  const rewrite = (text: string) =>
    text.replace(
      /<(script)\b[^>]*>([\s\S]*?)(?=<\/script|$)|<(?:i?frame|img|link|video|audio|source|track|embed|object|input)\b[^>]*>/gi,
      (whole, script: string | undefined, code = '') => {
        const box = inert.createElement('p')
        pass(unpatched, box, [whole.slice(0, whole.length - code.length) + (script ? '</script>' : '')])
        const [made] = box.children
        if (made && script) made.textContent = code
        if (!made || !scan(box)) return whole
        made.textContent = ''
        return `${made.outerHTML.replace(/<\/\w+>$/, '')}${code}`
      },
    )
  for (const key of ['write', 'writeln'])
    method<Document>('Document', key, (native, self, args) => {
      const text = args.join('')
      const written = rewrite(text)
      return pass(native, self, written === text ? args : [written])
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
