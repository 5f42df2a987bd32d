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
import { currentScript, isElement } from './natives/natives.ts'
import { parseOrThrow as parse } from './policy/parse-or-throw.ts'
import { create } from './portti.ts'
import { readPolicy } from './read-policy.dom.ts'
import { catalogue } from './services/catalogue.ts'
import { settingsFrom } from './settings-loader.dom.ts'
import { createUiWith } from './ui.ts'

const tag = currentScript()
const language = tag?.getAttribute('data-language')

const policy = readPolicy(tag?.getAttribute('data-policy'))

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
  const page = window as { portti?: { ready?: unknown } }
  // A variable of the page's own keeps the name; Firefox would let us take it.
  if (Object.hasOwn(page, 'portti') && !isElement(page.portti) && !page.portti?.ready) return
  // Not an assignment: an element with the id `portti` stands there already under that name. On a page whose objects all
  // inherit a `get` the descriptor may not.
  const shown = { __proto__: null, value: portti, configurable: true } as PropertyDescriptor
  Object.defineProperty(page, 'portti', shown)
})
