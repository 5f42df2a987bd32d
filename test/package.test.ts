import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const PACKAGE = join(ROOT, 'packages/portti')

/** An entry of `exports`: a file, or files by condition. */
type Target = string | Readonly<Record<string, string>>

interface Manifest {
  readonly exports: Readonly<Record<string, Target>>
  readonly dependencies: Readonly<Record<string, string>>
}

/** A project that installed the packed file: what a user gets, and nothing of the workspace. */
const project = mkdtempSync(join(tmpdir(), 'portti-packed-'))
const installed = join(project, 'node_modules/portti')
const tarball = pack()
// npm packs package.json as it stands, so this is what a user's tools read.
const manifest: Manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
const entries = Object.entries(manifest.exports).flatMap(([path, target]) => expand(path, target))
/** Entries with conditions; the others are plain files, such as the one for a script tag. */
const modules = entries.filter(({ target }) => typeof target !== 'string')

afterAll(() => rmSync(project, { recursive: true }))

describe('the packed file', () => {
  const files = readdirSync(installed, { recursive: true, encoding: 'utf8' })

  test('holds what a user needs', () => {
    expect(files).toEqual(expect.arrayContaining(['dist', 'policy.schema.json', 'README.md', 'LICENSE']))
  })

  test('holds no tests and no sources', () => {
    expect(files.filter((file) => /\.test\b|^src\b|^test\b|(?<!\.d)\.tsx?$/.test(file))).toEqual([])
  })

  test('names no path of the machine that built it', () => {
    const texts = files.filter((file) => /\.(js|json|map|ts)$/.test(file))
    expect(texts.filter((file) => readFileSync(join(installed, file), 'utf8').includes(ROOT))).toEqual([])
  })

  test('passes publint', () => {
    const { status, stdout, stderr } = tool('publint', ['run', tarball, '--strict'])
    expect(status, stdout + stderr).toBe(0)
  })

  test('gives the right types to every way of resolving ESM', () => {
    const options = [
      '--profile',
      'esm-only',
      '--no-emoji',
      '--no-color',
      '--format',
      'ascii',
      '--no-definitely-typed',
      // Files for pages, not modules.
      '--exclude-entrypoints',
      './portti.js',
      './portti-settings.js',
      './portti-guard.js',
      './portti-audit.js',
    ]
    const { status, stdout, stderr } = tool('attw', [tarball, ...options])
    expect(status, stdout + stderr).toBe(0)
  })
})

describe.each(entries)('the entry $path', ({ target }) => {
  test('leads to files that are there', () => {
    const files = typeof target === 'string' ? [target] : Object.values(target)
    expect(files.filter((file) => !existsSync(join(installed, file)))).toEqual([])
  })
})

describe.each(modules)('the module $path', ({ path, target }) => {
  test('has types, and has them first', () => {
    expect(Object.keys(target)[0]).toBe('types')
  })

  test('is imported in plain Node and leaves no trace', () => {
    // Nanostores leaves a counter of its own.
    const program = `
      const before = new Set(Reflect.ownKeys(globalThis))
      await import(${JSON.stringify(path.replace('.', 'portti'))})
      console.log(Reflect.ownKeys(globalThis).filter((key) => !before.has(key)).map(String).filter((key) => key !== 'nanostoresGlobal').join())`
    const args = ['--input-type=module', '--eval', program]
    const { status, stdout, stderr } = spawnSync('node', args, { cwd: project, encoding: 'utf8' })
    expect(stderr).toBe('')
    expect([status, stdout]).toEqual([0, '\n'])
  })
})

/** Packs the package and lays it out as an installation would. */
function pack(): string {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', project]
  const printed = execFileSync('npm', args, {
    cwd: PACKAGE,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [{ filename }] = JSON.parse(printed)
  mkdirSync(installed, { recursive: true })
  execFileSync('tar', ['-xzf', join(project, filename), '-C', installed, '--strip-components=1'])
  const { dependencies = {} } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
  for (const name of Object.keys(dependencies)) {
    symlinkSync(join(PACKAGE, 'node_modules', name), join(project, 'node_modules', name))
  }
  return join(project, filename)
}

/** `./services/*` stands for every file that its pattern fits. */
function expand(path: string, target: Target): { path: string; target: Target }[] {
  if (!path.includes('*')) return [{ path, target }]
  const targets = typeof target === 'string' ? { only: target } : target
  const [before = '', after = ''] = (targets.import ?? targets.only ?? '').split('*')
  const folder = join(installed, before)
  // A pattern that fits nothing is kept as it is, so that it leads to no file.
  if (!existsSync(folder)) return [{ path, target }]
  const files = readdirSync(folder).filter((file) => file.endsWith(after))
  return files.map((file) => {
    const name = file.slice(0, -after.length || undefined)
    const fill = (pattern: string) => pattern.replace('*', name)
    const filled = Object.fromEntries(Object.entries(targets).map(([key, value]) => [key, fill(value)]))
    return { path: fill(path), target: typeof target === 'string' ? fill(target) : filled }
  })
}

function tool(name: string, args: readonly string[]) {
  return spawnSync(join(ROOT, 'node_modules/.bin', name), args, { encoding: 'utf8' })
}
