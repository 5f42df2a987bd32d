/** A placeholder has the box of its frame on pages as builders lay them out, so that nothing moves when the frame comes. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { engine, launch, type Page } from './engines.ts'
import { arrived, button, fixturePage, porttiFile, VENDOR, vendorHost } from './fixture.ts'
import { openWorld, type World } from './world.ts'

// What functions that run in the page see there.
declare const window: Window & typeof globalThis & { first?: string }

let world: World
let page: Page
/** Lets the page's style sheet come. */
let come = () => {}
beforeAll(async () => {
  world = await openWorld(porttiFile, vendorHost, async ({ path }) => {
    if (path !== '/late.css') return undefined
    await new Promise<void>((done) => {
      come = done
    })
    return { headers: { 'content-type': 'text/css' }, body: styles }
  })
  page = await launch(engine, { world })
})
afterAll(async () => {
  await page?.close()
  await world?.close()
})
beforeEach(() => world.clear())

const styles = `
.padded { position: relative; padding-bottom: 56.25%; height: 0; overflow: hidden }
.padded iframe { position: absolute; top: 0; left: 0; width: 100%; height: 100% }
.spaced { position: relative } .spaced::before { content: ''; display: block; padding-top: 56.25% }
.spaced iframe { position: absolute; inset: 0; width: 100%; height: 100% }
.ratio { position: relative; width: 100% } .ratio::before { content: ''; display: block; padding-top: 75% }
.ratio > * { position: absolute; top: 0; left: 0; width: 100%; height: 100% }
.shaped iframe { width: 100%; height: auto; aspect-ratio: 16 / 9 }
.grid { display: grid; grid-template-columns: 1fr 2fr; gap: 1em } .grid iframe { width: 100%; grid-column: 2 }
.row { display: flex } .row iframe { flex: 1; min-width: 0; margin: 1em; border: 0; padding: 3px; box-sizing: border-box }
.aside iframe { float: right; width: 50%; margin-left: 2em }
.corner { position: relative; height: 12em } .corner iframe { position: absolute; right: 10px; bottom: 20px; width: 60%; height: 10em }
main > div { max-width: 600px; overflow: hidden }`

const frame = (size = 'width="560" height="315"') =>
  `<iframe data-service="youtube" data-src="${VENDOR}/a.html" title="Video" ${size}></iframe>`
const layouts = ['padded', 'spaced', 'ratio', 'shaped', 'grid', 'row', 'aside', 'corner'] as const
const body = `<main>${layouts.map((name) => `<div class="${name}">${frame()}</div>`).join('')}
  <div class="plain">${frame('width="300" height="150"')}</div><div class="bare">${frame('')}</div><div class="broad">${frame('width="100%" height="200"')}</div>
  <div class="unseen"><iframe data-service="meta-pixel" data-src="${VENDOR}/b.html" width="1" height="1" title=""></iframe></div><p>Loppu</p></main>`

/** Of each layout: how high it is, and the box of what is seen in it. */
const boxes = () =>
  [...document.querySelectorAll('main > *')].map((layout) => {
    const around = layout.getBoundingClientRect()
    const seen = [...layout.children].filter((child) => (child as HTMLElement).style.display !== 'none')
    return {
      name: layout.className,
      height: Math.round(around.height),
      seen: seen.map((child) => {
        const { left, top, width, height } = child.getBoundingClientRect()
        return [left - around.left, top - around.top, width, height].map(Math.round)
      }),
    }
  })

describe.for([1280, 360])('at %i pixels', (width) => {
  test('every placeholder has the box of its frame, and nothing moves when that comes', async () => {
    const home = `https://boxes-${width}.shop.example/`
    world.route(home, fixturePage({ head: `<style>${styles}</style>`, body }))
    await page.resize(width, 900)
    await page.goto(home)
    await page.element(button('accept'))
    await arrived(page, world)
    const held = await page.eval(boxes)
    expect(held.filter(({ seen }) => seen.length === 1)).toHaveLength(12)
    await page.click(button('accept'))
    await expect.poll(() => page.has('[data-portti-place]')).toBe(false)
    await arrived(page, world)
    expect(await page.eval(boxes)).toEqual(held)
  })
})

test('a frame that is broader than its place has a placeholder that is not', async () => {
  const home = 'https://broad.shop.example/'
  world.route(home, fixturePage({ body: `<main>${frame('width="900" height="315"')}</main>` }))
  await page.resize(360, 900)
  await page.goto(home)
  await page.element('[data-portti-place] >>> button')
  await arrived(page, world)
  const [host, main] = await page.eval(() =>
    ['[data-portti-place]', 'main'].map((name) => document.querySelector<HTMLElement>(name)?.offsetWidth),
  )
  expect(host).toBe(main)
})

test('an attribute that says more than a size gives a placeholder no more than one', async () => {
  const home = 'https://more.shop.example/'
  const more = 'width="10;position:fixed;inset:0" height="200px;position:fixed;z-index:9"'
  world.route(home, fixturePage({ body: `<main>${frame(more)}</main>` }))
  await page.goto(home)
  await page.element('[data-portti-place] >>> button')
  await arrived(page, world)
  const [position, zIndex, width, height] = await page.eval(() => {
    const { style } = document.querySelector('[data-portti-place]') as HTMLElement
    return [style.position, style.zIndex, style.width, style.height]
  })
  expect([position, zIndex, width, height]).toEqual(['static', 'initial', '10px', '200px'])
})

test('the box is there with the first paint, also where the page’s style sheet comes late', async () => {
  const home = 'https://late.shop.example/'
  // Sizes are observed after the frame's own callbacks and before it is painted.
  const look = `<script>requestAnimationFrame(function look() {
    const host = document.querySelector('[data-portti-place]')
    if (host) new ResizeObserver(() => { window.first ??= host.style.position }).observe(host)
    else requestAnimationFrame(look)
  })</script>`
  const head = `${look}<link rel="stylesheet" href="/late.css">`
  world.route(home, fixturePage({ head, body: `<main><div class="spaced">${frame()}</div></main>` }))
  const loaded = page.goto(home)
  await expect.poll(() => world.seen.some(({ path }) => path === '/late.css')).toBe(true)
  // Long enough for the rest of the page, which the browser has already.
  await new Promise((done) => setTimeout(done, 300))
  come()
  await loaded
  expect(await page.waitFor(() => window.first)).toBe('absolute')
})
