/** Pages in everybody's way: nothing that is marked is released, the banner can be used, and the page works as without us. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type HostilePage, hostileCode, hostileLooks } from '../fixtures/hostile-pages.ts'
import { consoleTap } from './console-tap.ts'
import { engine, launch, type Page } from './engines.ts'
import { arrived, button, policy, porttiFile, VENDOR, vendorHost } from './fixture.ts'
import { html, openWorld, type World } from './world.ts'

// What functions that run in the page see there.
type Opened = Window & typeof globalThis & { ran?: string[]; own?: boolean; __consoleLines?: string[] }
declare const window: Opened & { opened?: Opened; again?: boolean }

let world: World
let page: Page
beforeAll(async () => {
  world = await openWorld(porttiFile, vendorHost, ({ host }) =>
    // One of the pages has it for its base.
    host === 'elsewhere.example' ? { headers: { 'access-control-allow-origin': '*' } } : undefined,
  )
  page = await launch(engine, { world })
})
afterAll(async () => {
  await page?.close()
  await world?.close()
})
beforeEach(() => world.clear())

const held = 'type="text/plain" data-service="google-analytics"'
const BODY = `<script ${held} data-src="${VENDOR}/x"></script><script ${held}>(window.ran = window.ran || []).push('y')</script>
  <iframe data-service="youtube" data-src="${VENDOR}/f.html"></iframe><button id="own" onclick="window.own = true">Oma</button>`
const US = `<script type="application/json" id="portti-policy">${JSON.stringify(policy)}</script><script src="/portti.js"></script>`
const vendor = () =>
  world
    .to('vendor.example')
    .map(({ path }) => path)
    .sort()

const hostOf = (name: string) => `https://${name.replace(/\W+/g, '-').toLowerCase()}.shop.example/`
/** The page with our tag or without. */
const written = (
  { doctype = '<!doctype html>', before, after, head = '', body = '' }: HostilePage,
  us: string,
) =>
  html(
    `${doctype}<html lang="fi"><head><meta charset="utf-8"><title>Mallila</title>${consoleTap()}${before ? `<script>${before}</script>` : ''}
    ${us}${after ? `<script>${after}</script>` : ''}${head}</head><body>${body}${BODY}</body></html>`,
  )

describe('a page of code', () => {
  // Drivers do not survive such pages, so each is looked at from the one that opened it.
  const look = () => {
    const { document: seen, ran, __consoleLines: lines } = (window.opened ?? window) as Opened
    const host = [...Document.prototype.querySelectorAll.call(seen, '#portti')].find((one) => one.shadowRoot)
    const root = Object.getOwnPropertyDescriptor(Document.prototype, 'documentElement')?.get?.call(seen)
    const find = (what: string) => host?.shadowRoot?.querySelector(what)
    const accept = find('[data-portti-action="accept"]')?.getBoundingClientRect()
    return {
      ran: Array.prototype.slice.call(ran ?? []).join(),
      lines: Array.prototype.slice
        .call(lines ?? [])
        // One of the pages marks a service that no policy has; what we say of it is meant.
        .filter((line) => !String(line).startsWith('warn: portti: "nobody-knows"'))
        .join(),
      state: root?.getAttribute('data-portti'),
      asks: !!accept && accept.width > 40 && accept.height > 20,
      settings: !!find('dialog[open]'),
    }
  }
  const press = (action: string) => {
    const seen = window.opened?.document
    const host = [...Document.prototype.querySelectorAll.call(seen, '#portti')].find((one) => one.shadowRoot)
    host?.shadowRoot?.querySelector<HTMLElement>(`[data-portti-action="${action}"]`)?.click()
  }
  const ownWorks = (code: string) => !!(window.opened as Opened & { eval(code: string): unknown }).eval(code)

  async function openFrom(name: string, one: HostilePage, us: string): Promise<string> {
    const home = hostOf(name)
    world.route(home, html(`<!doctype html><button onclick="opened = window.open('/hostile')">Avaa</button>`))
    world.route(`${home}hostile`, written(one, us))
    await page.goto(home)
    await page.click('button')
    // A new window begins with an empty page, which is complete as well.
    await page.waitFor(
      () =>
        window.opened?.location.pathname === '/hostile' && window.opened.document.readyState === 'complete',
    )
    return home
  }
  const shut = () => page.eval(() => window.opened?.close())

  test.for(hostileCode.map((one) => [one.name, one] as const))(
    '%s works as without us, and asks, holds, releases and remembers like any other',
    async ([name, one]) => {
      await openFrom(`without-${name}`, one, '')
      expect(await page.eval(ownWorks, one.own)).toBe(true)
      await shut()

      await openFrom(name, one, US)
      const quiet = { lines: '', settings: false }
      await expect.poll(() => page.eval(look)).toEqual({ ...quiet, ran: '', state: 'unasked', asks: true })
      expect(await page.eval(ownWorks, one.own)).toBe(true)
      await arrived(page, world)
      expect(vendor()).toEqual([])
      await page.eval(press, 'settings')
      await expect.poll(async () => (await page.eval(look)).settings).toBe(true)
      await page.eval(press, 'close')
      await page.eval(press, 'accept')
      const after = { ...quiet, ran: 'x,y', state: 'given', asks: false }
      await expect.poll(() => page.eval(look)).toEqual(after)
      await expect.poll(vendor).toEqual(['/f.html', '/x'])
      expect(await page.eval(ownWorks, one.own)).toBe(true)
      expect((await page.cookies()).map(({ name }) => name)).toEqual(['portti'])
      await page.eval(() => window.opened?.location.reload())
      await expect.poll(vendor).toEqual(['/f.html', '/f.html', '/x', '/x'])
      await expect.poll(() => page.eval(look)).toEqual(after)
      await shut()
    },
  )
})

describe('a page to look at', () => {
  const works = (code: string) => page.eval(`return !!(${code})`)

  test.for(hostileLooks.map((one) => [one.name, one] as const))(
    '%s works as without us, and its banner and settings are seen and pressed',
    async ([name, one]) => {
      const home = hostOf(name)
      world.route(home, written(one, ''))
      await page.goto(home)
      expect(await works(one.own)).toBe(true)

      world.route(home, written(one, US))
      await page.goto(home)
      await page.element(button('accept'))
      expect(await works(one.own)).toBe(true)
      await page.waitFor(() => document.querySelector('dialog[open]') === null)
      await arrived(page, world)
      expect(vendor()).toEqual([])
      expect(await page.eval(() => window.ran ?? [])).toEqual([])
      // A driver's click fails where something else lies on the button.
      await page.click(button('settings'))
      await page.element('#portti >>> dialog[open] h2')
      expect(
        await page.eval(
          () => document.querySelector('#portti')?.shadowRoot?.querySelector('dialog')?.offsetHeight,
        ),
      ).toBeGreaterThan(200)
      await page.click('#portti >>> dialog [data-portti-action="close"]')
      await page.gone('#portti >>> dialog')
      await page.click(button('accept'))
      await page.waitFor(() => window.ran?.length === 2)
      await expect.poll(vendor).toEqual(['/f.html', '/x'])
      await page.click('#own')
      expect(await page.eval(() => window.own)).toBe(true)
      expect(await works(one.own)).toBe(true)
      expect(await page.console()).toEqual([])
    },
  )

  test('that hides all that is put into its body, as a filter would, keeps its way and everything shut', async () => {
    const home = 'https://hides.shop.example/'
    const head = '<style>body > div { display: none !important }</style>'
    world.route(home, written({ name: '', head, own: 'true' }, US))
    await page.goto(home)
    await page.element('#portti')
    await page.click('#own')
    await arrived(page, world)
    expect(
      await page.eval(() => [window.own, window.ran ?? [], document.documentElement.dataset.portti]),
    ).toEqual([true, [], 'unasked'])
    expect(vendor()).toEqual([])
    expect(await page.console()).toEqual([])
  })

  test('whose element methods do something else gets no banner, perhaps, but no error, and everything stays shut', async () => {
    const home = 'https://methods.shop.example/'
    const before = `Element.prototype.append = Element.prototype.prepend = Element.prototype.before = Element.prototype.after = function (text) { this.insertAdjacentHTML('beforeend', String(text)); return this }
      Element.prototype.remove = function () { this.parentNode && this.parentNode.removeChild(this); return this }
      Element.prototype.replaceWith = Element.prototype.replaceChildren = function () { return this }`
    world.route(home, written({ name: '', before, own: 'true' }, US))
    await page.goto(home)
    await page.waitFor(() => document.documentElement.dataset.portti === 'unasked')
    await page.click('#own')
    await arrived(page, world)
    expect(await page.eval(() => [window.own, window.ran ?? []])).toEqual([true, []])
    expect(vendor()).toEqual([])
    expect(await page.console()).toEqual([])
  })

  test('that replaces its body stays shut, unharmed and without an error, and the settings still come when asked for', async () => {
    const home = 'https://replaced.shop.example/'
    const link = '<a href="#portti" id="settings">Evästeet</a>'
    world.route(home, written({ name: '', own: 'true' }, US))
    await page.goto(home)
    await page.element(button('accept'))
    await page.eval((text) => {
      const body = document.createElement('body')
      body.innerHTML = text
      document.body.replaceWith(body)
    }, BODY + link)
    await arrived(page, world)
    expect(vendor()).toEqual([])
    await page.click('#own')
    await page.click('#settings')
    await page.element('#portti >>> dialog[open]')
    await page.click('#portti >>> dialog [data-portti-action="close"]')
    await page.gone('#portti >>> dialog')
    await page.click(button('accept'))
    await page.waitFor(() => window.ran?.length === 2)
    expect(await page.console()).toEqual([])
  })

  test('that writes itself anew after it was loaded stays shut, and unharmed', async () => {
    const home = 'https://written.shop.example/'
    world.route(home, written({ name: '', own: 'true' }, US))
    await page.goto(home)
    await page.element(button('accept'))
    await page.eval((text) => {
      document.open()
      document.write(text)
      document.close()
    }, `<!doctype html><html lang="fi"><body>${US}${BODY}</body></html>`)
    await page.waitFor(() => document.readyState === 'complete')
    await page.click('#own')
    await arrived(page, world)
    expect(await page.eval(() => [window.own, window.ran ?? []])).toEqual([true, []])
    expect(vendor()).toEqual([])
    expect(await page.console()).toEqual([])
  })
})
