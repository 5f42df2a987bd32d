/** Pages that nobody marked: one case of every way out, in the five phases of a visit. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Portti } from '../../packages/portti/src/portti.ts'
import { consoleTap } from './console-tap.ts'
import { engine, launch, type Page } from './engines.ts'
import { arrived, type Fixture, fixturePage, policy as plain, porttiFile, tracker } from './fixture.ts'
import { html, openWorld, script, type World } from './world.ts'

// What functions that run in the page see there.
declare const portti: Portti
declare const window: Window & typeof globalThis & { ran?: string[]; failed?: string[] }

const fresh = { 'cache-control': 'no-store', 'access-control-allow-origin': '*' }
const V = 'https://vendor.example'
const policy = {
  ...plain,
  categories: [
    ...plain.categories.filter(({ id }) => id !== 'analytics'),
    {
      id: 'analytics',
      services: [
        'google-analytics',
        {
          id: 'vendor',
          name: 'Vendor',
          provider: {
            name: 'Vendor Oy',
            country: 'FI',
            role: 'processor',
            privacyNotice: 'https://vendor.example/p',
          },
          transfer: { ground: 'eea' },
          urls: ['vendor.example', '*.vendor.example'],
          cookies: [{ name: 'vnd_*', days: 9, purpose: 'visitor' }],
          storage: [
            { in: 'localStorage', name: 'vnd_*', purpose: 'visitor' },
            { in: 'sessionStorage', name: 'vnd_*', purpose: 'visitor' },
            { in: 'indexedDB', name: 'vnd_*', purpose: 'visitor' },
          ],
        },
      ],
    },
  ],
}

let world: World
let page: Page
beforeAll(async () => {
  world = await openWorld(porttiFile, ({ host, path }) => {
    if (host === 'vendor.example')
      return path.endsWith('.html') ? html('<p>Kehys</p>', fresh) : tracker(path.slice(1))
    return path === '/own.js' ? script('(window.ran = window.ran || []).push("own")', fresh) : undefined
  })
  page = await launch(engine, { world })
})
afterAll(async () => {
  await page?.close()
  await world?.close()
})
beforeEach(() => world.clear())

const ran = () => window.ran ?? []
const failed = () => window.failed ?? []
const vendor = () => world.to('vendor.example').map(({ path }) => path)
const allow = (...ids: string[]) =>
  page.eval((chosen) => portti.choose(Object.fromEntries(chosen.map((id) => [id, true]))), ids)

async function open(name: string, body: string, more: Partial<Fixture> = {}): Promise<void> {
  const address = `https://${name}.shop.example/`
  world.route(address, fixturePage({ policy, tag: 'data-guard', body, ...more }))
  await page.goto(address)
}

/** `asks`: the vendor is asked for this after the yes. `runs`: it then runs. `scanned`: the engine may look ahead. */
interface Case {
  readonly body: string
  readonly asks?: string
  readonly runs?: string
  readonly scanned?: true
}
const code = (text: string): Case => ({ body: `<div id="here"></div><script>${text}</script>`, asks: '/x' })
const push = 'window.failed = window.failed || []'

const cases: Readonly<Record<string, Case>> = {
  'script in the HTML': { body: `<script src="${V}/x"></script>`, asks: '/x', runs: 'x', scanned: true },
  'async script in the HTML': {
    body: `<script async src="${V}/x"></script>`,
    asks: '/x',
    runs: 'x',
    scanned: true,
  },
  'module in the HTML': {
    body: `<script type="module" src="${V}/x"></script>`,
    asks: '/x',
    runs: 'x',
    scanned: true,
  },
  'inline snippet': {
    body: `<script>!function(d){var s=d.createElement('script');s.async=true;s.src='${V}/x';d.head.appendChild(s)}(document);(window.ran=window.ran||[]).push('inline')</script>`,
    asks: '/x',
    runs: 'inline,x',
  },
  'script by createElement': {
    ...code(
      `const s = document.createElement('script'); s.src = '//' + 'vendor' + '.example/x'; document.head.append(s)`,
    ),
    runs: 'x',
  },
  'script by setAttribute, put before another': {
    ...code(`const s = document.createElement('script'); s.setAttribute('src', 'HTTPS://' + 'VENDOR' + '.example:443/x')
      const f = document.scripts[0]; f.parentNode.insertBefore(s, f)`),
    runs: 'x',
  },
  'script out of a contextual fragment': {
    ...code(
      `document.body.append(document.createRange().createContextualFragment('<script src="https://vendor' + '.example/x"></' + 'script>'))`,
    ),
    runs: 'x',
  },
  'script out of a template': {
    body: `<template id="t"><p><script src="${V}/x"></script></template><script>document.body.append(t.content.cloneNode(true))</script>`,
    runs: 'x',
    scanned: true,
  },
  'script written': {
    ...code(`document.write('<script src="https://vendor' + '.example/x"></' + 'script>')`),
    runs: 'x',
  },
  'image by new Image': code(
    `const i = new Image(); i.src = 'https://vendor' + '.example/x'; document.body.append(i)`,
  ),
  'image by innerHTML': code(`here.innerHTML = '<p>a<img src="https://vendor' + '.example/x"></p>'`),
  'image by insertAdjacentHTML': code(
    `here.insertAdjacentHTML('afterend', '<img srcset="https://vendor' + '.example/x 1x, /own.png 2x">')`,
  ),
  'image by parsing a document': code(
    `here.append(document.adoptNode(new DOMParser().parseFromString('<img src="https://vendor' + '.example/x">', 'text/html').images[0]))`,
  ),
  'image in a closed shadow root': code(
    `here.attachShadow({ mode: 'closed' }).innerHTML = '<img src="https://vendor' + '.example/x">'`,
  ),
  'attribute node': code(
    `const i = document.createElement('img'), a = document.createAttribute('src'); a.value = 'https://vendor' + '.example/x'; i.setAttributeNode(a); here.append(i)`,
  ),
  'frame by src': code(
    `const f = document.createElement('iframe'); f.src = 'https://vendor' + '.example/x'; here.append(f)`,
  ),
  'frame by srcdoc': code(
    `const f = document.createElement('iframe'); f.srcdoc = '<img src="https://vendor' + '.example/x">'; here.append(f)`,
  ),
  'style sheet': code(
    `const l = document.createElement('link'); l.rel = 'stylesheet'; l.href = 'https://vendor' + '.example/x'; document.head.append(l)`,
  ),
  preload: code(
    `const l = document.createElement('link'); l.rel = 'preload'; l.as = 'script'; l.href = 'https://vendor' + '.example/x'; document.head.append(l)`,
  ),
  'style element': code(
    `const s = document.createElement('style'); s.textContent = '@import "https://vendor' + '.example/x";'; document.head.append(s)`,
  ),
  video: code(
    `const v = document.createElement('video'); v.src = 'https://vendor' + '.example/x'; v.preload = 'auto'; here.append(v)`,
  ),
}

describe('elements', () => {
  test.for(Object.entries(cases))(
    '%s: waits for its own yes',
    async ([what, { body, asks, runs, scanned }]) => {
      const name = what.replace(/\W/g, '-').toLowerCase()
      const nothing = async () => {
        await arrived(page, world)
        if (!scanned) expect(vendor()).toEqual([])
        expect(await page.eval(ran)).toEqual([])
        world.clear()
        world.route(`https://${name}.shop.example/`, fixturePage({ policy, tag: 'data-guard', body }))
      }
      await open(name, body)
      await nothing()
      await page.eval(() => portti.rejectAll())
      await page.reload()
      await nothing()
      await allow('media', 'ads')
      await page.reload()
      await nothing()

      await allow('analytics')
      if (asks && !scanned) await expect.poll(vendor).toContain(asks)
      if (runs) await expect.poll(() => page.eval(ran)).toEqual(runs.split(','))
      await page.reload()
      if (runs) await expect.poll(() => page.eval(ran)).toEqual(runs.split(','))
      await page.eval(() => portti.withdraw())
      await page.goto(`https://${name}.shop.example/`)
      world.clear()
      world.route(`https://${name}.shop.example/`, fixturePage({ policy, tag: 'data-guard', body }))
      await page.reload()
      await nothing()
    },
  )
})

describe('calls', () => {
  const calls: Readonly<Record<string, string>> = {
    fetch: `fetch(u).catch((e) => failed.push(e.name))`,
    'a request object': `fetch(new Request(u)).catch((e) => failed.push(e.name))`,
    XMLHttpRequest: `const x = new XMLHttpRequest(); x.onerror = () => failed.push('TypeError'); x.open('GET', u); x.send()`,
    sendBeacon: `navigator.sendBeacon(u, '1') || setTimeout(() => failed.push('TypeError'))`,
    EventSource: `new EventSource(u).onerror = () => failed.push('TypeError')`,
    WebSocket: `new WebSocket(u.replace('http', 'ws')).onerror = () => failed.push('TypeError')`,
    'an image that is no part of the page': `const i = new Image(); i.onerror = () => failed.push('TypeError'); i.src = u`,
    "a fresh frame's own fetch": `const f = document.createElement('iframe'); document.body.append(f); f.contentWindow.fetch(u).catch((e) => failed.push(e.name))`,
  }
  test.for(Object.entries(calls))(
    '%s fails as the network would, and passes after the yes',
    async ([what, text]) => {
      const name = what.replace(/\W/g, '-').toLowerCase()
      await open(
        name,
        `<script>${push}; window.call = () => { const u = 'https://vendor' + '.example/x'; ${text} }; call()</script>`,
      )
      await expect.poll(() => page.eval(failed)).toContain('TypeError')
      await arrived(page, world)
      expect(vendor()).toEqual([])
      await page.eval(() => portti.choose({ ads: true }))
      await page.eval('call()')
      await arrived(page, world)
      expect(vendor()).toEqual([])
      await allow('analytics')
      await page.eval('call()')
      await expect.poll(vendor).toContain('/x')
    },
  )
})

test('writes under declared names are dropped until the yes; reading goes on', async () => {
  await open(
    'writes',
    `<script>
      window.write = () => {
        document.cookie = 'vnd_a=1'; document.cookie = 'mine=1'
        localStorage.setItem('vnd_a', '1'); localStorage.setItem('mine', '1')
        sessionStorage.setItem('vnd_a', '1')
        return new Promise((done) => { const r = indexedDB.open('vnd_db'); r.onsuccess = () => { r.result.close(); done('open') }; r.onerror = () => done('error') })
      }</script>`,
  )
  const write = () => page.eval('return window.write()')
  expect(await write()).toBe('error')
  const before = await page.storage()
  expect(before.cookie).toBe('mine=1')
  expect(before.localStorage).toEqual({ mine: '1' })
  expect(before.sessionStorage).toEqual({})
  expect(before.databases).toEqual([])
  await allow('analytics')
  expect(await write()).toBe('open')
  const after = await page.storage()
  expect(after.cookie).toContain('vnd_a=1')
  expect(after.localStorage).toMatchObject({ mine: '1', vnd_a: '1' })
  expect(after.sessionStorage).toEqual({ vnd_a: '1' })
})

test('a tracker that the catalogue knows and the policy does not stays held and is named once', async () => {
  await open(
    'undeclared',
    `<script>for (const n of [1, 2]) { const s = document.createElement('script'); s.src = 'https://static.hotjar' + '.com/c/hotjar-' + n + '.js'; document.head.append(s) }</script>`,
    { first: consoleTap() },
  )
  await arrived(page, world)
  await page.eval(() => portti.acceptAll())
  await arrived(page, world)
  expect(world.to('static.hotjar.com')).toEqual([])
  expect((await page.console()).filter((text) => text.includes('hotjar'))).toHaveLength(1)
})
