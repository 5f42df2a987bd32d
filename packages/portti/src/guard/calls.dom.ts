/** Calls that send something. One that has to wait fails as the network would, and later than the call. */
import type { Judge, Verdict } from './judge.ts'
import { type Native, type Patches, pass, type Realm, settle } from './patch.ts'

/** An address that browsers refuse before they ask anybody: a bad port (Fetch standard, section 2.9). */
const NOWHERE = '://localhost:1/'
/** Properties of a style that may name a picture, a drawing or a font. */
const DRAWS =
  /^(css-?text|content|cursor|src|fill|stroke|offset)$|(image|(image|border)-?source|mask-?border|background|list-?style|mask|filter|path|outside|reflect)$|marker/i

/** @returns Sets the styles that had to wait, as far as they may be set now. */
export function hookCalls(
  realm: Realm,
  { method, makeOwn, maker }: Patches,
  judge: Judge,
  note: (kind: 'call', from: string, verdict: Verdict) => void,
): () => void {
  /** The address of a request, also of one that another window has made. */
  function urlOf(given: unknown): string | undefined {
    try {
      // The cast: it throws unless it is asked of a request.
      return Reflect.get(realm.Request.prototype, 'url', given) as string
    } catch {
      return undefined
    }
  }
  /** Whether the call has to wait whose argument `at` is an address. */
  function isHeld(args: unknown[], at = 0): boolean {
    let url = typeof args[at] === 'object' ? urlOf(args[at]) : undefined
    if (url === undefined) {
      settle(args, at)
      url = String(args[at])
    }
    const verdict = judge.address(url)
    if (verdict) note('call', url, verdict)
    return verdict !== undefined
  }
  /** Asks about the first argument. */
  const instead = (owner: string, key: string, fails: () => unknown) =>
    method(owner, key, (native: Native, self, args) => (isHeld(args) ? fails() : pass(native, self, args)))
  const rejects = () => Promise.reject(new realm.TypeError('Failed to fetch'))

  instead('', 'fetch', rejects)
  instead('ServiceWorkerContainer', 'register', rejects)
  instead('Worklet', 'addModule', rejects)
  instead('Navigator', 'sendBeacon', () => false)
  instead('', 'fetchLater', () => ({ activated: false }))
  for (const key of ['add', 'addAll'])
    method('Cache', key, (native, self, args) =>
      [args[0]].flat().some((one) => isHeld([one])) ? rejects() : pass(native, self, args),
    )
  method('Document', 'execCommand', (native, self, args) =>
    /^insertimage$/i.test(`${args[0]}`) && isHeld(args, 2) ? false : pass(native, self, args),
  )
  method('XMLHttpRequest', 'open', (native, self, args) => {
    if (args.length > 1 && isHeld(args, 1)) args[1] = `https${NOWHERE}`
    return pass(native, self, args)
  })
  for (const name of [
    'WebSocket',
    'WebSocketStream',
    'WebTransport',
    'EventSource',
    'Worker',
    'SharedWorker',
  ])
    maker(name, (make, args) => {
      if (!isHeld(args)) return make(...args)
      const held = make(
        /^WebS/.test(name)
          ? `wss${NOWHERE}`
          : /rker$/.test(name)
            ? 'data:text/javascript,'
            : `https${NOWHERE}`,
      ) as EventTarget & { close?(): void }
      if (/^Web/.test(name)) return held
      // WebKit does not say that an event source has nobody at the other end.
      held.close?.()
      setTimeout(() => held.dispatchEvent(new Event('error')))
      return held
    })
  /** `settings` without the relays that have to wait. */
  function relayed(settings: RTCConfiguration | undefined): RTCConfiguration | undefined {
    const all = [...(settings?.iceServers ?? [])]
    const iceServers = all.filter(
      ({ urls }) =>
        ![urls].flat().some((url) => isHeld([`${url}`.replace(/^\s*(stun|turn)s?:/i, 'https://')])),
    )
    return iceServers.length < all.length ? { ...settings, iceServers } : settings
  }
  for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection'])
    maker(name, (make, [settings, ...rest]) => make(relayed(settings as RTCConfiguration), ...rest))
  method('RTCPeerConnection', 'setConfiguration', (native, self, [settings]) =>
    pass(native, self, [relayed(settings as RTCConfiguration)]),
  )
  const texts = new WeakMap<object, string>()
  /** What may be code: a picture is not worth the reading. */
  const textOf = (part: unknown, type: string): string =>
    typeof part === 'string'
      ? part
      : ArrayBuffer.isView(part) && /script|html|svg/.test(type)
        ? new TextDecoder().decode(part)
        : (texts.get(part as object) ?? '')
  for (const [name, at] of [
    ['Blob', 1],
    ['File', 2],
  ] as const)
    maker(name, (make, args) => {
      const blob = make(...args) as Blob
      const { type = '' } = (args[at] ?? {}) as BlobPropertyBag
      const text = Array.isArray(args[0]) ? args[0].map((part) => textOf(part, type)).join('') : ''
      if (text.includes('//')) texts.set(blob, text)
      return blob
    })
  method<Blob>('Blob', 'slice', (native, self, args) => {
    const part = pass(native, self, args) as Blob
    texts.set(part, texts.get(self) ?? '')
    return part
  })
  method('URL', 'createObjectURL', (native, self, args) => {
    const url = pass(native, self, args)
    const text = texts.get(args[0] as object)
    if (text) judge.made(url as string, text)
    return url
  })
  /** What had to wait last of each style, by property. */
  let waiting = new Map<unknown, Map<string, () => void>>()
  /** Styles that a call brings: nothing of them comes, or `instead`. */
  const styles = (owner: string, key: string, at: number, instead?: string, part?: 'set') =>
    method(
      owner,
      key,
      function set(native, self, args) {
        settle(args)
        const due = waiting.get(self)
        // What is set now is the later one; a short form counts for all that it stands for.
        const slot = `${at === 1 ? args[0] : key}`.replace(/-|css-?text/gi, '').toLowerCase()
        for (const one of due?.keys() ?? []) if (one.startsWith(slot)) due?.delete(one)
        // The values of a map are no texts.
        if (!/Map$/.test(owner)) settle(args, at)
        const text = `(${args[at]}`
        // Animations come here often.
        const verdict = text.includes('//') ? judge.text(text) : undefined
        if (verdict) note('call', String(args[at]), verdict)
        if (!verdict || instead !== undefined) {
          if (verdict) args[at] = instead
          return pass(native, self, args)
        }
        waiting.set(
          self,
          (due ?? new Map<string, () => void>()).set(slot, () => set(native, self, args)),
        )
        return undefined
      },
      part,
    )
  for (const owner of ['CSSStyleSheet', 'CSSGroupingRule']) styles(owner, 'insertRule', 0, 'portti{}')
  maker('CSSStyleSheet', (make, args) => {
    const { baseURL } = (args[0] ?? {}) as { readonly baseURL?: unknown }
    return baseURL !== undefined && isHeld([baseURL])
      ? make({ ...(args[0] as object), baseURL: `https${NOWHERE}` })
      : make(...args)
  })
  styles('CSSStyleSheet', 'replace', 0, '')
  styles('CSSStyleSheet', 'replaceSync', 0, '')
  styles('CSSStyleSheet', 'addRule', 1, '')
  styles('CSSKeyframesRule', 'appendRule', 0)
  for (const key of ['set', 'append']) styles('StylePropertyMap', key, 1)
  // Chromium knows the properties of a style by their names, and has no setters that could ask: here are some.
  const { getPropertyValue, setProperty } = realm.CSSStyleDeclaration.prototype
  const { style } = realm.document.createElement('i')
  for (const key in style) {
    if (!DRAWS.test(key) || key in Object.getPrototypeOf(style)) continue
    const name = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/^webkit/, '-$&')
    const own = {
      configurable: true,
      get(this: unknown) {
        return pass(getPropertyValue as Native, this, [name])
      },
      set(this: unknown, value: unknown) {
        pass(setProperty as Native, this, [name, value])
      },
    }
    for (const spelling of [key, name, key.replace(/^w/, 'W')]) makeOwn('CSSStyleDeclaration', spelling, own)
  }
  styles('CSSStyleDeclaration', 'setProperty', 1)
  for (const owner of [
    'CSSStyleDeclaration',
    'CSSStyleProperties',
    'CSSFontFaceDescriptors',
    'CSS2Properties',
  ] as const)
    for (const key of Object.getOwnPropertyNames(
      // The cast: TypeScript does not know them, and the last is an older name of Firefox for the second.
      (realm as Realm & Partial<Record<typeof owner, { prototype: object }>>)[owner]?.prototype ?? {},
    ))
      if (DRAWS.test(key)) styles(owner, key, 0, undefined, 'set')
  /** Takes the pictures that have to wait out of the frames of an animation. */
  function still(args: unknown[], at = 0): void {
    try {
      const text = JSON.stringify(args[at]) ?? ''
      const verdict = text.includes('//') ? judge.text(text) : undefined
      if (!verdict) return
      note('call', text, verdict)
      args[at] = JSON.parse(text, (_, value) =>
        typeof value === 'string' && judge.text(`(${value}`) ? undefined : value,
      )
    } catch {
      // Objects that name each other are no frames.
    }
  }
  for (const [owner, key] of [
    ['Element', 'animate'],
    ['KeyframeEffect', 'setKeyframes'],
  ] as const)
    method(owner, key, (native, self, args) => {
      still(args)
      return pass(native, self, args)
    })
  maker('KeyframeEffect', (make, args) => {
    still(args, 1)
    return make(...args)
  })
  maker('FontFace', (make, args) => {
    const verdict = judge.text(`${args[1]}`)
    if (verdict) note('call', `${args[1]}`, verdict)
    return verdict ? make(args[0], `url(https${NOWHERE})`, args[2]) : make(...args)
  })
  method<Element>('HTMLFormElement', 'submit', (native, self, args) => {
    if (!isHeld([Element.prototype.getAttribute.call(self, 'action') ?? ''])) pass(native, self, args)
  })
  return () => {
    const due = waiting
    waiting = new Map()
    for (const one of due.values()) for (const draw of one.values()) draw()
  }
}
