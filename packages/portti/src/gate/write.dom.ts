/** `document.write` of scripts that run late. */
import { attempt } from '../consent/when.ts'
import { bodyOf, closest } from '../natives/natives.ts'
import { trust } from './trusted-types.dom.ts'

/**
 * Starts an inline script, and puts what it writes behind it. A browser would put a new page in the place of this one, once its
 * parser is done. The page has these methods only while the script runs; where it has put its own, those stay.
 */
export function startWriting(script: Element, start: () => void): void {
  let text = ''
  // On a page whose objects all inherit a `get` the descriptor may not, and where everything is frozen nothing is put.
  const put = (key: string, end: string): boolean =>
    Reflect.defineProperty(document, key, {
      __proto__: null,
      configurable: true,
      writable: true,
      value: (...parts: unknown[]) => {
        text += parts.join('') + end
      },
    } as PropertyDescriptor)
  const ours = !Object.hasOwn(document, 'write') && put('write', '') && put('writeln', '\n')
  try {
    start()
  } finally {
    if (ours) for (const key of ['write', 'writeln']) Reflect.deleteProperty(document, key)
  }
  if (text) attempt(() => putBehind(script, text))
}

/** Puts what `script` writes behind it. What can be seen does not stay in the head, as from a parser. */
export function putBehind(script: Element, text: string): void {
  const part = trust(() => new Range().createContextualFragment(trust.markup(text)))
  if (!part) return
  // The external ones keep their order.
  for (const written of part.querySelectorAll('script')) written.async = written.hasAttribute('async')
  const body = bodyOf()
  if (body && closest(script, 'head')) body.prepend(part)
  else script.after(part)
}
