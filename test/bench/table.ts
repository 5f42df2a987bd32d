/** The figures in words and columns: for the terminal, for the README and for docs/bench.md. */
import {
  bytes,
  FRAMES,
  frameMetrics,
  HELD,
  heldMetrics,
  INSERTED,
  type Metric,
  metrics,
  SERVICES,
  serviceMetrics,
  visit,
} from './metrics.ts'
import type { Figures, Shown } from './report.ts'

/** For the terminal: every figure. */
export function text(figures: Figures): string {
  const { contestants } = figures
  const rows = [
    ['', ...contestants.map(({ id }) => id)],
    ...metrics.map((metric) => [
      `${metric.title}${metric.unit && `, ${metric.unit}`}`,
      ...contestants.map((one) => value(one, metric)),
    ]),
    ...INSERTED.map((count) => [
      `page inserts ${count} nodes: overhead, %`,
      ...contestants.map(({ overhead }) => show(overhead[`inserted-${count}`], 1)),
    ]),
    ...grown(figures),
  ].filter(([, ...cells]) => cells.some((cell) => cell !== '–'))
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)))
  const lines = rows.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart((widths[at] ?? 0) + 2)))
      .join(''),
  )
  return [...lines, '', ...remarks(figures)].join('\n')
}

/** For the README: what a visitor notices. */
export function markdown(figures: Figures): string {
  const chosen = [...bytes.filter(({ id }) => !/gzip|raw/.test(id)), ...visit]
  const shown = figures.contestants.filter(({ id }) => id !== 'none' && id !== 'portti-guard')
  return `${table(
    ['', ...shown.map(({ name, version }) => (version ? `${name} ${version}` : name))],
    chosen.map((metric) => [
      `${metric.title}${metric.unit && `, ${metric.unit}`}`,
      ...shown.map((one) => value(one, metric)),
    ]),
  )}\n${made(figures)}\n`
}

/** For docs/bench.md: how costs grow, and everything that was noticed. */
export function scaleTables(figures: Figures): string {
  const shown = figures.contestants
  const heading = ['', ...shown.map(({ name }) => name)]
  const part = (list: readonly Metric[]) =>
    table(
      heading,
      list.map((metric) => [
        `${metric.title}${metric.unit && `, ${metric.unit}`}`,
        ...shown.map((one) => value(one, metric)),
      ]),
    )
  return `# The bench's figures at scale

Written by \`npm run bench -- --write\`. How it is measured: [decisions/11-bench.md](decisions/11-bench.md).

## ${HELD.join(', ')} held scripts

${part(heldMetrics)}
## ${FRAMES.join(' and ')} held frames

${part(frameMetrics)}
## ${SERVICES.join(', ')} declared cookies

Of three services, and of one more for each 50 cookies above 150.

${part(serviceMetrics)}
## The page inserts ${INSERTED.join(' and ')} nodes

CPU of the page that inserts and lays them out, in per cent more than where nothing manages the page.

${table(
  heading,
  INSERTED.map((count) => [
    `${count} nodes`,
    ...shown.map(({ overhead }) => show(overhead[`inserted-${count}`], 1)),
  ]),
)}
## How costs grow

Cost of one more, in microseconds of CPU (of wall time for the settings), and the exponent: 1 is linear, 2 is quadratic.

${table(heading, grown(figures))}
## All sizes

${part(bytes)}
## Noticed

${remarks(figures)
  .map((line) => `- ${line}`)
  .join('\n')}

${made(figures)}
`
}

function grown({ contestants }: Figures): string[][] {
  const names = [...new Set(contestants.flatMap(({ growth }) => Object.keys(growth)))]
  return names.map((name) => [
    name,
    ...contestants.map(({ growth }) => {
      const found = growth[name]
      return found ? `${show(found.each * 1000, 1)} µs, n^${show(found.exponent, 2)}` : '–'
    }),
  ])
}

const remarks = ({ contestants }: Figures): string[] =>
  contestants.flatMap(({ name, notes }) => notes.map((words) => `${name}: ${words}`))

const made = ({ machine, rounds }: Figures): string =>
  `Medians over ${rounds.cpu ?? 0} interleaved ${rounds.cpu === 1 ? 'round' : 'rounds'} (${rounds['held-100-load'] ?? 0} at scale), ${machine.chromium}, ${machine.processors}, ${machine.on}.`

const value = ({ medians }: Shown, { id, decimals = 0 }: Metric): string => show(medians[id], decimals)

const show = (number: number | undefined, decimals: number): string =>
  number === undefined || !Number.isFinite(number) ? '–' : number.toFixed(decimals)

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`
  const ruler = line(heading.map((_, at) => (at === 0 ? '---' : '---:')))
  return line(heading) + ruler + rows.map(line).join('')
}
