import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { JSDOM } from 'jsdom'
import { parse, serialize } from 'parse5'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { headLine, headLineFault, headLineHash } from './head-line.ts'

describe('the head line', () => {
  test('has the hash that is told', () => {
    const [, script = ''] = /^<script>(.*?)<\/script>/.exec(headLine) ?? []
    expect(headLineHash).toBe(`sha256-${createHash('sha256').update(script).digest('base64')}`)
  })

  test.each(['README.md', 'docs/decisions/08-head-line.md'])(
    'stands in %s as it is, with its hash',
    (file) => {
      const text = readFileSync(new URL(`../../../../${file}`, import.meta.url), 'utf8')
      expect(text).toContain(headLine)
      expect(text).toContain(headLineHash)
    },
  )
})

const page = (head: string) =>
  `<!doctype html><html lang="fi"><head><script src="/portti.js"></script>${head}<meta property="og:title" content="Otsikko"><title>Kauppa</title></head><body><h1>Kauppa</h1><p>Teksti</p></body></html>`

/** Everything of a document but the line: where an element stands and what it says. */
const outline = (document: Document): string[] =>
  [...document.querySelectorAll('*')]
    .filter(
      (element) => !element.closest('noscript, template, script, meta[name="portti"], meta[http-equiv]'),
    )
    .map(
      (element) =>
        `${element.parentElement?.localName} > ${element.localName} ${element.children.length ? '' : element.textContent}`,
    )

/** As a browser goes on with the line: what the script writes stands in the script's place. */
const run = (html: string) =>
  html.replace(/<script>document\.write\('(.*?)'\)<\/script>/g, (_, written: string) => written)

describe('a reader with the line in its page', () => {
  test.each([
    ['runs no scripts', false, (html: string) => html, 0],
    ['runs none but parses as if it did', true, (html: string) => html, 1],
    ['runs scripts', true, run, 0],
  ])('that %s finds the page as it was', (_, scriptingEnabled, treat, policies) => {
    const read = (head: string) => {
      const html = serialize(parse(treat(page(head)), { scriptingEnabled }), { scriptingEnabled })
      return new JSDOM(html, { runScripts: scriptingEnabled ? 'dangerously' : undefined }).window.document
    }
    const [found, twice, plain] = [read(headLine), read(headLine + headLine), read('')]
    expect(outline(found)).toEqual(outline(plain))
    expect(outline(twice)).toEqual(outline(plain))
    expect(plain.querySelector('title')?.parentElement?.localName).toBe('head')
    expect(found.querySelectorAll('meta[http-equiv]')).toHaveLength(policies)
    expect(found.querySelectorAll('plaintext')).toHaveLength(0)
    expect(found.compatMode).toBe('CSS1Compat')
  })
})

const right = { began: true, counts: false, whole: true, early: false, late: false }
test.each([
  [{}, undefined],
  [{ began: false, counts: true }, headLineHash],
  [{ whole: false }, 'changed'],
  [{ early: true }, 'right after the script tag'],
  [{ late: true }, 'move it'],
])('of a line of which %j the fault is %j', (seen, word) => {
  const fault = headLineFault({ ...right, ...seen })
  if (word === undefined) expect(fault).toBe(undefined)
  else expect(fault).toContain(word)
})

describe('on a page', () => {
  afterEach(() => vi.unstubAllGlobals())

  /** Asks as a script on that page would. */
  async function check(html: string, treat = run) {
    const { window } = new JSDOM(treat(html), { url: 'https://shop.example/', runScripts: 'dangerously' })
    for (const name of [
      'document',
      'location',
      'Document',
      'Element',
      'EventTarget',
      'MutationObserver',
      'HTMLTemplateElement',
      'CustomEvent',
    ])
      vi.stubGlobal(name, Reflect.get(window, name))
    vi.resetModules()
    const { checkHeadLine } = await import('./head-line.dom.ts')
    return checkHeadLine(window.document.querySelector('script[src="/portti.js"]'))
  }

  test('nothing is wrong with a right line, with two, and with none', async () => {
    expect(await check(page(headLine))).toBe(undefined)
    expect(await check(page(headLine + headLine))).toBe(undefined)
    expect(
      await check(
        page(
          '<meta http-equiv="Content-Security-Policy" content="default-src \'self\'"><template></template>',
        ),
      ),
    ).toBe(undefined)
  })

  test('a script that may not run is told with the hash', async () => {
    const refused = (html: string) => html.replace('<script>', '<script type="refused">')
    expect(await check(page(headLine), refused)).toContain(headLineHash)
  })

  test.each([
    ['without its template', headLine.replace(/<template>.*<\/template>/, ''), 'changed'],
    ['without its svg', headLine.replace(/<\/?svg>/g, ''), 'changed'],
    ['without its noscript', headLine.replace(/<noscript>.*?<\/noscript>/g, ''), 'changed'],
  ])('a line %s is told', async (_, line, word) => {
    expect(await check(page(line))).toContain(word)
  })

  test('a line in a wrong place is told', async () => {
    expect(
      await check(`<!doctype html><head>${headLine}<script src="/portti.js"></script></head>`),
    ).toContain('right after')
    expect(
      await check(page(`<link rel="stylesheet" href="https://cdn.example/x.css">${headLine}`)),
    ).toContain('move it')
    expect(await check(page(`<link rel="stylesheet" href="/own.css">${headLine}`))).toBe(undefined)
  })
})
