/** What goes wrong, one after the other, and what a library should do then. Nothing here knows whose library it is. */

import type { Page } from '../browser/engines.ts'
import { html, type World } from '../browser/world.ts'
import { type HostilePage, hostileCode, hostileLooks } from '../fixtures/hostile-pages.ts'
import { asXhtml, type Entrant, pageOf, RELEASED, type Shape, TRACKERS, withNonce } from './page.ts'
import type { Visit } from './visit.ts'

export interface Attempt {
  readonly entrant: Entrant
  readonly world: World
  readonly page: Page
  readonly visit: Visit
  /** The site that this attempt has for itself: `https://….example/`. */
  readonly home: string
}
/** What a library did wrong, in a word or two, or nothing. */
export type Wrong = string | undefined

export interface Fault {
  readonly name: string
  /** Of the ten that the peers were tried with first. */
  readonly anchor?: true
  try(attempt: Attempt): Promise<Wrong>
}

const WAIT = 3000
/** A visitor reads before pressing; some libraries listen to their buttons only half a second after they show them. */
const PATIENCE = 700

const ran = async ({ visit }: Attempt) => Number(await visit.value('diary.length'))
const asked = ({ world }: Attempt) => world.to(TRACKERS).length
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

/** Something ran, or was asked of a tracker. */
async function opened(attempt: Attempt): Promise<boolean> {
  return (await ran(attempt)) > 0 || asked(attempt) > 0
}
async function failed({ visit }: Attempt): Promise<Wrong> {
  if (Number(await visit.value('faults.length')) > 0) return 'error'
  return Number(await visit.value('violations.length')) > 0 ? 'breaks the policy' : undefined
}

/** The page asks, and nothing has run. */
async function asks(attempt: Attempt): Promise<Wrong> {
  const { visit, entrant } = attempt
  const shown = await visit.within(WAIT, async () => (await visit.seen(entrant.ui.accept)) !== undefined)
  await pause(100)
  if (await opened(attempt)) return 'opens'
  if (!shown) return 'no banner'
  return failed(attempt)
}

/** The page's own button works. */
async function pageWorks({ visit }: Attempt): Promise<Wrong> {
  await visit.press('#own')
  return (await visit.value('window.pressed === true')) ? undefined : 'page blocked'
}

/** Accepts, and everything runs. */
async function accepts(attempt: Attempt): Promise<Wrong> {
  const { visit, entrant } = attempt
  await pause(PATIENCE)
  if (!(await visit.press(entrant.ui.accept))) return 'no banner'
  if (!(await visit.within(WAIT, async () => (await ran(attempt)) >= RELEASED)))
    return (await failed(attempt)) ?? 'holds for ever'
  if ((await ran(attempt)) > RELEASED) return 'runs twice'
  if (!(await visit.within(WAIT, async () => (await visit.seen(entrant.ui.accept)) === undefined)))
    return 'banner stays'
  return failed(attempt)
}

/** On the next page everything runs without being asked about. */
async function remembers(attempt: Attempt): Promise<Wrong> {
  const { visit, entrant, home } = attempt
  await visit.goto(home)
  if (!(await visit.within(WAIT, async () => (await ran(attempt)) >= RELEASED))) return 'forgets'
  await pause(100)
  if (await visit.seen(entrant.ui.accept)) return 'asks again'
  return (await ran(attempt)) > RELEASED ? 'runs twice' : failed(attempt)
}

/** One after the other until something is wrong. */
async function all(...steps: (() => Promise<Wrong>)[]): Promise<Wrong> {
  for (const step of steps) {
    const wrong = await step()
    if (wrong) return wrong
  }
  return undefined
}

async function open(attempt: Attempt, shape: Shape): Promise<void> {
  attempt.world.route(attempt.home, pageOf(attempt.entrant, shape))
  await attempt.visit.goto(attempt.home)
}

/** The whole way of a visitor on a page of that shape. */
const whole =
  (shape: Shape, kept = true) =>
  async (attempt: Attempt): Promise<Wrong> => {
    await open(attempt, shape)
    return all(
      () => asks(attempt),
      () => pageWorks(attempt),
      () => accepts(attempt),
      () => (kept ? remembers(attempt) : Promise.resolve(undefined)),
    )
  }

/** The same, and the banner looks as on a plain page. */
const styled = (shape: Shape) => async (attempt: Attempt) => {
  const { visit, entrant } = attempt
  const look = async () => {
    await asks(attempt)
    const seen = await visit.seen(entrant.ui.accept)
    return seen && `${seen.background} ${seen.fixed}`
  }
  await open(attempt, {})
  const plain = await look()
  await open(attempt, shape)
  if (await opened(attempt)) return 'opens'
  const here = await look()
  if (!here) return 'no banner'
  return here === plain ? whole(shape)(attempt) : 'unstyled'
}

/** Changes what was stored after a yes: nothing may open, and the page asks again. */
const stored = (forms: ((text: string) => string)[]) => async (attempt: Attempt) => {
  const { visit, home } = attempt
  await open(attempt, {})
  const first = await all(
    () => asks(attempt),
    () => accepts(attempt),
  )
  if (first) return first
  const kept = (await visit.value(
    `({ cookies: document.cookie.split('; ').filter(Boolean).map((pair) => pair.split(/=(.*)/s).slice(0, 2)), local: Object.entries(localStorage) })`,
  )) as { cookies: [string, string][]; local: [string, string][] }
  const change = (form: (text: string) => string) => (text: string) => {
    const plain = /%7B|%22|%5B/i.test(text) ? decodeURIComponent(text) : text
    const changed = form(plain)
    return plain === text ? changed : encodeURIComponent(changed)
  }
  for (const form of forms) {
    const write = change(form)
    const code = [
      ...kept.cookies.flatMap(([name, text]) => [
        // Some are written for the host and all below it.
        ...['', `; domain=${new URL(home).hostname}`].map(
          (where) => `document.cookie = ${JSON.stringify(`${name}=; path=/; max-age=0${where}`)}`,
        ),
        `document.cookie = ${JSON.stringify(`${name}=${write(text)}; path=/; max-age=9999`)}`,
      ]),
      ...kept.local.map(
        ([name, text]) => `localStorage.setItem(${JSON.stringify(name)}, ${JSON.stringify(write(text))})`,
      ),
    ]
    await visit.value(code.join(';'))
    attempt.world.clear()
    attempt.world.route(home, pageOf(attempt.entrant))
    await visit.goto(home)
    const wrong = await asks(attempt)
    if (wrong) return wrong
  }
  return undefined
}

const csp = `default-src 'none'; style-src 'self' 'nonce-n1'; img-src 'self' data:; connect-src 'self'; font-src 'self'; script-src 'nonce-n1'`
const strict = (more: string): Shape => ({
  headers: { 'content-security-policy': csp + more },
  text: withNonce,
})
const members =
  'createElement createElementNS createTextNode querySelector querySelectorAll getElementById getElementsByTagName body head cookie documentElement readyState currentScript activeElement title addEventListener dispatchEvent visibilityState prerendering'
    .split(' ')
    .map((name) => `<img name="${name}" alt="" /><form name="${name}"></form>`)
    .join('')
const polluted =
  'default enabled accepted required granted allowed consent checked on active optOut optout necessary known once value readOnly onlyOnce mandatory contextualConsentOnly mustConsent hidden revision isExempt state wait auto children purposes services cookies'.split(
    ' ',
  )
const markup = 'Palvelu\\u003cimg src=x onerror=pwned=1\\u003e'

/** The ten that the peers were tried with first, the last of them in two parts, and the plain page. */
const matrix: readonly Fault[] = [
  { name: 'plain page', try: whole({}) },
  { name: 'CSP: script nonce, style nonce', try: styled(strict('')) },
  { name: "the same with 'strict-dynamic'", try: styled(strict(" 'strict-dynamic'")) },
  {
    name: 'Trusted Types enforced',
    try: whole({ headers: { 'content-security-policy': "require-trusted-types-for 'script'" } }),
  },
  {
    name: 'sandboxed page (opaque origin)',
    try: whole({ headers: { 'content-security-policy': 'sandbox allow-scripts' } }, false),
  },
  { name: 'clobbered document members', try: whole({ body: members, place: 'body' }) },
  { name: 'all in the head, no body yet', try: whole({ place: 'blocking' }) },
  { name: 'loaded twice', try: whole({ times: 2 }) },
  {
    name: 'HTML in a text of the configuration',
    async try(attempt) {
      const { visit, entrant } = attempt
      await open(attempt, { text: (page) => page.replace(/Kävijälaskuri|Tilastointi/g, markup) })
      const wrong = await asks(attempt)
      if (wrong) return wrong
      await visit.press(entrant.ui.settings)
      await visit.within(WAIT, async () => (await visit.seen(entrant.ui.opened)) !== undefined)
      await pause(PATIENCE)
      return (await visit.value('window.pwned')) === 1 ? 'executes it' : failed(attempt)
    },
  },
  {
    name: '`javascript:` as the link to the privacy notice',
    async try(attempt) {
      const { visit, entrant } = attempt
      await open(attempt, { text: (page) => page.replaceAll('/tietosuoja', 'javascript:pwned=1') })
      await visit.within(1000, async () => (await visit.seen(entrant.ui.accept)) !== undefined)
      await visit.press(entrant.ui.settings)
      await pause(PATIENCE)
      const links = await visit.value(
        `(function count(root) { return [...root.querySelectorAll('*')].reduce((sum, one) => sum + (/^\\s*javascript:/i.test(one.getAttribute('href') || '') ? 1 : 0) + (one.shadowRoot ? count(one.shadowRoot) : 0), 0) })(document)`,
      )
      if (links !== 0) return 'draws the link'
      return (await opened(attempt)) ? 'opens' : undefined
    },
  },
  {
    name: 'stored answer empty or not its own (5 forms)',
    try: stored([() => '', () => 'true', () => '{', () => '[object Object]', () => 'null']),
  },
  {
    name: 'stored answer with words where yes and no should be',
    try: stored([
      (text) =>
        text
          .replace(/\btrue\b/g, text.startsWith('{') ? '"no"' : 'no')
          .replace(/:1:/g, ':no:')
          .replace(/("categories":)\[[^\]]*\]/, '$1"no analytics, no ads, no media"'),
    ]),
  },
]

const code = ({ name, before, after, body }: HostilePage): Fault => ({
  name: `page ${name}`,
  try: whole({ ...(before ? { before } : {}), ...(after ? { after } : {}), ...(body ? { body } : {}) }),
})
const looks = ({ name, doctype, head, body }: HostilePage): Fault => ({
  name: `page ${name}`,
  try: whole({ ...(doctype ? { doctype } : {}), ...(head ? { head } : {}), ...(body ? { body } : {}) }),
})
/** Those that mark something of ours, change where files come from, or take long say nothing of others. */
const fair = ({ name }: HostilePage) =>
  !/console|portti|base|30,000|dialog|jQuery|monitoring|too late|timers/.test(name)

const pages: readonly Fault[] = [
  {
    name: 'page with a polluted Object.prototype (30 likely names set true)',
    try: whole({ before: `for (const name of ${JSON.stringify(polluted)}) Object.prototype[name] = true` }),
  },
  {
    name: 'page with functions on Array.prototype and Object.prototype',
    try: whole({ before: 'Array.prototype.each = Object.prototype.extend = function () { return this }' }),
  },
  {
    name: 'page with Array.prototype.toJSON',
    try: whole({
      before: `Array.prototype.toJSON = function () { return '[' + this.map(String).join(', ') + ']' }`,
    }),
  },
  ...hostileCode.filter(fair).map(code),
  {
    name: 'page that replaces createElement, querySelectorAll, addEventListener and JSON once it is loaded',
    try: whole({
      after: `addEventListener('load', () => setTimeout(() => { const no = () => { throw new Error('replaced') }
        JSON.parse = JSON.stringify = Document.prototype.createElement = Document.prototype.querySelectorAll = Document.prototype.querySelector = no
        EventTarget.prototype.addEventListener = EventTarget.prototype.dispatchEvent = no }, 300))`,
    }),
  },
  { name: 'document members clobbered after the library', try: whole({ body: members }) },
  ...hostileLooks.filter(fair).map(looks),
  {
    name: 'XHTML',
    try: whole({ headers: { 'content-type': 'application/xhtml+xml; charset=utf-8' }, text: asXhtml }),
  },
]

const around: readonly Fault[] = [
  {
    name: 'cookie writes silently ignored',
    try: whole({
      before: `{ const real = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie'); Object.defineProperty(Document.prototype, 'cookie', { ...real, set() {} }) }`,
    }),
  },
  {
    name: 'localStorage and sessionStorage throw when touched',
    try: whole({
      before: `for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get() { throw new DOMException('refused', 'SecurityError') } })`,
    }),
  },
  {
    name: 'answered in another tab',
    async try(attempt) {
      const { visit, page, home, entrant } = attempt
      await open(attempt, {})
      const first = await asks(attempt)
      if (first) return first
      const here = await page.currentTab()
      await page.newTab()
      await visit.goto(home)
      const there = await all(
        () => asks(attempt),
        () => accepts(attempt),
      )
      await page.closeTab()
      await page.switchTab(here)
      // The world of the other tab is gone: this asks for a new one.
      await visit.within(100, async () => (await visit.seen('body')) !== undefined)
      if (there) return there
      if (!(await visit.within(2000, async () => (await ran(attempt)) === RELEASED))) return 'does not follow'
      return (await visit.seen(entrant.ui.accept)) ? 'asks on' : failed(attempt)
    },
  },
  {
    name: 'back to a kept page whose answer was deleted meanwhile',
    async try(attempt) {
      const { visit, world, home, entrant } = attempt
      world.route(`${home}other`, html('<!doctype html><title>Toinen</title><p>Toinen'))
      await open(attempt, {})
      const first = await all(
        () => asks(attempt),
        () => accepts(attempt),
      )
      if (first) return first
      await visit.goto(`${home}other`)
      await visit.value(
        `document.cookie.split('; ').forEach((pair) => { document.cookie = pair.split('=')[0] + '=;path=/;max-age=0' }); localStorage.clear(); sessionStorage.clear(); history.back()`,
      )
      await visit.within(WAIT, async () => (await visit.value('location.pathname').catch(() => '')) === '/')
      const asksAgain = () =>
        visit.within(WAIT, async () => (await visit.seen(entrant.ui.accept)) !== undefined)
      return (await asksAgain()) ? undefined : 'acts on it'
    },
  },
  {
    name: 'prepared ahead by the browser (prerender) after a yes',
    async try(attempt) {
      const { visit, world, home } = attempt
      const next = `${home}next`
      const rules = `<script type="speculationrules">{"prerender":[{"source":"list","urls":["/next"],"eagerness":"immediate"}]}</script>`
      world.route(`${home}ahead`, html(`<!doctype html><title>Alku</title>${rules}<p>Alku`))
      world.route(next, pageOf(attempt.entrant))
      await open(attempt, {})
      const first = await all(
        () => asks(attempt),
        () => accepts(attempt),
      )
      if (first) return first
      await visit.goto(`${home}ahead`)
      const before = asked(attempt)
      const prepared = () => world.seen.some(({ url }) => url === next)
      if (!(await visit.within(5000, async () => prepared()))) throw new Error('the browser prepared nothing')
      await pause(1500)
      if (asked(attempt) > before) return 'runs unseen'
      await visit.value(`void (location.href = '/next')`)
      const runs = () =>
        visit.within(
          WAIT,
          async () => Number(await visit.value('window.diary && diary.length').catch(() => 0)) === RELEASED,
        )
      return (await runs()) ? undefined : 'holds for ever'
    },
  },
  {
    name: 'in a frame of its own site',
    async try(attempt) {
      const { visit, world, home, entrant } = attempt
      world.route(`${home}inner`, pageOf(entrant))
      await open(attempt, { body: '<iframe src="/inner" width="800" height="600"></iframe>' })
      const first = await asks(attempt)
      if (first) return first
      await pause(PATIENCE)
      return (await visit.seenInFrame(entrant.ui.accept)) ? 'two banners' : undefined
    },
  },
  {
    name: 'its files are blocked',
    async try(attempt) {
      const { world, home, entrant } = attempt
      for (const path of Object.keys(entrant.files ?? {})) world.route(`${home.slice(0, -1)}${path}`, 'drop')
      await open(attempt, {})
      await pause(PATIENCE)
      return (await opened(attempt)) ? 'opens' : pageWorks(attempt)
    },
  },
  {
    name: 'its banner is hidden by a filter',
    async try(attempt) {
      const hidden =
        '#portti,#cc-main,.klaro,#klaro,#tarteaucitronRoot,.orejime-Env,.orejime-BannerContainer,.orejime-Banner'
      await open(attempt, { head: `<style>${hidden}{display:none!important}</style>` })
      await pause(PATIENCE)
      if (await opened(attempt)) return 'opens'
      const scrolls = `getComputedStyle(document.documentElement).overflowY !== 'hidden' && getComputedStyle(document.body).overflowY !== 'hidden'`
      if (!(await attempt.visit.value(scrolls))) return 'scroll locked'
      return (await pageWorks(attempt)) ?? failed(attempt)
    },
  },
]

export const faults: readonly Fault[] = [
  ...matrix.map((fault) => ({ ...fault, anchor: true as const })),
  ...pages,
  ...around,
]
