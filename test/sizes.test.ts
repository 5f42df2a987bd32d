import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const README = `${ROOT}README.md`
const TABLE = /(?<=<!-- sizes -->\n).*?(?=<!-- \/sizes -->)/s

/** What size-limit prints of one entry of package.json; it calls 1,000 bytes a kB. */
interface Measured {
  readonly name: string
  readonly passed: boolean
  readonly size: number
  readonly sizeLimit: number
}

const measured = measure()

test.each(measured)('$name keeps to its size', ({ size, sizeLimit, passed }) => {
  expect(size).toBeGreaterThan(0)
  expect(size).toBeLessThanOrEqual(sizeLimit)
  expect(passed).toBe(true)
})

test('the README tells the sizes as they are (UPDATE=1 rewrites them)', () => {
  const readme = readFileSync(README, 'utf8')
  const table = asTable(measured)
  expect(readme, 'README.md has <!-- sizes --> and <!-- /sizes -->, each on its own line').toMatch(TABLE)
  if (process.env.UPDATE) writeFileSync(README, readme.replace(TABLE, table))
  else expect(readme.match(TABLE)?.[0]).toBe(table)
})

function measure(): readonly Measured[] {
  const command = `${ROOT}node_modules/.bin/size-limit`
  try {
    return JSON.parse(execFileSync(command, ['--json'], { cwd: ROOT, encoding: 'utf8' }))
  } catch (error) {
    // It ends with 1 when an entry is too big, and says which on stdout.
    const printed = error instanceof Error && 'stdout' in error ? String(error.stdout) : ''
    if (printed.startsWith('[')) return JSON.parse(printed)
    throw new Error(`size-limit could not measure; is it built? (npm run build)\n${printed}`, {
      cause: error,
    })
  }
}

function asTable(entries: readonly Measured[]): string {
  const rows = entries.map(
    ({ name, size, sizeLimit }) => `| \`${name}\` | ${kB(size)} | ${kB(sizeLimit)} |\n`,
  )
  return `| file | brotli | limit |\n| --- | ---: | ---: |\n${rows.join('')}`
}

/** One decimal. */
function kB(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`
}
