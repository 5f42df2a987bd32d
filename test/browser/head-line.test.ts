/**
 * The head line keeps browsers from asking ahead of their parser. What a parser itself asks for when it gets to an element is
 * the guard's and the lock's, so the measure is what is asked while a script blocks the parser. `FIGURES=1` prints a line of
 * figures at the end.
 */
import { createHash } from 'node:crypto'
import { buildSync } from 'esbuild'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { headLine, headLineHash } from '../../packages/portti/src/lock/head-line.ts'
import { engine, launch, type Page } from './engines.ts'
import { arrived } from './fixture.ts'
import { asked, kindNames, touched, trackers } from './unmarked.ts'
import { html, openWorld, type Reply, script, type World } from './world.ts'

/** How long a script blocks the parser, in milliseconds: the first test shows that it is long enough to ask ahead in. */
const HOLD = 700
const fresh = { 'cache-control': 'no-store' }
/** What Firefox asks for ahead in spite of the line: responsive images, which it checks against no policy, and styles. */
const SPARED = engine === 'firefox' ? ['srcset', 'picture', 'stylesheet', 'import'] : []
const held = (found: readonly string[]) => found.filter((kind) => !SPARED.includes(kind))

let world: World
let page: Page
const figures: Record<string, readonly string[]> = {}
/** What had been asked for when the blocking script was answered. */
let ahead: readonly string[] | undefined

beforeAll(async () => {
  world = await openWorld(async ({ host, path }) => {
    if (path === '/blocks.js') {
      await new Promise((done) => setTimeout(done, HOLD))
      ahead = touched(world)
      return script(standIn, fresh)
    }
    if (path === '/writes.js') return script(`document.write('<script src="/blocks.js"><\\/script>')`, fresh)
    if (path === '/portti.js') return script(standIn, fresh)
    if (path === '/own.js') return script('window.own = (window.own || 0) + 1', fresh)
    if (path === '/blank' || path.startsWith('/arrived')) return html('<p>Tyhjä</p>', fresh)
    if (path === '/own.css')
      return { headers: { 'content-type': 'text/css', ...fresh }, body: 'h1 { color: rgb(1, 2, 3) }' }
    if (host.endsWith('.tracker.example')) return script('', { 'access-control-allow-origin': '*', ...fresh })
    return undefined
  })
  page = await launch(engine, { world })
})
afterAll(async () => {
  await page?.close()
  await world?.close()
  if (process.env.FIGURES) {
    const counted = Object.entries(figures).map(([what, found]) => [what, found.length, found.join(' ')])
    console.log(JSON.stringify({ engine, kinds: kindNames.length, figures: counted }))
  }
})
beforeEach(() => {
  world.clear()
  ahead = undefined
})

/** Stands in for the guard: takes the addresses of trackers away as soon as it sees them. */
const standIn = `(${() => {
  const strip = (element: Element) => {
    for (const { name, value } of [...element.attributes])
      if (value.includes('tracker.example')) element.removeAttribute(name)
    if (element.localName === 'style') element.textContent = ''
  }
  new MutationObserver((records) => {
    for (const { addedNodes } of records)
      for (const node of addedNodes)
        if (node instanceof Element)
          for (const element of [node, ...node.querySelectorAll('*')]) strip(element)
  }).observe(document, { childList: true, subtree: true })
}})()`

interface Shape {
  readonly line?: string
  /** Blocks the parser: our own tag, a script that our tag writes as it does for the guard, or one of the site's after it. */
  readonly blocks?: 'tag' | 'written' | 'later'
  readonly order?: 'tag first' | 'line first'
  readonly body?: string
}

function source({ line = headLine, blocks = 'tag', order = 'tag first', body = trackers() }: Shape): string {
  const file = { tag: 'blocks', written: 'writes', later: 'portti' }[blocks]
  const tag = `<script src="/${file}.js"></script>`
  const first = order === 'tag first' ? tag + line : line + tag
  const later = blocks === 'later' ? '<script src="/blocks.js"></script>' : ''
  return `<!doctype html><html lang="fi"><head>${first}<meta charset="utf-8"><title>Kauppa</title><link rel="stylesheet" href="/own.css">
    <script src="/own.js"></script></head><body><h1>Kauppa</h1>${later}${body}<p>Loppu</p></body></html>`
}

const whole = (text: string): Reply => html(text, fresh)
/** Sends the page in pieces of these lengths, the rest at last, with a pause after each. */
function slowly(text: string, lengths: readonly number[]): Reply {
  const ends = lengths.map((_, index) => lengths.slice(0, index + 1).reduce((sum, length) => sum + length))
  const pieces = ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end))
  return { ...html('', fresh), body: text.slice(ends.at(-1)), parts: pieces.flatMap((piece) => [piece, 60]) }
}

/** What is asked for ahead while a page is on its way. */
async function aheadOf(name: string, reply: Reply): Promise<readonly string[]> {
  const address = `https://${name}.shop.example/`
  // What the page before has asked for may still be on its way.
  await page.goto('https://blank.shop.example/blank')
  await arrived(page, world)
  world.clear()
  world.route(address, reply)
  await page.goto(address)
  await page.waitFor(() => document.readyState === 'complete')
  if (!ahead) throw new Error('the page never asked for its blocking script')
  return ahead
}

describe('while the tag blocks', () => {
  test('a browser without the line asks ahead', async () => {
    const found = await aheadOf('plain', whole(source({ line: '' })))
    figures['no line'] = found
    expect(found.length).toBeGreaterThan(5)
    figures['no line, in the end'] = asked(world)
  })

  test('a browser with the line asks nothing ahead', async () => {
    const found = await aheadOf('whole', whole(source({})))
    figures.line = found
    expect(held(found)).toEqual([])
    figures['line, in the end'] = asked(world)
  })

  test.each([
    ['between tag and line', source({}).indexOf(headLine)],
    ['in the script of the line', source({}).indexOf('document.write') + 9],
    ['after the script of the line', source({}).indexOf('<noscript>')],
    ['in the policy of the line', source({}).indexOf('img-src') + 4],
    ['in the plaintext of the line', source({}).indexOf('plaintext') + 5],
    ['at the end of the line', source({}).indexOf(headLine) + headLine.length],
    ['in the title', source({}).indexOf('Kauppa') + 2],
    ['among the trackers', source({}).indexOf('defer.tracker') + 2],
  ])('a page cut %s gives nothing away', async (name, at) => {
    const found = await aheadOf(name.replace(/\W/g, '-'), slowly(source({}), [at]))
    expect(held(found)).toEqual([])
  })

  test('a page in very small pieces gives nothing away', async () => {
    const found = await aheadOf(
      'pieces',
      slowly(
        source({}),
        Array.from({ length: 14 }, (_, step) => 20 + step * 5),
      ),
    )
    expect(held(found)).toEqual([])
  })

  test('a page that is loaded again or gone back to gives nothing away', async () => {
    await aheadOf('again', whole(source({})))
    world.clear()
    ahead = undefined
    const address = 'https://again.shop.example/'
    world.route(address, whole(source({})))
    await page.reload()
    await page.waitFor(() => document.readyState === 'complete')
    expect(held(ahead ?? ['never asked'])).toEqual([])
    world.route('https://away.shop.example/', html('<p>Muualla</p>'))
    await page.goto('https://away.shop.example/')
    await page.back()
    await page.element('h1')
    expect(await page.eval(() => [document.title, document.querySelectorAll('plaintext').length])).toEqual([
      'Kauppa',
      0,
    ])
  })
})

describe('while a script that our tag has written blocks', () => {
  test('a browser without the line asks ahead', async () => {
    const found = await aheadOf('written-plain', whole(source({ line: '', blocks: 'written' })))
    figures['no line, written script'] = found
    expect(found.length).toBeGreaterThan(5)
  })

  test.each(['whole', 'in pieces'])(
    'a browser with the line asks nothing ahead of a page that comes %s',
    async (how) => {
      const text = source({ blocks: 'written' })
      const reply =
        how === 'whole' ? whole(text) : slowly(text, [text.indexOf(headLine), headLine.length, 90, 200])
      const found = await aheadOf(`written-${how.replace(' ', '-')}`, reply)
      figures[`line, written script, ${how}`] = found
      expect(held(found)).toEqual([])
    },
  )
})

describe('while a later script of the site blocks', () => {
  test('a browser without the line asks ahead', async () => {
    const found = await aheadOf('later-plain', whole(source({ line: '', blocks: 'later' })))
    figures['no line, later script'] = found
    expect(found.length).toBeGreaterThan(5)
  })

  test('a browser with the line asks nothing ahead', async () => {
    const found = await aheadOf('later', whole(source({ blocks: 'later' })))
    figures['line, later script'] = found
    expect(held(found)).toEqual([])
  })

  test('a page that comes slowly is measured: WebKit may begin to read ahead anew', async () => {
    const text = source({ blocks: 'later' })
    const at = text.indexOf('<h1>')
    const found = await aheadOf('later-slow', slowly(text, [at, 60]))
    figures['line, later script, slow page'] = found
    if (engine !== 'webkit') expect(held(found)).toEqual([])
    const again = await aheadOf(
      'later-slow-again',
      slowly(text.replace('/blocks.js"></script>', `/blocks.js"></script>${headLine}`), [at, 60]),
    )
    figures['a line after each script, slow page'] = again
    expect(held(again)).toEqual([])
  })
})

test('before the tag the line does less, and is measured', async () => {
  figures['line before the tag'] = await aheadOf('early', whole(source({ order: 'line first' })))
})

describe('the page', () => {
  const shape = () => ({
    head: [...document.head.children].map(
      (one) => `${one.localName} ${one.getAttribute('name') ?? one.getAttribute('src') ?? ''}`,
    ),
    body: [...document.body.children].map((one) => one.localName),
    text: document.body.textContent.trim().split(/\s+/),
    mode: document.compatMode,
    title: document.title,
    own: (window as { own?: number }).own,
    colour: getComputedStyle(document.querySelector('h1') as Element).color,
  })
  const plain = '<p>Teksti</p><img src="/x.png" alt="Kuva"><script>window.inline = 1</script>'

  test('is otherwise as it would be without the line', async () => {
    const open = async (name: string, line: string) => {
      const address = `https://${name}.shop.example/`
      world.route(address, whole(source({ line, blocks: 'later', body: plain })))
      await page.goto(address)
      await page.waitFor(() => document.readyState === 'complete')
      return page.eval(shape)
    }
    const [without, found] = [await open('shape-plain', ''), await open('shape', headLine)]
    const lines = ['script ', 'noscript ', 'meta portti', 'template ', 'noscript ']
    // The first is the tag; then the line: its script, the element that it began, template and noscript.
    expect(found.head).toEqual([
      without.head[0],
      lines[0],
      lines[2],
      lines[3],
      lines[4],
      ...without.head.slice(1),
    ])
    expect({ ...found, head: [] }).toEqual({ ...without, head: [] })
    expect(await page.role('h1')).toEqual(['heading', 'Kauppa'])
  })

  test('gets its style sheets of other sites, also those that begin as a preload', async () => {
    const fonts = 'https://fonts.cdn.example/fonts.css'
    world.route(fonts, {
      headers: { 'content-type': 'text/css', ...fresh },
      body: 'p { color: rgb(4, 5, 6) }',
    })
    world.route(
      'https://fonts.shop.example/',
      whole(
        source({
          blocks: 'later',
          body: `<link rel="preload" as="style" href="${fonts}" onload="this.onload = null; this.rel = 'stylesheet'">`,
        }),
      ),
    )
    await page.goto('https://fonts.shop.example/')
    await page.waitFor(
      () => getComputedStyle(document.querySelector('p') as Element).color === 'rgb(4, 5, 6)',
    )
  })

  test('is whole for a reader without scripts', async () => {
    const address = 'https://no-scripts.shop.example/'
    world.route(address, whole(source({ body: plain })))
    world.route(
      'https://no-scripts.shop.example/frame',
      html('<!doctype html><title>Kehys</title><iframe sandbox="allow-same-origin" src="/"></iframe>'),
    )
    await page.goto('https://no-scripts.shop.example/frame')
    const found = await page.waitFor(() => {
      const inside = document.querySelector('iframe')?.contentDocument
      return (
        inside?.readyState === 'complete' &&
        inside.querySelector('h1') && {
          head: [...inside.head.children].map((one) => one.localName),
          text: inside.body.textContent.trim(),
          stray: inside.querySelectorAll('plaintext, meta[http-equiv], template').length,
        }
      )
    })
    expect(found).toEqual({
      head: ['script', 'script', 'noscript', 'meta', 'title', 'link', 'script'],
      text: 'KauppaTekstiwindow.inline = 1Loppu',
      stray: 0,
    })
  })
})

describe('under a policy of the site', () => {
  const check = buildSync({
    stdin: {
      contents: `import { checkHeadLine } from './packages/portti/src/lock/head-line.dom.ts'
        window.fault = checkHeadLine(document.querySelector('script[src]'))`,
      resolveDir: '.',
    },
    bundle: true,
    write: false,
  }).outputFiles[0]?.text
  const hash = `'sha256-${createHash('sha256').update('window.inline = 1').digest('base64')}'`
  const body = '<p>Teksti</p><script>window.inline = 1</script><script src="/check.js"></script>'

  async function open(name: string, policy: string, line = headLine): Promise<void> {
    const address = `https://${name}.shop.example/`
    world.route(
      address,
      html(source({ blocks: 'later', body, line }), { 'content-security-policy': policy, ...fresh }),
    )
    world.route(`${address}check.js`, script(check ?? ''))
    await page.goto(address)
    await page.waitFor(() => document.readyState === 'complete')
  }
  const fault = () => page.eval(() => (window as { fault?: string }).fault ?? null)
  const policies = () => page.eval(() => document.querySelectorAll('meta[http-equiv]').length)

  test('the line works with its hash', async () => {
    await open('hash', `script-src 'self' '${headLineHash}' ${hash}`)
    expect([await policies(), await fault()]).toEqual([0, null])
  })

  test('the line works with a nonce', async () => {
    await open(
      'nonce',
      `script-src 'self' 'nonce-n1' ${hash}`,
      headLine.replace('<script>', '<script nonce="n1">'),
    )
    expect([await policies(), await fault()]).toEqual([0, null])
  })

  test('a line that may not run leaves the page readable, keeps scripts of other sites out, and is told', async () => {
    await open('refused', `script-src 'self' ${hash}`)
    expect([await policies(), await fault()]).toEqual([1, expect.stringContaining(headLineHash)])
    expect((await page.text('body')).split(/\s+/)).toEqual(['Kauppa', 'Teksti', 'Loppu'])
    expect(
      await page.eval(() => [(window as { own?: number }).own, (window as { inline?: number }).inline]),
    ).toEqual([1, 1])
  })
})
