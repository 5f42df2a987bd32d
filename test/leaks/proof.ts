/**
 * That a case is a way out was seen on a page without Portti. It is seen again when the case has changed; in between the
 * proof is kept, for it takes as long as the suite itself. `UPDATE=1` keeps new ones, `LEAKS_PROVE=1` sees all of them again.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Engine } from '../browser/engines.ts'
import type { LeakCase } from './leak-case.ts'

export interface Proof {
  /** How often each of `reaches` was asked. */
  readonly counts: readonly number[]
  /** Milliseconds after the page's load, rounded down to hundreds. */
  readonly late: number
}

/** Case → print, counts, late. */
type Kept = Record<string, readonly [print: string, counts: readonly number[], late: number]>

const fileOf = (engine: Engine) => fileURLToPath(new URL(`proven/${engine}.json`, import.meta.url))

/** The proofs of an engine. */
export function createProofs(engine: Engine) {
  const file = fileOf(engine)
  const read = (): Kept => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {})
  const kept = read()
  return {
    /** The proof of a case as it is now. */
    find(name: string, one: LeakCase): Proof | undefined {
      const found = Object.hasOwn(kept, name) ? kept[name] : undefined
      return found?.[0] === printOf(one) ? { counts: found[1], late: found[2] } : undefined
    },
    /** Keeps a proof and writes them all, one line per case. */
    keep(name: string, one: LeakCase, { counts, late }: Proof): void {
      // Another run may share the work.
      const all = { ...read(), [name]: [printOf(one), counts, late] }
      const lines = Object.entries(all)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map((entry) => entry.map((part) => JSON.stringify(part)).join(': '))
      writeFileSync(file, `{\n${lines.join(',\n')}\n}\n`)
    },
  }
}

/** Of what makes the page and what is seen there. */
function printOf({ name: _, nextLoad: __, undeclared: ___, ...one }: LeakCase): string {
  return createHash('sha256').update(JSON.stringify(one)).digest('hex').slice(0, 8)
}
