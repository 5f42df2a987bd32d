/** The entry `portti/gate`: what holds and releases the marked parts of a page, for `portti/headless`. */
export { createGate as gate } from './gate.ts'
