/** The results as the README shows them. */
import type { Fault } from './faults.ts'

/** Kept as they were measured, in `docs/faults.json`. */
export interface Results {
  readonly date: string
  readonly browser: string
  readonly entrants: readonly { readonly id: string; readonly name: string; readonly version: string }[]
  readonly rows: readonly {
    readonly fault: string
    readonly anchor: boolean
    /** Per entrant in that order what went wrong; `null`: nothing. */
    readonly wrong: readonly (string | null)[]
  }[]
}

export function asTable({ date, browser, entrants, rows }: Results): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`
  const passed = (some: Results['rows']) =>
    entrants.map(
      (_, index) => `**${some.filter(({ wrong }) => wrong[index] === null).length} of ${some.length}**`,
    )
  const listed = (some: Results['rows']) =>
    some
      .map(({ fault, wrong }) => line([fault, ...wrong.map((word) => (word === null ? '✓' : word))]))
      .join('')
  const [first, more] = [rows.filter(({ anchor }) => anchor), rows.filter(({ anchor }) => !anchor)]
  return (
    line(['fault', ...entrants.map(({ name, version }) => `${name} ${version}`)]) +
    line(['---', ...entrants.map(() => '---')]) +
    listed(first) +
    line(['passed', ...passed(first)]) +
    listed(more) +
    line(['passed of all', ...passed(rows)]) +
    `\n${date}, ${browser}, one machine.\n`
  )
}

export const rowOf = (
  { name, anchor }: Fault,
  wrong: readonly (string | undefined)[],
): Results['rows'][number] => ({
  fault: name,
  anchor: anchor === true,
  wrong: wrong.map((word) => word ?? null),
})
