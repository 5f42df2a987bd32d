/** axe-core on the page that is open: WCAG 2.2 AA and best practice, with the target size that it leaves out by itself. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from './engines.ts'

declare const axe: { run(options: RunOptions): Promise<AxeResults> }

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export interface Findings {
  readonly violations: readonly string[]
  /** What axe could not decide. */
  readonly incomplete: readonly string[]
}

export async function findings(page: Page): Promise<Findings> {
  await page.eval(AXE)
  return page.eval(async () => {
    const result = await axe.run({
      runOnly: {
        type: 'tag',
        values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      },
      rules: { 'target-size': { enabled: true } },
      resultTypes: ['violations', 'incomplete'],
    })
    const lines = (found: typeof result.violations) =>
      found.flatMap(({ id, nodes }) =>
        nodes.map(
          ({ target, any, all }) =>
            `${id}: ${target.flat()} ${[...any, ...all].map(({ message }) => message).join(' ')}`,
        ),
      )
    return { violations: lines(result.violations), incomplete: lines(result.incomplete) }
  })
}
