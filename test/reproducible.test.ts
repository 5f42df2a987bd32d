/** A build says what it is by its hash, so the same source has to give the same bytes, and the hashes the right ones. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type RollupOptions, rollup } from 'rollup'
import { describe, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const DIST = `${ROOT}packages/portti/dist`

/** Every file that a second build makes, as it is on disk from the first and as it is now. */
async function buildAgain(): Promise<[name: string, code: string][]> {
  // The cast: a plain module without types.
  const { default: parts } = (await import(`${ROOT}rollup.config.mjs`)) as { default: RollupOptions[] }
  const files: [string, string][] = []
  for (const { output, ...input } of parts) {
    const bundle = await rollup(input)
    for (const options of [output].flat()) {
      if (!options) throw new Error('a part of the build has no output')
      const { output: made } = await bundle.generate(options)
      for (const file of made)
        if (file.type === 'chunk') files.push([options.file?.split('/').at(-1) ?? file.fileName, file.code])
    }
    await bundle.close()
  }
  return files
}

describe('the build', () => {
  test('of the same source gives the same bytes again', { timeout: 120_000 }, async () => {
    const again = await buildAgain()
    expect(again.length).toBeGreaterThan(30)
    const other = again.filter(([name, code]) => readFileSync(`${DIST}/${name}`, 'utf8') !== code)
    expect(other.map(([name]) => name)).toEqual([])
  })

  test('publishes the SHA-384 of each file for a script tag, and nothing else', () => {
    const files = readdirSync(DIST).filter((file) => /^portti.*\.js$/.test(file))
    const hash = (file: string, algorithm = 'sha384') =>
      createHash(algorithm)
        .update(readFileSync(`${DIST}/${file}`))
        .digest('base64')
    expect(JSON.parse(readFileSync(`${DIST}/integrity.json`, 'utf8'))).toEqual(
      Object.fromEntries(files.map((file) => [file, `sha384-${hash(file)}`])),
    )
    // Settings and guard come later, so their hashes are in the file that fetches them: the shorter ones.
    for (const file of ['portti-settings.js', 'portti-guard.js'])
      expect(readFileSync(`${DIST}/portti.js`, 'utf8')).toContain(`sha256-${hash(file, 'sha256')}`)
  })

  test('has no file whose name a generic block list would hide', () => {
    // EasyList's address rules of that kind, as they were read on 22 November 2026; the list itself is not kept here.
    const hidden =
      /\/cookie-policy\.js|\/cookie\.json|\/cookie-?consent\.|\/consent-manager\.|\/consent\.min\.js\?|\/tarteaucitron\./i
    const names = readdirSync(DIST, { recursive: true, encoding: 'utf8' }).map((name) => `/${name}`)
    expect([...names, '/consent-policy.json'].filter((name) => hidden.test(name))).toEqual([])
    expect(hidden.test('/cookie-policy.json')).toBe(true)
  })
})
