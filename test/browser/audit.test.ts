/** The audit: lists what a page does that its policy does not cover, and nothing else. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Audit, Found } from '../../packages/portti/src/audit/audit.ts'
import type { Portti } from '../../packages/portti/src/portti.ts'
import { consoleTap } from './console-tap.ts'
import { engine, launch, type Page } from './engines.ts'
import {
  arrived,
  button,
  type Fixture,
  fixturePage,
  policy,
  porttiFile,
  tracker,
  VENDOR,
  vendorHost,
} from './fixture.ts'
import { kindNames, trackers } from './unmarked.ts'
import { html, openWorld, type World } from './world.ts'

// What functions that run in the page see there.
declare const window: Window &
  typeof globalThis & { porttiAudit: Audit; audited?: string[]; natives?: unknown[] }
declare const portti: Portti

/** What the audit replaces, and what it says when all is well. */
const kept = `<script>
  natives = [fetch, WebSocket, EventSource]
  audited = []
  console.info = (line) => audited.push(line)
</script>`
const auditTag =
  '<script src="/portti-audit.js" data-allow="cdn.example *.cdn.example pictures.example/own/"></script>'

/** Calls of code, each to a host of its own. */
const calls = {
  fetch: `fetch('URL', { mode: 'no-cors' }).catch(() => {})`,
  'fetch-request': `fetch(new Request('URL', { mode: 'no-cors' })).catch(() => {})`,
  'fetch-refused': `fetch('URL').catch(() => {})`,
  beacon: `navigator.sendBeacon('URL', 'x')`,
  xhr: `{ const request = new XMLHttpRequest(); request.open('GET', 'URL'); request.send() }`,
  events: `new EventSource('URL').onerror = (event) => event.target.close()`,
  socket: `new WebSocket('URL'.replace('https', 'wss'))`,
  pixel: `new Image().src = 'URL'`,
  late: `document.head.append(Object.assign(document.createElement('script'), { src: 'URL' }))`,
  hint: `document.head.append(Object.assign(document.createElement('link'), { rel: 'dns-prefetch', href: 'URL' }))`,
}
const background = 'url(https://background.tracker.example/x)'
const hosts = [...kindNames, ...Object.keys(calls), 'background']
  .map((kind) => `${kind}.tracker.example`)
  .sort()
const everything = `${trackers()}<p style="background: ${background}">Hei</p><script>
  ${Object.entries(calls)
    .map(([kind, code]) => code.replace('URL', `https://${kind}.tracker.example/x`))
    .join('\n')}
</script>`

const provider = {
  name: 'Mittari Oy',
  country: 'FI',
  role: 'processor',
  privacyNotice: 'https://mittari.example/',
}
const own = (id: string, facts: object) => ({ id, name: id, provider, transfer: { ground: 'eea' }, ...facts })
const sitePolicy = {
  ...policy,
  categories: [
    {
      id: 'necessary',
      services: [
        'session',
        own('basket', {
          urls: ['basket.example'],
          cookies: [{ name: 'basket', days: 1, purpose: 'Ostoskori' }],
        }),
      ],
    },
    {
      id: 'analytics',
      services: [
        own('counter', {
          urls: ['vendor.example'],
          cookies: [{ name: 'trk_*', days: 1, purpose: 'Tunniste' }],
          storage: [{ in: 'localStorage', name: 'trk', purpose: 'Tunniste' }],
        }),
      ],
    },
  ],
}

let world: World
let page: Page
beforeAll(async () => {
  world = await openWorld(porttiFile, vendorHost, ({ host, path }) =>
    host.endsWith('.shop.example') ? undefined : tracker(host + path),
  )
  page = await launch(engine, { world })
})
afterAll(async () => {
  await page?.close()
  await world?.close()
})
beforeEach(() => world.clear())

/** Opens a page of a host of its own, where nobody has answered yet, with the audit behind our tag. */
async function open(name: string, body: string, more: Partial<Fixture> = {}): Promise<void> {
  const head = `${consoleTap()}${kept}${auditTag}<link rel="icon" href="data:,">`
  world.route(`https://${name}.shop.example/`, fixturePage({ body, head, policy: sitePolicy, ...more }))
  await page.goto(`https://${name}.shop.example/`)
}
const found = () => page.eval(() => window.porttiAudit.found()) as Promise<readonly Found[]>
/** What is found once `wanted` is among it, without the addresses; sorted. */
async function finds(...wanted: readonly string[]): Promise<string[]> {
  const lines = async () =>
    (await found()).map(({ what, name, service, why }) => `${why} ${what} ${name} ${service}`.trim())
  await expect.poll(lines, { timeout: 10_000 }).toEqual(expect.arrayContaining([...wanted]))
  // What is not waited for would come soon.
  await arrived(page, world)
  await page.eval(() => new Promise((done) => setTimeout(done, 700)))
  return (await lines()).sort()
}
const script = `<script src="${VENDOR}/count.js"></script>`

describe('a page', () => {
  test(`that asks ${hosts.length} hosts that nobody declared is told each of them, and no other`, async () => {
    await open('everything', everything)
    const unlisted = hosts.map((host) => `unlisted request ${host}`)
    expect(await finds(...unlisted)).toEqual(unlisted)
  })

  test('that asks only itself, its own allow-list and what is necessary has nothing to be told', async () => {
    await open(
      'quiet',
      `<img src="/own.png" alt=""><img src="https://pictures.quiet.shop.example/a.png" alt="">
      <img src="https://cdn.example/a.png" alt=""><img src="https://eu.cdn.example/a.png" alt="">
      <script src="https://basket.example/a.js"></script><script>document.cookie = 'basket=1'</script>`,
    )
    expect(await finds()).toEqual([])
    await page.waitFor(() => window.audited?.some((line) => line.includes('nothing so far')) === true)
  })

  test('whose allow-list names a path is told of the rest of that host', async () => {
    await open(
      'path',
      '<img src="https://pictures.example/own/a.png" alt=""><img src="https://pictures.example/b.png" alt="">',
    )
    await finds('unlisted request pictures.example')
    expect(await found()).toMatchObject([{ example: 'https://pictures.example/b.png' }])
  })

  test('is told what it has stored that nobody declared, wherever it lies', async () => {
    await open(
      'stored',
      `<script>
        document.cookie = 'strange=1'
        document.cookie = '_hjSession_1=1'
        document.cookie = 'trk_a=1'
        localStorage.setItem('trk', '1')
        localStorage.setItem('strange', '1')
        sessionStorage.setItem('strange', '1')
        indexedDB.open('strange')
        caches.open('strange')
      </script>`,
    )
    const wanted = [
      'early cookie trk_a counter',
      'early localStorage trk counter',
      'undeclared cookie _hjSession_1 hotjar',
      'unlisted cacheStorage strange',
      'unlisted cookie strange',
      'unlisted indexedDB strange',
      'unlisted localStorage strange',
      'unlisted sessionStorage strange',
    ]
    expect(await finds(...wanted)).toEqual(wanted)
  })
})

describe('a tracker', () => {
  test('that is declared and not marked is told as too early, until the visitor agrees', async () => {
    await open('early', script)
    expect(await finds('early request vendor.example counter')).toHaveLength(1)
    await page.click(button('accept'))
    await page.reload()
    expect(await finds()).toEqual([])
  })

  test('that runs on after its yes was taken back is told again', async () => {
    await open('again', `<script>addEventListener('again', () => fetch('${VENDOR}/again.js'))</script>`, {
      policy: { ...sitePolicy, afterWithdraw: 'offer' },
    })
    await page.click(button('accept'))
    await page.eval(() => dispatchEvent(new Event('again')))
    expect(await finds()).toEqual([])
    await page.eval(async () => {
      // Longer than what a yes may release before it is told.
      await new Promise((done) => setTimeout(done, 1100))
      portti.withdraw()
      dispatchEvent(new Event('again'))
    })
    expect(await finds('early request vendor.example counter')).toHaveLength(1)
  })

  test('that is marked is held, released and loaded once without a word', async () => {
    await open(
      'marked',
      `<script type="text/plain" data-service="counter" data-src="${VENDOR}/count.js"></script>
      <iframe data-service="counter" data-src="${VENDOR}/frame.html" title="Kehys" width="300" height="150"></iframe>`,
    )
    expect(await finds()).toEqual([])
    await page.eval(() => {
      const place = document.querySelector('[data-portti-place="counter"]')
      place?.shadowRoot?.querySelector<HTMLElement>('[data-portti-action="once"]')?.click()
    })
    await page.waitFor(() => document.querySelector('iframe[src]') !== null)
    expect(await finds()).toEqual([])
    await page.click(button('accept'))
    expect(await finds()).toEqual([])
    expect(
      world
        .to('vendor.example')
        .map(({ path }) => path)
        .sort(),
    ).toEqual(['/count.js', '/frame.html'])
  })

  test('that the catalogue knows and the policy forgot is named', async () => {
    await open('forgot', '<script src="https://static.hotjar.com/c/hotjar-1.js"></script>')
    expect(await finds('undeclared request static.hotjar.com hotjar')).toHaveLength(1)
  })

  test('whose call the guard holds was never asked', async () => {
    await open('guarded', `<script>fetch('${VENDOR}').catch(() => {})</script>`, {
      tag: 'data-guard',
    })
    expect(await finds()).toEqual([])
    expect(world.to('vendor.example')).toEqual([])
  })
})

describe('the console', () => {
  test('says what to do about each', async () => {
    await open('console', `${script}<img src="https://strange.example/a.png" alt="">`)
    await finds('early request vendor.example counter', 'unlisted request strange.example')
    await expect
      .poll(async () => (await page.console()).join('\n'))
      .toMatch(
        /warn: portti audit: found 2 [\s\S]*came without a yes[\s\S]*vendor\.example \(counter\) https:\/\/vendor\.example\/count\.js[\s\S]*Known to nobody[\s\S]*strange\.example/,
      )
  })

  test('explains what is wrong with a policy, and everything counts as not declared', async () => {
    await open('faulty', script, {
      policy: { ...sitePolicy, categories: [{ id: 'analytics', services: ['hotjer'] }] },
    })
    await finds('unlisted request vendor.example')
    await expect
      .poll(async () => (await page.console()).join('\n'))
      .toMatch(/portti audit: \/categories\/0\/services\/0: .*Did you mean "hotjar"\?/)
  })

  test('says so where Portti does not run', async () => {
    world.route('https://without.shop.example/', html(`<!doctype html>${consoleTap()}${auditTag}<p>Hei</p>`))
    await page.goto('https://without.shop.example/')
    await expect
      .poll(() => page.console())
      .toContain('warn: portti audit: Portti does not run on this page, so there is nothing to compare with.')
  })
})

test('built-ins are the page’s own again once it is stopped, and nothing more is found', async () => {
  await open('stopped', '')
  const natives = () =>
    page.eval(() => {
      const { fetch, WebSocket, EventSource, natives = [] } = window
      return [fetch, WebSocket, EventSource].map((one, i) => one === natives[i])
    })
  expect(await natives()).toEqual([false, false, false])
  await page.eval((vendor) => {
    window.porttiAudit.stop()
    return fetch(`${vendor}/late.js`).then(() => {})
  }, VENDOR)
  expect(await natives()).toEqual([true, true, true])
  expect(await finds()).toEqual([])
})
