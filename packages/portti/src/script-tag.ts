/**
 * The file `portti.js`: `<script src="/portti.js" data-policy="/consent-policy.json"></script>`, first in `<head>`.
 *
 * Without `data-policy` the policy is the text of `<script type="application/json" id="portti-policy">`, which saves the
 * fetch. `data-language` sets the language. What it makes is `window.portti`. The settings are fetched when they are opened, from
 * `portti-settings.js` beside this file, or from the address in `data-settings`. With `data-guard` what nobody marked is held
 * too: `guard-loader.dom.ts`.
 */
import { bridges } from './bridges/index.ts'
import { record } from './consent/record.ts'
import { createGate as gate } from './gate/gate.ts'
import { withGuard } from './guard-loader.dom.ts'
import { languages } from './locales/index.ts'
import { currentScript, listen, Observer, queryAll, readyState, request } from './natives/natives.ts'
import { parseOrThrow as parse } from './policy/parse-or-throw.ts'
import { create } from './portti.ts'
import { catalogue } from './services/catalogue.ts'
import { settingsFrom } from './settings-loader.dom.ts'
import { createUiWith } from './ui.ts'

/** A policy that has not come by then holds everything until the next page. */
const TIMEOUT_MS = 5000
const LARGEST = 262144

const tag = currentScript()
const url = tag?.getAttribute('data-policy')
const language = tag?.getAttribute('data-language')

const policy = url ? fetchPolicy(url) : inlinePolicy()

withGuard(tag, (guard) => {
  const portti = create(
    {
      policy,
      nonce: tag?.nonce || undefined,
      guard,
      ...(language ? { language } : {}),
    },
    { parse, gate, bridges, record, catalogue, createUi: createUiWith(languages, settingsFrom(tag)) },
  )
  // Not an assignment: an element with the id `portti` stands there already under that name.
  Object.defineProperty(window, 'portti', { value: portti, configurable: true })
})

async function fetchPolicy(address: string): Promise<string> {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MS)
  const response = await request(address, { signal: abort.signal, credentials: 'same-origin' })
  if (!response.ok) throw `${address}: found HTTP ${response.status}, expected a policy`
  if (Number(response.headers.get('content-length')) > LARGEST) throw `${address}: expected at most 256 KB`
  const text = await response.text()
  clearTimeout(timer)
  return text
}

/** The text of the inline policy: at once if it stands before our tag, else when the parser gets there. */
function inlinePolicy(): string | Promise<string> {
  const find = () => queryAll(document, 'script#portti-policy')[0]?.textContent
  const text = find()
  if (text) return text
  return new Promise((resolve, reject) => {
    const look = () => {
      const found = find()
      // While the parser is at it the text may be half there.
      const complete =
        found &&
        (readyState() !== 'loading' || queryAll(document, 'script#portti-policy ~ *, body').length > 0)
      if (!complete && readyState() === 'loading') return
      observer.disconnect()
      end()
      if (found) resolve(found)
      else
        reject(
          'no data-policy on the script tag and no <script type="application/json" id="portti-policy"> in the page',
        )
    }
    const observer = new Observer(look)
    observer.observe(document, { childList: true, subtree: true })
    const end = listen(document, 'DOMContentLoaded', look)
    if (readyState() !== 'loading') look()
  })
}
