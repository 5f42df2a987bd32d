// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://www.yritys.example/sivu" }
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { categoriesWith, policyWith } from '../../../../test/fixtures/policy.ts'
import { createGate, type Gate } from '../gate/gate.ts'
import type { Guard } from '../gate/guarded.ts'
import type { DrawPlace } from '../gate/place.ts'
import type { Policy } from '../policy/policy.ts'
import { catalogue } from '../services/catalogue.ts'
import { createGuard } from './guard.ts'
import { known } from './known.ts'

const PIXEL = 'https://www.facebook.com/tr?id=1'
const STRANGER = 'https://fonts.anybody.example/x'
let guard: Guard
let gate: Gate | undefined
let granted: Set<string>
const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})

function begin(policy: Policy | undefined = policyWith(), draw?: DrawPlace): void {
  gate = createGate({
    policy: policy ?? policyWith(),
    allows: (id) => granted.has(id),
    always() {},
    nonce: undefined,
    draw,
    warn() {},
    guard,
  })
  guard.begin(policy, gate)
  gate.observe(document)
}
function answer(...ids: string[]): void {
  granted = new Set(['necessary', ...ids])
  gate?.update(true)
  guard.changed()
}
const yes = () => answer('meta-pixel')
const make = (tag: string, attributes: Record<string, string> = {}) => {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  return element
}
const put = (element: Element) => {
  document.body.append(element)
  return element
}

beforeEach(() => {
  granted = new Set(['necessary'])
  guard = createGuard(known, undefined)
  guard.join(catalogue)
})
afterEach(() => {
  gate?.dispose()
  gate = undefined
  guard.dispose()
  document.head.replaceChildren()
  document.body.replaceChildren()
  warn.mockClear()
})

/** Makes an element that loads `PIXEL`; and the attribute that says so. */
const ways: Readonly<Record<string, readonly [make: () => Element | null | undefined, attribute?: string]>> =
  {
    'a property': [() => put(Object.assign(document.createElement('img'), { src: PIXEL }))],
    'setAttribute in upper case': [() => put(make('img', { SRC: PIXEL }))],
    'an odd address': [() => put(make('img', { src: '\thttps:\\\\WWW.facebook.com.:443\\tr' }))],
    'a source set': [() => put(make('img', { srcset: `/own.png 1x, ${PIXEL} 2x` })), 'srcset'],
    'a frame': [() => put(make('iframe', { src: PIXEL }))],
    'a frame that names it': [() => put(make('iframe', { srcdoc: `<img src="${PIXEL}">` })), 'srcdoc'],
    'a style sheet': [() => put(make('link', { rel: 'stylesheet', href: PIXEL })), 'href'],
    'a preload whose rel comes last': [() => put(make('link', { href: PIXEL, rel: 'preload' })), 'href'],
    'an object': [() => put(make('object', { data: PIXEL })), 'data'],
    'an attribute of a drawing': [
      () => {
        const image = document.createElementNS('http://www.w3.org/2000/svg', 'image')
        image.setAttributeNS('http://www.w3.org/1999/xlink', 'xlink:href', PIXEL)
        return put(image)
      },
      'xlink:href',
    ],
    'a style attribute': [() => put(make('p', { style: `background:url(${PIXEL})` })), 'style'],
    'a ping': [() => put(make('a', { href: '/x', ping: PIXEL })), 'ping'],
    'an attribute node': [
      () => {
        const image = document.createElement('img')
        const attribute = document.createAttribute('src')
        attribute.value = PIXEL
        image.setAttributeNode(attribute)
        return put(image)
      },
    ],
    "an attribute node's value": [
      () => {
        const image = make('img', { src: '/own.png' })
        const attribute = image.getAttributeNode('src')
        if (attribute) attribute.value = PIXEL
        return put(image)
      },
    ],
    "an attribute node's value as of any node": [
      () => {
        const image = make('img', { src: '/own.png' })
        const attribute = image.getAttributeNode('src')
        if (attribute) attribute.nodeValue = PIXEL
        return put(image)
      },
    ],
    "an attribute node's text": [
      () => {
        const image = make('img', { src: '/own.png' })
        const attribute = image.getAttributeNode('src')
        if (attribute) attribute.textContent = PIXEL
        return put(image)
      },
    ],
    'an object that says it late': [
      () => {
        let asked = 0
        const src = { toString: () => (asked++ ? '/other.png' : PIXEL) }
        return put(make('img', { src: src as never }))
      },
    ],
    'a mask of a drawing': [
      () => {
        document.body.innerHTML = `<svg><rect mask="url(${PIXEL}#m)"/></svg>`
        return document.body.querySelector('rect')
      },
      'mask',
    ],
    'an animation in a drawing': [
      () => {
        document.body.innerHTML = `<svg><image><set attributeName="href" to="${PIXEL}"/></image></svg>`
        return document.body.querySelector('set')
      },
      'to',
    ],
    'a list as innerHTML': [
      () => {
        document.body.innerHTML = [`<p><img src="${PIXEL}"></p>`, '<p>b</p>'] as never
        return document.body.querySelector('img')
      },
    ],
    innerHTML: [
      () => {
        document.body.innerHTML = `<p>a<img src="${PIXEL.replaceAll('/', '&#47;')}"></p>`
        return document.body.querySelector('img')
      },
    ],
    outerHTML: [
      () => {
        put(make('p')).outerHTML = `<img src='${PIXEL}'>`
        return document.body.querySelector('img')
      },
    ],
    'innerHTML of a table': [
      () => {
        put(make('table')).innerHTML = `<tr><td background="${PIXEL}">`
        return document.body.lastElementChild?.querySelector('td')
      },
      'background',
    ],
    insertAdjacentHTML: [
      () => {
        put(make('p')).insertAdjacentHTML('AfterEnd' as 'afterend', `<img src=${PIXEL}>`)
        return document.body.querySelector('p + img')
      },
    ],
    'a contextual fragment': [
      () => {
        document.body.append(document.createRange().createContextualFragment(`<p><img src="${PIXEL}">`))
        return document.body.querySelector('img')
      },
    ],
    'a parsed document': [
      () =>
        put(
          document.adoptNode(
            new DOMParser().parseFromString(`<img src="${PIXEL}">`, 'text/html').images[0] as Element,
          ),
        ),
    ],
    'a template': [
      () => {
        const template = document.createElement('template')
        template.innerHTML = `<p><img src="${PIXEL}"></p>`
        document.body.append(document.importNode(template.content, true))
        return document.body.querySelector('img')
      },
    ],
    'a copy': [() => put(make('img', { src: PIXEL }).cloneNode() as Element)],
    'a closed shadow root': [
      () => {
        const root = put(make('div')).attachShadow({ mode: 'closed' })
        root.innerHTML = `<p><img src="${PIXEL}"></p>`
        return root.querySelector('img')
      },
    ],
    'a change while it is in the page': [
      () => {
        const image = put(make('img', { src: '/own.png' }))
        image.setAttribute('src', PIXEL)
        return image
      },
    ],
    'a piece that is put in as a whole': [
      () => {
        const piece = document.implementation.createHTMLDocument().createElement('section')
        piece.setAttribute('title', 'x')
        piece.innerHTML = `<p><img src="${PIXEL}"></p>`
        put(make('div')).replaceChildren('text', piece)
        return piece.querySelector('img')
      },
    ],
  }

describe.each(Object.entries(ways))('an element by %s', (_, [create, attribute = 'src']) => {
  test('waits for its own yes, is given its address, and waits again after the no', async () => {
    begin()
    const element = create()
    await Promise.resolve()
    expect(element?.isConnected).toBe(true)
    expect(element?.getAttribute(attribute) ?? '').not.toMatch(/facebook/i)
    answer('google-analytics')
    expect(element?.getAttribute(attribute) ?? '').not.toMatch(/facebook/i)
    yes()
    expect(element?.getAttribute(attribute)).toMatch(/facebook/i)
    answer()
    const next = create()
    expect(next?.getAttribute(attribute) ?? '').not.toMatch(/facebook/i)
  })

  test('waits for the policy, and is let go by one that knows it as allowed', () => {
    const element = create()
    expect(element?.getAttribute(attribute) ?? '').not.toMatch(/facebook/i)
    yes()
    begin()
    expect(element?.getAttribute(attribute)).toMatch(/facebook/i)
    for (const name of element?.getAttributeNames() ?? []) expect(name).not.toMatch(/portti/)
  })

  test('goes at once when it is allowed', () => {
    granted.add('meta-pixel')
    begin()
    expect(create()?.getAttribute(attribute)).toMatch(/facebook/i)
  })
})

describe('scripts', () => {
  const snippet = 'window.fbq = window.fbq || 1'

  test('one that page code makes runs later as the same element, with what was set on it', () => {
    begin()
    const script = document.createElement('script')
    const loaded = vi.fn()
    script.onload = loaded
    script.src = PIXEL
    script.type = 'text/javascript'
    put(script)
    expect(script.hasAttribute('src')).toBe(false)
    expect(script.src).toBe(PIXEL)
    yes()
    expect(document.scripts[0]).toBe(script)
    expect([script.getAttribute('src'), script.type, script.onload]).toEqual([
      PIXEL,
      'text/javascript',
      loaded,
    ])
    expect(script.getAttributeNames().filter((name) => name.startsWith('data-'))).toEqual([])
  })

  test('an inline one that page code makes waits with its text', () => {
    begin()
    const script = document.createElement('script')
    script.text = snippet
    put(script)
    expect(script.type).toBe('text/plain')
    yes()
    expect(document.scripts[0]).toBe(script)
    expect(script.hasAttribute('type')).toBe(false)
  })

  test('one that is set by innerHTML, which never runs, does not run after the yes either', () => {
    begin()
    document.body.innerHTML = `<script src="${PIXEL}"></script>`
    const [script] = document.scripts
    yes()
    expect(document.scripts[0]).toBe(script)
    expect(script?.getAttributeNames()).toEqual(['src'])
  })

  test('rules for what a browser fetches ahead wait when they name an own path of somebody', () => {
    const counter = {
      id: 'counter',
      name: 'Counter',
      provider: {
        name: 'Acme Oy',
        country: 'FI',
        role: 'processor',
        privacyNotice: 'https://acme.example/p',
      },
      transfer: { ground: 'eea' },
      urls: ['www.yritys.example/counter'],
    } as const
    begin(policyWith({ categories: categoriesWith({ id: 'analytics', services: [counter] }) }))
    const types = ['/counter/a', '/sivu'].map((page) => {
      const rules = make('script', { type: 'speculationrules' })
      rules.textContent = `{ "prefetch": [{ "urls": ["/etusivu", "${page}"] }] }`
      return put(rules).getAttribute('type')
    })
    expect(types).toEqual(['text/plain', 'speculationrules'])
  })

  test('data and rules are no code, unless rules name somebody who waits', () => {
    begin()
    const data = put(make('script', { type: 'application/json' }))
    data.textContent = `{ "x": "${PIXEL}" }`
    const rules = make('script', { type: 'speculationrules' })
    rules.textContent = `{ "prefetch": [{ "urls": ["${PIXEL}"] }] }`
    put(rules)
    expect([data.getAttribute('type'), rules.getAttribute('type')]).toEqual([
      'application/json',
      'text/plain',
    ])
    yes()
    expect(rules.getAttribute('type')).toBe('speculationrules')
  })
})

describe('calls', () => {
  const failed = async (call: () => unknown) => {
    const seen = vi.fn()
    await Promise.resolve(call()).catch(seen)
    return seen.mock.calls.map(([error]) => error instanceof TypeError)
  }
  test('fetch is refused until the yes, by addresses and by requests', async () => {
    const real = vi.fn(() => Promise.resolve(new Response('')))
    guard.dispose()
    vi.stubGlobal('fetch', real)
    guard = createGuard(known, undefined)
    begin()
    expect(await failed(() => fetch(PIXEL))).toEqual([true])
    expect(await failed(() => fetch(new Request(PIXEL)))).toEqual([true])
    expect(real).not.toHaveBeenCalled()
    yes()
    await fetch(PIXEL, { keepalive: true })
    expect(real.mock.calls).toEqual([[PIXEL, { keepalive: true }]])
    vi.unstubAllGlobals()
  })

  test('an image that is no part of the page fails later than the call', async () => {
    begin()
    const image = new Image()
    const errors = vi.fn()
    image.onerror = errors
    image.src = PIXEL
    expect(errors).not.toHaveBeenCalled()
    expect(image.src).toBe(PIXEL)
    await vi.waitFor(() => expect(errors).toHaveBeenCalledTimes(1))
  })

  test('a cookie is dropped until the yes', () => {
    begin()
    // biome-ignore lint/suspicious/noDocumentCookie: it is what pages write.
    document.cookie = '_fbp=1'
    // biome-ignore lint/suspicious/noDocumentCookie: it is what pages write.
    document.cookie = 'own=1'
    localStorage.setItem('lastExternalReferrer', '1')
    expect(document.cookie).toBe('own=1')
    expect(localStorage.length).toBe(0)
    yes()
    // biome-ignore lint/suspicious/noDocumentCookie: it is what pages write.
    document.cookie = '_fbp=1'
    localStorage.setItem('lastExternalReferrer', '1')
    expect(document.cookie).toContain('_fbp=1')
    answer()
    // biome-ignore lint/suspicious/noDocumentCookie: it is what pages write.
    document.cookie = '_fbp=; Max-Age=0'
    expect(document.cookie).toBe('own=1')
    expect(localStorage.length).toBe(1)
  })

  test('what is stored without a call goes when the code that stored it has ended, and stays after the yes', async () => {
    begin()
    for (const store of [localStorage, sessionStorage])
      Object.assign(store, { lastExternalReferrer: '1', own: '2' })
    await Promise.resolve()
    expect([Object.keys(localStorage), Object.keys(sessionStorage)]).toEqual([
      ['own'],
      ['lastExternalReferrer', 'own'],
    ])
    expect(guard.held()).toEqual([
      expect.objectContaining({ kind: 'write', from: 'localStorage lastExternalReferrer', why: 'declared' }),
    ])
    const kept = localStorage
    await Promise.resolve()
    Object.assign(kept, { lastExternalReferrer: '1' })
    await Promise.resolve()
    expect(Object.keys(kept)).toContain('lastExternalReferrer')
    dispatchEvent(new Event('pagehide'))
    expect(Object.keys(kept)).toEqual(['own'])
    yes()
    localStorage.lastExternalReferrer = '1'
    await Promise.resolve()
    dispatchEvent(new Event('pagehide'))
    expect(Object.keys(kept)).toContain('lastExternalReferrer')
    for (const store of [localStorage, sessionStorage]) store.clear()
  })

  test('what somebody has stored before there was a policy stays until the policy says whose it is', async () => {
    Object.assign(localStorage, { lastExternalReferrer: '1' })
    await Promise.resolve()
    dispatchEvent(new Event('pagehide'))
    expect(Object.keys(localStorage)).toEqual(['lastExternalReferrer'])
    localStorage.clear()
  })

  test('what the guard has marked keeps its address where the page looks for it', () => {
    begin()
    const frame = put(make('iframe', { src: PIXEL }))
    expect(frame.getAttribute('data-src')).toBe(PIXEL)
    expect((frame as HTMLIFrameElement).src).toBe(PIXEL)
  })

  test('what is held is listed with the reason, and named once if nobody declared it', async () => {
    begin()
    put(make('img', { src: PIXEL }))
    for (const n of [1, 2]) put(make('img', { src: `https://static.hotjar.com/${n}` }))
    localStorage.setItem('_hjx', '1')
    await Promise.resolve()
    expect([...(gate?.held() ?? []), ...guard.held()]).toEqual([
      {
        kind: 'asset',
        service: 'meta-pixel',
        categories: ['ads'],
        from: PIXEL,
        state: 'held',
        why: 'declared',
      },
      expect.objectContaining({
        kind: 'asset',
        service: 'hotjar',
        from: 'https://static.hotjar.com/1',
        why: 'undeclared',
      }),
      expect.objectContaining({ from: 'https://static.hotjar.com/2' }),
      expect.objectContaining({
        kind: 'write',
        service: 'hotjar',
        from: 'localStorage _hjx',
        why: 'undeclared',
      }),
    ])
    expect(warn.mock.calls.map(String)).toEqual([expect.stringMatching(/^portti: hotjar runs on this page/)])
  })
})

describe('frames', () => {
  const frames = () => [...document.querySelectorAll('iframe')]
  const addresses = () => frames().map((frame) => frame.getAttribute('src'))
  const errors = vi.spyOn(console, 'error').mockImplementation(() => {})

  test.each([
    [
      'of the markup',
      () => document.body.insertAdjacentHTML('afterbegin', `<p><iframe src="${PIXEL}"></iframe></p>`),
    ],
    ['that code makes', () => void put(make('p')).append(make('iframe', { src: PIXEL }))],
  ])('%s go back after the no, and come again after another yes', (_, create) => {
    errors.mockClear()
    begin()
    create()
    expect(addresses()).toEqual([null])
    for (let turn = 0; turn < 2; turn++) {
      yes()
      expect(addresses()).toEqual([PIXEL])
      answer('google-analytics')
      expect(addresses()).toEqual([null])
      expect(frames()[0]?.isConnected).toBe(true)
    }
    expect(gate?.held().map(({ state }) => state)).toEqual(['held'])
    expect(errors).not.toHaveBeenCalled()
  })

  test('that came while they were allowed wait after the no, others stay', () => {
    begin()
    yes()
    put(make('p')).append(make('iframe', { src: PIXEL }), make('iframe', { src: '/own' }))
    expect(addresses()).toEqual([PIXEL, '/own'])
    answer()
    expect(addresses()).toEqual([null, '/own'])
    yes()
    expect(addresses()).toEqual([PIXEL, '/own'])
  })
})

describe('a link into a frame', () => {
  const frame = () => document.querySelector('iframe')
  function click(attributes: Record<string, string>, init: MouseEventInit = {}): boolean {
    document.querySelector('a')?.remove()
    const event = new MouseEvent('click', { bubbles: true, cancelable: true, ...init })
    put(make('a', { target: 'player', ...attributes })).append(make('b'))
    // What browsers do then jsdom cannot.
    const stop = (event: Event) => {
      stopped = event.defaultPrevented
      event.preventDefault()
    }
    let stopped = false
    addEventListener('click', stop)
    document.querySelector('a b')?.dispatchEvent(event)
    removeEventListener('click', stop)
    return stopped
  }

  beforeEach(() => {
    begin()
    put(make('iframe', { name: 'player', src: '/own' }))
  })

  test('is held there, and shows what was clicked on after the yes', async () => {
    expect(click({ href: PIXEL })).toBe(true)
    await Promise.resolve()
    expect(frame()?.getAttribute('src')).toBe(null)
    expect(gate?.held()).toMatchObject([{ service: 'meta-pixel', state: 'held' }])
    yes()
    expect(frame()?.getAttribute('src')).toBe(PIXEL)
    expect(click({ href: PIXEL })).toBe(false)
  })

  test.each<[string, Record<string, string>, MouseEventInit?]>([
    ['that nobody holds', { href: '/other' }],
    ['into a window of its own', { href: PIXEL, target: '_blank' }],
    ['into a frame that is not there', { href: PIXEL, target: 'other' }],
    ['that a key opens elsewhere', { href: PIXEL }, { ctrlKey: true }],
    ['without an address', {}],
  ])('%s goes its way', (_, attributes, init) => {
    expect(click(attributes, init)).toBe(false)
    expect(frame()?.getAttribute('src')).toBe('/own')
  })

  test('without an address leaves what waits there', async () => {
    click({ href: PIXEL })
    click({})
    await Promise.resolve()
    expect(frame()?.getAttribute('src')).toBe(null)
    expect(gate?.held()).toHaveLength(1)
  })

  test('that the page keeps to itself is none', () => {
    const keep = (event: Event) => event.preventDefault()
    document.body.addEventListener('click', keep)
    click({ href: PIXEL })
    document.body.removeEventListener('click', keep)
    expect(frame()?.getAttribute('src')).toBe('/own')
  })
})

describe('a frame that page code makes something else of', () => {
  const VIDEO = 'https://www.youtube.com/embed/1'
  const drawn: string[] = []
  const live = () => [...document.querySelectorAll('iframe')].map((frame) => frame.getAttribute('src'))
  const shown = () => [...document.querySelectorAll('iframe')].map(({ style }) => style.display !== 'none')
  const seen = () => new Promise((resolve) => setTimeout(resolve))
  const frameOf = (src: string) => put(make('iframe', { src })) as HTMLIFrameElement

  beforeEach(() => {
    drawn.length = 0
    begin(policyWith(), ({ services }) => {
      const id = services[0]?.id ?? ''
      drawn.push(id)
      return () => drawn.splice(drawn.indexOf(id), 1)
    })
  })

  test('is held for whom its address names then, before the yes and after', async () => {
    const frame = frameOf(VIDEO)
    // Code that counts children finds its own.
    expect(document.body.children).toHaveLength(1)
    await seen()
    expect(drawn).toEqual(['youtube'])
    frame.src = PIXEL
    await seen()
    expect([live(), drawn]).toEqual([[null], ['meta-pixel']])
    answer('youtube')
    expect(live()).toEqual([null])
    yes()
    expect([live(), drawn]).toEqual([[PIXEL], []])
    frame.src = VIDEO
    await seen()
    expect([live(), drawn]).toEqual([[null], ['youtube']])
  })

  test('is shown again with an address that may load, and goes back from the one after that', async () => {
    const frame = frameOf(VIDEO)
    await seen()
    expect(shown()).toEqual([false])
    frame.src = '/own'
    await seen()
    expect([live(), drawn, shown()]).toEqual([['/own'], [], [true]])
    answer('youtube')
    frame.src = VIDEO
    await seen()
    answer()
    await seen()
    expect([live(), drawn, shown()]).toEqual([[null], ['youtube'], [false]])
  })

  test('by our marks from another waits like that one', async () => {
    const frames = [frameOf(VIDEO), frameOf('/own')]
    await seen()
    const other = document.implementation.createHTMLDocument().createElement('section')
    other.innerHTML = `<iframe src="${PIXEL}"></iframe>`
    for (const frame of frames) {
      const marks = (other.firstElementChild as Element).attributes
      for (const { name, value } of marks) frame.setAttribute(name, value)
      for (const name of frame.getAttributeNames()) if (!marks.getNamedItem(name)) frame.removeAttribute(name)
    }
    await seen()
    expect(live()).toEqual([null, null])
    expect(drawn).toEqual(['meta-pixel', 'meta-pixel'])
    answer('youtube')
    expect(live()).toEqual([null, null])
    yes()
    expect(live()).toEqual([PIXEL, PIXEL])
  })

  test('by a way that nobody sees loads what it was held for', () => {
    const frame = frameOf(VIDEO)
    frame.dataset.src = PIXEL
    frame.dataset.service = 'youtube'
    answer('youtube')
    expect(live()).toEqual([VIDEO])
  })

  test('keeps what is the page’s own, though we have such words too', () => {
    const frame = frameOf(VIDEO)
    for (const name of ['service', 'data-other', 'Data-Portti']) frame.setAttribute(name, 'x')
    expect([frame.getAttribute('service'), frame.dataset.other, frame.dataset.portti]).toEqual([
      'x',
      'x',
      'x',
    ])
    for (const name of ['service', 'data-other', 'data-portti']) frame.removeAttribute(name)
    expect(frame.getAttributeNames().sort()).toEqual(['data-service', 'data-src'])
  })
})

describe('styles', () => {
  const url = `url("${PIXEL}")`
  const drawn = () => Promise.resolve()

  test('lose what waits and keep the rest, are listed, and get it back under what came later', () => {
    begin()
    const element = put(
      make('p', { style: `color: red; list-style-image: ${url}; --own: ${url} !important` }),
    )
    expect((element as HTMLElement).style.cssText).toBe('color: red;')
    expect(guard.held()).toEqual([
      expect.objectContaining({ kind: 'asset', service: 'meta-pixel', why: 'declared', state: 'held' }),
    ])
    const copy = element.cloneNode() as HTMLElement
    put(make('div')).append(copy)
    expect(copy.style.cssText).toBe('color: red;')
    const { style } = element as HTMLElement
    style.color = 'blue'
    yes()
    expect([style.color, style.listStyleImage, style.getPropertyPriority('--own')]).toEqual([
      'blue',
      url,
      'important',
    ])
    expect([copy.style.color, copy.style.listStyleImage]).toEqual(['red', url])
    expect(guard.held()).toEqual([])
  })

  test.each(['in the page', 'before it comes there'])('set by property %s wait', async (when) => {
    begin()
    const element = document.createElement('p')
    if (when === 'in the page') put(element)
    element.style.backgroundImage = url
    if (when !== 'in the page') put(element)
    await drawn()
    expect(element.style.backgroundImage).toBe('')
    answer('google-analytics')
    await drawn()
    expect(element.style.backgroundImage).toBe('')
    yes()
    expect(element.style.backgroundImage).toBe(url)
    await drawn()
    expect(element.style.backgroundImage).toBe(url)
  })

  test('set by a call wait for the yes, unless something else is set meanwhile', () => {
    begin()
    const [one, other] = [put(make('p')), put(make('p'))] as HTMLElement[]
    for (const element of [one, other]) element?.style.setProperty('background-image', url)
    expect(one?.style.length).toBe(0)
    other?.style.setProperty('background-image', 'none')
    yes()
    expect([one?.style.backgroundImage, other?.style.backgroundImage]).toEqual([url, 'none'])
  })

  test('of a form that has a field with that name wait as a whole', () => {
    begin()
    const form = make('form')
    // As browsers do with a field of that name.
    Object.defineProperty(form, 'style', { value: make('input', { name: 'style' }) })
    put(form)
    form.setAttribute('style', `color: red; background-image: ${url}`)
    expect(form.hasAttribute('style')).toBe(false)
    yes()
    expect(form.getAttribute('style')).toContain(PIXEL)
  })
})

describe('while no policy is there', () => {
  test('strangers wait and are let go, as they were, when it comes', () => {
    const image = put(make('img', { src: STRANGER, alt: 'x' }))
    const script = put(make('script', { src: STRANGER }))
    expect([image.hasAttribute('src'), script.hasAttribute('src')]).toEqual([false, false])
    begin()
    expect(image.outerHTML).toBe(`<img alt="x" src="${STRANGER}">`)
    expect(script.getAttribute('src')).toBe(STRANGER)
  })

  test('a policy that cannot be used leaves trackers held', () => {
    const image = put(make('img', { src: PIXEL }))
    const stranger = put(make('img', { src: STRANGER }))
    begin(undefined)
    expect([image.hasAttribute('src'), stranger.hasAttribute('src')]).toEqual([false, true])
  })
})

describe('the built-ins', () => {
  test('look as they did, and are back when the guard is gone', () => {
    guard.dispose()
    const own = Object.getOwnPropertyNames(Attr.prototype)
    const look = () =>
      [Node.prototype.appendChild, Element.prototype.setAttribute, WebSocket, Blob].map((fn) => [
        fn,
        fn.name,
        fn.length,
        Function.prototype.toString.call(fn),
        fn.prototype,
      ])
    const before = look()
    guard = createGuard(known, undefined)
    const during = look()
    expect(during.map(([, ...rest]) => rest.filter((_, at) => at !== 2))).toEqual(
      before.map(([, ...rest]) => rest.filter((_, at) => at !== 2)),
    )
    expect(during.some(([fn], at) => fn !== before[at]?.[0])).toBe(true)
    expect(new Blob(['x'])).toBeInstanceOf(Blob)
    guard.dispose()
    expect(look().map(([fn]) => fn)).toEqual(before.map(([fn]) => fn))
    expect(Object.getOwnPropertyNames(Attr.prototype)).toEqual(own)
  })

  test('do as they did with what needs not wait', () => {
    begin()
    const html = `<p style="color: red"><a href="https://www.facebook.com/yritys">F</a><img src="/own.png"><script>x</script></p>`
    document.body.innerHTML = html
    expect(document.body.innerHTML).toBe(html)
    expect(() => document.body.appendChild(null as never)).toThrow(/parameter 1/)
    expect(() => document.body.setAttribute(...(['x'] as never as [string, string]))).toThrow(/2 arguments/)
    const image = new Image(3, 4)
    image.src = 'own.png'
    expect([image.src, image.width]).toEqual(['https://www.yritys.example/own.png', 3])
  })
})
