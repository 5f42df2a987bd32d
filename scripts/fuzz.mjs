/** Builds the long search (`test/fuzz/long-search.ts`) into one file, so that its coverage can be counted, and runs it. */
import { spawnSync } from 'node:child_process'
import { build } from 'esbuild'

await build({
  entryPoints: ['test/fuzz/long-search.ts'],
  outfile: 'reports/fuzz.mjs',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
})
const { status } = spawnSync('node', ['reports/fuzz.mjs', ...process.argv.slice(2)], { stdio: 'inherit' })
process.exitCode = status ?? 1
