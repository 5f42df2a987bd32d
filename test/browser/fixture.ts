/** One page of a made-up company with Portti on it, for tests of single things. */
import { readFileSync } from 'node:fs'
import { type Answer, html, type Reply, script } from './world.ts'

const bundle = readFileSync('packages/portti/dist/portti.js', 'utf8')

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
  readonly policy?: unknown
  /** Attributes of our tag. */
  readonly tag?: string
  readonly headers?: Record<string, string>
  readonly lang?: string
}

/** The page as a reply. The policy is inline and stands before our tag. */
export function fixturePage({ body, head = '', tag = '', headers, lang = 'fi', ...rest }: Fixture): Reply {
  const declared = JSON.stringify('policy' in rest ? rest.policy : policy)
  return html(
    `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <title>Mallila</title><script type="application/json" id="portti-policy">${declared.replace(/</g, '\\u003c')}</script>
    <script src="/portti.js" ${tag}></script>${head}</head><body>${body}</body></html>`,
    headers,
  )
}

/** Answers `/portti.js` on every host. */
export const porttiFile: Answer = (request) => (request.path === '/portti.js' ? script(bundle) : undefined)

/** A tracker that writes down that it ran: `window.ran` gets `name`. */
export const tracker = (name: string): Reply =>
  script(`(window.ran = window.ran || []).push(${JSON.stringify(name)})`, {
    'access-control-allow-origin': '*',
  })
