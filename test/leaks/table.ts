/** The README's table of what is held. It follows from the cases and from what is known of them, which the suite keeps true. */
import type { Engine } from '../browser/engines.ts'
import { families } from './cases.ts'
import { type FaultKind, known, knownFaults, measured } from './expected.ts'
import { phasesOn, type Rung, rungs } from './rungs.ts'

export const engines = ['chromium', 'firefox', 'webkit'] as const satisfies readonly Engine[]

const NAMES: Readonly<Record<Engine, string>> = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKit' }

/** Ordered by weight: a case counts where it is worst. */
const WORST: readonly (readonly [title: string, kinds: readonly FaultKind[]])[] = [
  ['runs or stores', ['run', 'trace']],
  ['asks only', ['request']],
]

/** Markdown: a row per rung and engine, then what is not held and why. */
export function leakTable(): string {
  const rows = rungs.flatMap((rung) =>
    engines.filter((engine) => measured[engine].includes(rung)).map((engine) => row(rung, engine)),
  )
  const titles = [
    'rung',
    'engine',
    'ways out',
    'held',
    ...WORST.map(([title]) => title),
    'does not work after the yes',
  ]
  const head = `| ${titles.join(' | ')} |\n| --- | --- |${' ---: |'.repeat(titles.length - 2)}\n`
  return `${head}${rows.join('')}${exceptions()}`
}

function row(rung: Rung, engine: Engine): string {
  const cases = families.flatMap(({ name, cases }) =>
    cases
      .filter((one) => one.except?.[engine] === undefined && phasesOn(rung, one) !== 'none')
      .map((one) => [
        ...knownFaults(
          `${name}: ${one.name}`,
          engine,
          phasesOn(rung, one) === 'same' ? 'guard' : rung,
        ).keys(),
      ]),
  )
  const has = (kinds: readonly FaultKind[]) => (faults: readonly FaultKind[]) =>
    faults.some((kind) => kinds.includes(kind))
  const [runs, asks] = WORST.map(([, kinds]) => has(kinds))
  const run = cases.filter((faults) => runs?.(faults)).length
  const asked = cases.filter((faults) => !runs?.(faults) && asks?.(faults)).length
  const broken = cases.filter(has(['lost', 'twice', 'harm'])).length
  return `| ${rung} | ${NAMES[engine]} | ${cases.length} | ${cases.length - run - asked} | ${run} | ${asked} | ${broken} |\n`
}

/** One line per reason and place, with the number of its cases. */
function exceptions(): string {
  const lines = new Map<string, number>()
  for (const { of, engines, rungs, why } of known) {
    const where = engines.length === 3 ? 'every engine' : engines.map((one) => NAMES[one]).join(', ')
    const line = `${why} (${where}, ${rungs.join(' and ')})`
    lines.set(line, (lines.get(line) ?? 0) + of.length)
  }
  if (lines.size === 0) return ''
  return `\nWhat is not held, or not given back, with the number of cases:\n\n${[...lines].map(([line, count]) => `- ${count}: ${line}\n`).join('')}`
}
