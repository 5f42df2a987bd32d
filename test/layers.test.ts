import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { layerFaults, pageFaults, type Source } from './layers.ts'

const SRC = new URL('../packages/portti/src/', import.meta.url).pathname

const sources: Source[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(SRC, path), 'utf8') }))

describe('the source of portti', () => {
  test('is found', () => {
    expect(sources.map(({ path }) => path)).toContain('consent/decision.ts')
  })

  test('imports only downwards', () => {
    expect(layerFaults(sources)).toEqual([])
  })

  test('names nothing of a page where Node tools share it', () => {
    expect(pageFaults(sources)).toEqual([])
  })
})

describe('the layer rules', () => {
  const faults = (path: string, text: string) => layerFaults([{ path, text }])

  test('let imports go down and stay in their folder', () => {
    const text = `import { a } from './a.ts'
      import type { B } from '../policy/b.ts'
      import { atom } from 'nanostores'`
    expect(faults('consent/x.ts', text)).toEqual([])
    expect(faults('portti.ts', `import './script-tag.ts'\nimport './banner/banner.tsx'`)).toEqual([])
  })

  test.each([
    ['up', 'policy/x.ts', `import { c } from '../consent/c.ts'`, 'consent/c.ts'],
    ['sideways', 'gate/x.ts', `import { b } from '../bridges/b.ts'`, 'bridges/b.ts'],
    ['sideways in the lowest row', 'policy/x.ts', `import { n } from '../natives/n.ts'`, 'natives/n.ts'],
    ['by type only', 'services/x.ts', `import type { C } from '../consent/c.ts'`, 'consent/c.ts'],
    ['by export', 'consent/x.ts', `export * from '../gate/g.ts'`, 'gate/g.ts'],
    ['when called', 'gate/x.ts', `void import('../banner/b.tsx')`, 'banner/b.tsx'],
    ['to an entry', 'banner/x.tsx', `import { p } from '../portti.ts'`, 'portti.ts'],
    ['out of src', 'gate/x.ts', `import p from '../../package.json'`, '../package.json'],
  ])('catch an import that goes %s', (_way, path, text, target) => {
    expect(faults(path, text)).toEqual([`${path} may not import ${target}`])
  })

  test('catch a package below its row, a package nobody declared, and a folder without a row', () => {
    expect(faults('policy/x.ts', `import { atom } from 'nanostores'`)).toHaveLength(1)
    expect(faults('gate/x.ts', `import { h } from 'preact'`)).toHaveLength(1)
    expect(faults('banner/x.ts', `import { debounce } from 'lodash'`)).toHaveLength(1)
    expect(faults('utils/x.ts', `import './y.ts'`)).toHaveLength(1)
  })

  test('keep the HTML parser out of what browsers load', () => {
    const text = `import { Tokenizer } from 'parse5'`
    expect(faults('mark/x.ts', text)).toEqual([])
    for (const path of ['gate/x.ts', 'guard/x.ts', 'portti.ts']) expect(faults(path, text)).toHaveLength(1)
  })
})

describe('the page rules', () => {
  const faults = (path: string, text: string) => pageFaults([{ path, text }])

  test('let words be words', () => {
    const text = `export const x = { in: 'localStorage', document: 1 }
      export interface Y { readonly window: number }
      /* document.cookie */
      export const z = (page: { document: number }) => page.document`
    expect(faults('services/x.ts', text)).toEqual([])
  })

  test.each([
    ['export const x = document.cookie', 'document'],
    ['export const x = () => window', 'window'],
    ['export const x = globalThis.localStorage', 'localStorage'],
    ['const { language } = navigator', 'navigator'],
    ['export const x = { document }', 'document'],
  ])('catch %s', (text, name) => {
    expect(faults('consent/x.ts', text)).toEqual([`consent/x.ts:1 names ${name}`])
    expect(faults('consent/x.dom.ts', text)).toEqual([])
    expect(faults('gate/x.ts', text)).toEqual([])
  })

  test('catch a second *.dom.ts in a folder', () => {
    const two = ['consent/a.dom.ts', 'consent/b.dom.ts'].map((path) => ({ path, text: '' }))
    expect(pageFaults(two)).toEqual(['consent has 2 *.dom.ts files: one is enough'])
  })
})
