/**
 * The file `portti-guard.js`: guards from here on, and waits under a symbol for `portti.js` to take it. Once the page has been
 * parsed it says what is wrong with the head line, if there is one.
 */
import { guard } from './guard/index.ts'
import { checkHeadLine } from './lock/head-line.dom.ts'

// The getter on the prototype: `document.currentScript` may be an element of that name.
const getter = Object.getOwnPropertyDescriptor(Document.prototype, 'currentScript')?.get
const tag: HTMLOrSVGScriptElement | null = getter?.call(document)
// Where `portti.js` has written our tag, its own stands before it.
const ours = tag?.hasAttribute('data-portti-guard') ? tag.previousElementSibling : tag

Object.defineProperty(globalThis, Symbol.for('portti.guard'), {
  value: guard(tag?.getAttribute('src') ?? undefined),
  configurable: true,
})
addEventListener('DOMContentLoaded', () => {
  try {
    const fault = checkHeadLine(ours ?? null)
    if (fault) console.warn(`portti: the head line: ${fault}`)
  } catch {
    // A page that has put elements in the place of the built-ins gets no advice.
  }
})
