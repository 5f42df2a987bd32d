/** Plays one case of the leak suite in a browser: without Portti, to prove that it is a way out, and on a rung, in five phases. */
import type { Portti } from '../../../packages/portti/src/portti.ts'
import type { LeakCase } from '../../leaks/leak-case.ts'
import { categoryOf } from '../../leaks/policy.ts'
import type { Proof } from '../../leaks/proof.ts'
import { headOf, isLocked, lockOf, phasesOn, publish, type Rung } from '../../leaks/rungs.ts'
import { consoleTap } from '../console-tap.ts'
import type { Page } from '../engines.ts'
import { readStorage } from '../storage-snapshot.ts'
import { isBrowserOwnHost } from '../world/browser-own.ts'
import { html, type Reply, script, type World } from '../world.ts'

// What functions that run in the page see there.
declare const portti: Portti
declare const window: Window & typeof globalThis & { act?: () => void }

export interface Stage {
  readonly page: Page
  readonly world: World
}

/** What a page did, seen from the network and from itself. */
interface Deeds {
  /** `host/path` → how often. The page's own host is `own`. */
  readonly requests: ReadonlyMap<string, number>
  /** Hosts that were connected to. */
  readonly connected: ReadonlySet<string>
  /** What ran, in order. */
  readonly ran: readonly string[]
  /** `cookie name`, `localStorage name`, … */
  readonly traces: readonly string[]
  /** Errors that nobody caught, and what else went wrong with the page itself. */
  readonly harm: readonly string[]
}

/** Nothing of any case. */
const EMPTY = 'https://start.shop.example/tyhja'
/** A request that pages may make at any time: nobody declared it. */
const FREE = 'https://shared.example/vapaa'

/** Plays the case without Portti. @returns What it lacks of what it says, and how it went. */
export async function prove(
  stage: Stage,
  one: LeakCase,
  host: string,
): Promise<{ missing: string[]; proof: Proof }> {
  await begin(stage, one, host, undefined)
  const wanted = one.reaches.map(fullAddress)
  const missing = (seen: Deeds) => [
    ...wanted.filter((address) => countOf(seen, address) === 0),
    ...(sameRuns(one, one.runs ?? [], seen.ran) ? [] : [`runs ${one.runs}, not ${seen.ran}`]),
    ...(one.leaves ?? []).filter((trace) => !seen.traces.includes(trace)),
    ...seen.harm,
  ]
  await open(stage, one, host)
  const loaded = Date.now()
  await leave(stage, one, host)
  let seen = await observe(stage, host, 0)
  const patience = one.except?.[stage.page.engine] === undefined ? 5000 : 300
  while (missing(seen).length > 0 && Date.now() - loaded < patience) seen = await observe(stage, host, 0)
  const late = Math.floor((Date.now() - loaded) / 100) * 100
  // What comes twice comes soon.
  if (missing(seen).length === 0) seen = await observe(stage, host, 50)
  return { missing: missing(seen), proof: { counts: wanted.map((address) => countOf(seen, address)), late } }
}

/** Plays the case in five phases on a rung, or only up to the answer. @returns What went wrong: a kind, where, and what. */
export async function play(
  stage: Stage,
  one: LeakCase,
  host: string,
  rung: Rung,
  proof: Proof,
  until?: 'answer',
): Promise<string[]> {
  const { page, world } = stage
  const category = one.undeclared ? undefined : categoryOf(one.service ?? 'counter')
  const other = category === 'ads' ? 'social' : 'ads'
  const patience = Math.min(1500, proof.late * 1.5)
  const faults: string[] = []
  /** What the page in sight was answered although it was to be held: an engine that keeps it asks no more. */
  let ahead: ReadonlyMap<string, number> = new Map()
  await begin(stage, one, host, rung)

  await load()
  await held('before')
  if (until) return faults
  if (phasesOn(rung, one) === 'ends') {
    await decide(category ?? other)
    await calm()
    await yes()
    // Vendors' cookies are for the whole domain, which the cases share.
    if (one.goesAway) await load()
    await page.eval(() => portti.withdraw())
    await page.goto(EMPTY)
    return faults
  }
  await page.eval(() => portti.rejectAll())
  if (category !== undefined && canRepeat(one) && !isLocked(rung)) {
    await act()
    await held('refused')
    await decide(other)
    await act()
    await held('other yes')
    await decide(category)
    await act()
    await released('yes', 2)
    await page.eval(() => portti.withdraw())
    await act()
    await held('withdrawn')
    return faults
  }
  await awayHeld('before')

  await load()
  await held('refused')
  await decide(other)
  if (isLocked(rung)) await load()
  await held('other yes')
  await awayHeld('other yes')

  if (one.goesAway) await load()
  await decide(category ?? 'analytics')
  if (category === undefined) await held('yes in place')
  else if (one.nextLoad || isLocked(rung)) await calm()
  else {
    if (one.clicks) await page.click(one.clicks)
    else await act()
    await leave(stage, one, host)
    await released('yes in place', one.clicks || one.calls !== undefined ? 2 : 1)
  }
  await yes()

  if (one.goesAway) await load()
  await page.eval(() => portti.withdraw())
  await leave(stage, one, host)
  await page.goto(EMPTY)
  world.forget()
  await load()
  await held('withdrawn')
  return faults

  function load(): Promise<void> {
    ahead = new Map()
    return open(stage, one, host)
  }

  /** Waits until nothing more is asked. */
  async function calm(): Promise<void> {
    // What shows that all has arrived is a request as well.
    let before: number
    do {
      before = world.seen.length
      await observe(stage, host, 30)
    } while (world.seen.length > before + 1)
  }

  function act(): Promise<unknown> {
    return page.eval(() => window.act?.())
  }

  function decide(id: string): Promise<void> {
    return page.eval((id) => portti.choose({ [id]: true }), id)
  }

  async function yes(): Promise<void> {
    world.forget()
    await load()
    await leave(stage, one, host)
    if (category === undefined) await held('yes')
    else await released('yes', 1)
  }

  async function held(phase: string): Promise<void> {
    const seen = await observe(stage, host, patience)
    const fault = (kind: string, what: string) => faults.push(`${kind} ${phase}: ${what}`)
    for (const address of seen.requests.keys()) fault('request', address)
    for (const name of seen.connected)
      if (!isAsked(seen, name)) fault('request', `${name}, as far as the connection`)
    for (const name of seen.ran) if (one.runs?.includes(name)) fault('run', name)
    for (const trace of seen.traces) fault('trace', trace)
    for (const line of seen.harm) fault('harm', line)
    // Calls are made each time.
    if (one.calls === undefined) ahead = new Map([...ahead, ...seen.requests])
    world.forget()
  }

  async function awayHeld(phase: string): Promise<void> {
    if (!one.goesAway) return
    await leave(stage, one, host)
    await held(`${phase}, leaving`)
  }

  /** What happens now must be what happens without Portti; calls that are made again may be seen up to `times` as often. */
  async function released(phase: string, times: number): Promise<void> {
    const wanted = one.reaches.map((reach, i) => [fullAddress(reach), proof.counts[i] ?? 1] as const)
    const answers = (seen: Deeds, address: string) =>
      countOf(seen, address) + countOf({ ...seen, requests: ahead }, address)
    const runs = one.runs ?? []
    const enough = (seen: Deeds) =>
      wanted.every(([address, usual]) => answers(seen, address) >= (one.anyCount ? 1 : usual)) &&
      seen.ran.length >= runs.length &&
      (one.leaves ?? []).every((trace) => seen.traces.includes(trace))
    const start = Date.now()
    let seen = await observe(stage, host, 0)
    while (!enough(seen) && Date.now() - start < 2000 + patience) seen = await observe(stage, host, 30)
    // What comes twice comes soon.
    seen = await observe(stage, host, 30)
    const fault = (kind: string, what: string) => faults.push(`${kind} ${phase}: ${what}`)
    for (const [address, usual] of wanted) {
      const count = countOf(seen, address)
      if (answers(seen, address) < (one.anyCount ? 1 : usual))
        fault('lost', `${address} ${count} of ${usual}`)
      if (!one.anyCount && count > usual * times) fault('twice', `${address} ${count} of ${usual}`)
    }
    const exact = times === 1 && !one.anyCount
    if (exact ? !sameRuns(one, runs, seen.ran) : seen.ran.length < runs.length)
      fault(seen.ran.length > runs.length ? 'twice' : 'lost', `ran ${seen.ran} for ${runs}`)
    for (const trace of one.leaves ?? []) if (!seen.traces.includes(trace)) fault('lost', trace)
    for (const line of seen.harm) fault('harm', line)
    world.forget()
  }
}

/** Calls that the page can make again without a new load; what the visitor does is played from the load on. */
const canRepeat = ({ calls, clicks, goesAway }: LeakCase) =>
  calls !== undefined && clicks === undefined && goesAway === undefined

let loads = 0

/** Sets the world up for a page that has nothing behind it. */
async function begin(
  { page, world }: Stage,
  one: LeakCase,
  host: string,
  rung: Rung | undefined,
): Promise<void> {
  // What a tracker did while the page before was left is not of this one.
  await page.goto(EMPTY)
  await page.eval(() => {
    for (const pair of document.cookie.split('; ')) {
      // biome-ignore lint/suspicious/noDocumentCookie: not every engine has a Cookie Store.
      document.cookie = `${pair.split('=')[0]}=; domain=shop.example; path=/; max-age=0`
    }
  })
  world.clear()
  const head = rung ? headOf[rung] : ''
  const pub = (page: string) => (rung ? publish(page, rung, host) : page)
  const text = pub(pageOf(one, head))
  /** The site's own server answers. */
  const serve = (path: string, reply: () => Reply) =>
    world.route(`https://${host}${path}`, ({ headers: { cookie } }) => {
      const answer = reply()
      const lock = isLocked(rung) ? { 'content-security-policy': lockOf(cookie) } : {}
      return { ...answer, headers: { ...lock, ...answer.headers } }
    })
  // A connection that stands is used again, so what is only connected to has another name each time.
  serve('/', () =>
    html(text.replaceAll('once.tracker', `once${++loads}.tracker`), { 'cache-control': 'no-store' }),
  )
  // A file of the site's own: no guard sees what is in it before it runs.
  const { inserts = '', calls } = one
  const code = calls === undefined ? inserts : `window.act = function () { ${calls} }; act()`
  serve('/app.js', () => script(code, { 'cache-control': 'no-store' }))
  for (const [path, reply] of Object.entries(one.routes ?? {})) {
    const body =
      typeof reply.body === 'string' && reply.body.includes('PORTTI')
        ? pub(reply.body.replace('PORTTI', () => head))
        : reply.body
    if (path.startsWith('/')) serve(path, () => ({ ...reply, body }))
    else world.route(path, { ...reply, body })
  }
}

function pageOf({ head = '', body = '', inserts, calls }: LeakCase, first: string): string {
  const app = inserts === undefined && calls === undefined ? '' : '<script src="/app.js"></script>'
  return `<!doctype html><html lang="fi"><head>${first}<meta charset="utf-8"><title>Mallila</title>${consoleTap()}<link rel="icon" href="data:,">${head}</head>
<body><p>Hei</p><img src="${FREE}.gif" alt="">${body}${app}
<script>window.ended = true</script></body></html>`
}

async function open({ page }: Stage, one: LeakCase, host: string): Promise<void> {
  await page.goto(`https://${host}/`)
  if (one.clicks) await page.click(one.clicks)
}

async function leave({ page }: Stage, one: LeakCase, host: string): Promise<void> {
  if (one.goesAway) await page.goto(`https://${host}/tyhja`)
}

/** What has happened since the world last forgot, once everything that the page asked for so far has arrived. */
async function observe({ page, world }: Stage, host: string, wait: number): Promise<Deeds> {
  const token = `/arrived?${Math.random()}`
  // The answer is what `LOOK` builds below.
  const seen = (await page.eval(
    `return (${LOOK})(${JSON.stringify(token)}, ${wait}, ${readStorage})`,
  )) as Look
  const requests = new Map<string, number>()
  let free = false
  for (const one of world.seen) {
    if (one.url.startsWith(FREE)) free = true
    // Pages that have none are asked for one.
    else if (one.path === '/favicon.ico') continue
    else if (one.host !== host || one.path.startsWith('/laskuri/')) {
      const address = `${one.host === host ? 'own' : one.host}${one.path.replace(/[?#].*/, '')}`
      requests.set(address, (requests.get(address) ?? 0) + 1)
    }
  }
  const { storage } = seen
  return {
    requests,
    connected: new Set(
      world.connected
        .filter((name) => !isBrowserOwnHost(name) && !/(^|\.)shop\.example$|^shared\.example$/.test(name))
        .map((name) => name.replace(/^once\d+/, 'once')),
    ),
    ran: seen.ran,
    traces: [
      ...(storage.cookie ?? '')
        .split('; ')
        .filter(Boolean)
        .map((pair) => `cookie ${pair.replace(/=.*/, '')}`),
      ...Object.keys(storage.localStorage ?? {}).map((name) => `localStorage ${name}`),
      ...Object.keys(storage.sessionStorage ?? {}).map((name) => `sessionStorage ${name}`),
      ...(storage.databases ?? []).map((name) => `database ${name}`),
      ...(storage.caches ?? []).map((name) => `cache ${name}`),
    ].filter((trace) => trace !== 'cookie portti'),
    harm: seen.away
      ? []
      : [
          ...seen.errors,
          ...(seen.ended ? [] : ['the page did not come to its end']),
          ...(free || seen.drawn ? [] : ['a free picture was held']),
        ],
  }
}

interface Look {
  readonly ran: readonly string[]
  readonly errors: readonly string[]
  readonly ended: boolean
  /** The free picture is there. */
  readonly drawn: boolean
  /** The visitor has left the page. */
  readonly away: boolean
  readonly storage: Awaited<ReturnType<typeof readStorage>>
}

/** Runs in the page. */
const LOOK = `async function (token, wait, readStorage) {
  const frame = () => new Promise((drawn) => { requestAnimationFrame(drawn); setTimeout(drawn, 50) })
  await frame()
  await frame()
  if (wait > 0) await new Promise((done) => setTimeout(done, wait))
  await fetch(location.origin + token)
  return {
    ran: [...(window.ran || []), ...(window.__ran || [])],
    errors: (window.__consoleLines || []).filter((line) => line.startsWith('uncaught')),
    ended: window.ended === true,
    drawn: [...document.images].some((one) => one.src.startsWith('${FREE}') && one.complete),
    away: location.pathname === '/tyhja',
    storage: await readStorage(),
  }
}`

const fullAddress = (reach: string) => (reach.startsWith('/') ? `t.tracker.example${reach}` : reach)

/** How often an address was asked; a host alone counts connections. */
function countOf(deeds: Deeds, address: string): number {
  if (!address.includes('/')) return deeds.connected.has(address) ? 1 : 0
  let count = 0
  for (const [asked, times] of deeds.requests) if (asked.startsWith(address)) count += times
  return count
}

const isAsked = (deeds: Deeds, host: string) =>
  [...deeds.requests.keys()].some((address) => address.startsWith(`${host}/`))

function sameRuns({ anyOrder }: LeakCase, wanted: readonly string[], ran: readonly string[]): boolean {
  const line = (names: readonly string[]) => (anyOrder ? [...names].sort() : names).join()
  return line(wanted) === line(ran)
}
