/** What is marked waits for exactly its answer: every kind of element, late ones, templates and placeholders. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Portti } from '../../packages/portti/src/portti.ts'
import { consoleTap } from './console-tap.ts'
import { engine, launch, type Page } from './engines.ts'
import {
  arrived,
  type Fixture,
  fixturePage,
  policy,
  porttiFile,
  tracker,
  untouched,
  VENDOR,
  vendorHost,
} from './fixture.ts'
import { openWorld, type World } from './world.ts'

// What functions that run in the page see there.
declare const portti: Portti
declare const window: Window & typeof globalThis & { ran?: string[]; old?: boolean }

let world: World
let page: Page
beforeAll(async () => {
  world = await openWorld(porttiFile, vendorHost)
  page = await launch(engine, { world })
})
afterAll(async () => {
  await page?.close()
  await world?.close()
})
beforeEach(() => world.clear())

const ran = () => window.ran ?? []
const held = 'type="text/plain" data-service="google-analytics"'

async function open(name: string, body: string, more: Partial<Fixture> = {}): Promise<void> {
  const address = `https://${name}.shop.example/`
  world.route(address, fixturePage({ body, ...more }))
  await page.goto(address)
}
const vendor = () => world.to('vendor.example').map(({ path }) => path)
const allow = (...ids: string[]) =>
  page.eval((chosen) => portti.choose(Object.fromEntries(chosen.map((id) => [id, true]))), ids)

describe('each kind of element', () => {
  const ga = 'data-service="google-analytics"'
  const both = 'data-category="analytics ads"'
  const src = (path: string) => `data-src="${VENDOR}/${path}"`
  const kinds: Readonly<Record<string, readonly [markup: string, loads: string, right?: string]>> = {
    'external script': [`<script ${held} ${src('x')}></script>`, '/x'],
    'script with its real src': [`<script ${held} src="${VENDOR}/x"></script>`, '/x'],
    'inline script': [`<script ${held}>new Image().src = '${VENDOR}/x'</script>`, '/x'],
    'async script': [`<script ${held} async ${src('x')}></script>`, '/x'],
    'deferred script': [`<script ${held} defer ${src('x')}></script>`, '/x'],
    'module script': [`<script ${held} data-type="module" ${src('x')}></script>`, '/x'],
    'inline module': [`<script ${held} data-type="module">import '${VENDOR}/x'</script>`, '/x'],
    frame: [`<iframe ${ga} ${src('x.html')} title="Kehys"></iframe>`, '/x.html'],
    image: [`<img ${ga} ${src('x')} alt="">`, '/x'],
    'image with a source set': [`<img ${ga} data-srcset="${VENDOR}/x 1x" alt="">`, '/x'],
    picture: [`<picture ${ga}><source data-srcset="${VENDOR}/x"><img alt=""></picture>`, '/x'],
    'style sheet': [`<link rel="stylesheet" ${ga} data-href="${VENDOR}/x">`, '/x'],
    object: [`<object ${ga} type="text/html" data-data="${VENDOR}/x.html"></object>`, '/x.html'],
    'embedded page': [`<embed ${ga} type="text/html" ${src('x.html')}>`, '/x.html'],
    template: [`<template ${ga}><img ${src('x')} alt="" width="90"></template>`, '/x'],
    'gate element': [
      `<portti-gate data-service="google-analytics"><p>Odottaa</p><template><img ${src('x')} alt=""></template></portti-gate>`,
      '/x',
    ],
    'script of a category': [
      `<script type="text/plain" data-category="analytics" ${src('x')}></script>`,
      '/x',
    ],
    'script of two categories': [`<script type="text/plain" ${both} ${src('x')}></script>`, '/x', 'ads'],
    'script that stands deep inside': [
      `<div><div hidden><p>A <span><script ${held} ${src('x')}></script></span></p></div></div>`,
      '/x',
    ],
  }

  const patient = { timeout: 60_000 }
  test.for(Object.entries(kinds))('%s: runs after its own yes only, once', patient, async ([what, given]) => {
    const [markup, loads, last = 'analytics'] = given
    const name = what.replace(/\W/g, '-')
    const first = last === 'ads' ? ['media', 'analytics'] : ['media', 'ads']

    await open(name, markup)
    await arrived(page, world)
    expect(world.thirdParty('shop.example')).toEqual([])
    expect(await page.storage()).toEqual(untouched)
    expect(await page.cookies()).toEqual([])

    await page.eval(() => portti.rejectAll())
    await page.reload()
    await arrived(page, world)
    expect((await page.cookies()).map((cookie) => cookie.name)).toEqual(['portti'])

    await allow(...first)
    await page.reload()
    await arrived(page, world)
    expect(world.thirdParty('shop.example')).toEqual([])
    expect(world.connected).not.toContain('vendor.example')

    await allow(last)
    await expect.poll(vendor).toContain(loads)
    await arrived(page, world)
    expect(vendor()).toEqual([loads])
    // Leaving in the middle of a load may keep the next one of that address waiting: in Chromium for 20 seconds.
    await page.waitFor(
      (path) => performance.getEntriesByType('resource').some((one) => one.name.endsWith(path)),
      loads,
    )
    await page.goto(`https://${name}.shop.example/`)
    await expect.poll(() => vendor().length, { timeout: 25_000 }).toBe(2)
    await arrived(page, world)
    expect(vendor()).toEqual([loads, loads])

    await page.eval(() => portti.withdraw())
    const before = world.seen.length
    await page.goto(`https://${name}.shop.example/`)
    await arrived(page, world)
    expect(world.seen.slice(before).map(({ host }) => host)).not.toContain('vendor.example')
    expect(await page.eval(ran)).toEqual([])
  })

  test('audio, video and their sources get their addresses after the yes and lose them after the no', async () => {
    await open(
      'media',
      `<video ${ga} data-poster="${VENDOR}/p" ${src('v')}></video>
       <audio ${ga}><source ${src('s')}><track data-src="${VENDOR}/t"></audio>`,
    )
    const addresses = () =>
      [...document.querySelectorAll('video,source,track')].map((one) => [
        one.getAttribute('src'),
        one.getAttribute('poster'),
      ])
    const none = [
      [null, null],
      [null, null],
      [null, null],
    ]
    expect(await page.eval(addresses)).toEqual(none)
    await allow('analytics')
    expect(await page.eval(addresses)).toEqual([
      [`${VENDOR}/v`, `${VENDOR}/p`],
      [`${VENDOR}/s`, null],
      [`${VENDOR}/t`, null],
    ])
    await expect.poll(vendor).toContain('/p')
    await page.eval(() => portti.choose({ analytics: false }))
    expect(await page.eval(addresses)).toEqual(none)
  })

  test('a frame goes back to its placeholder when its yes is taken back, with no reload and no step in the history', async () => {
    await open('frame-back', `<iframe data-service="youtube" ${src('x.html')}></iframe>`)
    const state = () => {
      window.old = true
      const frame = document.querySelector('iframe')
      return [frame?.getAttribute('src') ?? null, !!document.querySelector('[data-portti-place]')]
    }
    expect(await page.eval(state)).toEqual([null, true])
    await allow('media')
    expect(await page.eval(state)).toEqual([`${VENDOR}/x.html`, false])
    await expect.poll(vendor).toEqual(['/x.html'])
    const steps = await page.eval(() => history.length)
    await page.eval(() => portti.withdraw())
    expect(await page.eval(state)).toEqual([null, true])
    expect(await page.eval(() => [window.old, history.length])).toEqual([true, steps])
  })
})

describe('a released script', () => {
  test('keeps its attributes, its nonce, its text and the fragment of its address', async () => {
    const body = `(window.ran ??= []).push('sri')`
    const hash = `sha384-${createHash('sha384').update(body).digest('base64')}`
    const cors = { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' }
    world.route(`${VENDOR}/sri`, { headers: cors, body })
    await open(
      'attributes',
      `<script ${held} id="tag" class="a b" data-src="${VENDOR}/sri#xfbml=1&version=v21" integrity="${hash}" crossorigin="anonymous"
         nonce="n1" referrerpolicy="origin" fetchpriority="low" data-own="1" charset="utf-8">
         api_key: 1
         lang: fi_FI
       </script>
       <script ${held} data-src="${VENDOR}/sri?wrong" integrity="sha384-${'A'.repeat(64)}" crossorigin></script>
       <script ${held}>ran.push('last')</script>`,
    )
    await allow('analytics')
    await page.waitFor(() => window.ran?.includes('last'))
    expect(await page.eval(ran)).toEqual(['sri', 'last'])
    const kept = await page.eval(() => {
      const tag = document.querySelector<HTMLScriptElement>('#tag')
      const { src, text, nonce, integrity, crossOrigin, referrerPolicy, className, type, charset } =
        tag as HTMLScriptElement
      return {
        src,
        text: text.trim().split(/\s*\n\s*/),
        nonce,
        integrity,
        crossOrigin,
        referrerPolicy,
        className,
        type,
        charset,
        own: tag?.dataset.own,
        priority: tag?.getAttribute('fetchpriority'),
        tags: document.querySelectorAll('#tag').length,
      }
    })
    expect(kept).toEqual({
      src: `${VENDOR}/sri#xfbml=1&version=v21`,
      text: ['api_key: 1', 'lang: fi_FI'],
      nonce: 'n1',
      integrity: hash,
      crossOrigin: 'anonymous',
      referrerPolicy: 'origin',
      className: 'a b',
      type: '',
      charset: 'utf-8',
      own: '1',
      priority: 'low',
      tags: 1,
    })
  })

  test('that writes is let run late, and the page stays: what it wrote stands behind it, and what that wrote behind that', async () => {
    const writer = `<script ${held} id="w">document.write('<b>a</b><script id="x">document.write("<u>c</u>")</scr' + 'ipt><s>d</s><script src="${VENDOR}/1"></scr' + 'ipt>'); document.writeln('<script src="${VENDOR}/2"></scr' + 'ipt>')</script>`
    await open('writes', `<p>Hei</p>${writer}<i>Loppu</i>`)
    await arrived(page, world)
    expect(vendor()).toEqual([])
    const written = async () => {
      await page.waitFor(() => window.ran?.length === 2)
      expect(await page.eval(ran)).toEqual(['1', '2'])
      const behind = () => document.querySelector('#w + b + #x + u + s')?.textContent
      expect(await page.eval(behind)).toBe('d')
      expect(
        await page.eval(() => [...document.querySelectorAll('p,i')].map((one) => one.textContent)),
      ).toEqual(['Hei', 'Loppu'])
      expect(await page.eval(() => Object.hasOwn(document, 'write'))).toBe(false)
    }
    await allow('analytics')
    await written()
    // The second time it runs while the parser is still at work.
    await page.reload()
    await written()
  })

  test('that waits for the page hears what it missed, once, and what the page itself listens to is not called again', async () => {
    const own = `<script>window.ran = []
      const note = (name) => () => ran.push(name)
      document.addEventListener('DOMContentLoaded', note('page dom'))
      addEventListener('load', note('page load'))
      onload = note('page onload')</script>`
    const waits = `<script ${held}>
      document.addEventListener('DOMContentLoaded', function (event) {
        ran.push(['dom', event.type, event.target === document, this === document].join(' '))
        addEventListener('load', note('load, out of dom'))
      })
      addEventListener('DOMContentLoaded', { handleEvent: note('dom on window') }, { once: true })
      window.addEventListener('load', (event) => ran.push(['load', event.type, event.target === document].join(' ')))
      const gone = note('gone')
      window.addEventListener('load', gone)
      window.removeEventListener('load', gone)
      const before = onload
      onload = () => { before?.(); ran.push('onload') }
      document.addEventListener('visibilitychange', note('another'))</script>
      <script ${held} data-src="${VENDOR}/slow"></script><script ${held}>ran.push('last')</script>`
    world.route(`${VENDOR}/slow`, {
      ...tracker(''),
      body: `ran.push('slow'); document.addEventListener('DOMContentLoaded', note('slow dom')); window.addEventListener('load', note('slow load'))`,
      after: 300,
    })
    await open('waits', own + waits)
    await arrived(page, world)
    const page1 = ['page dom', 'page load', 'page onload']
    expect((await page.eval(ran)).sort()).toEqual(page1)
    await allow('analytics')
    await page.waitFor(() => window.ran?.includes('onload'))
    const heard = [
      'slow',
      'last',
      'dom DOMContentLoaded true true',
      'slow dom',
      'dom on window',
      'load load true',
      'slow load',
      'load, out of dom',
      'onload',
    ]
    expect((await page.eval(ran)).slice(3)).toEqual(heard)
    expect(
      await page.eval(() => [
        [document, window].map((one) => Object.keys(one).filter((key) => /EventListener$/.test(key))),
        String(window.onload).includes('(name)'),
      ]),
    ).toEqual([[[], []], true])
    // From now on it runs while the parser is at work, but the slow one comes after the first of the events.
    await page.reload()
    await page.waitFor(() => window.ran?.includes('onload') && window.ran.includes('slow load'))
    expect((await page.eval(ran)).sort()).toEqual([...page1, ...heard].sort())
  })

  test('that fails stops none of those after it', async () => {
    world.route(`${VENDOR}/lost`, { status: 404 })
    world.route(`${VENDOR}/cut`, 'drop')
    world.route(`${VENDOR}/syntax`, { headers: { 'content-type': 'text/javascript' }, body: 'ran.push(' })
    await open(
      'failing',
      ['lost', 'cut', 'syntax', 'fine']
        .map((path) => `<script ${held} data-src="${VENDOR}/${path}"></script>`)
        .join('') +
        `<script ${held}>throw new Error('vendor')</script><script ${held} data-src="http://[">/* no address */</script>
         <script ${held}>ran.push('last')</script>`,
    )
    await allow('analytics')
    await page.waitFor(() => window.ran?.includes('last'))
    expect(await page.eval(ran)).toEqual(['fine', 'last'])
  })

  test('with a slow one before it waits, and an answer that changes meanwhile keeps it back', async () => {
    let answer: () => void = () => {}
    const asked = new Promise<void>((done) => {
      answer = done
    })
    world.route(`${VENDOR}/slow`, async () => {
      await asked
      return tracker('slow')
    })
    await open(
      'slow',
      `<script ${held} data-src="${VENDOR}/slow"></script><script ${held}>(window.ran ??= []).push('after')</script>`,
      { policy: { ...policy, afterWithdraw: 'offer' } },
    )
    await allow('analytics')
    await expect.poll(vendor).toEqual(['/slow'])
    expect(await page.eval(ran)).toEqual([])
    await page.eval(() => portti.rejectAll())
    answer()
    await page.waitFor(() => window.ran?.includes('slow'))
    await arrived(page, world)
    expect(await page.eval(ran)).toEqual(['slow'])
    await allow('analytics')
    await page.waitFor(() => window.ran?.includes('after'))
    expect(await page.eval(ran)).toEqual(['slow', 'after'])
  })

  test('is one of a thousand, in order, and the page goes on meanwhile', async () => {
    await open(
      'thousand',
      Array.from({ length: 1000 }, (_, i) => `<script ${held}>work(${i})</script>`).join(''),
      {
        // Each takes a tenth of a millisecond at least, so that all together are noticed.
        head: `<script>var ran = [], ticks = 0
          function work(n) { ran.push(String(n)); const end = performance.now() + 0.1; while (performance.now() < end); }</script>`,
      },
    )
    await page.eval(() => {
      const at = window as unknown as { ticks: number; during: number }
      const timer = setInterval(() => {
        at.ticks++
        if (window.ran?.length === 1000) clearInterval(timer)
        else if (window.ran?.length) at.during = at.ticks
      }, 1)
      portti.acceptAll()
    })
    await page.waitFor(() => window.ran?.length === 1000)
    expect(await page.eval(ran)).toEqual(Array.from({ length: 1000 }, (_, i) => String(i)))
    expect(await page.eval(() => (window as unknown as { during?: number }).during ?? 0)).toBeGreaterThan(0)
  })
})

describe('a name that the policy does not have', () => {
  test('holds for good, and the console says so once per name', async () => {
    await open(
      'unknown',
      `<script type="text/plain" data-service="google-analitics" data-src="${VENDOR}/1"></script>
       <script type="text/plain" data-service="google-analitics">ran = ['2']</script>
       <script type="text/plain" data-category="statistics" data-src="${VENDOR}/3"></script>
       <script type="text/plain" data-service="google-analytics other" data-src="${VENDOR}/4"></script>
       <iframe data-service="nobody" data-src="${VENDOR}/5.html"></iframe>
       <script ${held}>ran = ['last']</script>`,
      { head: consoleTap() },
    )
    await page.eval(() => portti.acceptAll())
    await page.waitFor(() => window.ran?.includes('last'))
    await arrived(page, world)
    expect(vendor()).toEqual([])
    const lines = (await page.console()).filter((line) => line.includes('portti:'))
    for (const name of ['google-analitics', 'statistics', 'other']) {
      expect(lines.filter((line) => line.includes(`"${name}"`))).toHaveLength(1)
    }
  })
})

describe('what is marked and left as browsers load it', () => {
  test.each([
    ['', ''],
    ['and under the guard ', 'data-guard'],
  ])('stays held %swhere the page has code that gives everything its address', async (_, tag) => {
    const marks = 'data-service="youtube"'
    const own = `<script>addEventListener('load', function () {
      for (const one of document.querySelectorAll('[data-src],[data-srcset],[data-poster]'))
        for (const name of ['src', 'srcset', 'poster'])
          if (one.getAttribute('data-' + name)) one.setAttribute(name, one.getAttribute('data-' + name))
    })</script>`
    await open(
      `lazy${tag}`,
      `${consoleTap()}${own}<iframe ${marks} data-src="${VENDOR}/frame.html" title="Kehys" width="300" height="200"></iframe>
      <img ${marks} data-src="${VENDOR}/img" data-srcset="${VENDOR}/set 1x" alt="">
      <picture ${marks}><source data-srcset="${VENDOR}/source"><img data-src="${VENDOR}/pictured" alt=""></picture>
      <video ${marks} data-poster="${VENDOR}/poster"><source data-src="${VENDOR}/film"></video>
      <iframe id="own" data-src="/own.html" title="Oma"></iframe>`,
      { tag },
    )
    await arrived(page, world)
    await page.waitFor(() => document.querySelector('#own')?.getAttribute('src') === '/own.html')
    await arrived(page, world)
    expect(vendor()).toEqual([])
    expect(world.connected).not.toContain('vendor.example')
    await allow('media')
    await page.waitFor(() => document.querySelector('iframe')?.src !== '')
    const wanted = ['/film', '/frame.html', '/poster', '/set', '/source']
    await expect.poll(() => [...new Set(vendor())].sort()).toEqual(wanted)
    // From now on it has its address before that code looks for one, and is asked for once.
    world.forget()
    await page.reload()
    await arrived(page, world)
    await page.waitFor(() => document.querySelector('#own')?.getAttribute('src') === '/own.html')
    await arrived(page, world)
    await expect.poll(() => [...new Set(vendor())].sort()).toEqual(wanted)
    expect(vendor().filter((path) => path === '/frame.html')).toHaveLength(1)
    expect(await page.console()).toEqual([])
  })

  test('is caught where it is a frame, and the console says what to write', async () => {
    await open(
      'slip',
      `<iframe data-service="youtube" src="${VENDOR}/1.html" width="560" height="315"></iframe>
       <script data-service="google-analytics" src="${VENDOR}/2"></script>`,
      { head: consoleTap() },
    )
    await arrived(page, world)
    // The frame may have asked before any code could act; it shows and runs nothing from now on.
    const asked = vendor().filter((path) => path === '/1.html').length
    expect(asked).toBeLessThan(2)
    expect(await page.eval(() => frames[0]?.location.href)).toBe('about:blank')
    expect(await page.eval(() => document.querySelectorAll('[data-portti-place="youtube"]').length)).toBe(1)
    expect(await page.storage()).toEqual(untouched)
    const lines = (await page.console()).filter((line) => line.includes('before anybody is asked'))
    expect(lines.map((line) => /<(\w+)> of "([^"]+)"/.exec(line)?.slice(1)).sort()).toEqual([
      ['iframe', 'youtube'],
      ['script', 'google-analytics'],
    ])

    await page.eval(() => portti.rejectAll())
    await page.reload()
    await arrived(page, world)
    expect(await page.eval(() => frames[0]?.location.href)).toBe('about:blank')
    world.forget()
    await allow('media')
    await expect.poll(vendor).toEqual(['/1.html'])
    await page.reload()
    await expect.poll(() => vendor().filter((path) => path === '/1.html').length).toBeGreaterThan(1)
    expect(await page.eval(() => document.querySelectorAll('[data-portti-place]').length)).toBe(0)
  })
})

describe('held markup', () => {
  test('of a template is put in whole, its scripts in order, and what waits for another yes goes on waiting', async () => {
    await open(
      'template',
      `<template data-service="google-analytics">
         <h2 id="in">Sisältö</h2>
         <script>ran = ['1']</script>
         <script type="text/plain" data-src="${VENDOR}/2"></script>
         <script type="application/json" id="facts">{"a":1}</script>
         <script>ran.push('3')</script>
         <script type="text/plain" data-service="meta-pixel">ran.push('ads')</script>
         <template data-service="meta-pixel"><script>ran.push('ads 2')</script><p id="ad">Mainos</p></template>
         <script type="module">ran.push('4')</script>
       </template>
       <script ${held}>ran.push('5')</script>`,
    )
    expect(await page.has('#in')).toBe(false)
    await allow('analytics')
    await page.waitFor(() => window.ran?.includes('4') && window.ran.includes('5'))
    const done = await page.eval(ran)
    expect(done.slice(0, 3)).toEqual(['1', '2', '3'])
    expect(done.slice(3).sort()).toEqual(['4', '5'])
    expect(await page.has('#in')).toBe(true)
    expect(await page.has('#ad')).toBe(false)
    expect(await page.eval(() => document.querySelector('#facts')?.textContent)).toBe('{"a":1}')
    await allow('ads')
    await page.waitFor(() => window.ran?.includes('ads 2'))
    expect((await page.eval(ran)).slice(5)).toEqual(['ads', 'ads 2'])
    expect(await page.eval(() => document.querySelectorAll('#in,#ad').length)).toBe(2)
  })

  test('of a template is not even fetched ahead where its addresses wait in data attributes', async () => {
    const ads = 'data-service="meta-pixel"'
    await open(
      'ahead',
      `<template data-service="google-analytics"><script type="text/plain" data-src="${VENDOR}/1"></script>
         <script type="text/plain" data-type="module" data-src="${VENDOR}/2"></script>
         <link rel="stylesheet" data-href="${VENDOR}/3"><img data-src="${VENDOR}/4" alt=""><img data-srcset="${VENDOR}/5 1x" alt="">
         <picture><source data-srcset="${VENDOR}/6"><img alt=""></picture><iframe data-src="${VENDOR}/7.html"></iframe>
         <script type="text/plain" ${ads} data-src="${VENDOR}/8"></script><img ${ads} data-src="${VENDOR}/9" alt="">
       </template>`,
    )
    await arrived(page, world)
    expect(vendor()).toEqual([])
    await allow('analytics')
    await expect.poll(() => vendor().sort()).toEqual(['/1', '/2', '/3', '/4', '/5', '/6', '/7.html'])
    await allow('ads')
    await expect.poll(() => vendor().sort().slice(-2)).toEqual(['/8', '/9'])
    expect(vendor()).toHaveLength(9)
  })

  test('of a gate element shows its own words until its own button is pressed', async () => {
    await open(
      'own-buttons',
      `<portti-gate data-service="instagram"><p id="fallback">Odottaa <button id="once" data-portti="once">Kerran</button></p>
         <template><p id="shown">Kuva</p><img data-src="${VENDOR}/a" alt=""></template></portti-gate>
       <portti-gate data-service="instagram"><button id="always" data-portti="always">Aina</button>
         <template><img data-src="${VENDOR}/b" alt=""></template></portti-gate>`,
    )
    expect(await page.has('[data-portti-place]')).toBe(false)
    await page.click('#once')
    await expect.poll(vendor).toEqual(['/a'])
    expect(await page.has('#fallback')).toBe(false)
    expect(await page.has('#shown')).toBe(true)
    expect(await page.storage()).toEqual(untouched)
    await page.click('#always')
    await expect.poll(vendor).toEqual(['/a', '/b'])
    expect(await page.eval(() => [portti.allows('instagram'), portti.allows('facebook')])).toEqual([
      true,
      false,
    ])
  })
})

describe('an element that arrives later', () => {
  const late: Readonly<Record<string, (address: string) => void>> = {
    'made by createElement': (address) => {
      const made = document.createElement('script')
      made.type = 'text/plain'
      made.dataset.service = 'google-analytics'
      made.dataset.src = address
      document.body.append(made)
    },
    'given its marks before its type': (address) => {
      const made = document.createElement('script')
      made.setAttribute('data-category', 'analytics')
      made.setAttribute('type', 'text/plain')
      made.src = address
      document.head.append(made)
    },
    'written with innerHTML': (address) => {
      document
        .querySelector('#app')
        ?.insertAdjacentHTML(
          'beforeend',
          `<div><script type="text/plain" data-service="google-analytics" data-src="${address}"></script></div>`,
        )
    },
    'cloned from a template': (address) => {
      const template = document.createElement('template')
      template.innerHTML = `<section><script type="text/plain" data-service="google-analytics" data-src="${address}"></script></section>`
      document.body.append(template.content.cloneNode(true))
    },
    'in a fragment': (address) => {
      const fragment = document.createDocumentFragment()
      const image = document.createElement('img')
      image.dataset.service = 'google-analytics'
      image.dataset.src = address
      fragment.append('a', image, 'b')
      document.body.append(fragment)
    },
    'a frame in innerHTML': (address) => {
      document
        .querySelector('#app')
        ?.insertAdjacentHTML(
          'beforeend',
          `<iframe data-service="google-analytics" data-src="${address}"></iframe>`,
        )
    },
    'in an open shadow root that we are given': (address) => {
      const root = document.createElement('div').attachShadow({ mode: 'open' })
      document.body.append(root.host)
      portti.observe(root)
      root.innerHTML = `<p><img data-service="google-analytics" data-src="${address}"></p>`
    },
  }
  const cases = Object.entries(late)

  test.for(cases)('and is %s waits before the answer and runs after it, once', async ([how, insert]) => {
    await open(`late-${how.replace(/\W/g, '-').toLowerCase()}`, '<div id="app"></div>')
    await page.eval(insert, 'https://vendor.example/x')
    await arrived(page, world)
    expect(vendor()).toEqual([])
    await page.eval(() => portti.acceptAll())
    await expect.poll(vendor, { timeout: 5000 }).toEqual(['/x'])
    // Another element, and allowed already; another address, because a browser may keep the first.
    await page.eval(insert, 'https://vendor.example/y')
    await arrived(page, world)
    await expect.poll(vendor, { timeout: 5000 }).toEqual(['/x', '/y'])
  })

  test('and leaves and returns runs once, and its placeholder leaves with it', async () => {
    await open(
      'route',
      `<main><script ${held}>(window.ran ??= []).push('1')</script><iframe data-service="youtube" data-src="${VENDOR}/f.html"></iframe></main>`,
    )
    const counts = () => [
      document.querySelectorAll('iframe').length,
      document.querySelectorAll('[data-portti-place]').length,
    ]
    expect(await page.eval(counts)).toEqual([1, 1])
    await page.eval(() => {
      const main = document.querySelector('main')
      main?.remove()
      Object.assign(window, { main })
    })
    await page.waitFor(() => document.querySelectorAll('[data-portti-place]').length === 0)
    await page.eval(() => document.body.append((window as unknown as { main: Node }).main))
    await page.waitFor(() => document.querySelectorAll('[data-portti-place]').length === 1)
    expect(await page.eval(counts)).toEqual([1, 1])
    await page.eval(() => portti.acceptAll())
    await expect.poll(vendor).toEqual(['/f.html'])
    await page.eval(() => {
      const { main } = window as unknown as { main: HTMLElement }
      main.remove()
      document.body.append(main)
    })
    await arrived(page, world)
    expect(await page.eval(ran)).toEqual(['1'])
  })

  test('and was let in asks nothing when it comes back after the yes was taken back, and once after the next yes', async () => {
    await open(
      'aside',
      `<main><iframe data-service="youtube" data-src="${VENDOR}/f.html"></iframe><img data-service="meta-pixel" data-src="${VENDOR}/p.png" alt=""></main>`,
      { policy: { ...policy, afterWithdraw: 'offer' } },
    )
    await page.eval(() => portti.acceptAll())
    await expect.poll(() => vendor().sort()).toEqual(['/f.html', '/p.png'])
    await page.eval(() => {
      const main = document.querySelector('main')
      main?.remove()
      Object.assign(window, { main })
    })
    await arrived(page, world)
    await page.eval(() => {
      portti.withdraw()
      document.body.append((window as unknown as { main: Node }).main)
    })
    await arrived(page, world)
    expect(vendor()).toHaveLength(2)
    await page.waitFor(() => document.querySelectorAll('[data-portti-place]').length === 1)
    await page.eval(() => portti.acceptAll())
    await arrived(page, world)
    expect(vendor().filter((path) => path === '/f.html')).toHaveLength(2)
  })

  test('and alone is taken out loses its placeholder, and alone put back gets it again', async () => {
    await open(
      'alone',
      `<div id="box"><iframe data-service="youtube" data-src="${VENDOR}/f.html"></iframe></div>`,
    )
    const places = () => document.querySelectorAll('[data-portti-place]').length
    await page.eval(() => {
      const frame = document.querySelector('iframe')
      Object.assign(window, { frame })
      frame?.remove()
    })
    await page.waitFor(() => document.querySelectorAll('[data-portti-place]').length === 0)
    await page.eval(() =>
      document.querySelector('#box')?.append((window as unknown as { frame: Node }).frame),
    )
    await page.waitFor(() => document.querySelectorAll('[data-portti-place]').length === 1)
    expect(await page.eval(places)).toBe(1)
    expect(vendor()).toEqual([])
  })
})

describe('a placeholder', () => {
  const place = (id: string, action: string) =>
    `[data-portti-place="${id}"] >>> [data-portti-action="${action}"]`
  const frame = (path: string) =>
    `<iframe data-service="youtube" data-src="${VENDOR}/${path}.html" width="560" height="315"></iframe>`

  test('loads its own frame once, keeps nothing, and is back on the next load', async () => {
    await open('once', frame('1') + frame('2'))
    await page.click(place('youtube', 'once'))
    await expect.poll(vendor).toEqual(['/1.html'])
    expect(await page.focused()).toContain('iframe')
    expect(await page.storage()).toEqual(untouched)
    expect(await page.eval(() => document.querySelectorAll('[data-portti-place]').length)).toBe(1)
    await page.reload()
    await arrived(page, world)
    expect(await page.eval(() => document.querySelectorAll('[data-portti-place]').length)).toBe(2)
    expect(vendor()).toEqual(['/1.html'])
  })

  test('allows its service for good, and no other, and the banner goes on asking', async () => {
    await open(
      'always',
      `${frame('1') + frame('2')}<script type="text/plain" data-service="facebook">ran = ['fb']</script>`,
    )
    await page.click(place('youtube', 'always'))
    await expect.poll(() => vendor().sort()).toEqual(['/1.html', '/2.html'])
    expect(await page.focused()).not.toBe('body')
    const state = () => [
      portti.allows('youtube'),
      ...['media', 'facebook', 'analytics', 'ads'].map((id) => portti.allows(id)),
      document.documentElement.dataset.portti,
    ]
    expect(await page.eval(state)).toEqual([true, false, false, false, false, 'unasked'])
    await page.reload()
    await expect.poll(() => vendor().length).toBe(4)
    expect(await page.eval(state)).toEqual([true, false, false, false, false, 'unasked'])
    expect(await page.has('#portti >>> [data-portti-action="accept"]')).toBe(true)
    expect(await page.eval(ran)).toEqual([])
  })

  test('has a link that works with no tracker', async () => {
    await open(
      'links',
      `<div class="fb-share-button" data-href="https://shop.example/a?b=1&c=ä"></div>
       <div class="fb-page" data-href="https://www.facebook.com/mallila"></div>
       <script type="IN/Share" data-url="https://shop.example/b"></script>
       <a class="twitter-share-button" href="https://twitter.com/share" data-text="Hyvä & halpa">Jaa</a>
       <blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/abc/"><a href="https://www.instagram.com/p/abc/">Kuva</a></blockquote>
       <iframe data-service="youtube" data-src="https://www.youtube.com/embed/abc"></iframe>
       <iframe data-service="youtube" data-src="javascript:alert(1)"></iframe>`,
    )
    const links = await page.eval(() =>
      [...document.querySelectorAll('[data-portti-place]')].map((host) => {
        const link = host.shadowRoot?.querySelector<HTMLAnchorElement>('[data-portti-action="link"]')
        return [host.getAttribute('data-portti-place'), link?.href ?? null, link?.rel ?? null]
      }),
    )
    const rel = 'noopener noreferrer'
    const own = encodeURIComponent('https://links.shop.example/')
    expect(links).toEqual([
      [
        'facebook',
        'https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fshop.example%2Fa%3Fb%3D1%26c%3D%C3%A4',
        rel,
      ],
      ['facebook', 'https://www.facebook.com/mallila', rel],
      ['linkedin', 'https://www.linkedin.com/sharing/share-offsite/?url=https%3A%2F%2Fshop.example%2Fb', rel],
      ['x', `https://twitter.com/intent/tweet?url=${own}&text=Hyv%C3%A4%20%26%20halpa`, rel],
      ['instagram', 'https://www.instagram.com/p/abc/', rel],
      ['youtube', 'https://www.youtube.com/embed/abc', rel],
      ['youtube', null, null],
    ])
    expect(world.thirdParty('shop.example')).toEqual([])
  })

  test('of a plugin that its vendor has ended is a link only, and its script loads neither before nor after the yes', async () => {
    const sdk = `<script type="text/plain" data-service="facebook" data-src="${VENDOR}/sdk"></script>`
    await open(
      'retired',
      `<div class="fb-like" data-href="https://shop.example/a"></div><div class="fb-comments" data-href="https://shop.example/b"></div>
       <div class="g-plusone"></div><div class="g-page" data-href="https://plus.google.com/1"></div>${sdk}
       <script ${held} data-src="${VENDOR}/last"></script>`,
      {
        policy: {
          ...policy,
          categories: policy.categories.map((one) =>
            one.id === 'social' ? { ...one, services: [...one.services, 'google-plus'] } : one,
          ),
        },
      },
    )
    const drawn = () =>
      [...document.querySelectorAll('[data-portti-place]')].map((host) => [
        host.shadowRoot?.querySelectorAll('button').length,
        host.shadowRoot?.querySelector('a')?.href.slice(0, 44),
      ])
    const links = [
      [0, 'https://www.facebook.com/sharer/sharer.php?u'],
      [0, 'https://www.facebook.com/sharer/sharer.php?u'],
    ]
    const shown = () =>
      [...document.querySelectorAll('.g-plusone,.g-page')].map((one) => getComputedStyle(one).display)
    expect(await page.eval(drawn)).toEqual(links)
    expect(await page.eval(shown)).toEqual(['none', 'none'])
    await page.eval(() => portti.acceptAll())
    await expect.poll(vendor).toContain('/last')
    await arrived(page, world)
    expect(vendor()).toEqual(['/last'])
    expect(await page.eval(drawn)).toEqual(links)
    expect(await page.eval(shown)).toEqual(['none', 'none'])
    // A living plugin that comes later does need the script.
    await page.eval(() =>
      document.body.insertAdjacentHTML(
        'beforeend',
        '<div class="fb-share-button" data-href="https://shop.example/"></div>',
      ),
    )
    await expect.poll(vendor).toEqual(['/last', '/sdk'])
  })

  test("of a widget loads that widget alone, and its vendor's script once", async () => {
    world.route(`${VENDOR}/sdk`, {
      headers: { 'content-type': 'text/javascript' },
      body: `(window.ran ??= []).push('sdk')
        for (const one of document.querySelectorAll('.fb-share-button')) { one.textContent = 'drawn'; ran.push(one.id) }`,
    })
    await open(
      'widget-once',
      `<div class="fb-share-button" id="a" data-href="https://shop.example/a"></div>
       <div class="fb-share-button" id="b" data-href="https://shop.example/b"></div>
       <script type="text/plain" data-service="facebook" data-src="${VENDOR}/sdk"></script>`,
    )
    await page.click(place('facebook', 'once'))
    await page.waitFor(() => window.ran?.includes('a'))
    await arrived(page, world)
    expect(await page.eval(ran)).toEqual(['sdk', 'a'])
    expect(vendor()).toEqual(['/sdk'])
    expect(await page.storage()).toEqual(untouched)
    expect(await page.focused()).not.toBe('body')
    expect(await page.eval(() => document.querySelectorAll('[data-portti-place]').length)).toBe(1)
  })
})

test.each(['data-service="google-analytics"', 'data-category="shoes"'])(
  'forms with %s whose fields have the names of methods stop nothing, in them or beside them',
  async (mark) => {
    const names = [
      'attributes querySelector querySelectorAll matches closest remove before append after children childNodes',
      'firstElementChild nextElementSibling previousElementSibling getAttribute hasAttribute setAttribute insertBefore',
      'parentNode parentElement isConnected ownerDocument localName nodeType getRootNode style shadowRoot textContent',
    ].flatMap((line) => line.split(' '))
    const forms = [names, ...names.map((name) => [name])].map(
      (fields, at) =>
        `<form ${mark}>${fields.map((name) => `<input name="${name}">`).join('')}
        <script ${held} data-src="${VENDOR}/PAGE-${at}"></script>
        <iframe data-service="google-analytics" data-src="${VENDOR}/PAGE-${at}.html" title="Kehys"></iframe></form>`,
    )
    const whole = (name: string) => forms.join('').replaceAll('PAGE', name)
    const all = (name: string) => forms.flatMap((_, at) => [`/${name}-${at}`, `/${name}-${at}.html`])
    await open(mark.includes('shoes') ? 'forms-own' : 'forms', whole('html'), { first: consoleTap() })
    await page.waitFor(() => portti.held().length > 0)
    await page.eval((markup) => document.body.insertAdjacentHTML('beforeend', markup), whole('late'))
    await arrived(page, world)
    expect(vendor()).toEqual([])
    const expected = [...all('html'), ...all('late')].sort()
    expect(await page.eval(() => portti.held().length)).toBe(expected.length)
    await page.eval(() => portti.acceptAll())
    await expect.poll(() => vendor().sort()).toEqual(expected)
    expect(await page.console()).toEqual([])
  },
)
