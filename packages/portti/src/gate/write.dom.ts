/** `document.write` of scripts that run late. */
import { attempt } from '../consent/when.ts'
import { bodyOf, closest, currentScript } from '../natives/natives.ts'
import { put } from './put.ts'
import { trust } from './trusted-types.dom.ts'

export interface Writing {
  /** Starts an inline script, and puts what it writes behind it, and what that writes behind that. */
  start(script: Element, begin: () => void): void
  /** The page has the browser's methods again. */
  end(): void
}

/**
 * Catches what late inline scripts write. A browser would put a new page in the place of this one, once its parser is done. From
 * `start` to `end` the page has methods of ours; where it has put its own, those stay.
 */
export function createWriting(): Writing {
  const texts = new Map<Element, string>()
  let ours = false
  let started: Element
  const method = (key: string, end: string): boolean =>
    put(document, key, (...parts: unknown[]) => {
      const writer = currentScript() ?? started
      texts.set(writer, (texts.get(writer) ?? '') + parts.join('') + end)
    })

  return {
    start(script, begin) {
      ours ||= !Object.hasOwn(document, 'write') && method('write', '') && method('writeln', '\n')
      started = script
      // What was written by a method that a script has kept belongs to nobody.
      texts.clear()
      begin()
      for (const [writer, text] of texts) {
        texts.delete(writer)
        attempt(() => putBehind(writer, text))
      }
    },
    end() {
      if (ours) for (const key of ['write', 'writeln']) Reflect.deleteProperty(document, key)
      ours = false
    },
  }
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
