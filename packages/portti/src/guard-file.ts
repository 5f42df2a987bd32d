/** The file `portti-guard.js`: guards from here on, and waits under a symbol for `portti.js` to take it. */
import { guard } from './guard/index.ts'

// The getter on the prototype: `document.currentScript` may be an element of that name.
const tag = Object.getOwnPropertyDescriptor(Document.prototype, 'currentScript')?.get?.call(document)

Object.defineProperty(globalThis, Symbol.for('portti.guard'), { value: guard(tag?.src), configurable: true })
