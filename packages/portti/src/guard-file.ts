/** The file `portti-guard.js`: guards from here on, and waits under a symbol for `portti.js` to take it. */
import { guard } from './guard/index.ts'

Object.defineProperty(globalThis, Symbol.for('portti.guard'), { value: guard(), configurable: true })
