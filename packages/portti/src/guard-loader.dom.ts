/**
 * Puts `portti-guard.js`, from beside our own file or from the address in `data-guard`, right behind our tag: the parser waits for
 * it, so nothing of the page runs before. A site may also write that tag itself before ours, which saves a round trip.
 */
import type { Guard } from './gate/guarded.ts'
import { trust } from './gate/trusted-types.dom.ts'
import { createElement, listen, queryAll, rootOf, writeMarkup } from './natives/natives.ts'

declare const GUARD_INTEGRITY: string

const GUARD = Symbol.for('portti.guard')
/** Tells the tag that we have written from others. */
const MARK = 'data-portti-guard'

/** Calls `work` with the guard as soon as it is there; without it if the tag asks for none, or if it cannot be had. */
export function withGuard(
  tag: HTMLOrSVGScriptElement | null,
  work: (guard: Guard | undefined) => void,
): void {
  const page = globalThis as { [GUARD]?: unknown }
  const take = () => {
    const found = Object.hasOwn(page, GUARD) ? page[GUARD] : undefined
    delete page[GUARD]
    // The cast: what stands under this symbol our own file has put there.
    return found as Guard | undefined
  }
  const early = take()
  if (early || !(tag instanceof HTMLScriptElement) || !tag.hasAttribute('data-guard')) {
    work(early)
    return
  }

  const url = new URL(tag.getAttribute('data-guard') || 'portti-guard.js', tag.src).href
  const script = createElement('script') as HTMLScriptElement
  script.setAttribute(MARK, '')
  script.integrity = GUARD_INTEGRITY
  // What is written is markup: there a nonce has to be an attribute.
  if (tag.nonce) script.setAttribute('nonce', tag.nonce)
  if (tag.crossOrigin != null) script.crossOrigin = tag.crossOrigin
  trust(() => (script.src = trust.url(url)))

  const written = () => queryAll(document, `script[${MARK}]`)[0]
  if (!tag.async && !tag.defer && tag.type !== 'module')
    trust(() => writeMarkup(trust.markup(script.outerHTML)))
  const found = written()
  if (!found) {
    console.warn(
      'portti: the guard comes late, and what stands before it in the page has run. Put our tag first in <head>, without async, defer and type="module".',
    )
    rootOf().append(script)
  }
  const target = found ?? script
  listen(target, 'load', () => {
    target.remove()
    work(take())
  })
  listen(target, 'error', () => {
    console.warn(
      `portti: the guard could not be loaded from ${url}. Put portti-guard.js of the same version there.`,
    )
    work(undefined)
  })
}
