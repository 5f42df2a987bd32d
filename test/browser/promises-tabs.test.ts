/** More than one page at a time: tabs, kept pages, hidden ones, frames, and more than one copy of us on a page. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Portti } from '../../packages/portti/src/portti.ts'
import { consoleTap } from './console-tap.ts'
import { engine, launch, type Page } from './engines.ts'
import { arrived, button, type Fixture, fixturePage, policy, porttiFile, untouched } from './fixture.ts'
import { html, openWorld, script, type World } from './world.ts'

/** One decision of a tab, after it has been busy for so many milliseconds. */
type Act = readonly [
  wait: number,
  what: 'acceptAll' | 'rejectAll' | 'withdraw' | Readonly<Record<string, boolean>>,
]
interface Round {
  readonly a: readonly Act[]
  readonly b: readonly Act[]
}
/** What a tab has decided, in order, and what it believes in the end. */
interface Told {
  readonly decided: readonly (readonly [at: number, yes: readonly string[]])[]
  readonly believes: readonly string[]
  readonly at: number
}
// What functions that run in the page see there.
declare const portti: Portti
declare const window: Window &
  typeof globalThis & {
    ran?: string[]
    persisted?: boolean | undefined
    changes?: number
    first?: Portti
    play: (acts: readonly Act[]) => Told
    rounds?: readonly Round[]
  }

let world: World
let page: Page
beforeAll(async () => {
  world = await openWorld(porttiFile)
  page = await launch(engine, { world })
})
afterAll(async () => {
  await page?.close()
  await world?.close()
})
beforeEach(() => world.clear())

const offer = { policy: { ...policy, afterWithdraw: 'offer' } }
const BODY = `<script type="text/plain" data-service="google-analytics">(window.ran ??= []).push('x')</script>`

async function open(address: string, more: Partial<Fixture> = {}): Promise<void> {
  const url = address.includes(':') ? address : `https://${address}.shop.example/`
  world.route(url, fixturePage({ body: BODY, ...more }))
  await page.goto(url)
}

/** The same every time, so that a failure can be looked at again. */
function createRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

describe('two tabs that decide at the same time', () => {
  // A thousand runs of the same are made on a model of tabs, in test/properties; these are real ones.
  const count = engine === 'chromium' ? 50 : 15

  test(`end equal, and never looser than the last decision, in ${count} random interleavings`, {
    timeout: 120_000,
  }, async () => {
    const random = createRandom(41)
    const ids = ['analytics', 'demographics', 'social', 'media', 'ads']
    const act = (): Act => {
      const wait = random(6)
      const kind = random(5)
      if (kind === 0) return [wait, 'acceptAll']
      if (kind === 1) return [wait, 'rejectAll']
      if (kind === 2) return [wait, 'withdraw']
      return [wait, Object.fromEntries(ids.filter(() => random(2)).map((id) => [id, random(2) === 1]))]
    }
    const acts = () => Array.from({ length: 1 + random(3) }, act)
    const rounds: Round[] = Array.from({ length: count }, () => ({ a: acts(), b: acts() }))

    const play = `<script>
      window.play = (acts) => {
        const yes = () => ${JSON.stringify(ids)}.filter((id) => portti.allows(id))
        const decided = []
        for (const [wait, what] of acts) {
          for (const end = performance.now() + wait; performance.now() < end; );
          typeof what === 'string' ? portti[what]() : portti.choose(what)
          decided.push([portti.$decision.get().at, yes()])
        }
        return { decided, believes: yes(), at: portti.$decision.get().at }
      }
    </script>`
    await open('tabs', { ...offer, head: play })
    const one = await page.currentTab()
    await page.eval((rounds) => {
      window.rounds = rounds
      const channel = new BroadcastChannel('test')
      channel.onmessage = ({ data: [what, round] }) => {
        const acts = what === 'act' ? (window.rounds?.[round]?.a ?? []) : []
        channel.postMessage(['told', window.play(acts)])
      }
    }, rounds)
    await page.newTab()
    await page.goto('https://tabs.shop.example/')
    const told = await page.eval(async (rounds) => {
      const channel = new BroadcastChannel('test')
      const ask = (what: string, round: number) =>
        new Promise<Told>((heard) => {
          channel.onmessage = ({ data: [kind, told] }) => kind === 'told' && heard(told)
          channel.postMessage([what, round])
        })
      const results: { mine: Told; theirs: Told; end: Told; theirEnd: Told }[] = []
      for (const [number, round] of rounds.entries()) {
        const other = ask('act', number)
        const mine = window.play(round.b)
        const theirs = await other
        let end = window.play([])
        let theirEnd = await ask('look', number)
        for (let look = 0; look < 40 && JSON.stringify(end) !== JSON.stringify(theirEnd); look++) {
          await new Promise((done) => setTimeout(done, 25))
          end = window.play([])
          theirEnd = await ask('look', number)
        }
        // What the browser sends is what it has, whatever a tab has heard of that yet.
        await fetch(`/jar?${number}`)
        results.push({ mine, theirs, end, theirEnd })
      }
      return results
    }, rounds)

    expect(told).toHaveLength(count)
    let crossed = 0
    for (const [number, { mine, theirs, end, theirEnd }] of told.entries()) {
      expect(end).toEqual(theirEnd)
      const all = [...mine.decided, ...theirs.decided]
      const latest = Math.max(...all.map(([at]) => at))
      const last = all.filter(([at]) => at === latest)
      // Of a tie what both allow.
      expect(end.believes).toEqual(ids.filter((id) => last.every(([, yes]) => yes.includes(id))))
      expect(end.at).toBe(latest)
      const jar = world.seen.find(({ path }) => path === `/jar?${number}`)?.headers.cookie
      expect(jar).toContain(`portti=1.${latest}.`)
      const started = (one: Told) => one.decided[0]?.[0] ?? 0
      const ended = (one: Told) => one.decided.at(-1)?.[0] ?? 0
      if (started(mine) <= ended(theirs) && started(theirs) <= ended(mine)) crossed++
    }
    // Else nothing was tried. The tabs of other engines may share a thread.
    if (engine === 'chromium') expect(crossed).toBeGreaterThan(0)
    await page.closeTab()
    await page.switchTab(one)
  })
})

test('a tab in the background shows nothing to anybody, stores nothing and releases nothing by itself', async () => {
  const home = 'https://background.shop.example/'
  world.route(
    home,
    html(
      `<!doctype html><title>Mallila</title><script>new BroadcastChannel('go').onmessage = () => { location.href = '/behind' }</script>`,
    ),
  )
  world.route(`${home}behind`, fixturePage({ body: BODY, first: consoleTap() }))
  world.route(`${home}front`, html('<!doctype html><p>Edessä'))
  const one = await page.currentTab()
  const other = await page.newTab()
  await page.goto(home)
  await page.switchTab(one)
  await page.goto(`${home}front`)
  await page.eval(() => new BroadcastChannel('go').postMessage('now'))
  await expect
    .poll(() => world.to('background.shop.example').some(({ path }) => path === '/behind'))
    .toBe(true)
  await arrived(page, world)
  expect(await page.storage()).toEqual(untouched)
  expect(await page.cookies()).toEqual([])
  await page.switchTab(other)
  await page.element(button('accept'))
  expect(await page.eval(() => [location.pathname, window.ran ?? []])).toEqual(['/behind', []])
  expect(await page.console()).toEqual([])
  await page.closeTab()
  await page.switchTab(one)
})

describe('a page that is left and come back to', () => {
  const watching = `<script>addEventListener('pageshow', (event) => { window.persisted = event.persisted })</script>`
  /** Whether the browser had kept the page. */
  async function leaveAndReturn(name: string, meanwhile: () => Promise<unknown>): Promise<boolean> {
    await page.eval(() => {
      window.persisted = undefined
      location.href = '/second'
    })
    await page.waitFor(() => location.pathname === '/second' && document.readyState === 'complete')
    await meanwhile()
    await page.back()
    await page.waitFor(() => location.pathname === '/' && window.persisted !== undefined)
    expect(await page.url()).toBe(`https://${name}.shop.example/`)
    return page.eval(() => window.persisted === true)
  }
  /** Whether the browser keeps such a page at all: now and then it drops any page, with us or without. */
  async function isKept(name: string): Promise<boolean> {
    for (let tries = 0; tries < 5; tries++) if (await leaveAndReturn(name, async () => {})) return true
    return false
  }

  test('is kept by the browser with us as without us, and acts on no answer that was taken back meanwhile', async () => {
    const plain = `<!doctype html><title>Mallila</title>${watching}<p>Sivu`
    world.route('https://kept-without.shop.example/', html(plain))
    world.route('https://kept-without.shop.example/second', html('<!doctype html><p>Toinen'))
    await page.goto('https://kept-without.shop.example/')
    await page.waitFor(() => window.persisted !== undefined)
    const without = await isKept('kept-without')

    world.route('https://kept.shop.example/second', fixturePage({ body: '<p>Toinen</p>', ...offer }))
    await open('kept', { ...offer, head: watching })
    await page.eval(() => {
      portti.choose({ analytics: true })
    })
    await page.waitFor(() => window.ran?.length === 1)
    // Nobody of us listens for what keeps a page from being kept.
    expect(await isKept('kept')).toBe(without)
    // Told of an answer, a browser may drop the page that it has kept: it is right either way.
    await leaveAndReturn('kept', () => page.eval(() => portti.acceptAll()))
    await page.waitFor(() => portti.allows('ads'))

    // Now the other way round: the answer is gone by the time the page is back.
    await leaveAndReturn('kept', () => page.eval(() => portti.withdraw()))
    await page.waitFor(() => portti.$decision.get().kind === 'given' && !portti.allows('analytics'))
    await page.eval(() => {
      const late = document.createElement('script')
      late.type = 'text/plain'
      late.dataset.service = 'google-analytics'
      late.textContent = `window.late = true`
      document.body.append(late)
    })
    await arrived(page, world)
    expect(await page.eval(() => 'late' in window)).toBe(false)
  })

  test('asks again when its answer was deleted meanwhile', async () => {
    world.route('https://deleted.shop.example/second', html('<!doctype html><p>Toinen'))
    await open('deleted', { head: watching })
    await page.eval(() => portti.rejectAll())
    await leaveAndReturn('deleted', () =>
      page.eval(() => {
        // biome-ignore lint/suspicious/noDocumentCookie: that is what is tested, in browsers without a Cookie Store.
        document.cookie = 'portti=;Path=/;Max-Age=0;Secure'
      }),
    )
    await page.element(button('accept'))
    expect(await page.eval(() => document.documentElement.dataset.portti)).toBe('unasked')
  })
})

describe('two versions of us on a page', () => {
  const ours = readFileSync('packages/portti/dist/portti.js', 'utf8')
  const { version } = JSON.parse(readFileSync('packages/portti/package.json', 'utf8')) as { version: string }
  const newer = ours.replaceAll(`"${version}"`, '"99.0.0"')

  test.for([
    ['the older first', '/portti.js', '/newer.js', version],
    ['the newer first', '/newer.js', '/portti.js', '99.0.0'],
  ] as const)(
    'with %s: the first keeps the page, one banner, one event per decision',
    async ([what, first, second, shown]) => {
      expect(newer).not.toBe(ours)
      const name = `versions-${what.split(' ')[1]}`
      const home = `https://${name}.shop.example/`
      const inline = `<script type="application/json" id="portti-policy">${JSON.stringify(policy)}</script>`
      world.route(`${home}newer.js`, script(newer))
      world.route(
        home,
        html(
          `<!doctype html><html lang="fi"><head>${consoleTap()}${inline}<script src="${first}"></script><script>window.first = window.portti</script><script src="${second}"></script></head>
        <body><img name="portti" alt=""><form id="Symbol(portti)"></form>${BODY}<script src="${second}?late" async></script></body></html>`,
        ),
      )
      await page.goto(home)
      await page.element(button('accept'))
      await arrived(page, world)
      expect(
        await page.eval(() => {
          window.changes = 0
          document.addEventListener('portti:change', () => {
            window.changes = (window.changes ?? 0) + 1
          })
          const hosts = [...document.querySelectorAll('[data-portti-version]')]
          return [window.first === portti, hosts.map((host) => host.getAttribute('data-portti-version'))]
        }),
      ).toEqual([true, [shown]])
      await page.click(button('accept'))
      await page.waitFor(() => window.ran?.length === 1)
      await arrived(page, world)
      expect(await page.eval(() => [window.changes, window.ran])).toEqual([1, ['x']])
      expect(await page.console()).toEqual([])
    },
  )
})

describe('a frame', () => {
  const inner = fixturePage({ body: `<p>Sisällä</p>${BODY}`, first: consoleTap() })

  test('of another site asks nobody, a frame of the top site inside it neither, and nothing runs in them', async () => {
    world.route('https://nested.shop.example/deep', inner)
    world.route(
      'https://partner.example/',
      fixturePage({ body: `${BODY}<iframe id="deep" src="https://nested.shop.example/deep"></iframe>` }),
    )
    await open('nested', {
      body: `${BODY}<iframe id="partner" src="https://partner.example/"></iframe>`,
      first: consoleTap(),
    })
    await page.element(button('accept'))
    await page.inFrame('#partner', async () => {
      await page.waitFor(() => document.documentElement.dataset.portti === 'unasked')
      expect(await page.has('#portti')).toBe(false)
      expect(await page.eval(() => window.ran ?? [])).toEqual([])
    })
    await page.click(button('accept'))
    await page.waitFor(() => window.ran?.length === 1)
    await arrived(page, world)
    // An answer to one site is none to another.
    await page.inFrame('#partner', async () => {
      expect(await page.eval(() => [document.documentElement.dataset.portti, window.ran ?? []])).toEqual([
        'unasked',
        [],
      ])
      expect(await page.has('#portti')).toBe(false)
    })
    expect(await page.console()).toEqual([])
  })

  test('with an opaque origin works without storage, asks nobody, and changes nothing outside', async () => {
    world.route('https://opaque.shop.example/inner', inner)
    await open('opaque', {
      body: `${BODY}<iframe id="inner" sandbox="allow-scripts" src="/inner"></iframe>`,
      first: consoleTap(),
    })
    await page.element(button('accept'))
    await page.inFrame('#inner', async () => {
      await page.waitFor(() => document.documentElement.dataset.portti === 'unasked')
      expect(await page.has('#portti')).toBe(false)
      await page.eval(() => portti.acceptAll())
      await page.waitFor(() => window.ran?.length === 1)
      expect(await page.console()).toEqual([])
    })
    await arrived(page, world)
    expect(await page.eval(() => [document.documentElement.dataset.portti, window.ran ?? []])).toEqual([
      'unasked',
      [],
    ])
    expect(await page.cookies()).toEqual([])
  })

  test('of another site is obeyed in nothing that it sends', async () => {
    const messages = `<script>
      const at = Date.now()
      for (const message of ['accept', 'portti:accept', { portti: 'acceptAll' }, { type: 'portti', action: 'accept' }, { kind: 'given', choice: { analytics: true } }, '1.' + at + '.accept.analytics:1:x.x'])
        for (const target of [parent, top]) target.postMessage(message, '*')
      const channel = new BroadcastChannel('portti')
      channel.postMessage('1.' + at + '.accept.analytics:1:x.x')
      try { localStorage.setItem('portti', 'accept') } catch {}
      for (const reach of [() => parent.portti.acceptAll(), () => parent[Symbol.for('portti')].acceptAll(), () => parent.document.cookie]) try { reach() } catch {}
      fetch('/sent')
    </script>`
    world.route('https://stranger.example/', html(`<!doctype html>${messages}`))
    await open('messages', {
      body: `${BODY}<iframe src="https://stranger.example/"></iframe>`,
      first: consoleTap(),
    })
    await expect.poll(() => world.to('stranger.example').some(({ path }) => path === '/sent')).toBe(true)
    await arrived(page, world)
    expect(await page.eval(() => [document.documentElement.dataset.portti, window.ran ?? []])).toEqual([
      'unasked',
      [],
    ])
    expect(await page.has(button('accept'))).toBe(true)
    expect(await page.console()).toEqual([])
  })
})
