import type { Guard } from '../gate/guarded.ts'
import { createGuard } from './guard.ts'
import { known } from './known.ts'

/**
 * Holds, from this call on, what goes to a tracker and what nobody marked: elements that come into the page, calls, and writes
 * to storage. Call it before any other code of the page, and hand it to `createPortti`:
 *
 * `createPortti({ policy, guard: guard() })`
 *
 * It replaces built-ins of the page, which without it nothing of Portti does; `dispose()` puts them back.
 *
 * @param from Address of our own file, whose host is no third party.
 */
export const guard = (from?: string): Guard => createGuard(known, from)
