/** The README's tables of what is held. They follow from the cases and from what is known of them, which the suite keeps true. */
import type { Engine } from '../browser/engines.ts'
import { families } from './cases.ts'
import { type FaultKind, knownFaults, type Reason, reasonOf, reasons } from './expected.ts'
import { phasesOn, type Rung, rungs } from './rungs.ts'

export const engines = ['chromium', 'firefox', 'webkit'] as const satisfies readonly Engine[]

const NAMES: Readonly<Record<Engine, string>> = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKit' }

interface Faulty {
  readonly kind: FaultKind
  readonly reason: Reason | undefined
}

/** Markdown: what is held on each rung in each engine, then why the rest is not. */
export function leakTable(): string {
  const titles = [
    'rung',
    'engine',
    'ways out',
    'held',
    'runs or stores',
    'asks only',
    'does not work after the yes',
  ]
  const head = `| ${titles.join(' | ')} |\n| --- | --- |${' ---: |'.repeat(titles.length - 2)}\n`
  const rows = rungs.flatMap((rung) => engines.map((engine) => row(rung, engine)))
  return `${head}${rows.join('')}${why()}`
}

/** What is known of each way out that an engine has, on a rung. */
function casesOn(rung: Rung, engine: Engine): Faulty[][] {
  return families.flatMap(({ name: family, cases }) =>
    cases
      .filter((one) => one.except?.[engine] === undefined && phasesOn(rung, one) !== 'none')
      .map((one) => {
        const name = `${family}: ${one.name}`
        const at = phasesOn(rung, one) === 'same' ? 'guard' : rung
        return knownFaults(name, engine, at).map((kind) => ({
          kind,
          reason: reasonOf(name, engine, at, kind),
        }))
      }),
  )
}

/** A case counts where it is worst. */
function row(rung: Rung, engine: Engine): string {
  const cases = casesOn(rung, engine)
  const has = (faults: readonly Faulty[], ...kinds: FaultKind[]) =>
    faults.some(({ kind, reason }) => kinds.includes(kind) && !reason?.harmless)
  const run = cases.filter((faults) => has(faults, 'run', 'trace')).length
  const asked = cases.filter((faults) => !has(faults, 'run', 'trace') && has(faults, 'request')).length
  const broken = cases.filter((faults) => has(faults, 'lost', 'twice', 'harm')).length
  const cells = [rung, NAMES[engine], cases.length, cases.length - run - asked, run, asked, broken]
  return `| ${cells.join(' | ')} |\n`
}

/** A line per reason, with the number of its cases in the three engines. */
function why(): string {
  const head = `| why, and in how many cases (${engines.map((engine) => NAMES[engine]).join(' / ')}) |${rungs.map((rung) => ` ${rung} |`).join('')}\n| --- |${' ---: |'.repeat(rungs.length)}\n`
  const count = (reason: Reason, rung: Rung, engine: Engine) =>
    casesOn(rung, engine).filter((faults) => faults.some((fault) => fault.reason === reason)).length
  const rows = reasons.map((reason) => {
    const cells = rungs.map((rung) => engines.map((engine) => count(reason, rung, engine)))
    const shown = cells.map((counts) => (counts.some((n) => n > 0) ? counts.join(' / ') : '–'))
    return `| ${reason.why} | ${shown.join(' | ')} |\n`
  })
  return `\n${head}${rows.join('')}`
}
