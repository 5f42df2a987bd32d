/** The lock: on a page that nobody marked the browser itself lets through exactly what was granted. */
import { type ChildProcess, spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { contentSecurityPolicy } from '../../packages/portti/src/lock/content-security-policy.ts'
import { headLine } from '../../packages/portti/src/lock/head-line.ts'
import type { Portti } from '../../packages/portti/src/portti.ts'
import { freePort } from './drivers/processes.ts'
import { engine, launch, type Page, until } from './engines.ts'
import { arrived, porttiFile } from './fixture.ts'
import { trackers } from './unmarked.ts'
import { html, openWorld, type Reply, script, type World } from './world.ts'

// What functions that run in the page see there.
declare const portti: Portti

/** Milliseconds. */
const HOLD = 700
const fresh = { 'cache-control': 'no-store' }
const own = {
  provider: {
    name: 'Mittari Oy',
    country: 'FI',
    role: 'processor',
    privacyNotice: 'https://mittari.example/',
  },
  transfer: { ground: 'eea' },
}
const policy = {
  controller: { name: 'Mallila Oy', email: 'tietosuoja@mallila.example', privacyNotice: '/tietosuoja' },
  categories: [
    { id: 'analytics', services: [{ id: 'mittari', name: 'Mittari', ...own, urls: ['*.mittari.example'] }] },
    { id: 'ads', services: [{ id: 'mainos', name: 'Mainos', ...own, urls: ['*.mainos.example'] }] },
  ],
}

/** What a script of the page does by itself. */
const calls = (tracker: string) => `
  fetch('https://fetch.${tracker}/x', { mode: 'no-cors' }).catch(() => {})
  navigator.sendBeacon('https://beacon.${tracker}/x', 'x')
  const request = new XMLHttpRequest()
  request.open('GET', 'https://xhr.${tracker}/x')
  request.send()
  new EventSource('https://events.${tracker}/x').onerror = (event) => event.target.close()
  new WebSocket('wss://socket.${tracker}/x')
  new Image().src = 'https://pixel.${tracker}/x'
  document.head.append(Object.assign(document.createElement('script'), { src: 'https://late.${tracker}/x' }))`
const unmarked = ['mittari.example', 'mainos.example']
  .map((tracker) => `${trackers(tracker)}<script>{${calls(tracker)}}</script>`)
  .join('')

/** `before` and `after` our tag. */
const body = (
  before = '',
  after = '',
) => `<!doctype html><html lang="fi"><head>${before}<script src="/portti.js"></script>${after}
  <meta charset="utf-8"><title>Mallila</title>
  <script type="application/json" id="portti-policy">${JSON.stringify(policy)}</script>
  <script>document.addEventListener('portti:change', () => location.reload())</script></head><body>${unmarked}</body></html>`

let world: World
let page: Page
let server: ChildProcess
let port: number
const folder = mkdtempSync(join(tmpdir(), 'lock-'))
let lockScript: string

beforeAll(async () => {
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(resolve('packages/portti'), join(folder, 'node_modules/portti'))
  for (const file of ['lock-server.mjs', 'lock-static.js'])
    copyFileSync(`docs/examples/${file}`, join(folder, file))
  writeFileSync(join(folder, 'consent-policy.json'), JSON.stringify(policy))
  writeFileSync(join(folder, 'index.html'), body())
  port = await freePort()
  const env = { ...process.env, PORT: `${port}` }
  server = spawn('node', ['lock-server.mjs'], { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] })
  await until(() => fetch(`http://127.0.0.1:${port}/`), 'the example server')
  const built = await build({
    entryPoints: [join(folder, 'lock-static.js')],
    bundle: true,
    minify: true,
    write: false,
  })
  lockScript = built.outputFiles[0]?.text ?? ''

  world = await openWorld(porttiFile, async ({ host, path, headers }) => {
    if (path.startsWith('/arrived')) return html('')
    if (host.endsWith('.served.example') && path === '/') {
      const { cookie = '' } = headers
      const found = await fetch(`http://127.0.0.1:${port}/`, { headers: { cookie } })
      return { headers: Object.fromEntries(found.headers), body: await found.text() }
    }
    if (/\.(mittari|mainos)\.example$/.test(host))
      return script(`(globalThis.ran = globalThis.ran || []).push('${host}')`, {
        'access-control-allow-origin': '*',
        ...fresh,
      })
    return undefined
  })
  page = await launch(engine, { world })
})
afterAll(async () => {
  server?.kill()
  await page?.close()
  await world?.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => world.clear())

/** Kinds that a tracker was asked through, sorted. */
const asked = (tracker: string) =>
  [
    ...new Set(
      world.seen.filter(({ host }) => host.endsWith(tracker)).map(({ host }) => host.replace(/\..*/, '')),
    ),
  ].sort()
const connected = (tracker: string) =>
  [
    ...new Set(
      world.connected.filter((host) => host.endsWith(tracker)).map((host) => host.replace(/\..*/, '')),
    ),
  ].sort()

async function answer(choice: Readonly<Record<string, boolean>>): Promise<void> {
  // The page reloads by itself.
  await page.eval(() => {
    document.documentElement.dataset.old = ''
  })
  await page.eval((chosen) => portti.choose(chosen), choice)
  await page.waitFor(
    () => document.readyState === 'complete' && document.documentElement.dataset.old === undefined,
  )
}

let free: { mittari: string[]; mainos: string[] }

/** What an unlocked page asks for in this engine. */
async function unlocked(): Promise<typeof free> {
  if (free) return free
  const address = 'https://free.shop.example/'
  world.route(address, html(body(), fresh))
  await page.goto(address)
  await arrived(page, world)
  await expect.poll(() => asked('mittari.example').length).toBeGreaterThan(15)
  await arrived(page, world)
  // Hints are a browser's to take or leave.
  const certain = (tracker: string) => asked(tracker).filter((kind) => !/pre(fetch|load)/.test(kind))
  free = { mittari: certain('mittari.example'), mainos: certain('mainos.example') }
  world.clear()
  return free
}

/**
 * What Firefox asks for ahead, before a policy that stands in the page counts: it checks responsive images against none then, and
 * where a script writes the policy styles neither. A policy in the header holds these as well.
 */
const AHEAD =
  engine === 'firefox'
    ? { meta: ['picture', 'srcset'], static: ['import', 'picture', 'srcset', 'stylesheet'] }
    : {}

/** At least these kinds of a tracker that was granted; none but `spared` of one that was not. */
async function expectAsked(
  mittari: readonly string[],
  mainos: readonly string[],
  spared: readonly string[] = [],
): Promise<void> {
  await arrived(page, world)
  const trackers = [
    ['mittari.example', mittari],
    ['mainos.example', mainos],
  ] as const
  for (const [tracker, kinds] of trackers) {
    if (kinds.length) await expect.poll(() => asked(tracker)).toEqual(expect.arrayContaining([...kinds]))
  }
  await arrived(page, world)
  for (const [tracker, kinds] of trackers) {
    if (!kinds.length) expect(asked(tracker).filter((kind) => !spared.includes(kind))).toEqual([])
  }
}

describe.each(['a server prints the policy', 'a static page writes the policy'])('where %s', (how) => {
  const name = how.startsWith('a server') ? 'served' : 'static'
  const spared = name === 'static' ? AHEAD.static : []
  const address = (which: string) => `https://${which}.${name}.example/`

  async function open(which: string, reply?: (text: string) => Reply): Promise<void> {
    const inline = `<script>${lockScript}</script>`
    if (name === 'static') {
      const text = body('', headLine + inline)
      world.route(address(which), reply ? reply(text) : html(text, fresh))
    }
    await page.goto(address(which))
  }

  test('nothing is sent before an answer, after a refusal and for another category, and exactly the granted after a yes', async () => {
    const { mittari, mainos } = await unlocked()
    await open('five')
    await expectAsked([], [], spared)
    await answer({ analytics: false, ads: false })
    await expectAsked([], [], spared)

    await answer({ ads: true })
    await expectAsked([], mainos, spared)
    await answer({ ads: false, analytics: true })
    world.clear()
    await open('five')
    await expectAsked(mittari, [], spared)

    await answer({ analytics: false })
    world.clear()
    await open('five')
    await expectAsked([], [], spared)
  })

  test('no host is connected to but by a hint', async () => {
    await unlocked()
    await open('hint')
    await expectAsked([], [], spared)
    const hosts = [...connected('mittari.example'), ...connected('mainos.example')]
    if (process.env.FIGURES) console.log(JSON.stringify({ engine, how, connected: hosts }))
    expect(hosts.filter((kind) => kind !== 'preconnect' && !spared?.includes(kind))).toEqual([])
  })

  test('a page that comes in pieces is locked as well', async () => {
    if (name === 'served') return
    // The tag blocks for longer than the line is on its way.
    world.route(`${address('pieces')}portti.js`, async (request) => ({
      ...((await porttiFile(request)) as Reply),
      after: HOLD,
    }))
    await open('pieces', (text) => {
      const cuts = [
        60,
        200,
        text.indexOf('document.write') + 5,
        headLine.length,
        text.indexOf('<meta charset') - 20,
        text.indexOf('defer src'),
      ]
      const sorted = [...cuts].sort((a, b) => a - b)
      const pieces = sorted.map((cut, index) => text.slice(sorted[index - 1] ?? 0, cut))
      return {
        ...html('', fresh),
        parts: pieces.flatMap((piece) => [piece, 60]),
        body: text.slice(sorted.at(-1)),
      }
    })
    await expectAsked([], [], spared)
  })
})

describe('a static meta', () => {
  test('locks a page for good', async () => {
    world.route('https://meta.shop.example/', html(body(contentSecurityPolicy(policy).meta), fresh))
    await page.goto('https://meta.shop.example/')
    await expectAsked([], [], AHEAD.meta)
    await answer({ analytics: true, ads: true })
    await expectAsked([], [], AHEAD.meta)
  })

  test('of a site that uses another host lets that through', async () => {
    const { meta } = contentSecurityPolicy(policy, { allow: ['*.mainos.example'] })
    const { mainos } = await unlocked()
    world.route('https://allow.shop.example/', html(body(meta), fresh))
    await page.goto('https://allow.shop.example/')
    await expectAsked([], mainos, AHEAD.meta)
  })
})

test('scripts need both a granted host and a key where the site gives keys', async () => {
  const { header, meta } = contentSecurityPolicy(policy, {
    choice: { analytics: true },
    nonce: 'n1',
    strictDynamic: true,
  })
  const scripts = `<script nonce="n1">window.ran = ['inline']
      for (const host of ['mittari', 'mainos']) document.head.append(Object.assign(document.createElement('script'), { src: 'https://inserted.' + host + '.example/x' }))
    </script>
    <script>window.ran.push('without a key')</script>
    <script src="https://bare.mittari.example/x"></script>
    <script nonce="n1" src="https://keyed.mittari.example/x"></script>
    <script nonce="n1" src="https://keyed.mainos.example/x"></script>`
  for (const [name, reply] of [
    [
      'header',
      html(`<!doctype html><title>x</title>${scripts}`, { 'content-security-policy': header, ...fresh }),
    ],
    ['meta', html(`<!doctype html><head>${meta}<title>x</title>${scripts}`, fresh)],
  ] as const) {
    world.clear()
    world.route(`https://${name}.keys.example/`, reply)
    await page.goto(`https://${name}.keys.example/`)
    await expect.poll(() => asked('mittari.example')).toEqual(['inserted', 'keyed'])
    await arrived(page, world)
    expect(asked('mittari.example')).toEqual(['inserted', 'keyed'])
    // WebKit asks for a script whose tag carries the nonce, whatever its host.
    const past = engine === 'webkit' ? ['keyed'] : []
    expect(asked('mainos.example').filter((kind) => !past.includes(kind))).toEqual([])
    await page.waitFor(() => (window as { ran?: string[] }).ran?.includes('keyed.mittari.example'))
    await page.waitFor(() => (window as { ran?: string[] }).ran?.includes('inserted.mittari.example'))
    const ran = await page.eval(() => (window as { ran?: string[] }).ran ?? [])
    if (process.env.FIGURES)
      console.log(JSON.stringify({ engine, name, ran, mainos: asked('mainos.example') }))
    expect(ran.filter((one) => !past.some((kind) => one === `${kind}.mainos.example`)).sort()).toEqual([
      'inline',
      'inserted.mittari.example',
      'keyed.mittari.example',
    ])
  }
})
