/** One page of a made-up company with Portti on it, for tests of single things. */
import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { Page } from './engines.ts'
import { type Answer, html, type Reply, script, type World } from './world.ts'

const files = new Map(
  ['/portti.js', '/portti-settings.js', '/portti-guard.js', '/portti-audit.js'].map((path) => [
    path,
    readFileSync(`packages/portti/dist${path}`, 'utf8'),
  ]),
)

export const policy = {
  controller: { name: 'Mallila Oy', email: 'tietosuoja@mallila.example', privacyNotice: '/tietosuoja' },
  languages: ['fi', 'sv', 'en'],
  categories: [
    { id: 'necessary', services: ['session'] },
    { id: 'analytics', services: ['google-analytics'] },
    { id: 'demographics', needs: 'analytics', services: ['google-signals'] },
    { id: 'social', services: ['facebook', 'linkedin', 'x', 'instagram'] },
    { id: 'media', services: ['youtube'] },
    { id: 'ads', services: ['google-ads', 'meta-pixel'] },
  ],
}

export interface Fixture {
  readonly body: string
  readonly head?: string
  /** Stands before everything, our tag too. */
  readonly first?: string
  readonly policy?: unknown
  /** Attributes of our tag. */
  readonly tag?: string
  readonly headers?: Record<string, string>
  readonly lang?: string
}

/** The page as a reply. The policy is inline and stands before our tag. */
export function fixturePage({
  body,
  head = '',
  first = '',
  tag = '',
  headers,
  lang = 'fi',
  ...rest
}: Fixture): Reply {
  const declared = JSON.stringify('policy' in rest ? rest.policy : policy)
  return html(
    `<!doctype html><html lang="${lang}"><head>${first}<meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <title>Mallila</title><script type="application/json" id="portti-policy">${declared.replace(/</g, '\\u003c')}</script>
    <script src="/portti.js" ${tag}></script>${head}</head><body>${body}</body></html>`,
    headers,
  )
}

/** Answers `/portti.js`, and the settings beside it, on every host. */
export const porttiFile: Answer = ({ path }) => {
  const body = files.get(path.replace(/\?.*/, ''))
  return body === undefined ? undefined : script(body)
}

/** A tracker that writes down that it ran: `window.ran` gets `name`. */
export const tracker = (name: string): Reply =>
  script(`(window.ran = window.ran || []).push(${JSON.stringify(name)})`, {
    'access-control-allow-origin': '*',
    'cache-control': 'no-store',
  })

/** Where trackers of the tests live. */
export const VENDOR = 'https://vendor.example'
/** Plays that host, from the network each time: a page for `….html`, else a script that writes down that it ran. */
export const vendorHost: Answer = ({ host, path }) => {
  if (host !== 'vendor.example') return undefined
  return path.endsWith('.html')
    ? html('<p>Kehys</p>', { 'cache-control': 'no-store' })
    : tracker(path.slice(1))
}
/** A button of ours, by what it does. */
export const button = (action: string): string => `#portti >>> [data-portti-action="${action}"]`

/**
 * Waits until everything that the page has asked for so far has arrived: its own request, made after two frames, is later
 * than all of it.
 */
export async function arrived(page: Page, world: World): Promise<void> {
  await page.eval(async () => {
    // A tab in the background draws no frames.
    const frame = () =>
      new Promise((drawn) => {
        requestAnimationFrame(drawn)
        setTimeout(drawn, 50)
      })
    await frame()
    await frame()
    await fetch(`/arrived?${Math.random()}`)
  })
  await expect.poll(() => world.seen.some(({ path }) => path.startsWith('/arrived?'))).toBe(true)
}

/** What a page has that nobody has answered on: nothing. */
export const untouched = { cookie: '', localStorage: {}, sessionStorage: {}, databases: [], caches: [] }
