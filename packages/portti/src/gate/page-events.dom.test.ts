// @vitest-environment jsdom
// What a window hears is in test/browser/gate.test.ts: vitest's own has its methods bound.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createPageEvents, type PageEvents } from './page-events.dom.ts'

/** The global object of scripts in jsdom, which is not that of the test. */
const page = () => (globalThis as unknown as { jsdom: { window: Window & { heard: string[] } } }).jsdom.window
const native = document.addEventListener
let released: WeakSet<Element>
let events: PageEvents
beforeEach(() => {
  page().heard = []
  released = new WeakSet()
  events = createPageEvents(released)
})
afterEach(() => {
  events.end()
  vi.restoreAllMocks()
  document.body.replaceChildren()
})

function run(text: string, isReleased = true): void {
  const script = document.createElement('script')
  script.text = text
  if (isReleased) released.add(script)
  document.body.append(script)
}
const wait = (name: string, more = '') =>
  `document.addEventListener('DOMContentLoaded', function ${name}(event) { heard.push('${name} ' + event.type); ${more} });`
const heard = () => page().heard

test('a released script that came too late hears it at the end, and the next one after it', () => {
  events.start()
  run(wait('a'))
  events.start()
  run(
    wait(
      'b',
      'heard.push(this === document && event.target === document && event.currentTarget === document)',
    ),
  )
  expect(heard()).toEqual([])
  events.end()
  expect(heard()).toEqual(['a DOMContentLoaded', 'b DOMContentLoaded', true])
  events.end()
  events.start()
  events.end()
  expect(heard()).toHaveLength(3)
})

test('others hear nothing again: scripts of the page, code that runs later, and other events', () => {
  run(wait('before'))
  events.start()
  run(wait('own'), false)
  document.addEventListener('DOMContentLoaded', () => heard().push('test'))
  run("document.addEventListener('click', () => heard.push('click'))")
  events.end()
  expect(heard()).toEqual([])
  document.dispatchEvent(new Event('click'))
  expect(heard()).toEqual(['click'])
})

test('who has stopped listening hears nothing', () => {
  events.start()
  run(`${wait('a')
    .replace('document', 'f = function () { heard.push(1) }; document')
    .replace(/function a.*/, 'f)')}
    document.removeEventListener('DOMContentLoaded', f)
    g = () => heard.push(2); document.addEventListener('scroll', g)
    document.removeEventListener('scroll', g)`)
  events.end()
  document.dispatchEvent(new Event('scroll'))
  expect(heard()).toEqual([])
})

test('one that fails keeps the next from nothing, and one that is stopped by another hears nothing', () => {
  const errors = vi.spyOn(console, 'error').mockImplementation(() => {})
  events.start()
  run(`f = function () { heard.push('f') };
    ${wait('a', "document.removeEventListener('DOMContentLoaded', f); throw new Error('vendor')")}
    document.addEventListener('DOMContentLoaded', f); document.addEventListener('DOMContentLoaded', null)
    document.addEventListener('DOMContentLoaded', { handleEvent(event) { heard.push(this !== document, event.type) } })`)
  events.end()
  expect(heard()).toEqual(['a DOMContentLoaded', true, 'DOMContentLoaded'])
  expect(errors).toHaveBeenCalledOnce()
})

test('who asks twice hears it once', () => {
  events.start()
  run(`${wait('a').replace('function', 'f = function')}document.addEventListener('DOMContentLoaded', f)`)
  events.end()
  expect(heard()).toEqual(['a DOMContentLoaded'])
})

test('what a page has put on the prototype is called for all else, and for nothing that has come', () => {
  const pages = vi.spyOn(EventTarget.prototype, 'addEventListener')
  events.start()
  run(`${wait('a')}document.addEventListener('blur', () => heard.push('blur'), true)`)
  events.end()
  expect(pages.mock.calls.map(([type, , options]) => [type, options])).toEqual([['blur', true]])
  document.dispatchEvent(new Event('blur'))
  expect(heard()).toEqual(['a DOMContentLoaded', 'blur'])
})

test('one that lets more run is not told twice', () => {
  Object.assign(page(), {
    more: () => {
      events.start()
      events.end()
    },
  })
  events.start()
  run(wait('a', 'more()') + wait('b'))
  events.end()
  expect(heard()).toEqual(['a DOMContentLoaded', 'b DOMContentLoaded'])
  expect(document.addEventListener).toBe(native)
})

test('the methods are ours from the start to the end; what the page puts in their place stays and works', () => {
  expect(document.addEventListener).toBe(native)
  events.start()
  const ours = document.addEventListener
  expect(ours).not.toBe(native)
  events.start()
  expect(document.addEventListener).toBe(ours)
  events.end()
  for (const name of ['addEventListener', 'removeEventListener'])
    expect(Object.keys(document)).not.toContain(name)

  events.start()
  const kept = document.addEventListener
  const pages = vi.fn((...args: Parameters<typeof kept>) => kept.apply(document, args))
  document.addEventListener = pages
  events.end()
  expect(document.addEventListener).toBe(pages)
  events.start()
  run(wait('a'))
  events.end()
  expect(pages).toHaveBeenCalledOnce()
  expect(Reflect.deleteProperty(document, 'addEventListener')).toBe(true)
})

test('called with another element, or with none, they are the browser’s', () => {
  events.start()
  const button = document.createElement('button')
  const { addEventListener: add } = document
  add.call(button, 'load', () => heard().push('button'))
  Reflect.apply(add, undefined, ['focus', () => heard().push('document')])
  button.dispatchEvent(new Event('load'))
  document.dispatchEvent(new Event('focus'))
  expect(heard()).toEqual(['button', 'document'])
})

test('where nothing can be put the page goes on', () => {
  const { defineProperty } = Reflect
  vi.spyOn(Reflect, 'defineProperty').mockImplementation(
    (...args) => args[0] !== document && defineProperty(...args),
  )
  events.start()
  run(wait('a'))
  expect(() => events.end()).not.toThrow()
  expect(heard()).toEqual([])
})
