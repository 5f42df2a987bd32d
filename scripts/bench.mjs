/** Compiles and runs the bench; the words after `npm run bench --` go to it. See test/bench/README.md. */
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
const file = 'test/bench/dist/bench.mjs'
await build({
  entryPoints: ['test/bench/main.ts'],
  outfile: file,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
})
await import(pathToFileURL(file).href)
