/**
 * Puts `portti-guard.js`, from beside our own file or from the address in `data-guard`, right behind our tag: the parser waits for
 * it, so nothing of the page runs before. A site may also write that tag itself before ours, which saves a round trip.
 */
import type { Guard } from './gate/guarded.ts'
import { trust } from './gate/trusted-types.dom.ts'
import { listen, queryAll, rootOf, writeMarkup } from './natives/natives.ts'
import { scriptLike } from './settings-loader.dom.ts'

declare const GUARD_INTEGRITY: string

const GUARD = Symbol.for('portti.guard')
/** Tells the tag that we have written from others. */
const MARK = 'data-portti-guard'

/** Calls `work` with the guard as soon as it is there; without it if the tag asks for none, or if it cannot be had. */
export function withGuard(
  tag: HTMLOrSVGScriptElement | null,
  work: (guard: Guard | undefined) => void,
): void {
  // What stands under this symbol our own file has put there.
  const page = globalThis as { [GUARD]?: Guard }
  const take = () => {
    const found = page[GUARD]
    delete page[GUARD]
    return found
  }
  const early = take()
  if (early || !(tag instanceof HTMLScriptElement) || !tag.hasAttribute('data-guard')) {
    work(early)
    return
  }

  const url = tag.getAttribute('data-guard') || tag.src.replace(/[^/]*$/, 'portti-guard.js')
  const script = scriptLike(tag, GUARD_INTEGRITY)
  // In what is written a nonce has to be an attribute.
  script.setAttribute('nonce', tag.nonce)
  script.setAttribute(MARK, '')
  const failed = () => {
    console.warn(
      `portti: no guard could be loaded from ${url}. Put portti-guard.js of the same version there.`,
    )
    work(undefined)
  }
  if (!trust(() => (script.src = trust.url(url)))) {
    failed()
    return
  }
  if (!tag.async && !tag.defer && tag.type !== 'module')
    try {
      writeMarkup(trust.markup(script.outerHTML))
    } catch {
      // XHTML knows no writing.
    }
  const written = queryAll(document, `script[${MARK}]`)[0]
  if (!written) {
    console.warn(
      'portti: the guard comes late. Put our tag first in <head>, without async, defer or type="module".',
    )
    rootOf().append(script)
  }
  const target = written ?? script
  listen(target, 'load', () => {
    target.remove()
    work(take())
  })
  listen(target, 'error', failed)
}
