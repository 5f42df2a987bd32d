// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fill } from '../locales/messages.ts'
import { declared, furnish, stage, textsOf } from './stage.ts'

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
      const title = messages.categories[id][0]
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
    banner.showSettings()
    expect(one('dialog').textContent).toContain(signalled)
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
    measure()
    expect(page.style.scrollPaddingBottom).toBe('321px')
    banner.hide()
    expect(page.style.scrollPaddingBottom).toBe('7px')
    page.removeAttribute('style')
    vi.unstubAllGlobals()
  })
})

describe('the settings', () => {
  it('open with nothing switched on, a switch per purpose and words for what is always on', () => {
    const { banner, one, switches } = open()
    banner.showSettings()
    expect((one('dialog') as HTMLDialogElement).open).toBe(true)
    expect(switches()).toEqual({
      analytics: false,
      demographics: false,
      social: false,
      facebook: false,
      linkedin: false,
      x: false,
      ads: false,
    })
    const necessary = one('.u')
    expect(necessary.querySelector('input')).toBeNull()
    expect(necessary.textContent).toContain('Aina käytössä')
    expect(necessary.textContent).toContain('Portti')
  })

  it('have named switches in labels, descriptions and headings in order', () => {
    const { banner, all, one } = open()
    banner.showSettings()
    for (const input of all('input')) {
      expect([input.getAttribute('type'), input.getAttribute('role')]).toEqual(['checkbox', 'switch'])
      expect(input.closest('label')?.querySelector('span')?.textContent).not.toBe('')
      const described = input.getAttribute('aria-describedby')
      if (described) expect(one(`#${described}`).textContent).not.toBe('')
    }
    const levels = all('dialog :is(h2,h3,h4)').map(({ localName }) => Number(localName[1]))
    expect(levels[0]).toBe(2)
    levels.reduce((before, level) => {
      expect(level - before).toBeLessThanOrEqual(1)
      return level
    })
    expect(one(`#${one('dialog').getAttribute('aria-labelledby')}`).textContent).toBe('Evästeasetukset')
  })

  it('save exactly what is switched on, a service apart where it differs from its purpose', () => {
    const { banner, flip, press, act, switches } = open()
    banner.showBanner()
    press('settings')
    flip('social')
    flip('x')
    press('save', 'dialog')
    expect(act.choose).toHaveBeenCalledOnce()
    expect({ ...act.choose.mock.calls[0]?.[0] }).toEqual({
      analytics: false,
      demographics: false,
      social: true,
      x: false,
      ads: false,
    })
    banner.showSettings()
    expect(switches()).toMatchObject({ social: true, facebook: true, linkedin: true, x: false, ads: false })
  })

  it('keep together what needs each other', () => {
    const { banner, flip, switches } = open()
    banner.showSettings()
    flip('demographics')
    expect(switches()).toMatchObject({ analytics: true, demographics: true, ads: false })
    flip('analytics')
    expect(switches()).toMatchObject({ analytics: false, demographics: false })
    flip('social')
    expect(switches()).toMatchObject({ facebook: true, linkedin: true, x: true })
    flip('social')
    flip('linkedin')
    expect(switches()).toMatchObject({ social: false, facebook: false, linkedin: true })
  })

  it('stop at policies whose purposes need each other in a circle', () => {
    const { banner, flip, switches } = open({
      policy: {
        ...declared,
        categories: [
          { id: 'analytics', needs: 'ads', services: ['google-analytics'] },
          { id: 'ads', needs: 'analytics', services: ['google-ads'] },
        ],
      },
    })
    banner.showSettings()
    flip('ads')
    expect(switches()).toEqual({ analytics: true, ads: true })
    flip('analytics')
    expect(switches()).toEqual({ analytics: false, ads: false })
  })

  it.each([
    ['the button', (made: ReturnType<typeof stage>) => made.press('close', 'dialog')],
    ['Esc', (made: ReturnType<typeof stage>) => (made.one('dialog') as HTMLDialogElement).close()],
  ])('change nothing when they are closed with %s', (_, close) => {
    const made = open()
    const { banner, flip, all, act, $decision } = made
    banner.showBanner()
    made.press('settings')
    flip('ads')
    close(made)
    expect(all('dialog')).toEqual([])
    expect(all('section')).toHaveLength(1)
    expect($decision.get().kind).toBe('unasked')
    expect(act.choose).not.toHaveBeenCalled()
    banner.showSettings()
    expect(made.switches()['ads']).toBe(false)
  })

  it('give the focus to their heading and later back to what opened them', () => {
    const { banner, root, one, press } = open()
    const opener = document.querySelector<HTMLElement>('#opener')
    banner.showSettings(opener)
    expect(root().activeElement).toBe(one('dialog h2'))
    press('close', 'dialog')
    expect(document.activeElement).toBe(opener)
  })

  it('give the focus to the lasting control when what opened them is gone', () => {
    const { banner, root, one, press, $decision } = open()
    $decision.listen(({ kind }) => banner.reopen(kind === 'given'))
    banner.showBanner()
    press('settings')
    press('save', 'dialog')
    expect(root().activeElement).toBe(one('[part=reopen]'))
  })

  it('give the focus to the control of the page where there is none of ours', () => {
    document.querySelector('main')?.insertAdjacentHTML('beforeend', '<a href="#portti">Asetukset</a>')
    const { banner, press } = open()
    banner.showBanner()
    press('settings')
    press('reject', 'dialog')
    expect(document.activeElement?.textContent).toBe('Asetukset')
  })

  it('close again if a filter hides them, so that the page stays alive', () => {
    height = 0
    const { banner, all } = open()
    banner.showSettings()
    expect(all('dialog')).toEqual([])
    height = 400
    banner.showSettings()
    expect(all('dialog')).toHaveLength(1)
  })

  it('come back on a page that has replaced its body, but only when they are asked for', () => {
    const { banner, host, all, $decision } = open()
    banner.reopen(true)
    document.body.innerHTML = '<main></main>'
    $decision.set({ kind: 'unasked', choice: {} })
    expect(host()).toBeNull()
    banner.showSettings()
    expect(all('dialog')).toHaveLength(1)
  })

  it('offer to withdraw only what was granted', () => {
    const { banner, press, all, act, consent } = open()
    consent.rejectAll()
    banner.showSettings()
    expect(all('[data-portti-action=withdraw]')).toEqual([])
    banner.hide()
    consent.choose({ linkedin: true }, 'always')
    banner.showSettings()
    press('withdraw', 'dialog')
    expect(act.withdraw).toHaveBeenCalledOnce()
    expect(consent.allows('linkedin')).toBe(false)
  })

  it('give a switch to a service that was answered at its placeholder', () => {
    const { banner, consent, switches } = open({
      policy: { ...declared, categories: [{ id: 'ads', services: ['google-ads', 'meta-pixel'] }] },
    })
    consent.choose({ 'meta-pixel': true }, 'always')
    banner.showSettings()
    expect(switches()).toEqual({ ads: false, 'meta-pixel': true })
  })

  it('tell of a service when it is unfolded, and build nothing before', () => {
    const { banner, all, one, unfold, policy } = open()
    banner.showSettings()
    expect(all('table')).toEqual([])
    unfold('facebook')
    const details = one('[data-portti-service=facebook]')
    const facebook = policy.services.get('facebook')
    const table = details.querySelector('table')
    expect(table?.querySelector('caption')?.textContent).not.toBe('')
    expect([...(table?.querySelectorAll('thead th[scope=col]') ?? [])]).toHaveLength(5)
    expect(
      [...(table?.querySelectorAll('tbody th[scope=row]') ?? [])].map((cell) => cell.textContent),
    ).toEqual(facebook?.cookies.map(({ name }) => name))
    expect(details.textContent).toContain('Irlanti')
    expect(details.textContent).toContain(textsOf('fi').roles.joint)
    const link = details.querySelector('a')
    expect([link?.target, link?.rel]).toEqual(['_blank', 'noopener noreferrer'])
    expect(link?.textContent).toContain('uusi välilehti')
    expect(details.textContent).not.toMatch(/undefined|\[object|\{\w+\}/)
    expect(all('table')).toHaveLength(1)
  })

  it('keep what is switched but not saved when something is unfolded or the language changes', () => {
    const { banner, flip, unfold, switches, one, host } = open()
    banner.showSettings()
    flip('ads')
    unfold('facebook')
    banner.setLanguage('sv', textsOf('sv'))
    expect(switches()).toMatchObject({ ads: true, analytics: false })
    expect(host()?.lang).toBe('sv')
    expect(one('dialog h2').textContent).toBe(textsOf('sv').settings)
  })

  it('name the controller, how to reach it, the authority and the date of the answer', () => {
    const { banner, one, press, act, consent } = open()
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => {} }))
    consent.rejectAll()
    banner.showSettings()
    const text = one('dialog').textContent ?? ''
    expect(text).toContain('Rekisterinpitäjä: Yritys Oy')
    expect(text).toMatch(/2[123]\. marraskuuta 2026/)
    expect(one('a[href^="mailto:"]').getAttribute('href')).toBe('mailto:tietosuoja@yritys.example')
    expect(one('a[href^="https://tietosuoja.fi"]').textContent).toContain('Tietosuojavaltuutetun toimisto')
    press('receipt')
    expect(act.receipt).toHaveBeenCalledOnce()
    vi.unstubAllGlobals()
  })

  it('offer a service of limited time with its last day, and no longer after it', () => {
    const study = { id: 'study', use: 'microsoft-clarity', until: '2026-12-31' }
    const policy = { ...declared, categories: [{ id: 'clicks', services: [study] }] }
    const during = open({ policy })
    during.banner.showSettings()
    during.unfold('study')
    expect(during.one('[data-portti-service=study]').textContent).toContain('31. joulukuuta 2026')
    during.banner.dispose()
    const after = open({ policy, now: () => Date.UTC(2027, 0, 2) })
    after.banner.showSettings()
    expect(after.switches()).toEqual({})
  })

  it('open with 500 services of ten cookies without building their 5,000 rows', () => {
    const services = Array.from({ length: 500 }, (_, at) => ({
      id: `s${at}`,
      name: `Palvelu ${at}`,
      provider: {
        name: `Yhtiö ${at} Oy`,
        country: 'FI',
        role: 'processor',
        privacyNotice: 'https://yhtio.example/',
      } as const,
      transfer: { ground: 'eea' } as const,
      cookies: Array.from({ length: 10 }, (_, cookie) => ({
        name: `c${at}_${cookie}`,
        days: 30,
        purpose: 'ads' as const,
      })),
    }))
    const { banner, all, unfold } = open({ policy: { ...declared, categories: [{ id: 'ads', services }] } })
    banner.showSettings()
    expect(all('details').length).toBeGreaterThanOrEqual(500)
    expect(all('tr')).toEqual([])
    unfold('s499')
    expect(all('tbody tr')).toHaveLength(10)
  })
})

describe('the lasting control', () => {
  it('stands while nothing is asked, has the name of the settings and opens them', () => {
    const { banner, one, all, press } = open()
    banner.reopen(true)
    expect(one('[part=reopen]').textContent).toBe('Evästeasetukset')
    banner.showBanner()
    expect(all('[part=reopen]')).toEqual([])
    banner.hide()
    press('settings')
    expect(all('dialog')).toHaveLength(1)
    banner.hide()
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
