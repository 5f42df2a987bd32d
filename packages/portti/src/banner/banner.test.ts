// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fill } from '../locales/messages.ts'
import { declared, furnish, settled, stage, textsOf } from './stage.ts'

let height = 400
let banners: (() => void)[] = []
const open = (...setting: Parameters<typeof stage>) => {
  const made = stage(...setting)
  banners.push(made.banner.dispose)
  return made
}

beforeEach(() => {
  vi.useFakeTimers()
  height = 400
  furnish(() => height)
  document.body.innerHTML =
    '<header><a href="/">Etusivu</a></header><main><button id="opener">Nappi</button></main>'
})
afterEach(() => {
  for (const end of banners) end()
  banners = []
  vi.useRealTimers()
})

describe('the banner', () => {
  it('is not on the page until something is shown, and is gone when it is disposed of', () => {
    const { banner, host } = open()
    expect(host()).toBeNull()
    banner.showBanner()
    expect(host()?.getAttribute('data-portti-version')).toBe('1.2.3')
    expect(host()?.shadowRoot?.mode).toBe('open')
    banner.dispose()
    expect(host()).toBeNull()
  })

  it.each([
    ['<header><a href="/">x</a></header><main></main>', 0],
    ['<a href="#main">skip</a><header></header>', 1],
    ['<div><p><a href="#main">skip</a></p></div><header></header>', 1],
    ['<script></script><a href="#main">skip</a><header></header>', 2],
    ['<nav><a href="#one">one</a><a href="#two">two</a></nav>', 0],
    ['<button>menu</button><a href="#main">no skip link</a>', 0],
  ])('stands first in %s, but behind a skip link', (page, at) => {
    document.body.innerHTML = page
    const { banner, host } = open()
    banner.showBanner()
    expect([...document.body.children].indexOf(host() as HTMLElement)).toBe(at)
  })

  it.each(['fi', 'sv', 'en'])('tells everything that a first answer needs, in %s', (language) => {
    const { banner, one, host, policy } = open({ language })
    banner.showBanner()
    const messages = textsOf(language)
    const text = one('section').textContent ?? ''
    expect(host()?.lang).toBe(language)
    expect(text).toContain('Yritys Oy')
    expect(text).toContain(messages.settings)
    for (const id of ['analytics', 'demographics', 'social', 'ads'] as const) {
      const title = messages.categories[id]
      expect(text).toContain(title.charAt(0).toLowerCase() + title.slice(1))
    }
    const partners = new Set(
      [...policy.services.values()].filter((s) => s.category !== 'necessary').map((s) => s.provider.name),
    )
    expect(text).toContain(fill(messages.partners, { n: String(partners.size) }))
    expect(one('a').getAttribute('href')).toMatch(/^\/(tietosuoja|sv|en)/)
    expect(text).not.toMatch(/\{\w+\}|undefined|\[object/)
  })

  it('is a named region with three buttons of one kind, refusing first, and no cross', () => {
    const { banner, one, all } = open()
    banner.showBanner()
    const section = one('section')
    expect(section.getAttribute('role')).toBeNull()
    expect(one(`#${section.getAttribute('aria-labelledby')}`).textContent).toBe('Evästeet tällä sivustolla')
    const buttons = all('.g button')
    expect(buttons.map((button) => button.getAttribute('data-portti-action'))).toEqual([
      'reject',
      'accept',
      'settings',
    ])
    expect(buttons.map((button) => button.textContent)).toEqual([
      'Hylkää kaikki',
      'Hyväksy kaikki',
      'Valitse itse',
    ])
    for (const button of buttons) {
      expect([button.getAttribute('type'), button.className, button.getAttribute('part')]).toEqual([
        'button',
        '',
        'button',
      ])
      expect(button.hasAttribute('aria-label')).toBe(false)
    }
  })

  it('speaks of no partner when only the site itself gets anything', () => {
    const own = {
      id: 'counter',
      name: 'Laskuri',
      provider: { name: '', country: '', role: 'controller', privacyNotice: '' },
      transfer: { ground: 'eea' },
    } as const
    const { banner, one } = open({
      policy: { ...declared, categories: [{ id: 'analytics', services: [own] }] },
    })
    banner.showBanner()
    expect(one('section').textContent).not.toContain('umppani')
  })

  it('asks nothing where nothing is to be asked', () => {
    const { banner, host } = open({
      policy: { ...declared, categories: [{ id: 'necessary', services: ['session'] }] },
    })
    banner.showBanner()
    expect(host()).toBeNull()
  })

  it('leaves the focus, the scrolling and the rest of the page alone', () => {
    const opener = document.querySelector<HTMLElement>('#opener')
    opener?.focus()
    const before = document.querySelector('main')?.outerHTML
    const { banner } = open()
    banner.showBanner()
    expect(document.activeElement).toBe(opener)
    expect(document.querySelector('main')?.outerHTML).toBe(before)
    expect(document.body.getAttribute('style')).toBeNull()
  })

  it('is announced once and politely, after a while', () => {
    const { banner, one } = open()
    banner.showBanner()
    const live = one('[aria-live]')
    const said: string[] = []
    expect([live.getAttribute('aria-live'), live.textContent]).toEqual(['polite', ''])
    vi.advanceTimersByTime(99)
    expect(live.textContent).toBe('')
    vi.advanceTimersByTime(100)
    said.push(live.textContent ?? '')
    vi.advanceTimersByTime(10_000)
    said.push(live.textContent ?? '')
    expect(new Set(said)).toEqual(new Set(['Evästeet tällä sivustolla']))
    expect(one('[aria-live]')).toBe(live)
  })

  it.each([
    ['accept', 'acceptAll'],
    ['reject', 'rejectAll'],
  ] as const)('needs one act to %s, goes away at once and says that it is kept', (action, name) => {
    const events: string[] = []
    const { banner, press, act, all, one } = open({ on: (event) => events.push(event) })
    banner.showBanner()
    press(action)
    expect(act[name]).toHaveBeenCalledOnce()
    expect(all('section')).toEqual([])
    vi.advanceTimersByTime(200)
    expect(one('[aria-live]').textContent).toBe('Valintasi on tallennettu.')
    expect(events).toEqual(['show', 'hide'])
  })

  it('takes nothing else for an answer', () => {
    const { banner, one, act, $decision } = open()
    banner.showBanner()
    for (const type of ['wheel', 'touchstart', 'scroll', 'mousedown', 'pointerdown', 'keydown']) {
      for (const target of [document.body, one('section'), one('p'), window]) {
        const event = new Event(type, { bubbles: true, composed: true })
        target.dispatchEvent(Object.assign(event, { key: 'Escape' }))
      }
    }
    one('p').click()
    one('section').click()
    document.body.click()
    vi.advanceTimersByTime(600_000)
    expect(one('section')).toBeDefined()
    expect($decision.get().kind).toBe('unasked')
    for (const did of Object.values(act)) expect(did).not.toHaveBeenCalled()
  })

  it('goes away when another tab answers', () => {
    const { banner, all, $decision } = open()
    banner.showBanner()
    $decision.set({ kind: 'given', choice: {}, at: 0, action: 'reject' })
    expect(all('section')).toEqual([])
  })

  it('says what is new, and that the rest stands', () => {
    const { banner, one } = open({
      decision: {
        kind: 'lapsed',
        why: 'policy-changed',
        choice: {},
        at: 0,
        action: 'save',
        changed: ['ads', 'gone'],
      },
    })
    banner.showBanner()
    expect(one('section').textContent).toContain(
      fill(textsOf('fi').changed, { changes: 'kohdennettu mainonta ja asiakassegmentit' }),
    )
  })

  it('says that an answer has become too old', () => {
    const { banner, one } = open({
      decision: { kind: 'lapsed', why: 'expired', choice: {}, at: 0, action: 'save', changed: ['ads'] },
    })
    banner.showBanner()
    expect(one('section').textContent).toContain(textsOf('fi').expired)
  })

  it('names what the privacy signal of the browser keeps off', () => {
    const signalled = fill(textsOf('fi').gpc, {
      purposes: 'kohderyhmätiedot ja kohdennettu mainonta ja asiakassegmentit',
    })
    const { banner, one } = open({ gpc: true })
    banner.showBanner()
    expect(one('section').textContent).toContain(signalled)
  })

  it('says so when the answer could not be kept, until that is read', () => {
    const { banner, press, all, one } = open({ keeps: false })
    banner.showBanner()
    press('reject')
    expect(one('[part=note]').textContent).toContain(textsOf('fi').notSaved)
    vi.advanceTimersByTime(600_000)
    expect(one('[aria-live]').textContent).toBe(textsOf('fi').notSaved)
    press('close')
    expect(all('[part=note]')).toEqual([])
  })

  it('offers to load the page again after a withdrawal that needs it', () => {
    const { banner, press, act, one } = open()
    banner.offerReload()
    expect(one('[part=note]').textContent).toContain(textsOf('fi').withdrawn)
    press('reload')
    expect(act.reload).toHaveBeenCalledOnce()
  })

  it('says so politely when the settings do not come, asks on, and tries again when they are wanted again', async () => {
    const loadSettings = vi.fn(() => Promise.reject(new Error('404')))
    const { banner, one, all, press, act, root } = open({ loadSettings })
    banner.showBanner()
    vi.advanceTimersByTime(1000)
    const failed = textsOf('fi').settingsFailed
    for (const time of [1, 2]) {
      one('.g [data-portti-action=settings]').focus()
      loadSettings.mockClear()
      one('.g [data-portti-action=settings]').click()
      expect(loadSettings).toHaveBeenCalledOnce()
      await settled()
      expect(all('section p').filter(({ textContent }) => textContent === failed)).toHaveLength(1)
      expect(all('[part=note]')).toEqual([])
      expect(one('[aria-live]').textContent).toBe('')
      vi.advanceTimersByTime(200)
      expect([one('[aria-live]').textContent, time]).toEqual([failed, time])
      expect(root().activeElement).toBe(one('.g [data-portti-action=settings]'))
    }
    press('reject')
    expect(act.rejectAll).toHaveBeenCalledOnce()
    expect(all('section, [part=note]')).toEqual([])
  })

  it('asks for the settings on the way to them, and not when it moves the focus there itself', () => {
    const loadSettings = vi.fn(() => Promise.reject(new Error('404')))
    const { banner, one, press } = open({ loadSettings })
    banner.showBanner()
    banner.reopen(true)
    press('accept')
    const control = one('[part=reopen]')
    // Unlike browsers jsdom says that the focus came from the body.
    loadSettings.mockClear()
    const told = { bubbles: true, composed: true }
    control.dispatchEvent(new FocusEvent('focusin', told))
    expect(loadSettings).not.toHaveBeenCalled()
    control.dispatchEvent(new FocusEvent('focusin', { ...told, relatedTarget: document.body }))
    expect(loadSettings).toHaveBeenCalledTimes(1)
    control.dispatchEvent(new MouseEvent('pointerover', told))
    expect(loadSettings).toHaveBeenCalledTimes(2)
  })

  it('says that the settings do not come on a page where it does not ask', async () => {
    const { banner, one, all, press, root } = open()
    banner.reopen(true)
    one('[part=reopen]').focus()
    press('settings')
    await settled()
    expect(one('[part=note]').textContent).toContain(textsOf('fi').settingsFailed)
    expect(root().activeElement).toBe(one('[part=note] button'))
    press('close')
    expect(all('[part=note]')).toEqual([])
    expect(root().activeElement).toBe(one('[part=reopen]'))
  })

  it('keeps its word there: everything can be accepted or refused where the settings do not come', async () => {
    const { banner, one, all, press, act, consent } = open()
    banner.reopen(true)
    for (const [action, given] of [
      ['accept', true],
      ['reject', false],
    ] as const) {
      one('[part=reopen]').click()
      await settled()
      press(action, '[part=note]')
      expect(consent.allows('analytics')).toBe(given)
      expect(all('[part=note]')).toEqual([])
    }
    expect([act.acceptAll, act.rejectAll].map(({ mock }) => mock.calls.length)).toEqual([1, 1])
  })

  it('says nothing of settings that do not come after it was answered', async () => {
    const { banner, all, press } = open()
    banner.showBanner()
    press('settings')
    press('reject')
    await settled()
    expect(all('section, [part=note]')).toEqual([])
  })

  it('keeps the focus when it is drawn again, on the very control that had it', () => {
    const { banner, all, root } = open()
    banner.showBanner()
    const controls = () => all('section :is(a, button)')
    expect(controls()).toHaveLength(5)
    for (let at = 0; at < 5; at++) {
      const control = controls()[at]
      control?.focus()
      banner.setLanguage('sv', textsOf('sv'))
      expect(root().activeElement).toBe(controls()[at])
      expect(controls()[at]).not.toBe(control)
    }
  })

  it('stays as it is while nothing about it changes, so that no press is lost', () => {
    const { banner, one } = open()
    banner.showBanner()
    const before = one('section')
    banner.reopen(true)
    banner.reopen(false)
    banner.say('something')
    expect(one('section')).toBe(before)
  })

  it.each(['accept', 'reject'])('hands the focus to the lasting control after %s', (action) => {
    const { banner, one, root, $decision } = open()
    $decision.listen(({ kind }) => banner.reopen(kind === 'given'))
    banner.showBanner()
    one(`[data-portti-action=${action}]`).focus()
    one(`[data-portti-action=${action}]`).click()
    expect(root().activeElement).toBe(one('[part=reopen]'))
  })

  it('takes no focus that is elsewhere on the page', () => {
    const opener = document.querySelector<HTMLElement>('#opener')
    const { banner, press, $decision } = open()
    $decision.listen(({ kind }) => banner.reopen(kind === 'given'))
    banner.showBanner()
    opener?.focus()
    press('accept')
    expect(document.activeElement).toBe(opener)
  })

  it('keeps what has the focus from lying under it, and puts the page back', () => {
    let measure = () => {}
    vi.stubGlobal(
      'ResizeObserver',
      class {
        constructor(callback: () => void) {
          measure = callback
        }
        observe() {}
        disconnect() {}
      },
    )
    const page = document.documentElement
    page.style.scrollPaddingBottom = '7px'
    const { banner, one } = open()
    banner.showBanner()
    Object.defineProperty(one('section'), 'clientHeight', { value: 321 })
    const whenRead: string[] = []
    Object.defineProperty(page, 'scrollHeight', {
      configurable: true,
      get() {
        whenRead.push(page.style.scrollPaddingBottom)
        return 2000
      },
    })
    measure()
    expect(page.style.scrollPaddingBottom).toBe('321px')
    expect(page.style.paddingBottom).toBe('321px')
    // Read after it was written, the height would cost a layout of its own.
    expect(whenRead).toEqual(['7px'])
    banner.hide()
    expect(page.style.scrollPaddingBottom).toBe('7px')
    expect(page.style.paddingBottom).toBe('')
    Reflect.deleteProperty(page, 'scrollHeight')
    page.removeAttribute('style')
    vi.unstubAllGlobals()
  })
})

describe('a page that swaps its body', () => {
  const swap = (html: string) => {
    const next = document.createElement('body')
    next.innerHTML = html
    document.body.replaceWith(next)
  }

  it('is followed by what stood on the one before, once, as it is due now', () => {
    const { banner, host, all, one } = stage()
    banner.showBanner()
    const before = host()
    const accept = one('[data-portti-action=accept]')
    swap('<main></main><div id="portti" data-portti-version="1.2.3"></div>')
    banner.follow()
    expect(host()).toBe(before)
    expect(document.querySelectorAll('#portti')).toHaveLength(1)
    expect(all('[data-portti-action=accept]')).toHaveLength(1)
    expect(one('[data-portti-action=accept]')).not.toBe(accept)
    const drawn = one('[data-portti-action=accept]')
    banner.follow()
    expect(one('[data-portti-action=accept]')).toBe(drawn)
  })

  it('keeps an element of its own that has our name', () => {
    const { banner } = stage()
    banner.showBanner()
    swap('<b id="portti">Oma</b>')
    banner.follow()
    expect(document.body.textContent).toBe('Oma')
    expect(document.querySelectorAll('#portti')).toHaveLength(2)
  })

  it('gets nothing where nothing of ours was shown', () => {
    const { banner } = stage()
    swap('<main></main>')
    banner.follow()
    expect(document.body.innerHTML).toBe('<main></main>')
  })
})

describe('the lasting control', () => {
  it('stands while nothing is asked and has the name of the settings', () => {
    const { banner, one, all } = open()
    banner.reopen(true)
    expect(one('[part=reopen]').textContent).toBe('Evästeasetukset')
    banner.showBanner()
    expect(all('[part=reopen]')).toEqual([])
    banner.hide()
    expect(all('[part=reopen]')).toHaveLength(1)
    banner.reopen(false)
    expect(all('button')).toEqual([])
  })
})

describe('looks', () => {
  it('take the colours of the site, and the dark ones while the system is dark', () => {
    let told = () => {}
    const system = Object.assign(new EventTarget(), { matches: false })
    told = () => system.dispatchEvent(new Event('change'))
    vi.stubGlobal('matchMedia', () => system)
    const { banner, host, one } = open({
      policy: { ...declared, theme: { accent: '#123456', radius: '3px', dark: { accent: '#abcdef' } } },
    })
    banner.showBanner()
    const look = () => [
      host()?.style.getPropertyValue('--portti-accent'),
      host()?.style.getPropertyValue('--portti-radius'),
      one('.p').className,
    ]
    expect(look()).toEqual(['#123456', '3px', 'p'])
    system.matches = true
    told()
    expect(look()).toEqual(['#abcdef', '3px', 'p d'])
    vi.unstubAllGlobals()
  })

  it('stay light on a site that gives a background but no dark one', () => {
    vi.stubGlobal('matchMedia', () => Object.assign(new EventTarget(), { matches: true }))
    const { banner, one } = open({ policy: { ...declared, theme: { background: '#fff' } } })
    banner.showBanner()
    expect(one('.p').className).toBe('p')
    vi.unstubAllGlobals()
  })

  it('come in a style element with the nonce where style sheets cannot be constructed', () => {
    Object.defineProperty(ShadowRoot.prototype, 'adoptedStyleSheets', {
      configurable: true,
      set() {
        throw new TypeError('not here')
      },
    })
    const { banner, one } = open({ nonce: 'abc' })
    banner.showBanner()
    Reflect.deleteProperty(ShadowRoot.prototype, 'adoptedStyleSheets')
    expect(one('style').getAttribute('nonce')).toBe('abc')
    expect(one('style').textContent).toContain(':focus-visible')
  })

  it('turn around for languages that are written from right to left', () => {
    const { banner, host } = open()
    banner.showBanner()
    expect(host()?.dir).toBe('ltr')
    banner.setLanguage('ar', textsOf('en'))
    expect(host()?.dir).toBe('rtl')
  })
})
