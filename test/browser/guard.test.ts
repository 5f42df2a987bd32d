/** Pages that nobody marked: one case of every way out, in the five phases of a visit. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { headLine } from '../../packages/portti/src/lock/head-line.ts'
import type { Portti } from '../../packages/portti/src/portti.ts'
import { consoleTap } from './console-tap.ts'
import { engine, launch, type Page } from './engines.ts'
import {
  arrived,
  type Fixture,
  fixturePage,
  policy as plain,
  porttiFile,
  tracker,
  VENDOR as V,
  vendorHost,
} from './fixture.ts'
import { html, openWorld, script, siteFiles, standIns, type World } from './world.ts'

// What functions that run in the page see there.
declare const portti: Portti
declare const window: Window &
  typeof globalThis & { ran?: string[]; failed?: string[]; gone?: WeakRef<object>[] }

const fresh = { 'cache-control': 'no-store', 'access-control-allow-origin': '*' }
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
  world = await openWorld(
    porttiFile,
    vendorHost,
    ({ path }) =>
      path === '/own.js' ? script('(window.ran = window.ran || []).push("own")', fresh) : undefined,
    siteFiles('polkupaja.example', ['demo/sites/polkupaja', 'demo/shared']),
    standIns(),
  )
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
  'script in a drawing': {
    body: `<svg><script href="${V}/x"></script></svg>`,
    asks: '/x',
    runs: 'x',
    scanned: true,
  },
  'image of a drawing': code(
    `const i = document.createElementNS('http://www.w3.org/2000/svg', 'image'), s = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
     i.setAttribute('href', 'https://vendor' + '.example/x'); i.setAttribute('width', 9); i.setAttribute('height', 9); s.append(i); here.append(s)`,
  ),
  'style attribute': code(
    `here.innerHTML = '<p style="background:url(https://vendor' + '.example/x)">a</p>'`,
  ),
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
  'style in the HTML': {
    body: `<style>#here { background: url(${V}/x) }</style><div id="here">a</div>`,
    asks: '/x',
  },
  'image by execCommand': code(
    `here.contentEditable = true; here.focus(); document.execCommand('insertHTML', false, '<img alt="" src="https://vendor' + '.example/x">')`,
  ),
  'image by setHTMLUnsafe': code(
    `const html = '<img alt="" src="https://vendor' + '.example/x">'; here.setHTMLUnsafe ? here.setHTMLUnsafe(html) : here.innerHTML = html`,
  ),
  'source of a video': {
    body: `<video muted preload="auto"><source src="${V}/x"></video>`,
    asks: '/x',
  },
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
    'a worker of held code': `const b = URL.createObjectURL(new Blob(['fetch("https://vendor' + '.example/x")'], { type: 'text/javascript' }));
      new Worker(b).onerror = () => failed.push('TypeError')`,
    'a rule of a style': `document.adoptedStyleSheets = [new CSSStyleSheet()]; document.adoptedStyleSheets[0].insertRule('body { background: url(' + u + ') }');
      document.adoptedStyleSheets[0].cssRules[0].selectorText === 'body' || setTimeout(() => failed.push('TypeError'))`,
    'a form': `const f = document.createElement('form'); f.action = u; f.target = 'x'; f.method = 'post';
      const i = document.createElement('iframe'); i.name = 'x'; document.body.append(i, f); f.submit(); setTimeout(() => failed.push('TypeError'))`,
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

test('an external script that runs late may write into the page, which stays: what it writes stands behind it', async () => {
  world.route(
    `${V}/writer`,
    script(`document.write('<b>', 'a</b>'); (window.ran = window.ran || []).push('w')`, fresh),
  )
  await open('writes-late', `<p>Hei</p><script src="${V}/writer"></script><i>Loppu</i>`)
  await arrived(page, world)
  expect(await page.eval(ran)).toEqual([])
  await allow('analytics')
  const written = async () => {
    await page.waitFor(() => window.ran?.includes('w'))
    expect(await page.eval(() => document.querySelector('script[src$=writer] + b')?.textContent)).toBe('a')
    expect(
      await page.eval(() => [...document.querySelectorAll('p,i')].map((one) => one.textContent)),
    ).toEqual(['Hei', 'Loppu'])
  }
  await written()
  await page.reload()
  await written()
})

test('frames go back to their placeholders when the yes is taken back, also those that came after it, and come again', async () => {
  await open(
    'taken-back',
    `<p id="html"><iframe src="${V}/a.html" width="300" height="200"></iframe></p><p id="code"></p>
    <script>window.add = () => { const frame = document.createElement('iframe'); frame.src = 'https://vendor' + '.example/b.html'; document.querySelector('#code').append(frame) }</script>`,
    { first: consoleTap() },
  )
  const frames = () =>
    page.eval(() =>
      [...document.querySelectorAll('iframe')].map((frame) => [
        frame.parentElement?.id,
        frame.getAttribute('src')?.replace(/.*\//, '') ??
          (frame.previousElementSibling ? 'placeholder' : 'nothing'),
      ]),
    )
  await expect.poll(frames).toEqual([['html', 'placeholder']])
  for (let turn = 0; turn < 2; turn++) {
    await allow('analytics')
    await expect.poll(frames).toContainEqual(['html', 'a.html'])
    if (turn === 0) await page.eval('window.add()')
    await expect.poll(frames).toContainEqual(['code', 'b.html'])
    await page.eval(() => portti.withdraw())
    await expect.poll(frames).toEqual([
      ['html', 'placeholder'],
      ['code', 'placeholder'],
    ])
  }
  world.forget()
  await arrived(page, world)
  expect(vendor()).toEqual([])
  expect(await page.console()).toEqual([])
})

test('what is drawn by a style property waits for the yes and leaves the rest of the style as it is', async () => {
  await open(
    'styled',
    `<p id="here" style="width: 50px; height: 40px">x</p>
    <script>
      const { style } = document.querySelector('#here'), picture = (name) => 'url(https://vendor' + '.example/' + name + ')'
      style.backgroundImage = picture('p')
      style.cursor = 'pointer'
      style.color = 'rgb(1, 2, 3)'
      style.borderImageSource = picture('border')
      style.setProperty('mask-image', picture('gone'))
      style.mask = 'none'
    </script>`,
  )
  const look = () =>
    page.eval(() => {
      const { style } = document.querySelector('#here') as HTMLElement
      const { width, height, color, cursor, backgroundImage, borderImageSource, maskImage } = style
      return [
        width,
        height,
        color,
        cursor,
        ...[backgroundImage, borderImageSource, maskImage].map((one) => /vendor/.test(one)),
      ]
    })
  const rest = ['50px', '40px', 'rgb(1, 2, 3)', 'pointer']
  await arrived(page, world)
  expect(vendor()).toEqual([])
  expect(await look()).toEqual([...rest, false, false, false])
  await allow('analytics')
  await expect.poll(vendor).toContain('/p')
  expect(await look()).toEqual([...rest, true, true, false])
  expect(vendor()).not.toContain('/gone')
})

test('writes under declared names are dropped until the yes; reading goes on', async () => {
  await open(
    'writes',
    `<script>
      window.write = () => {
        document.cookie = 'vnd_a=1'; document.cookie = 'mine=1'
        localStorage.setItem('vnd_a', '1'); localStorage.setItem('mine', '1')
        sessionStorage.setItem('vnd_a', '1'); localStorage.vnd_b = '1'
        return new Promise((done) => { const r = indexedDB.open('vnd_db'); r.onsuccess = () => { r.result.close(); done('open') }; r.onerror = () => done('error') })
      }</script>`,
  )
  const write = () => page.eval('return window.write()')
  expect(await write()).toBe('error')
  const before = await page.storage()
  expect(before.cookie).toBe('mine=1')
  expect(before.localStorage).toEqual({ mine: '1' })
  expect(before.sessionStorage).toEqual({})
  await expect.poll(async () => (await page.storage()).databases).toEqual([])
  await allow('analytics')
  expect(await write()).toBe('open')
  const after = await page.storage()
  expect(after.cookie).toContain('vnd_a=1')
  expect(after.localStorage).toMatchObject({ mine: '1', vnd_a: '1', vnd_b: '1' })
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

describe('the tag', () => {
  const snippet = `<script src="${V}/x"></script>`
  const held = async () => {
    await arrived(page, world)
    expect(await page.eval(ran)).toEqual([])
    await allow('analytics')
    await expect.poll(() => page.eval(ran)).toEqual(['x'])
  }
  /** Every built-in of the page that is another than it was in a fresh window. */
  const changed = () => {
    const fresh = document.createElement('iframe')
    document.body.append(fresh)
    const other = fresh.contentWindow as unknown as Record<string, unknown>
    const text = (value: unknown) =>
      typeof value === 'function'
        ? `${value.name} ${value.length} ${Function.prototype.toString.call(value)}`
        : typeof value
    const found: string[] = []
    const compare = (name: string, ours: object, theirs: object) => {
      for (const key of Reflect.ownKeys(theirs)) {
        const one = Object.getOwnPropertyDescriptor(ours, key)
        const two = Object.getOwnPropertyDescriptor(theirs, key)
        for (const part of ['value', 'get', 'set'] as const)
          if (text(one?.[part]) !== text(two?.[part])) found.push(`${name}.${String(key)}`)
      }
    }
    for (const name of Object.getOwnPropertyNames(other)) {
      if (!/^[A-Z]/.test(name)) continue
      const [ours, theirs] = [(window as unknown as Record<string, unknown>)[name], other[name]]
      if (typeof ours !== 'function' || typeof theirs !== 'function') continue
      compare(name, ours, theirs)
      if (ours.prototype && theirs.prototype) compare(name, ours.prototype, theirs.prototype)
    }
    fresh.remove()
    return found
  }
  /** Keeps what built-ins are before anything of ours has run, and says afterwards which are others. */
  const witness = `<script>window.builtIns = (() => {
    const all = new Map()
    const add = (owner) => { for (const key of Reflect.ownKeys(owner)) all.set(owner, { ...all.get(owner), [key]: Object.getOwnPropertyDescriptor(owner, key) }) }
    add(window)
    for (const name of Object.getOwnPropertyNames(window)) if (/^[A-Z]/.test(name) && typeof window[name] === 'function') { add(window[name]); if (window[name].prototype) add(window[name].prototype) }
    return () => [...all].flatMap(([owner, before]) => Reflect.ownKeys(before).filter((key) => {
      const now = Object.getOwnPropertyDescriptor(owner, key)
      return !now || ['get', 'set'].some((part) => now[part] !== before[key][part]) || (typeof now.value === 'function' && now.value !== before[key].value)
    }).map(String))
  })()</script>`

  test('without data-guard no built-in is touched and no byte of the guard is asked for', async () => {
    await open('untouched', '<p>x</p>', { tag: '', first: witness })
    expect(await page.eval('return window.builtIns()')).toEqual([])
    expect(world.seen.map(({ path }) => path)).not.toContain('/portti-guard.js')
    await open('touched', '<p>x</p>', { first: witness })
    expect(await page.eval('return window.builtIns()')).toContain('appendChild')
  })

  test('with it built-ins look as in a window that nobody has touched', async () => {
    await open('alike', '<p>x</p>')
    expect(await page.eval(changed)).toEqual([])
  })

  test('a guard that the site has put before our tag is taken, and not fetched again', async () => {
    await open('first', snippet, { tag: '', first: '<script src="/portti-guard.js"></script>' })
    await held()
    expect(world.seen.filter(({ path }) => path === '/portti-guard.js')).toHaveLength(1)
    expect(await page.eval('return Object.getOwnPropertySymbols(window).map(String)')).not.toContain(
      'Symbol(portti.guard)',
    )
  })

  test('under a policy of nonces the guard has the nonce of our tag', async () => {
    const headers = { 'content-security-policy': "script-src 'nonce-abc'; object-src 'none'" }
    const body = `<script nonce="abc">window.ran = window.ran || []</script><script nonce="abc" src="${V}/x"></script>`
    await open('nonce', body, { tag: 'data-guard nonce="abc"', headers })
    await held()
  })

  test('an async tag gets its guard late and says so; what comes after is held', async () => {
    await open('late', '<p>x</p>', { tag: 'data-guard async', first: consoleTap() })
    await page.waitFor(() => 'portti' in window)
    expect(await page.console()).toEqual([expect.stringMatching(/the guard comes late/)])
    await page.eval(() => {
      document.body.append(Object.assign(new Image(), { src: 'https://vendor.example/x' }))
    })
    await arrived(page, world)
    expect(vendor()).toEqual([])
  })

  test('a guard that cannot be had leaves what is marked held, and says so', async () => {
    world.route('https://missing.shop.example/portti-guard.js', { status: 404 })
    await open('missing', `<script type="text/plain" data-service="vendor" data-src="${V}/x"></script>`, {
      first: consoleTap(),
    })
    expect((await page.console()).join()).toMatch(/no guard could be loaded/)
    await held()
  })
})

describe('a policy that is fetched', () => {
  const address = 'https://fetched.shop.example/'
  const body = `<script src="https://anybody.example/one"></script>
    <script>(window.ran = window.ran || []).push('two')</script>
    <script src="${V}/x"></script>
    <script src="/own.js"></script>
    <script>(window.ran = window.ran || []).push('three')</script>`
  const tag = '<script src="/portti.js" data-policy="/policy.json" data-guard></script>'
  const page0 = html(
    `<!doctype html><html lang="fi"><head><meta charset="utf-8"><title>x</title>${tag}</head><body>${body}</body></html>`,
  )

  test('strangers and what stands behind them wait for it, then run in their order; trackers go on waiting', async () => {
    world.route('https://anybody.example/one', tracker('one'))
    world.route(`${address}policy.json`, { body: JSON.stringify(policy), after: 600 })
    world.route(address, page0)
    await page.goto(address)
    await expect.poll(() => page.eval(ran)).toEqual(['one', 'two', 'own', 'three'])
    await allow('analytics')
    await expect.poll(() => page.eval(ran)).toEqual(['one', 'two', 'own', 'three', 'x'])
  })

  test('one that cannot be used lets strangers go and leaves trackers held', async () => {
    world.route('https://anybody.example/one', tracker('one'))
    world.route(`${address}policy.json`, { body: '{}' })
    world.route(
      address,
      page0.body === undefined ? page0 : html(String(page0.body).replace(V, 'https://static.hotjar.com')),
    )
    await page.goto(address)
    await expect.poll(() => page.eval(ran)).toEqual(['one', 'two', 'own', 'three'])
  })
})

test('the demo site that nobody marked: nothing of its snippets runs before the yes, all that it declared after it', async () => {
  const hosts = () =>
    [...new Set(world.thirdParty('polkupaja.example').map((url) => new URL(url).host))].sort()
  await page.goto('https://polkupaja.example/')
  await arrived(page, world)
  // What the engine looks ahead for in the HTML is asked for, and never runs.
  expect(hosts().filter((host) => host !== 'www.googletagmanager.com')).toEqual([])
  expect(await page.storage()).toMatchObject({ cookie: '', localStorage: {}, sessionStorage: {} })
  expect(
    await page.eval(() => ['gtag', 'fbq', 'hj', '_linkedin_partner_id'].filter((name) => name in window)),
  ).toEqual([])

  await page.eval(() => portti.acceptAll())
  await expect
    .poll(hosts)
    .toEqual(expect.arrayContaining(['connect.facebook.net', 'snap.licdn.com', 'www.facebook.com']))
  await expect
    .poll(async () => (await page.cookies()).map(({ name }) => name))
    .toEqual(expect.arrayContaining(['_ga', '_fbp']))
  expect(world.to('static.hotjar.com')).toEqual([])
  const why = await page.eval(() =>
    portti.held().map(({ service, state, why }) => `${service} ${state} ${why}`),
  )
  expect(why).toContain('hotjar held undeclared')
  expect(why.filter((line) => line.includes(' held ') && !line.startsWith('hotjar'))).toEqual([])
})

test.skipIf(engine === 'firefox')(
  'frames that are taken away again leave the memory, with the built-ins that they had (Firefox does so when it likes)',
  async () => {
    await open('frames', '<p>Teksti</p>')
    await page.waitFor(() => typeof portti === 'object')
    await page.eval(async () => {
      window.gone = []
      for (let made = 0; made < 20; made++) {
        const frame = document.createElement('iframe')
        document.body.append(frame)
        const view = frame.contentWindow as Window & typeof globalThis
        window.gone.push(new WeakRef(view.Element))
        await new Promise((next) => setTimeout(next))
        frame.remove()
      }
    })
    // The last one may be looked after still.
    await expect
      .poll(
        () =>
          page.eval(async () => {
            // Browsers tidy up where much is thrown away.
            Array.from({ length: 60 }, () => new Array(100_000).fill(0))
            await new Promise((next) => setTimeout(next))
            return window.gone?.filter((frame) => frame.deref()).length
          }),
        { interval: 20 },
      )
      .toBeLessThan(3)
  },
)

describe('the head line', () => {
  test('right after our tag says nothing', async () => {
    await open('line', '<p>Teksti</p>', { first: consoleTap(), head: headLine })
    await page.waitFor(() => typeof portti === 'object')
    await arrived(page, world)
    expect(await page.console()).toEqual([])
  })

  test('before our tag is named in the console', async () => {
    await open('line-early', '<p>Teksti</p>', { first: `${consoleTap()}${headLine}` })
    await page.waitFor(() => typeof portti === 'object')
    await expect
      .poll(() => page.console().then(String))
      .toContain('the head line: it has to stand right after')
  })
})
