// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { addressOf, partsOf, stow, unstow } from './stow.dom.ts'

function make(html: string): Element {
  const { content } = Object.assign(document.createElement('template'), { innerHTML: html })
  return content.firstElementChild as Element
}
/** What the page's own code would find. */
const found = (root: Element) =>
  [root, ...root.querySelectorAll('*')].flatMap((one) =>
    ['src', 'srcset', 'href', 'poster', 'data', 'srcdoc'].flatMap(
      (name) => one.getAttribute(`data-${name}`) ?? [],
    ),
  )

test.each([
  ['a frame', '<iframe data-src="/a"></iframe>', ['/a']],
  ['a frame with its page', '<iframe data-srcdoc="&lt;p&gt;"></iframe>', ['<p>']],
  ['a picture', '<img data-src="/a" data-srcset="/b 1x">', ['/a', '/b 1x']],
  ['a plug-in', '<object data-data="/a"></object>', ['/a']],
  [
    'a film',
    '<video data-poster="/p"><source data-src="/a"><track data-src="/t"></video>',
    ['/p', '/a', '/t'],
  ],
  ['sources', '<picture><source data-srcset="/a"><img data-src="/b"></picture>', ['/a', '/b']],
])('of %s nothing can be found meanwhile, and everything afterwards', (_, html, addresses) => {
  const element = make(html)
  expect(found(element)).toEqual(addresses)
  stow(element)
  expect(found(element)).toEqual([])
  const copy = element.cloneNode(true) as Element
  stow(element)
  for (const one of [element, copy]) {
    unstow(one)
    expect(found(one)).toEqual(addresses)
    unstow(one)
    expect(one.outerHTML).not.toContain('data-portti')
  }
})

test('the address is the same in both places', () => {
  const frame = make('<iframe data-src="/a"></iframe>')
  expect(addressOf(frame, 'src')).toBe('/a')
  stow(frame)
  expect(addressOf(frame, 'src')).toBe('/a')
  expect(addressOf(frame, 'srcdoc')).toBeNull()
})

test('what the page has put there meanwhile is what counts', () => {
  const frame = make('<iframe data-src="/a"></iframe>')
  stow(frame)
  frame.setAttribute('data-src', '/b')
  expect(addressOf(frame, 'src')).toBe('/b')
  stow(frame)
  expect(found(frame)).toEqual([])
  expect(addressOf(frame, 'src')).toBe('/b')
  frame.setAttribute('data-src', '/c')
  unstow(frame)
  expect(found(frame)).toEqual(['/c'])
  expect(frame.outerHTML).not.toContain('portti')
})

test('an element that loads nothing by itself keeps what it has, and so does one with a mark of its own', () => {
  const div = make('<div data-category="social" data-href="/page" data-src="/a"></div>')
  stow(div)
  expect(found(div)).toEqual(['/a', '/page'])
  const video = make('<video data-poster="/p"><source data-service="x" data-src="/a"></video>')
  stow(video)
  expect(found(video)).toEqual(['/a'])
  expect(partsOf(video)).toEqual([video])
})
