/** Inputs worth trying again: what has met something new, and what has broken a promise once. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const pathOf = (name: string) => join('test', 'fuzz', 'corpus', `${name}.json`)

export const readCorpus = (name: string): readonly string[] =>
  JSON.parse(readFileSync(pathOf(name), 'utf8')) as string[]

/** ASCII, so that an editor harms neither a control character nor half a surrogate pair. */
export function writeCorpus(name: string, inputs: Iterable<string>): void {
  const text = JSON.stringify([...new Set(inputs)], null, 2).replace(
    /[\u007f-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  writeFileSync(pathOf(name), `${text}\n`)
}
