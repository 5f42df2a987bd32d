/** The entry `portti`: consent, gate, banner, Finnish, Swedish and English, and the whole catalogue. */
import { bridges } from './bridges/index.ts'
import { record } from './consent/record.ts'
import { createGate as gate } from './gate/gate.ts'
import { languages } from './locales/index.ts'
import type { DeclaredPolicy } from './policy/declared-policy.ts'
import type { IdsOf } from './policy/define-policy.ts'
import { parseOrThrow as parse } from './policy/parse-or-throw.ts'
import { create, type Portti, type PorttiOptions } from './portti.ts'
import { catalogue } from './services/catalogue.ts'
import { createUiWith } from './ui.ts'

export { definePolicy } from './policy/define-policy.ts'
export type * from './portti.ts'

/** A part of its own, so that bundlers leave it out of the first load. */
const loadSettings = async () => (await import('./settings/open-settings.ts')).openSettings

/**
 * Starts Portti on this page: shows the banner if something is to be asked, and holds and releases what is marked.
 *
 * Called a second time, or beside the script tag, it returns the one that runs. On a server it does nothing, and nothing is
 * allowed. Never throws: a faulty policy holds everything and says why in the console.
 */
export function createPortti<const P extends DeclaredPolicy | Promise<unknown> | string>(
  options: PorttiOptions<P>,
): Portti<P extends DeclaredPolicy ? IdsOf<P> : string> {
  const createUi = createUiWith(languages, loadSettings)
  // The cast narrows the ids that may be asked for; the object is the same.
  return create(options, { parse, gate, bridges, record, catalogue, createUi }) as Portti<
    P extends DeclaredPolicy ? IdsOf<P> : string
  >
}
