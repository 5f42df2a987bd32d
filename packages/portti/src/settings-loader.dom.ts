/**
 * Fetches `portti-settings.js` when the settings are wanted: with the nonce of our own tag and the hash that the build knows,
 * so that a hash on the tag covers it too.
 */
import type { OpenSettings } from './banner/open-settings.ts'
import { trust } from './gate/trusted-types.dom.ts'
import { createElement, listen, rootOf } from './natives/natives.ts'

declare const SETTINGS_INTEGRITY: string

const SETTINGS = Symbol.for('portti.settings')

export function settingsFrom(tag: HTMLOrSVGScriptElement | null): () => Promise<OpenSettings> {
  // The tag is the browser's own answer, not a name that the page's markup could take.
  const own = tag instanceof HTMLScriptElement ? tag : undefined
  const url = own?.getAttribute('data-settings') ?? own?.src.replace(/[^/]*$/, 'portti-settings.js') ?? ''
  let loading: Promise<OpenSettings> | undefined
  return () => {
    loading ??= load(url, own)
      .then(() => (globalThis as { [SETTINGS]?: OpenSettings })[SETTINGS] ?? Promise.reject())
      .catch((error) => {
        loading = undefined
        console.warn(
          `portti: the settings could not be loaded from ${url}. Put portti-settings.js of the same version there.`,
        )
        throw error
      })
    return loading
  }
}

/** A script that comes as our own tag does; its address is not there yet. */
export function scriptLike(own: HTMLScriptElement | undefined, integrity: string): HTMLScriptElement {
  const script = createElement('script') as HTMLScriptElement
  script.integrity = integrity
  if (own?.nonce) script.nonce = own.nonce
  if (own?.crossOrigin != null) script.crossOrigin = own.crossOrigin
  return script
}

function load(url: string, own: HTMLScriptElement | undefined): Promise<unknown> {
  const script = scriptLike(own, SETTINGS_INTEGRITY)
  // Where Trusted Types refuse our policy a module may still come; it inherits the nonce.
  if (!trust(() => (script.src = trust.url(url)))) return import(/* @vite-ignore */ url)
  return new Promise((resolve, reject) => {
    listen(script, 'load', resolve)
    listen(script, 'error', reject)
    rootOf().append(script)
  }).finally(() => script.remove())
}
