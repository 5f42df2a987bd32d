/**
 * The file `portti-audit.js`, for the people of a site while they look after it: `<script src="/portti-audit.js"></script>` right behind
 * our tag. The console then says what the page does that its policy does not cover, as `window.porttiAudit.found()` does.
 *
 * The policy is the one of our tag, or the one that `data-policy` names. `data-allow`: hosts that the site needs and asks nobody
 * about, with spaces between them.
 */
import { type Audit, type Audited, audit } from './audit/audit.ts'
import { report } from './audit/report.ts'
import { currentScript, listen, queryAll } from './natives/natives.ts'
import { explain } from './policy/explain.ts'
import { parse } from './policy/parse.ts'
import { readPolicy } from './read-policy.dom.ts'
import { catalogue } from './services/catalogue.ts'

/** Milliseconds without anything new after which it is told. */
const QUIET = 2000

const tag = currentScript()
const policy = readPolicy(
  (tag?.hasAttribute('data-policy') ? tag : queryAll(document, 'script[data-policy]')[0])?.getAttribute(
    'data-policy',
  ),
)
// The casts: our own names on the page, which TypeScript cannot know.
const page = window as { porttiAudit?: Audit }
const owner = () => (globalThis as { [key: symbol]: Audited | undefined })[Symbol.for('portti')]

/** The one that runs here: at once, or as soon as its guard has let it start. */
const portti = new Promise<Audited>((resolve) => {
  const take = () => {
    const found = owner()
    if (found) resolve(found)
  }
  take()
  listen(document, 'portti:ready', take)
})

let timer: ReturnType<typeof setTimeout> | undefined
const tellSoon = () => {
  clearTimeout(timer)
  timer = setTimeout(() => {
    const found = page.porttiAudit?.found() ?? []
    if (owner()) console[found.length > 0 ? 'warn' : 'info'](report(found))
    else console.warn('portti audit: Portti does not run on this page, so there is nothing to compare with.')
  }, QUIET)
}

page.porttiAudit = audit({
  policy,
  portti,
  allow: tag?.getAttribute('data-allow')?.split(/\s+/).filter(Boolean) ?? [],
  onFind: tellSoon,
})
tellSoon()

/** What is wrong with the policy, in full sentences; `portti.js` carries only the short form. */
async function explainFaults(): Promise<void> {
  const parsed = parse(await policy, catalogue)
  if (!parsed.ok) console.warn(`portti audit: ${parsed.issues.map(explain).join('\n')}`)
}
// That it cannot be read at all Portti says itself.
explainFaults().catch(() => {})
