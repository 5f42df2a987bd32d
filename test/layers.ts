/**
 * The rules of DESIGN's part list: which folder may import which, and which folders know nothing of a page. They work
 * on source texts, so that a test can prove that they catch a fault.
 */
import { posix } from 'node:path'
import ts from 'typescript'

/** A source file: path below `src`, with `/`, and its text. */
export interface Source {
  readonly path: string
  readonly text: string
}

/** Imports go to a lower row, never sideways. */
const ROWS: readonly (readonly string[])[] = [
  ['natives', 'policy'],
  ['services', 'locales'],
  ['consent'],
  ['gate', 'bridges', 'mark', 'lock'],
  ['banner', 'elements', 'guard'],
  ['settings', 'audit'],
]
/** Files that stand in `src` itself: here the parts meet. */
const ENTRIES = ROWS.length

/** The lowest row that may use a package; the store is no part of what Node tools share, preact only of what is drawn. */
const PACKAGES: ReadonlyMap<string, number> = new Map([
  ['nanostores', 2],
  ['preact', 4],
])

/** Packages of one folder only. */
const OF_FOLDER: ReadonlyMap<string, string> = new Map([['parse5', 'mark']])

const WITHOUT_PAGE = ['policy', 'services', 'locales', 'consent', 'mark', 'lock']
const OF_THE_PAGE = [
  'window',
  'document',
  'navigator',
  'location',
  'localStorage',
  'sessionStorage',
  'indexedDB',
]
/** Ways to say `window` without the word. */
const GLOBAL = ['globalThis', 'self', 'window']

/** Imports, type imports too, that do not go down; one line each. */
export function layerFaults(sources: readonly Source[]): string[] {
  return sources.filter(({ path }) => !isTest(path)).flatMap((source) => importsOf(source).flatMap(faultOf))
}

/** Where a folder that Node tools share names something of a page; one line each. */
export function pageFaults(sources: readonly Source[]): string[] {
  const shared = sources.filter(({ path }) => WITHOUT_PAGE.includes(folderOf(path)) && !isTest(path))
  const crowded = WITHOUT_PAGE.flatMap((folder) => {
    const found = shared.filter(({ path }) => folderOf(path) === folder && isDom(path))
    return found.length > 1 ? [`${folder} has ${found.length} *.dom.ts files: one is enough`] : []
  })
  return [...crowded, ...shared.filter(({ path }) => !isDom(path)).flatMap(pageNames)]
}

interface Import {
  readonly from: string
  readonly to: string
}

function importsOf({ path, text }: Source): Import[] {
  const { importedFiles } = ts.preProcessFile(text, true, true)
  return importedFiles.map(({ fileName }) => ({ from: path, to: fileName }))
}

function faultOf({ from, to }: Import): string[] {
  const row = rowOf(from)
  if (row === undefined) return [`${from} lies in no known folder: give it a row`]
  if (!to.startsWith('.')) {
    const name = to.split('/')[0] ?? ''
    const lowest = PACKAGES.get(name)
    return OF_FOLDER.get(name) === folderOf(from) || (lowest !== undefined && row >= lowest)
      ? []
      : [`${from} may not import the package ${to}`]
  }
  const target = posix.join(posix.dirname(from), to)
  if (folderOf(target) === folderOf(from)) return []
  const below = rowOf(target)
  return below !== undefined && below < row ? [] : [`${from} may not import ${target}`]
}

function pageNames({ path, text }: Source): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const faults: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && OF_THE_PAGE.includes(node.text) && namesGlobal(node)) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart())
      faults.push(`${path}:${line + 1} names ${node.text}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return faults
}

/** Not a property of something else, a key, or a field of a type. */
function namesGlobal(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
    return ts.isIdentifier(parent.expression) && GLOBAL.includes(parent.expression.text)
  }
  const isKey =
    ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isMethodSignature(parent)
  return !(isKey && parent.name === node)
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : ''
}

function rowOf(path: string): number | undefined {
  if (!path.includes('/')) return ENTRIES
  const row = ROWS.findIndex((folders) => folders.includes(folderOf(path)))
  return row < 0 ? undefined : row
}

/** Tests, and the stages that they play on. */
function isTest(path: string): boolean {
  return /(\.test(-d)?|\/stage)\.tsx?$/.test(path)
}

function isDom(path: string): boolean {
  return path.endsWith('.dom.ts')
}
