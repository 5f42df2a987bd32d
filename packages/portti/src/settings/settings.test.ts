// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { declared, furnish, settled, textsOf } from '../banner/stage.ts'
import { fill } from '../locales/messages.ts'
import { openSettings } from './open-settings.ts'
import { settingsTextsOf, stage } from './stage.ts'

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

describe('the settings', () => {
  it('come when the lasting control or the banner asks for them, once for two presses', async () => {
    const { banner, all, press, pressSettings } = open()
    banner.reopen(true)
    press('settings')
    await pressSettings()
    expect(all('dialog')).toHaveLength(1)
    banner.hide()
    expect(all('dialog')).toEqual([])
    banner.showBanner()
    await pressSettings()
    expect(all('dialog')).toHaveLength(1)
  })

  it('stay away when it was answered, hidden or disposed of before they came', async () => {
    for (const meanwhile of [
      ({ press }: ReturnType<typeof stage>) => press('accept'),
      ({ banner }: ReturnType<typeof stage>) => banner.hide(),
      ({ banner }: ReturnType<typeof stage>) => banner.dispose(),
    ]) {
      const made = open()
      made.banner.showBanner()
      made.press('settings')
      meanwhile(made)
      await settled()
      expect(document.querySelector('#portti')?.shadowRoot?.querySelector('dialog') ?? null).toBeNull()
      made.banner.dispose()
    }
  })

  it('open at the second try when their file came late, and take the note away', async () => {
    let there = false
    const { banner, one, all, dialog, pressSettings, press } = open({
      loadSettings: () => (there ? Promise.resolve(openSettings) : Promise.reject(new Error('404'))),
    })
    banner.showBanner()
    await pressSettings()
    expect(all('dialog')).toEqual([])
    expect(one('section').textContent).toContain(textsOf('fi').settingsFailed)
    there = true
    await pressSettings()
    expect(dialog().open).toBe(true)
    press('close', 'dialog')
    expect(one('section').textContent).not.toContain(textsOf('fi').settingsFailed)
    vi.advanceTimersByTime(1000)
  })

  it('name what the privacy signal of the browser keeps off', async () => {
    const { one, show } = open({ gpc: true })
    await show()
    expect(one('dialog').textContent).toContain(
      fill(textsOf('fi').gpc, { purposes: 'kohderyhmätiedot ja kohdennettu mainonta ja asiakassegmentit' }),
    )
  })

  it('know the facts that a page without them was not sent', async () => {
    const { one, show, unfold } = open({
      policy: { ...declared, categories: [{ id: 'social', services: ['facebook'] }] },
    })
    await show()
    unfold('facebook')
    expect(one('[data-portti-service=facebook]').textContent).toContain('datr')
  })

  it('open with nothing switched on, a switch per purpose and words for what is always on', async () => {
    const { one, switches, show } = open()
    await show()
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

  it('have named switches in labels, descriptions and headings in order', async () => {
    const { all, one, show } = open()
    await show()
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

  it('save exactly what is switched on, a service apart where it differs from its purpose', async () => {
    const { banner, flip, press, act, switches, show, pressSettings } = open()
    banner.showBanner()
    await pressSettings()
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
    await show()
    expect(switches()).toMatchObject({ social: true, facebook: true, linkedin: true, x: false, ads: false })
  })

  it('keep together what needs each other', async () => {
    const { flip, switches, show } = open()
    await show()
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

  it('stop at policies whose purposes need each other in a circle', async () => {
    const { flip, switches, show } = open({
      policy: {
        ...declared,
        categories: [
          { id: 'analytics', needs: 'ads', services: ['google-analytics'] },
          { id: 'ads', needs: 'analytics', services: ['google-ads'] },
        ],
      },
    })
    await show()
    flip('ads')
    expect(switches()).toEqual({ analytics: true, ads: true })
    flip('analytics')
    expect(switches()).toEqual({ analytics: false, ads: false })
  })

  it.each([
    ['the button', (made: ReturnType<typeof stage>) => made.press('close', 'dialog')],
    ['Esc', (made: ReturnType<typeof stage>) => (made.one('dialog') as HTMLDialogElement).close()],
  ])('change nothing when they are closed with %s', async (_, close) => {
    const made = open()
    const { banner, flip, all, act, show, $decision } = made
    banner.showBanner()
    await made.pressSettings()
    flip('ads')
    close(made)
    expect(all('dialog')).toEqual([])
    expect(all('section')).toHaveLength(1)
    expect($decision.get().kind).toBe('unasked')
    expect(act.choose).not.toHaveBeenCalled()
    await show()
    expect(made.switches().ads).toBe(false)
  })

  it('give the focus to their heading and later back to what opened them', async () => {
    const { root, one, press, show } = open()
    const opener = document.querySelector<HTMLElement>('#opener')
    await show(opener as HTMLElement)
    expect(root().activeElement).toBe(one('dialog h2'))
    press('close', 'dialog')
    expect(document.activeElement).toBe(opener)
  })

  it('give the focus to the lasting control when what opened them is gone', async () => {
    const { banner, root, one, press, pressSettings, $decision } = open()
    $decision.listen(({ kind }) => banner.reopen(kind === 'given'))
    banner.showBanner()
    await pressSettings()
    press('save', 'dialog')
    expect(root().activeElement).toBe(one('[part=reopen]'))
  })

  it('give the focus to the control of the page where there is none of ours', async () => {
    document.querySelector('main')?.insertAdjacentHTML('beforeend', '<a href="#portti">Asetukset</a>')
    const { banner, press, pressSettings } = open()
    banner.showBanner()
    await pressSettings()
    press('reject', 'dialog')
    expect(document.activeElement?.textContent).toBe('Asetukset')
  })

  it('close again if a filter hides them, so that the page stays alive', async () => {
    height = 0
    const { all, show } = open()
    await show()
    expect(all('dialog')).toEqual([])
    height = 400
    await show()
    expect(all('dialog')).toHaveLength(1)
  })

  it('come back on a page that has emptied its body, but only when they are asked for', async () => {
    const { banner, host, all, show, $decision } = open()
    banner.reopen(true)
    document.body.innerHTML = '<main></main>'
    $decision.set({ kind: 'unasked', choice: {} })
    expect(host()).toBeNull()
    await show()
    expect(all('dialog')).toHaveLength(1)
  })

  it('offer to withdraw only what was granted', async () => {
    const { banner, press, all, act, consent, show } = open()
    consent.rejectAll()
    await show()
    expect(all('[data-portti-action=withdraw]')).toEqual([])
    banner.hide()
    consent.choose({ linkedin: true }, 'always')
    await show()
    press('withdraw', 'dialog')
    expect(act.withdraw).toHaveBeenCalledOnce()
    expect(consent.allows('linkedin')).toBe(false)
  })

  it('give a switch to a service that was answered at its placeholder', async () => {
    const { consent, switches, show } = open({
      policy: { ...declared, categories: [{ id: 'ads', services: ['google-ads', 'meta-pixel'] }] },
    })
    consent.choose({ 'meta-pixel': true }, 'always')
    await show()
    expect(switches()).toEqual({ ads: false, 'meta-pixel': true })
  })

  it('tell of a service when it is unfolded, and build nothing before', async () => {
    const { all, one, unfold, policy, show } = open()
    await show()
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
    expect(details.textContent).toContain(settingsTextsOf('fi').roles.joint)
    const link = details.querySelector('a')
    expect([link?.target, link?.rel]).toEqual(['_blank', 'noopener noreferrer'])
    expect(link?.textContent).toContain('uusi välilehti')
    expect(details.textContent).not.toMatch(/undefined|\[object|\{\w+\}/)
    expect(all('table')).toHaveLength(1)
  })

  it('keep what is switched but not saved when something is unfolded or the language changes', async () => {
    const { banner, flip, unfold, switches, one, host, show } = open()
    await show()
    flip('ads')
    unfold('facebook')
    banner.setLanguage('sv', textsOf('sv'))
    expect(switches()).toMatchObject({ ads: true, analytics: false })
    expect(host()?.lang).toBe('sv')
    expect(one('dialog h2').textContent).toBe(textsOf('sv').settings)
  })

  it('name the controller, how to reach it, the authority and the date of the answer', async () => {
    const { one, press, act, consent, show } = open()
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => {} }))
    consent.rejectAll()
    await show()
    const text = one('dialog').textContent ?? ''
    expect(text).toContain('Rekisterinpitäjä: Yritys Oy')
    expect(text).toMatch(/2[123]\. marraskuuta 2026/)
    expect(one('a[href^="mailto:"]').getAttribute('href')).toBe('mailto:tietosuoja@yritys.example')
    expect(one('a[href^="https://tietosuoja.fi"]').textContent).toContain('Tietosuojavaltuutetun toimisto')
    press('receipt')
    expect(act.receipt).toHaveBeenCalledOnce()
    vi.unstubAllGlobals()
  })

  it('lists a service that begins later: a yes to its purpose covers it', async () => {
    const study = { id: 'study', use: 'microsoft-clarity', from: '2027-03-01' }
    const policy = { ...declared, categories: [{ id: 'analytics', services: ['google-analytics', study] }] }
    const stage = open({ policy })
    await stage.show()
    expect(stage.all('[data-portti-service]').map(({ dataset }) => dataset.porttiService)).toContain('study')
  })

  it('offer a service of limited time with its last day, and no longer after it', async () => {
    const study = { id: 'study', use: 'microsoft-clarity', until: '2026-12-31' }
    const policy = { ...declared, categories: [{ id: 'clicks', services: [study] }] }
    const during = open({ policy })
    await during.show()
    during.unfold('study')
    expect(during.one('[data-portti-service=study]').textContent).toContain('31. joulukuuta 2026')
    during.banner.dispose()
    const after = open({ policy, now: () => Date.UTC(2027, 0, 2) })
    await after.show()
    expect(after.switches()).toEqual({})
  })

  it('open with 500 services of ten cookies without building their 5,000 rows', async () => {
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
    const { all, unfold, show } = open({ policy: { ...declared, categories: [{ id: 'ads', services }] } })
    await show()
    expect(all('details').length).toBeGreaterThanOrEqual(500)
    expect(all('tr')).toEqual([])
    unfold('s499')
    expect(all('tbody tr')).toHaveLength(10)
  })
})
