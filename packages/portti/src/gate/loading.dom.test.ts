// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { load } from './loading.dom.ts'
import { trust } from './trusted-types.dom.ts'

beforeEach(() => {
  vi.spyOn(HTMLMediaElement.prototype, 'load').mockImplementation(() => {})
})
afterEach(() => {
  vi.restoreAllMocks()
  document.body.replaceChildren()
})
function put(html: string): HTMLElement {
  document.body.innerHTML = html
  return document.body.firstElementChild as HTMLElement
}

describe('loading', () => {
  test.each([
    ['<img data-src="/a.png" alt="">', { src: '/a.png' }],
    ['<img data-src="/a.png" data-srcset="/b.png 2x" alt="">', { src: '/a.png', srcset: '/b.png 2x' }],
    ['<link rel="stylesheet" data-href="/a.css">', { href: '/a.css' }],
    ['<video data-src="/a.mp4" data-poster="/p.png"></video>', { src: '/a.mp4', poster: '/p.png' }],
    ['<object data-data="/a.pdf"></object>', { data: '/a.pdf' }],
    ['<iframe title="Video" data-src="https://v.example/#t=1"></iframe>', { src: 'https://v.example/#t=1' }],
  ])('gives %s its address and takes it back', (html, attributes) => {
    const element = put(html)
    const before = document.body.innerHTML
    const undo = load(element, 'Acme')
    for (const [name, value] of Object.entries(attributes)) expect(element.getAttribute(name)).toBe(value)
    undo()
    expect(document.body.innerHTML).toBe(before)
  })

  test('gives the sources inside theirs as well, first', () => {
    const picture = put(
      '<picture><source data-srcset="/a.avif"><source srcset="/own.webp"><img data-src="/b.png" alt=""></picture>',
    )
    const order: string[] = []
    vi.spyOn(Element.prototype, 'setAttribute').mockImplementation(function (this: Element, name, value) {
      order.push(`${this.tagName} ${name}=${value}`)
    })
    load(picture, '')
    expect(order).toEqual(['SOURCE srcset=/a.avif', 'IMG src=/b.png'])
  })

  test('leaves what is marked on its own inside to its own answer', () => {
    const object = put('<object data-data="/a"><img data-service="other" data-src="/b.png" alt=""></object>')
    load(object, '')
    expect(object.getAttribute('data')).toBe('/a')
    expect(object.querySelector('img')?.hasAttribute('src')).toBe(false)
  })

  test.each([
    ['<object data-data="/a"></object>', 1],
    ['<embed data-src="/a">', 1],
    ['<iframe data-src="/a"></iframe>', 0],
    ['<img data-src="/a" alt="">', 0],
  ])('asks for the trust that plug-ins need, and for no other: %s', (html, times) => {
    const url = vi.spyOn(trust, 'url')
    load(put(html), '')
    expect(url).toHaveBeenCalledTimes(times)
  })

  test.each([
    ['<iframe data-src="/a"></iframe>', 2],
    ['<img data-src="/a" alt="">', 0],
  ])('takes a frame out of the page meanwhile, and nothing else: %s', (html, changes) => {
    const element = put(html)
    const observer = new MutationObserver(() => {})
    observer.observe(document.body, { childList: true })
    const undo = load(element, '')
    expect(observer.takeRecords()).toHaveLength(changes)
    undo()
    expect(observer.takeRecords()).toHaveLength(changes)
    expect(element.parentNode).toBe(document.body)
  })

  test('makes media look again at a source that waited on its own', () => {
    const source = put('<video><source data-src="/a.mp4"></video>').firstElementChild as HTMLElement
    load(source, '')
    expect(vi.mocked(HTMLMediaElement.prototype.load).mock.contexts).toEqual([source.parentNode])
  })

  test('makes media look at their sources again', () => {
    const video = put('<video><source data-src="/a.mp4"></video>')
    const undo = load(video, '')
    expect(HTMLMediaElement.prototype.load).toHaveBeenCalledTimes(1)
    undo()
    expect(HTMLMediaElement.prototype.load).toHaveBeenCalledTimes(2)
    expect(video.innerHTML).toBe('<source data-src="/a.mp4">')
  })

  test('names a frame that has no title, and no other', () => {
    const nameless = put('<iframe data-src="/a"></iframe>')
    load(nameless, 'YouTube')
    expect(nameless.title).toBe('YouTube')
    const named = put('<iframe title="Our film" data-src="/a"></iframe>')
    load(named, 'YouTube')
    expect(named.title).toBe('Our film')
    const image = put('<img data-src="/a.png" alt="">')
    load(image, 'YouTube')
    expect(image.title).toBe('')
  })

  test('empties a frame without a step in the history', () => {
    const frame = put('<iframe data-src="/a"></iframe>') as HTMLIFrameElement
    frame.after('text')
    const undo = load(frame, '')
    const { contentWindow } = frame
    const { length } = history
    undo()
    expect(frame.contentWindow === contentWindow).toBe(false)
    expect(frame.hasAttribute('src')).toBe(false)
    expect(frame.nextSibling?.textContent).toBe('text')
    expect(history.length).toBe(length)
  })

  test('takes back what left the page meanwhile without a fault', () => {
    const frame = put('<iframe data-src="/a"></iframe>')
    const undo = load(frame, '')
    frame.remove()
    expect(undo).not.toThrow()
  })

  test('leaves an empty address empty', () => {
    const image = put('<img data-src="" alt="">')
    load(image, '')
    expect(image.getAttribute('src')).toBe('')
  })
})
