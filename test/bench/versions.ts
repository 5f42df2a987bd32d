/** Which version of a package is measured. */
import { readFileSync } from 'node:fs'
import type { Contestant } from './contestants/contestant.ts'

/** Read from the file, because not every package exports its package.json. */
export function versionOf(contestant: Contestant): { version?: string } {
  if (!contestant.package) return {}
  const text = readFileSync(`test/bench/node_modules/${contestant.package}/package.json`, 'utf8')
  const { version } = JSON.parse(text) as { version: string }
  return { version }
}
