/** Sites that swap their pages in place, and pages of which what waits was copied: by a slider, by their own code, by saving them. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Portti } from '../../packages/portti/src/portti.ts'
import { consoleTap } from './console-tap.ts'
import { engine, launch, type Page } from './engines.ts'
import { arrived, button, fixturePage, porttiFile, VENDOR, vendorHost } from './fixture.ts'
import { html, openWorld, script, type World } from './world.ts'

// What functions that run in the page see there.
declare const window: Window &
  typeof globalThis & {
    ran?: string[]
    same?: boolean
    portti: Portti
    Turbo: { visit(url: string, options: { action: 'replace' }): void }
  }

let world: World
let page: Page
beforeAll(async () => {
  const file = createRequire(import.meta.url).resolve('@hotwired/turbo/dist/turbo.es2017-umd.js')
  const turbo = readFileSync(file, 'utf8')
  world = await openWorld(porttiFile, vendorHost, ({ path }) =>
    path === '/turbo.js' ? script(turbo) : undefined,
  )
  page = await launch(engine, { world })
})
afterAll(async () => {
  await page?.close()
  await world?.close()
})
beforeEach(() => world.clear())

const vendor = () =>
  world
    .to('vendor.example')
    .map(({ path }) => path)
    .sort()

const frame = (name: string, style = '') =>
  `<iframe data-service="youtube" data-src="${VENDOR}/${name}.html" title="${name}" width="400" height="200" style="${style}"></iframe>`
const scriptOf = (name: string) =>
  `<script type="text/plain" data-service="google-analytics" data-src="${VENDOR}/${name}"></script>`

/** What of ours stands on the page, dead copies too, and each frame: whether it is seen, and the `display` of its own style. */
const looks = () => {
  const alive = (selector: string) =>
    [...document.querySelectorAll(selector)].map((host) => !!host.shadowRoot?.querySelector('button'))
  return {
    banners: alive('#portti'),
    places: alive('[data-portti-place]'),
    frames: [...document.querySelectorAll('iframe')].map(({ title, offsetWidth, style }) => [
      title,
      offsetWidth >= 400,
      style.display,
    ]),
  }
}

describe('a site that swaps its pages', () => {
  // Nobody has answered on a site that is new.
  let sites = 0
  const open = async (library: string, more = '') => {
    const head = consoleTap() + library
    sites += 1
    const host = `https://turbo-${sites}.shop.example`
    const first = `<a id="next" href="/en">In English</a><a href="#portti">Evästeet</a>${scriptOf('one')}${frame('one')}${more}`
    const second = `<h1>Chairs</h1><a href="#portti">Cookies</a>${scriptOf('two')}${frame('two')}`
    world.route(`${host}/`, fixturePage({ head, body: first }))
    world.route(`${host}/en`, fixturePage({ head, body: second, lang: 'en' }))
    await page.goto(`${host}/`)
    await page.element(button('accept'))
    await page.eval(() => {
      window.same = true
    })
  }
  /** As a page does it: its observers hear of it before the browser draws. What WebKit's driver runs may be drawn first. */
  const inTask = (code: () => void) => page.eval(`new Promise((done) => setTimeout(() => done((${code})())))`)
  const TURBO = '<script src="/turbo.js"></script>'

  test('with Turbo asks on the next page as well, in its language, and lets in what waits there', async () => {
    await open(TURBO)
    await page.click('#next')
    await page.element('h1')
    await page.element(button('accept'))
    expect(await page.eval(() => window.same)).toBe(true)
    await expect.poll(() => page.text(button('accept'))).toBe('Accept all')
    await arrived(page, world)
    expect(await page.eval(looks)).toEqual({
      banners: [true],
      places: [true],
      frames: [['two', false, 'none']],
    })
    expect(vendor()).toEqual([])
    await page.click(button('accept'))
    await expect.poll(vendor).toEqual(['/two', '/two.html'])
    await page.waitFor(() => window.ran?.join() === 'two')
    await page.gone('#portti >>> section')
    expect(await page.console()).toEqual([])
  })

  test('with Turbo asks once where the visitor goes back to a page that it has kept', async () => {
    await open(TURBO)
    await page.click('#next')
    await page.element('h1')
    await page.element(button('accept'))
    await page.back()
    await page.element('#next')
    await arrived(page, world)
    expect(await page.eval(() => window.same)).toBe(true)
    expect(await page.eval(looks)).toEqual({
      banners: [true],
      places: [true],
      frames: [['one', false, 'none']],
    })
    await page.click(button('accept'))
    await expect.poll(vendor).toEqual(['/one', '/one.html'])
    expect(await page.eval(looks)).toEqual({ banners: [false], places: [], frames: [['one', true, '']] })
    expect(await page.console()).toEqual([])
  })

  test('with Turbo that makes one page into the next keeps the banner, and what waits stands and comes as before', async () => {
    const template = `<template data-service="youtube"><iframe data-src="${VENDOR}/two.html" title="two" width="400" height="200"></iframe></template>`
    await open(`${TURBO}<meta name="turbo-refresh-method" content="morph">`, template)
    const refresh = async () => {
      await page.eval(() => {
        const drawn = new Promise((done) => document.addEventListener('turbo:render', done, { once: true }))
        window.Turbo.visit(location.href, { action: 'replace' })
        return drawn
      })
      await arrived(page, world)
    }
    const waiting = { banners: [true], places: [true, true], frames: [['one', false, 'none']] }
    await refresh()
    expect(await page.eval(() => window.same)).toBe(true)
    expect(await page.eval(looks)).toEqual(waiting)
    await refresh()
    expect(await page.eval(looks)).toEqual(waiting)
    expect(vendor()).toEqual([])
    await page.click(button('accept'))
    await expect.poll(vendor).toEqual(['/one', '/one.html', '/two.html'])
    await refresh()
    const frames = [
      ['one', true, ''],
      ['two', true, ''],
    ]
    await expect.poll(() => page.eval(looks)).toEqual({ banners: [false], places: [], frames })
    expect(await page.inFrame('iframe', () => page.eval(() => location.pathname))).toBe('/one.html')
    expect(await page.console()).toEqual([])
  })

  test.for([
    [
      'and what its root says',
      () => {
        const root = document.documentElement
        for (const { name } of [...root.attributes]) root.removeAttribute(name)
        root.lang = 'sv'
        const next = document.createElement('body')
        next.innerHTML = '<button id="own">Egen</button>'
        document.body.replaceWith(next)
      },
    ],
    [
      'together with their root',
      () => {
        const next = document.createElement('html')
        next.lang = 'sv'
        next.innerHTML = '<head></head><body><button id="own">Egen</button></body>'
        document.documentElement.replaceWith(next)
      },
    ],
  ] as const)('%s has our marks again, and what has the focus stays above the banner', async ([, swap]) => {
    await open('')
    const before = await page.waitFor(() => document.documentElement.style.scrollPaddingBottom)
    await page.click(button('settings'))
    await page.element('#portti >>> dialog[open] h2')
    await inTask(swap)
    await expect.poll(() => page.eval(() => document.documentElement.dataset.portti)).toBe('unasked')
    await expect
      .poll(() => page.eval(() => document.documentElement.style.scrollPaddingBottom))
      .toMatch(/^[1-9]\d+px$/)
    expect(before).toMatch(/^[1-9]\d+px$/)
    expect(await page.text(button('accept'))).toBe('Godkänn alla')
    expect(await page.has('#portti >>> dialog')).toBe(false)
    // A driver's click fails where a dialog lies over the page.
    await page.click('#own')
    // Once more: whoever swaps one page swaps the next.
    await inTask(swap)
    await page.element(button('accept'))
    expect(await page.console()).toEqual([])
  })
})

describe('what waits', () => {
  const style = 'display: block'
  const shown = (...titles: string[]) => ({
    places: [],
    frames: titles.map((title) => [title, true, 'block']),
  })
  const waiting = (...titles: string[]) => ({
    places: titles.map(() => true),
    frames: titles.map((title) => [title, false, 'none']),
  })

  test.for([
    [
      'slider',
      'is copied by a slider',
      () => {
        const slide = document.querySelector('#slides > div') as Element
        slide.after(slide.cloneNode(true))
      },
    ],
    [
      'bare',
      'is copied without what stands before it',
      () => {
        const held = document.querySelector('iframe') as Element
        held.after(held.cloneNode(true))
      },
    ],
    [
      'anew',
      'is written anew by the page',
      () => {
        const slides = document.querySelector('#slides') as Element
        slides.innerHTML = slides.innerHTML + slides.innerHTML
      },
    ],
  ] as const)(
    'and (%s) %s waits, and is seen after the yes, like what it was copied from',
    async ([name, , copy]) => {
      const home = `https://${name}.shop.example/`
      world.route(
        home,
        fixturePage({ head: consoleTap(), body: `<div id="slides"><div>${frame('one', style)}</div></div>` }),
      )
      await page.goto(home)
      await page.element(button('accept'))
      await page.eval(copy)
      await arrived(page, world)
      expect(await page.eval(looks)).toMatchObject(waiting('one', 'one'))
      expect(vendor()).toEqual([])
      await page.click(button('accept'))
      await expect.poll(vendor).toEqual(['/one.html', '/one.html'])
      expect(await page.eval(looks)).toMatchObject(shown('one', 'one'))
      expect(await page.console()).toEqual([])
    },
  )

  test('on a page that was saved as it stood, waits there, and is seen after the yes', async () => {
    const live = 'https://live.shop.example/'
    const saved = 'https://saved.shop.example/'
    const body = `<p>Verstas</p>${frame('one', style)}<div class="fb-share-button" data-href="${live}"></div>`
    world.route(live, fixturePage({ head: consoleTap(), body }))
    await page.goto(live)
    await page.element(button('accept'))
    await page.element('[data-portti-place=facebook]')
    const text = await page.eval(() => document.documentElement.outerHTML)
    expect(text).toMatch(/id="portti"/)
    expect(text).toMatch(/data-portti-place="youtube"/)

    world.route(saved, html(`<!doctype html>${text}`))
    await page.goto(saved)
    await page.element('[data-portti-place=facebook] >>> button')
    await arrived(page, world)
    expect(await page.eval(looks)).toEqual({ banners: [true], ...waiting('one'), places: [true, true] })
    expect(vendor()).toEqual([])
    await page.click(button('accept'))
    await expect.poll(vendor).toEqual(['/one.html'])
    expect(await page.eval(looks)).toMatchObject(shown('one'))
    expect(
      await page.eval(() => document.querySelector<HTMLElement>('.fb-share-button')?.style.display),
    ).toBe('')
    expect(await page.console()).toEqual([])
  })

  test('and was copied after the yes is held where the copy comes after the no', async () => {
    const home = 'https://kept.shop.example/'
    world.route(
      home,
      fixturePage({ head: consoleTap(), body: `<div id="slides">${frame('one', style)}</div>` }),
    )
    await page.goto(home)
    await page.click(button('accept'))
    await expect.poll(vendor).toEqual(['/one.html'])
    await page.eval(async () => {
      const slides = document.querySelector('#slides') as Element
      const text = slides.innerHTML
      slides.replaceChildren()
      window.portti.withdraw()
      slides.innerHTML = text
    })
    await arrived(page, world)
    expect(await page.eval(looks)).toMatchObject(waiting('one'))
    expect(await page.eval(() => document.querySelector('iframe')?.hasAttribute('src'))).toBe(false)
    // A request for an address in markup that code puts in may be under way before anybody is told; its answer is dropped.
    const asked = vendor().length
    expect(asked).toBeLessThanOrEqual(2)
    expect(await page.eval(() => document.querySelector('iframe')?.contentDocument?.URL)).toBe('about:blank')
    await page.eval(() => window.portti.acceptAll())
    await expect.poll(() => vendor().length).toBe(asked + 1)
    expect(await page.eval(looks)).toMatchObject(shown('one'))
    expect(await page.console()).toEqual([])
  })
})
