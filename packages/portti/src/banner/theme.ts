/** Gives a host of ours the site's colours, and keeps to light or dark with the visitor's system. */
import { listen } from '../natives/natives.ts'
import type { Theme } from '../policy/declared-policy.ts'

const properties = ['background', 'text', 'accent', 'radius', 'font'] as const
type Look = { readonly [K in (typeof properties)[number]]?: string | undefined }

/** Colours `host` and tells `box`, its content, by its class whether it is dark. Returns what ends it. */
export function dress(host: HTMLElement, box: Element, theme: Theme): () => void {
  const { scheme, dark, background } = theme
  const system = globalThis.matchMedia?.('(prefers-color-scheme:dark)')
  const put = () => {
    // A background without a dark counterpart stays as it is, and what lies on it as well.
    const follows =
      scheme !== 'dark' && scheme !== 'light' && (!background || dark?.background) && system?.matches
    const colors: Look = follows
      ? { ...theme, background: undefined, text: undefined, accent: undefined, ...dark }
      : theme
    for (const name of properties) {
      host.style.setProperty(`--portti-${name}`, colors[name] ?? '')
    }
    box.className = follows || scheme === 'dark' ? 'p d' : 'p'
  }
  put()
  return system ? listen(system, 'change', put) : put
}
