/** Compiles and runs the fault course; the words after `npm run faults --` go to it. See test/faults/README.md. */
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
process.env.ENGINE = 'chromium'
const file = 'test/faults/dist/faults.mjs'
await build({
  entryPoints: ['test/faults/main.ts'],
  outfile: file,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
})
await import(pathToFileURL(file).href)
