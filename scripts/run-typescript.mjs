/** Compiles a TypeScript program of this repository into one file and runs it in this process, from the repository's root. */
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

/**
 * @param {string} entry
 * @param {string} outfile Where packages are found from as from the entry itself; they are not compiled in.
 */
export async function runTypeScript(entry, outfile) {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)))
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  })
  await import(pathToFileURL(outfile).href)
}
