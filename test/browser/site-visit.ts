/** The demo's company sites as the tests visit them: what each page marks, and what each answer should then bring. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { Site } from '../../demo/sites.mjs'
import { sites as all } from '../../demo/sites.mjs'
import { matchUrl } from '../../packages/portti/src/policy/match-url.ts'
import { normalise } from '../../packages/portti/src/policy/normalise.ts'
import { parse } from '../../packages/portti/src/policy/parse.ts'
import type { Policy } from '../../packages/portti/src/policy/policy.ts'
import { catalogue } from '../../packages/portti/src/services/catalogue.ts'
import type { Page } from './engines.ts'
import { arrived } from './fixture.ts'
import { isBrowserOwnHost } from './world/browser-own.ts'
import { type Answer, type CookieSeen, html, type Seen, script, siteFiles, type World } from './world.ts'

export interface SitePage {
  /** As its address: `/`, `/palvelut.html`. */
  readonly path: string
  readonly html: string
  /** Ids of the services that it marks. */
  readonly services: ReadonlySet<string>
}

export interface VisitedSite {
  readonly id: string
  /** The front page is the first. */
  readonly pages: readonly SitePage[]
  /** As it is served, in JSON. */
  readonly declared: unknown
  readonly policy: Policy
  /** Id of the service that an address belongs to; the address itself if nobody declared it. */
  readonly serviceOf: (url: string) => string
}

/** What one service's script is called in `window.__ran` when the stand-ins play it. */
const SCRIPTS: Readonly<Record<string, string>> = {
  'google-analytics': 'gtag.js',
  'google-ads': 'gtag.js',
  'google-tag-manager': 'gtm.js',
  'meta-pixel': 'fbevents.js',
  'linkedin-insight': 'insight.min.js',
  segments: 'segments.js',
  'click-study': 'clarity.js',
  facebook: 'sdk.js',
  'facebook-login': 'sdk.js',
  linkedin: 'in.js',
  x: 'widgets.js',
  instagram: 'embed.js',
}
/** Services without a tag of their own: they come with another one's. */
const BROUGHT_BY = [
  ['google-analytics', 'google-tag-manager'],
  ['google-signals', 'google-analytics'],
] as const

// Read once, so that a build that goes on meanwhile cannot part the file from the hash that it carries.
const built = new Map(
  ['/portti.js', '/portti-settings.js'].map((path) => [
    path,
    script(readFileSync(`packages/portti/dist${path}`, 'utf8')),
  ]),
)

export const sites: readonly VisitedSite[] = all.map(readSite)

/** The site called `id`. */
export function siteCalled(id: string): VisitedSite {
  const site = sites.find((one) => one.id === id)
  if (!site) throw new Error(`no demo site is called "${id}"`)
  return site
}

/**
 * Answers for every site, on any name that ends with its own after a hyphen: `www.first-vauhtikuvio.example`. Each such
 * name is a site of its own to the browser, cookies of the parent domain included.
 */
export const siteAnswers: Answer = (request) => {
  const [, id] = /^www\.[\w-]+-([a-z]+)\.example$/.exec(request.host) ?? []
  const site = sites.find((one) => one.id === id)
  if (!site) return undefined
  const path = request.path.replace(/\?.*/, '')
  if (path === '/consent-policy.json')
    return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(site.declared) }
  return built.get(path) ?? siteFiles(request.host, [`demo/sites/${id}`, 'demo/shared', 'demo'])(request)
}

/** Answers for the files of the library on any host. */
export const libraryFiles: Answer = ({ path }) => built.get(path.replace(/\?.*/, ''))

/** A name that no test has used, for a site: a visitor's first visit. */
export const hostOf = (site: Pick<VisitedSite, 'id'>, scenario: string): string =>
  `www.${scenario}-${site.id}.example`
export const address = (host: string, path = '/'): string => `https://${host}${path}?panel=off`

/** Services that some page of `pages` should ask for when `granted` are: those that it marks, and what they bring. */
export function expected(
  { policy }: VisitedSite,
  pages: readonly SitePage[],
  granted: (service: string) => boolean,
): { readonly asked: Set<string>; readonly ran: string[] } {
  const runs = (id: string) => {
    const service = policy.services.get(id)
    return service !== undefined && !service.retired && granted(id)
  }
  const wanted = new Set(pages.flatMap(({ services }) => [...services]).filter(runs))
  for (const [brought, by] of BROUGHT_BY) if (wanted.has(by) && runs(brought)) wanted.add(brought)
  const asked = new Set([...wanted].filter((id) => policy.services.get(id)?.urls.length))
  return { asked, ran: [...wanted].flatMap((id) => SCRIPTS[id] ?? []).sort() }
}

/** Services that may run when exactly these categories are answered with yes. */
export function grantedBy({ policy }: VisitedSite, chosen: readonly string[]): (service: string) => boolean {
  const allowed = (id: string): boolean => {
    const category = policy.categories.get(id)
    return !!category && (category.required || (chosen.includes(id) && category.needs.every(allowed)))
  }
  return (service) => allowed(policy.services.get(service)?.category ?? '')
}

/** Whether one of `services` has declared this cookie of `host`; none means the site's own. */
export function isDeclared(
  { policy }: VisitedSite,
  services: (id: string) => boolean,
  name: string,
  host?: string,
): boolean {
  return [...policy.services.values()]
    .filter(({ id }) => services(id))
    .flatMap(({ cookies }) => cookies)
    .some((cookie) => {
      const here = host
        ? cookie.host && (host === cookie.host || host.endsWith(`.${cookie.host}`))
        : !cookie.host
      return (
        here && (cookie.name.endsWith('*') ? name.startsWith(cookie.name.slice(0, -1)) : name === cookie.name)
      )
    })
}

const ownDomain = (host: string) => host.replace(/^www\./, '')
const isOf = (host: string, domain: string) => host === domain || host.endsWith(`.${domain}`)

/** What was asked from others since the `from`th request. */
export const strangers = (world: World, host: string, from = 0): readonly Seen[] =>
  world.seen.slice(from).filter((one) => !isOf(one.host, ownDomain(host)))

/**
 * Hosts of others that a connection was opened to, but for those that browsers connect to on their own account, and for the page
 * between two tests, to which Chromium keeps a connection ready.
 */
export const reached = (world: World, host: string): readonly string[] =>
  world.connected.filter(
    (one) => !isOf(one, ownDomain(host)) && !isBrowserOwnHost(one) && one !== 'between.example',
  )

/** Cookies that others gave or got back. */
export const foreignCookies = (world: World, host: string): readonly CookieSeen[] =>
  world.cookies.filter((one) => !isOf(one.host, ownDomain(host)))

/** Leaves the page of the test before, so that what it sends on its way out is seen before `world` forgets. */
export async function startAfresh(page: Page, world: World): Promise<void> {
  world.route(
    'https://between.example/',
    html('<!doctype html><title>Between</title><link rel="icon" href="data:,">'),
  )
  await page.goto('https://between.example/')
  world.clear()
}

/** Services asked since the `from`th request. */
export const asked = (world: World, site: VisitedSite, host: string, from = 0): Set<string> =>
  new Set(strangers(world, host, from).map(({ url }) => site.serviceOf(url)))

/** Names of the cookies that scripts of the page see. */
export const cookieNames = (): string[] =>
  document.cookie
    .split('; ')
    .filter(Boolean)
    .map((pair) => pair.replace(/=.*/s, ''))
    .sort()

/** Goes through a page as a reader would, so that what loads late is near once. */
export async function read(page: Page, world: World): Promise<void> {
  await page.eval(async () => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn))
    for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight) {
      scrollTo({ top, behavior: 'instant' })
      await frame()
    }
    scrollTo({ top: 0, behavior: 'instant' })
  })
  await arrived(page, world)
}

/** A trusted click on what is brought to the middle first: at the edge something of the page's may lie over it. */
export async function clickOn(page: Page, selector: string): Promise<void> {
  await bringUp(page, selector)
  await page.click(selector)
}

/** Text of what may be out of sight, where browsers need not lay it out. */
export async function textOf(page: Page, selector: string): Promise<string> {
  await bringUp(page, selector)
  return page.text(selector)
}

async function bringUp(page: Page, selector: string): Promise<void> {
  await page.element(selector)
  await page.eval(async (path) => {
    const [first = '', ...inner] = path.split(' >>> ')
    const step = (at: Element | null, part: string) => at?.shadowRoot?.querySelector(part) ?? null
    inner
      .reduce(step, document.querySelector(first))
      ?.scrollIntoView({ block: 'center', behavior: 'instant' })
    // What is laid out only in sight is so from the next frame on.
    for (let i = 0; i < 2; i++) await new Promise((drawn) => requestAnimationFrame(drawn))
  }, selector)
}

/** Asserts that nothing is kept of a visitor but these cookies of the site's own. */
export async function expectKept(page: Page, cookies: readonly string[]): Promise<void> {
  expect((await page.cookies()).map(({ name }) => name).sort()).toEqual(cookies)
  const { cookie, ...stored } = await page.storage()
  expect(cookie?.split('; ').filter(Boolean)).toHaveLength(cookies.length)
  expect(stored).toEqual({ localStorage: {}, sessionStorage: {}, databases: [], caches: [] })
}

function readSite({ id, root }: Site): VisitedSite {
  const pages = readdirSync(root)
    .filter((file) => file.endsWith('.html'))
    .map((file): SitePage => {
      const html = readFileSync(root + file, 'utf8')
      const marks = [...html.matchAll(/data-service="([^"]+)"/g)].map(([, service = '']) => service)
      return { path: file === 'index.html' ? '/' : `/${file}`, html, services: new Set(marks) }
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1))
  const declared = today(JSON.parse(readFileSync(`${root}consent-policy.json`, 'utf8')))
  const parsed = parse(declared, catalogue)
  if (!parsed.ok) throw new Error(`${id}: ${JSON.stringify(parsed.issues)}`)
  const policy = normalise(parsed.policy, catalogue)
  const find = matchUrl(
    [...policy.services.values()].flatMap(({ id, urls }) => urls.map((url) => [url, id] as const)),
  )
  return { id, pages, declared, policy, serviceOf: (url) => find(url) ?? url }
}

/** Moves a study with dates to around today, so that the tests pass on any day. */
function today(policy: unknown): unknown {
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  return JSON.parse(JSON.stringify(policy), (key, value) =>
    key === 'from' ? day(-9) : key === 'until' && /^\d/.test(value) ? day(99) : value,
  )
}
