// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from 'vitest'
import { clearCopies, insert, isSeen } from './markup.dom.ts'

beforeEach(() => document.body.replaceChildren())
function put(html: string): HTMLElement {
  document.body.innerHTML = html
  return document.body.firstElementChild as HTMLElement
}
/** The global object of scripts in jsdom, which is not that of the test. */
const ranIn = () => (globalThis as unknown as { jsdom: { window: { ran?: string } } }).jsdom.window.ran

describe('held HTML', () => {
  test('is put after its template, and taken out again', () => {
    const template = put('<template>a<b>b</b><!--c--></template><p></p>')
    const before = document.body.innerHTML
    const { remove, scripts } = insert(template, marked)
    expect(document.body.innerHTML).toBe(
      '<template>a<b>b</b><!--c--></template>a<b data-portti-content="" data-turbo-permanent="">b</b><!--c--><p></p>',
    )
    expect(scripts).toEqual([])
    remove()
    expect(document.body.innerHTML).toBe(before)
  })

  test('can be put in again', () => {
    const template = put('<template><b></b></template>')
    insert(template, marked).remove()
    insert(template, marked)
    expect(document.body.innerHTML).toBe(
      '<template><b></b></template><b data-portti-content="" data-turbo-permanent=""></b>',
    )
  })

  test.each(['template', 'portti-gate'])(
    'is taken out of a copy of its %s and what is around it, and of nothing else',
    (name) => {
      const inner = '<b>b</b><i data-portti-content="">own</i>'
      const section = put(
        name === 'template'
          ? `<section><template>${inner}</template></section>`
          : `<section><portti-gate><template>${inner}</template></portti-gate></section>`,
      )
      const element = section.querySelector(name) as HTMLElement
      insert(element, marked)
      const copy = section.cloneNode(true) as HTMLElement
      section.after(copy)
      const shown = (root: Element) => root.querySelectorAll('b').length
      expect([shown(section), shown(copy)]).toEqual([1, 1])
      clearCopies(copy.querySelector(name) as HTMLElement)
      expect([shown(section), shown(copy)]).toEqual([1, 0])
      clearCopies(element)
      expect(shown(section)).toBe(1)
      clearCopies(document.createElement('template'))
    },
  )

  test('takes the place of a fallback in portti-gate, which comes back', () => {
    const gate = put('<portti-gate>Read <a href="/x">it there</a><template><b></b></template></portti-gate>')
    const fallback = gate.querySelector('a')
    const { remove } = insert(gate, marked)
    expect(gate.innerHTML).toBe(
      '<template><b></b></template><b data-portti-content="" data-turbo-permanent=""></b>',
    )
    remove()
    expect(gate.textContent).toBe('Read it there')
    expect(gate.querySelector('a')).toBe(fallback)
    expect(gate.querySelector('b')).toBeNull()
  })

  test('of a portti-gate without a template is nothing', () => {
    const gate = put('<portti-gate>Fallback</portti-gate>')
    const { remove, scripts } = insert(gate, marked)
    expect([gate.textContent, scripts]).toEqual(['', []])
    remove()
    expect(gate.textContent).toBe('Fallback')
  })

  test('runs none of its scripts, keeps them in order and says their type', () => {
    const template = put(`<template>
      <script src="https://a.example/sdk.js#x" async crossorigin="anonymous" data-a="1"></script>
      <script>window.ran = 'now'</script>
      <div><script type="module" nonce="n">import '/x.js'</script></div>
      <script type="text/javascript">1</script>
      <script type="application/ld+json">{"a":1}</script>
      <script type="IN/Share"></script>
    </template>`)
    const { scripts } = insert(template, marked)
    expect(ranIn()).toBeUndefined()
    expect(scripts.map((script) => script.getAttribute('data-type'))).toEqual([
      null,
      null,
      'module',
      'text/javascript',
    ])
    for (const element of scripts) {
      expect([element.type, element.isConnected, element.hasAttribute('src')]).toEqual([
        'text/plain',
        true,
        false,
      ])
    }
    const [external, inline, module] = scripts
    expect(external?.getAttribute('data-src')).toBe('https://a.example/sdk.js#x')
    // jsdom shows the nonce as an attribute.
    expect(
      external
        ?.getAttributeNames()
        .filter((name) => name !== 'nonce')
        .sort(),
    ).toEqual(['async', 'crossorigin', 'data-a', 'data-src', 'type'])
    expect(inline?.text).toBe("window.ran = 'now'")
    expect(module?.nonce).toBe('n')
    expect(document.body.querySelector('[type="application/ld+json"]')?.textContent).toBe('{"a":1}')
    expect(document.body.querySelector('[type="IN/Share"]')).not.toBeNull()
  })

  const marked = '[data-service],[data-category]'

  test('gets the addresses that wait beside it, but for what is marked on its own and what is in it', () => {
    insert(
      put(`<template><img id="a" data-src="/a.png"><div><link id="b" data-href="/b.css"></div>
        <iframe id="c" data-src="/c" data-service="x"></iframe>
        <object data-service="x"><img id="d" data-src="/d.png"></object></template>`),
      marked,
    )
    expect(
      [...document.querySelectorAll('[src],[href]')].map(({ id, attributes }) => [
        id,
        (attributes.getNamedItem('src') ?? attributes.getNamedItem('href'))?.value,
      ]),
    ).toEqual([
      ['a', '/a.png'],
      ['b', '/b.css'],
    ])
    expect(document.querySelector('#a')?.hasAttribute('title')).toBe(false)
  })

  test('names no frame of its own', () => {
    insert(put('<template><iframe data-src="/a"></iframe></template>'), marked)
    expect(document.querySelector('iframe')?.title).toBe('')
  })

  test('runs scripts whose address waits as well, and leaves those that are no scripts', () => {
    const data = [
      '<script type="text/plain">note</script>',
      '<script type="text/note" data-src="/a.js"></script>',
      '<script type="text/plain" data-src="/b.js" data-service="x"></script>',
      '<script type="module-map">{}</script>',
      '<script type="x-module">1</script>',
    ]
    const { scripts } = insert(
      put(
        `<template><script type="text/plain" data-src="/run.js"></script>${data.join('')}<svg><script>1</script></svg></template>`,
      ),
      marked,
    )
    expect(scripts.map((script) => [script.dataset.src, script.dataset.type])).toEqual([
      ['/run.js', undefined],
    ])
    expect(
      [...document.body.querySelectorAll('body > script')].slice(1).map((script) => script.outerHTML),
    ).toEqual(data)
    expect(document.querySelector('svg')?.innerHTML).toBe('<script>1</script>')
  })

  test('leaves a script that is marked itself to wait for its own service', () => {
    const { scripts } = insert(
      put('<template><script type="text/plain" data-service="x">1</script></template>'),
      marked,
    )
    expect(scripts).toEqual([])
    expect(document.querySelectorAll('script[data-service]')).toHaveLength(1)
  })
})

describe('something is seen', () => {
  test.each([
    ['<template><b></b></template>', true],
    ['<template><script></script><iframe></iframe></template>', true],
    ['<template><img width="300" src=""></template>', true],
    ['<template></template>', false],
    ['<template>text only</template>', false],
    ['<template><script></script><style></style><link><meta><noscript></noscript></template>', false],
    ['<template><img width="1" height="1" src=""></template>', false],
    ['<template><img width="0" src=""></template>', false],
    ['<template><img width="10" src=""></template>', true],
    ['<template><iframe width="1"></iframe></template>', true],
    ['<template><my-script></my-script></template>', true],
    ['<template><link-list></link-list></template>', true],
    ['<template><iframe width="0" height="0"></iframe></template>', false],
    ['<template><iframe style="display: none"></iframe></template>', false],
    ['<iframe data-src="/a"></iframe>', true],
    ['<iframe data-src="/a" width="10"></iframe>', true],
    ['<iframe data-src="/a" width="1" height="1"></iframe>', false],
    ['<iframe data-src="/a" style="display: none"></iframe>', false],
    ['<video data-src="/a.mp4"></video>', true],
    ['<portti-gate>Fallback<template><b></b></template></portti-gate>', false],
  ])('of %s: %s', (html, expected) => {
    expect(isSeen(put(html))).toBe(expected)
  })
})
