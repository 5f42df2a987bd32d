// biome-ignore-all lint/suspicious/noDocumentCookie: cookies are what is tested, in browsers without a Cookie Store.
/** How the user interface behaves: what it never does by itself, the keyboard, the focus, what counts as an answer. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Portti } from '../../packages/portti/src/portti.ts'
import { consoleTap } from './console-tap.ts'
import { engine, launch, type Page } from './engines.ts'
import { arrived, fixturePage, policy, porttiFile, untouched } from './fixture.ts'
import {
  asked,
  BANNER,
  button,
  DIALOG,
  EVERYTHING,
  flip,
  focus,
  inDialog,
  open,
  showSettings,
  state,
} from './ui-page.ts'
import { html, openWorld, type World } from './world.ts'

// What functions that run in the page see there.
declare const portti: Portti
declare const window: Window &
  typeof globalThis & { said?: string[]; ran?: string[]; pressed?: number; hosts?: number }

let world: World
let page: Page
beforeAll(async () => {
  world = await openWorld(porttiFile, ({ host }) =>
    host === 'www.youtube.com' ? html('<!doctype html><title>Video</title><p>Video') : undefined,
  )
  page = await launch(engine, { world })
})
afterAll(async () => {
  await page?.close()
  await world?.close()
})
beforeEach(() => world.clear())

const wait = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))
const given = () => page.waitFor(() => document.documentElement.dataset.portti === 'given')
/** Where Tab leads, `times` times. */
async function walk(times: number, ...keys: string[]): Promise<string[]> {
  const stops: string[] = []
  for (let time = 0; time < times; time++) {
    await page.press(...keys)
    stops.push(await focus(page))
  }
  return stops
}

describe('the banner', () => {
  test('is a named region, no dialog, and the first Tab of the page reaches it', async () => {
    await open(page, world, 'region')
    await asked(page)
    expect(await page.role(BANNER)).toEqual(['region', 'Evästeet tällä sivustolla'])
    expect(await page.has(`${BANNER}[aria-modal]`)).toBe(false)
    expect(await page.has(`${BANNER}[role]`)).toBe(false)
    expect(await page.eval(() => document.body.firstElementChild?.id)).toBe('portti')
    expect(await walk(1, 'Tab')).toEqual(['Tietosuojaseloste'])
  })

  test('stands behind a link that skips to the content', async () => {
    await open(page, world, 'skip', { body: `<a href="#main" id="skip">Sisältöön</a>${EVERYTHING}` })
    await asked(page)
    expect(await walk(2, 'Tab')).toEqual(['skip', 'Tietosuojaseloste'])
  })

  test('leaves the focus where a page put it, and a visitor types on', async () => {
    await open(page, world, 'focus', { body: `${EVERYTHING}<input id="field" autofocus>` })
    await asked(page)
    await wait(300)
    expect(await focus(page)).toBe('field')
    const late = JSON.stringify(policy)
    world.route('https://typing.ui.example/policy.json', { body: late, after: 700 })
    await open(page, world, 'typing', {
      body: `${EVERYTHING}<input id="field">`,
      policy: null,
      tag: 'data-policy="/policy.json"',
    })
    await page.click('#field')
    for (let at = 0; at < 40 && !(await page.has(BANNER)); at++) await page.press('a')
    await page.press('b')
    await asked(page)
    await page.press('c')
    expect(await page.eval(() => document.querySelector<HTMLInputElement>('#field')?.value)).toMatch(/^a*bc$/)
    expect(await focus(page)).toBe('field')
  })

  test('is announced once and politely, and so is that the answer was kept', async () => {
    const first = `<script>
      window.said = []
      document.addEventListener('portti:show', () => setTimeout(() => {
        const live = document.querySelector('#portti').shadowRoot.querySelector('[aria-live]')
        window.said.push(live.getAttribute('aria-live') + ':' + live.textContent)
        new MutationObserver(() => window.said.push(live.textContent)).observe(live, { childList: true, subtree: true, characterData: true })
      }), { once: true })
    </script>`
    await open(page, world, 'said', { first })
    await asked(page)
    await wait(600)
    expect(await page.eval(() => window.said)).toEqual(['polite:', 'Evästeet tällä sivustolla'])
    await page.click(button('reject'))
    await wait(600)
    const after = (await page.eval(() => window.said?.slice(2))) ?? []
    expect(after.filter(Boolean)).toEqual(['Valintasi on tallennettu.'])
    const loud = () =>
      document.querySelector('#portti')?.shadowRoot?.querySelector('[role=alert],[aria-live=assertive]')
    expect(await page.eval(loud)).toBeNull()
  })

  test('is walked through with Tab in the order that is seen, and left on both sides', async () => {
    await open(page, world, 'tab')
    await asked(page)
    const stops = ['Tietosuojaseloste', 'settings', 'reject', 'accept', 'settings', 'Etusivu', 'page-button']
    expect(await walk(7, 'Tab')).toEqual(stops)
    expect(await walk(6, 'Shift', 'Tab')).toEqual(stops.reverse().slice(1))
    const places = await page.eval(() =>
      [...(document.querySelector('#portti')?.shadowRoot?.querySelectorAll('.g button') ?? [])].map((one) => {
        const { left, top } = one.getBoundingClientRect()
        return [Math.round(top), Math.round(left)] as const
      }),
    )
    expect(places).toEqual([...places].sort(([top, left], [below, right]) => top - below || left - right))
  })

  test.each([
    ['reject', 'Enter'],
    ['reject', 'Space'],
    ['accept', 'Enter'],
    ['accept', 'Space'],
  ])('takes %s from the key %s, once', async (action, key) => {
    await open(page, world, `key-${action}-${key.toLowerCase()}`)
    await asked(page)
    await walk(action === 'reject' ? 3 : 4, 'Tab')
    await page.press(key)
    await given()
    expect(await page.has(BANNER)).toBe(false)
    expect((await page.storage()).cookie).toMatch(new RegExp(`^portti=1\\.\\d+\\.${action}\\.`))
  })

  test('fetches the settings on the way to them, and not for a visitor who has answered', async () => {
    const fetched = () =>
      performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/portti-settings.js'))
    await open(page, world, 'answered', { body: '<p>Hei <a href="/x">x</a></p>' })
    await asked(page)
    await page.click(button('accept'))
    await given()
    // The focus has moved to the control that brings them back.
    expect(await focus(page)).toBe('settings')
    await wait(500)
    expect(await page.eval(fetched)).toBe(false)
    await page.press('Tab')
    await page.press('Shift', 'Tab')
    expect(await focus(page)).toBe('settings')
    await page.waitFor(fetched)
  })

  test('acts on the click, not on the press: sliding off takes it back', async () => {
    await open(page, world, 'slide')
    await asked(page)
    const from = { 'element-6066-11e4-a52e-4f735466cecf': await page.element(button('accept')) }
    const at = { type: 'pointerMove', duration: 0, x: 0, y: 0 }
    const actions = [
      { ...at, origin: from },
      { type: 'pointerDown', button: 0 },
      { ...at, x: 30, y: 30 },
      { type: 'pointerUp', button: 0 },
    ]
    const mouse = { type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }
    await page.send('POST', '/actions', { actions: [mouse] })
    await wait(100)
    expect(await page.eval(state)).toBe('unasked')
  })

  test('takes nothing but its own controls for an answer, however long it waits', async () => {
    // Ten minutes pass in six tenths of a second.
    const first = `<script>{
      const { setTimeout: real } = window
      // WebKit's driver uses the page's own timer for the half minute that it gives a script.
      window.setTimeout = (work, time = 0, ...more) => real(work, time === 30_000 ? time : time / 1000, ...more)
      const { now } = Date, start = now()
      Date.now = () => start + (now() - start) * 1000
    }</script>`
    await open(page, world, 'inputs', { first })
    await asked(page)
    let inputs = 0
    const keys = [
      'Escape',
      'Enter',
      'Space',
      'PageDown',
      'PageUp',
      'End',
      'Home',
      'ArrowDown',
      'ArrowUp',
      'a',
      'y',
    ]
    for (const key of keys) {
      await page.press(key)
      inputs++
    }
    for (const target of ['h1', 'main p', '#page-button', 'body', `${BANNER} h2`, `${BANNER} .s > p`]) {
      await page.click(target)
      inputs++
    }
    inputs += await page.eval(() => {
      const root = document.querySelector('#portti')?.shadowRoot
      const targets = [
        window,
        document,
        document.body,
        document.querySelector('main'),
        root?.querySelector('section'),
      ]
      const types = [
        'wheel',
        'scroll',
        'touchstart',
        'touchmove',
        'touchend',
        'pointerdown',
        'pointerup',
        'mousedown',
        'mouseup',
        'dblclick',
        'contextmenu',
        'keydown',
        'blur',
        'focus',
        'visibilitychange',
        'pagehide',
        'pageshow',
        'resize',
        'hashchange',
        'popstate',
        'beforeunload',
        'cancel',
        'close',
        'submit',
        'change',
        'input',
        'copy',
        'mouseout',
        'mouseleave',
        'freeze',
        'online',
      ]
      for (const target of targets)
        for (const type of types)
          target?.dispatchEvent(new Event(type, { bubbles: true, composed: true, cancelable: true }))
      history.pushState(null, '', '/toinen')
      history.back()
      location.hash = 'kohta'
      scrollTo(0, 10_000)
      window.getSelection()?.selectAllChildren(document.body)
      document.documentElement.lang = 'en'
      return targets.length * types.length + 6
    })
    await wait(700)
    expect(inputs).toBeGreaterThanOrEqual(40)
    expect(await page.eval(state)).toBe('unasked')
    expect(await page.has(BANNER)).toBe(true)
    await page.goto('https://inputs.ui.example/')
    await asked(page)
    expect(await page.eval(state)).toBe('unasked')
    expect(await page.storage()).toEqual(untouched)
    expect(world.thirdParty('ui.example')).toEqual([])
  })

  test('changes nothing on the page but what is documented, and blocks nothing of it', async () => {
    const body = `<main id="m" class="a" style="margin: 5px"><h1>Otsikko</h1><p>Teksti</p><a href="/x">Linkki</a>
      <button type="button" id="page-button" onclick="window.pressed = (window.pressed ?? 0) + 1">Nappi</button></main>`
    await open(page, world, 'attributes', { body })
    await asked(page)
    const shape = async () =>
      page.eval(async () => {
        const text = await (await fetch(location.href)).text()
        const describe = (root: Document) =>
          [...root.querySelectorAll('html, body, body *:not(#portti)')].map(
            (one) => `${one.localName} ${[...one.attributes].map(({ name, value }) => `${name}=${value}`)}`,
          )
        const before = describe(new DOMParser().parseFromString(text, 'text/html'))
        const now = describe(document)
        return {
          added: now.filter((line) => !before.includes(line)),
          gone: before.filter((line) => !now.includes(line)),
        }
      })
    const shown = await shape()
    expect(shown.gone).toEqual(['html lang=fi'])
    expect(shown.added).toHaveLength(1)
    expect(shown.added[0]).toMatch(
      /^html lang=fi,data-portti=unasked,style=scroll-padding-bottom: [\d.]+px;$/,
    )
    const overflow = await page.eval(() =>
      [document.documentElement, document.body].map((one) => getComputedStyle(one).overflow),
    )
    expect(overflow).toEqual(['visible', 'visible'])
    await page.click('#page-button')
    expect(await page.eval(() => window.pressed)).toBe(1)
    await page.click(button('reject'))
    await given()
    await page.click('#page-button')
    expect(await page.eval(() => window.pressed)).toBe(2)
    const after = await shape()
    expect(after.added.map((line) => line.replace(/,style=$/, ''))).toEqual([
      'html lang=fi,data-portti=given',
    ])
  })
})

describe('the settings', () => {
  test('are modal: the focus goes in and stays in, Esc changes nothing, and the opener gets it back', async () => {
    await open(page, world, 'modal')
    await asked(page)
    await page.click('#own')
    await page.element(`${DIALOG}[open]`)
    expect(await page.role(DIALOG)).toEqual(['dialog', 'Evästeasetukset'])
    expect(await page.focused()).toBe('portti-ui#portti >>> h2#h')
    const stops = new Set(await walk(45, 'Tab'))
    for (const name of ['analytics', 'facebook', 'reject', 'accept', 'save', 'close'])
      expect(stops).toContain(name)
    for (const name of ['page-button', 'own', 'Etusivu']) expect(stops).not.toContain(name)
    const behind = await page.eval(() => {
      const one = document.querySelector<HTMLElement>('#page-button')
      one?.focus()
      return document.activeElement === one
    })
    expect(behind).toBe(false)
    await page.eval(() =>
      document.querySelector('#portti')?.shadowRoot?.querySelector<HTMLElement>('input[value=ads]')?.click(),
    )
    await page.press('Escape')
    await page.gone(DIALOG)
    expect(await focus(page)).toBe('own')
    expect(await page.eval(state)).toBe('unasked')
    expect(await page.storage()).toEqual(untouched)
    expect(await page.has(BANNER)).toBe(true)
  })

  test('give the focus back to the banner that opened them, and Esc in the banner does nothing', async () => {
    await open(page, world, 'opener')
    await asked(page)
    await walk(5, 'Tab')
    await page.press('Enter')
    await page.element(`${DIALOG}[open]`)
    await page.press('Escape')
    await page.gone(DIALOG)
    expect(await focus(page)).toBe('settings')
    await page.press('Escape')
    await wait(50)
    expect(await page.has(BANNER)).toBe(true)
    expect(await page.eval(state)).toBe('unasked')
  })

  test('have switches that Space moves, with name, role and state, all off at first', async () => {
    await open(page, world, 'switches')
    await asked(page)
    await showSettings(page)
    const values = () =>
      [...(document.querySelector('#portti')?.shadowRoot?.querySelectorAll('input') ?? [])].map(
        ({ value, checked }) => [value, checked] as const,
      )
    const before = await page.eval(values)
    expect(before.map(([, checked]) => checked)).not.toContain(true)
    expect(before.filter(([id]) => policy.categories.some((category) => category.id === id))).toHaveLength(5)
    const ads = `${DIALOG} input[value="ads"]`
    expect(await page.role(ads)).toEqual(['switch', expect.stringContaining('Kohdennettu mainonta')])
    await page.eval(() =>
      document.querySelector('#portti')?.shadowRoot?.querySelector<HTMLElement>('input[value=ads]')?.focus(),
    )
    await page.press('Space')
    const after = new Map(await page.eval(values))
    expect([...after].filter(([, checked]) => checked).map(([id]) => id)).toEqual(['ads'])
    await page.click(inDialog('save'))
    await given()
    expect(await page.eval(() => ['analytics', 'social', 'ads'].map((id) => portti.allows(id)))).toEqual([
      false,
      false,
      true,
    ])
  })

  test('are read with the headings in order, and say in words what is always on', async () => {
    await open(page, world, 'headings')
    await showSettings(page)
    const levels = await page.eval(() =>
      [
        ...(document.querySelector('#portti')?.shadowRoot?.querySelectorAll('dialog :is(h1,h2,h3,h4)') ?? []),
      ].map(({ localName }) => Number(localName[1])),
    )
    expect(levels[0]).toBe(2)
    levels.forEach((level, at) => {
      expect(level - (levels[at - 1] ?? 2)).toBeLessThanOrEqual(1)
    })
    expect(await page.text(`${DIALOG} .u`)).toContain('Aina käytössä')
    expect(await page.has(`${DIALOG} input[value="necessary"]`)).toBe(false)
  })

  test('withdraw everything in two steps, at the state that was stored', async () => {
    await open(page, world, 'withdraw', { policy: { ...policy, afterWithdraw: 'offer' } })
    await asked(page)
    await page.click(button('accept'))
    await given()
    await page.click('#own')
    await page.element(`${DIALOG}[open]`)
    const on = () =>
      [...(document.querySelector('#portti')?.shadowRoot?.querySelectorAll('input') ?? [])].every(
        ({ checked }) => checked,
      )
    expect(await page.eval(on)).toBe(true)
    await page.click(inDialog('withdraw'))
    await page.waitFor(
      () => !portti.allows('ads') && !portti.allows('analytics') && !portti.allows('facebook'),
    )
    await page.gone(DIALOG)
    expect((await page.storage()).cookie).toMatch(/\.withdraw\./)
  })

  test('that do not come leave the banner working, say so, and come when they are asked for again', async () => {
    world.route('https://late.ui.example/portti-settings.js', 'drop')
    await open(page, world, 'late', { first: consoleTap() })
    await asked(page)
    await page.click(button('settings'))
    await page.waitFor(() =>
      document
        .querySelector('#portti')
        ?.shadowRoot?.querySelector('section')
        ?.textContent?.includes('ei voitu avata'),
    )
    expect((await page.console()).some((line) => line.includes('portti-settings.js'))).toBe(true)
    world.clear()
    await page.click(button('settings'))
    await page.element(`${DIALOG}[open]`)
    await page.click(inDialog('close'))
    await page.click(button('reject'))
    await given()
    expect(await page.has(BANNER)).toBe(false)
  })

  test('that do not come let whoever comes back refuse everything all the same', async () => {
    world.route('https://lost.ui.example/portti-settings.js', 'drop')
    const offer = { policy: { ...policy, afterWithdraw: 'offer' } }
    await open(page, world, 'lost', offer)
    await asked(page)
    await page.click(button('accept'))
    await given()
    await page.reload()
    await page.waitFor(() => portti.allows('ads'))
    await page.click('#own')
    const note = '#portti >>> [part="note"]'
    expect(await page.text(note)).toContain('Voit silti hyväksyä tai hylätä kaikki.')
    await page.click(`${note} [data-portti-action="reject"]`)
    await page.waitFor(() => !portti.allows('ads') && !portti.allows('facebook'))
    await page.reload()
    await given()
    expect(await page.eval(() => portti.allows('ads'))).toBe(false)
  })

  test.for([
    [
      'a link that a site builder made a whole address of',
      '<a id="go" href="https://linked.ui.example/#portti">',
    ],
    ['a link to another page of the site', '<a id="go" href="/#portti">'],
  ] as const)('open from %s, and the page stays', async ([, link]) => {
    await open(page, world, 'linked', { body: `${EVERYTHING}${link}Evästeet</a>` })
    await asked(page)
    await page.click('#go')
    await page.element(`${DIALOG}[open]`)
    expect(await page.url()).toBe('https://linked.ui.example/')
    await page.press('Escape')
    await page.gone(DIALOG)
    expect(await focus(page)).toBe('go')
  })

  test('open for whoever comes by a link to them, or follows one that we cannot hear', async () => {
    const shadow = `<div id="menu"></div><script>document.querySelector('#menu').attachShadow({ mode: 'closed' }).append(
      Object.assign(document.createElement('a'), { href: '#portti', textContent: 'Evästeet', style: 'display:block;height:2em' }))</script>`
    const address = 'https://come.ui.example/tietosuoja'
    world.route(address, fixturePage({ body: `<h1>Tietosuoja</h1>${shadow}` }))
    await page.goto(`${address}#portti`)
    await page.element(`${DIALOG}[open]`)
    // Their title.
    expect(await focus(page)).toBe('h')
    await page.press('Escape')
    await page.gone(DIALOG)

    await page.goto('about:blank')
    await page.goto(address)
    await asked(page)
    expect(await page.has(DIALOG)).toBe(false)
    await page.click('#menu')
    await page.element(`${DIALOG}[open]`)
  })

  test.each([
    [
      'a nonce',
      {
        'content-security-policy':
          "default-src 'none'; script-src 'nonce-abc'; connect-src 'self'; img-src 'self'; base-uri 'none'",
      },
    ],
    [
      'a nonce and Trusted Types without our policy',
      {
        'content-security-policy':
          "default-src 'none'; script-src 'nonce-abc' 'strict-dynamic'; connect-src 'self'; img-src 'self'; require-trusted-types-for 'script'; trusted-types other",
      },
    ],
  ])('open under %s, styled, with no violation', async (name, headers) => {
    const host = `csp-${name.length}`
    const first = `<script nonce="abc">
      window.said = []
      addEventListener('securitypolicyviolation', (event) => window.said.push(event.violatedDirective + ' ' + event.sample))
    </script>`
    await open(page, world, host, {
      headers,
      first,
      tag: 'nonce="abc"',
      body: '<main><h1>Mallila</h1></main>',
    })
    await asked(page)
    await page.click(button('settings'))
    await page.element(`${DIALOG}[open]`)
    const [banner, dialog] = await page.eval(() => {
      const root = document.querySelector('#portti')?.shadowRoot
      return ['section', 'dialog'].map((name) => {
        const element = root?.querySelector(name)
        return element && getComputedStyle(element).borderTopWidth !== '0px'
      })
    })
    expect([banner, dialog]).toEqual([true, true])
    const bad = (await page.eval(() => window.said))?.filter((line) => !/trusted-types/.test(line))
    expect(bad).toEqual([])
    await page.click(inDialog('reject'))
    await given()
  })
})

describe('a filter of the visitor', () => {
  test('that hides the banner has the last word, and the settings do not come out from under it', async () => {
    const head = '<style>#portti { display: none !important }</style>'
    const first = `<script>
      window.hosts = 0
      new MutationObserver((changes) => {
        for (const { addedNodes } of changes) for (const node of addedNodes) if (node.id === 'portti') window.hosts++
      }).observe(document, { childList: true, subtree: true })
    </script>`
    await open(page, world, 'hidden', {
      head,
      first,
      body: `${EVERYTHING}<script>onclick = () => { window.pressed = 1 }</script>`,
    })
    await page.waitFor(() => document.querySelector('#portti'))
    await page.click('#own')
    await wait(700)
    expect(await page.eval(() => window.hosts)).toBe(1)
    expect(await page.has(DIALOG)).toBe(false)
    expect(
      await page.eval(() => getComputedStyle(document.querySelector('#portti') as Element).display),
    ).toBe('none')
    await page.eval(() => document.querySelector<HTMLElement>('#page-button')?.focus())
    expect(await focus(page)).toBe('page-button')
    expect(await page.eval(state)).toBe('unasked')
  })

  test('that hides only the dialog leaves the page usable', async () => {
    const head = '<style>#portti::part(dialog) { display: none !important }</style>'
    await open(page, world, 'undialog', { head })
    await asked(page)
    await page.click(button('settings'))
    await wait(500)
    expect(await page.has(DIALOG)).toBe(false)
    const on = await page.eval(() => {
      const one = document.querySelector('#page-button')
      const { left, top } = one?.getBoundingClientRect() ?? new DOMRect()
      return document.elementFromPoint(left + 3, top + 3) === one
    })
    expect(on).toBe(true)
    await page.click(button('reject'))
    await given()
  })
})

describe('a purpose', () => {
  const ids = ['analytics', 'demographics', 'social', 'media', 'ads'] as const
  const services = {
    analytics: 'google-analytics',
    demographics: 'google-signals',
    social: 'x',
    media: 'youtube',
    ads: 'meta-pixel',
  }
  const body = ids
    .map(
      (id) =>
        `<script type="text/plain" data-service="${services[id]}">(window.ran ??= []).push('${id}')</script>`,
    )
    .join('')
  const subsets = Array.from({ length: 2 ** ids.length }, (_, bits) =>
    ids.filter((_id, at) => bits & (2 ** at)),
  )
  /** What may run: a purpose, and all that it needs. */
  const released = (subset: readonly string[]) =>
    subset.filter((id) => id !== 'demographics' || subset.includes('analytics'))
  const ran = () => window.ran ?? []

  test('lets exactly its own services run, in each of the 32 ways to answer', async () => {
    for (const [at, subset] of subsets.entries()) {
      await open(page, world, `subset-${at}`, { body })
      await page.eval((chosen) => portti.choose(Object.fromEntries(chosen.map((id) => [id, true]))), subset)
      expect(await page.eval(ran), subset.join()).toEqual(released(subset))
    }
  }, 90_000)

  test.each([[['analytics']], [['demographics']], [['social', 'ads']], [['media']], [[]]] as [string[]][])(
    'lets exactly its own services run when its switch is moved: %s',
    async (chosen) => {
      await open(page, world, `switch-${chosen.join('-') || 'none'}`, { body })
      await asked(page)
      await page.click(button('settings'))
      await page.element(`${DIALOG}[open]`)
      for (const id of chosen) await flip(page, id)
      await page.click(inDialog('save'))
      await given()
      // Demographics brings along what it needs.
      const wanted = chosen.includes('demographics') ? ['analytics', ...chosen] : chosen
      expect(await page.eval(ran)).toEqual(wanted)
    },
  )
})

describe('the lasting control', () => {
  test('is on every page that has none of its own, by the same name, and opens the settings by keyboard', async () => {
    const body = '<main><h1>Mallila</h1><a href="/x">Linkki</a></main>'
    for (const [at, path] of ['', 'toinen'].entries()) {
      world.route(`https://lasting.ui.example/${path}`, fixturePage({ body }))
      await page.goto(`https://lasting.ui.example/${path}`)
      if (at === 0) {
        await asked(page)
        expect(await page.has('#portti >>> [part="reopen"]')).toBe(false)
        await page.click(button('reject'))
      }
      await page.element('#portti >>> [part="reopen"]')
      expect(await page.role('#portti >>> [part="reopen"]')).toEqual(['button', 'Evästeasetukset'])
    }
    await page.eval(() => document.body.focus())
    expect(await walk(1, 'Tab')).toEqual(['settings'])
    await page.press('Enter')
    await page.element(`${DIALOG}[open]`)
    await page.press('Escape')
    await page.gone(DIALOG)
    expect(await focus(page)).toBe('settings')
  })

  test('does not come where the page has its own', async () => {
    await open(page, world, 'own')
    await asked(page)
    await page.click(button('reject'))
    await given()
    await wait(300)
    expect(await page.has('#portti >>> [part="reopen"]')).toBe(false)
  })
})

describe('a placeholder', () => {
  const youtube = '[data-portti-place="youtube"] >>> [data-portti-action="once"]'

  test('hands the focus to what it let in, which has a title, and stores nothing', async () => {
    await open(page, world, 'once')
    await asked(page)
    await page.eval(() => document.querySelector<HTMLElement>('#page-button')?.focus())
    await walk(1, 'Tab')
    expect(await focus(page)).toBe('once')
    await page.press('Enter')
    await page.gone(youtube)
    expect(await page.focused()).toBe('iframe')
    expect(await page.eval(() => document.querySelector('iframe')?.title)).toBe('Esittely')
    await arrived(page, world)
    expect(await page.storage()).toEqual(untouched)
    expect(await page.eval(state)).toBe('unasked')
    await page.reload()
    await page.element(youtube)
  })

  test('is a named group with its buttons', async () => {
    await open(page, world, 'group')
    expect(await page.role('[data-portti-place="youtube"] >>> [part="placeholder"]')).toEqual([
      'group',
      'Sisältö toisesta palvelusta: YouTube',
    ])
  })
})

describe('the language', () => {
  test.each([
    ['fi', '<html lang="fi">', 'fi'],
    ['sv', '<html lang="sv">', 'sv'],
    ['en', '<html lang="en">', 'en'],
    ['fi-fi', '<html lang="fi-FI">', 'fi'],
    ['sv-fi', '<html lang="sv-FI">', 'sv'],
    ['xml', '<html xml:lang="sv">', 'sv'],
    ['none', '<html>', 'fi'],
    ['unknown', '<html lang="de">', 'fi'],
  ])('of the page is what everything is in: %s', async (name, tag, language) => {
    const reply = fixturePage({ body: EVERYTHING })
    const address = `https://lang-${name}.ui.example/`
    world.route(address, { ...reply, body: String(reply.body).replace('<html lang="fi">', tag) })
    await page.goto(address)
    await asked(page)
    expect(await page.eval(() => document.querySelector<HTMLElement>('#portti')?.lang)).toBe(language)
    const titles = {
      fi: 'Evästeet tällä sivustolla',
      sv: 'Kakor på den här webbplatsen',
      en: 'Cookies on this site',
    }
    expect(await page.text(`${BANNER} h2`)).toBe(titles[language as keyof typeof titles])
    await showSettings(page, true)
    const text = await page.text(DIALOG)
    expect(text).not.toMatch(/undefined|\[object|\{\w+\}|NaN/)
    const notOf = { fi: /Accept all|Godkänn/, sv: /Accept all|Hyväksy/, en: /Hyväksy|Godkänn/ }
    expect(text).not.toMatch(notOf[language as keyof typeof notOf])
  })
})
