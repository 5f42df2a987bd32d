import { build } from 'esbuild'

/** What a site's own bundler makes of `code`; `portti` is found by the exports of its package. */
export async function bundle(code: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: 'packages/portti' },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2020',
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  return outputFiles[0]?.text ?? ''
}
