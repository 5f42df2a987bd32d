// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createPageEvents, type PageEvents } from './page-events.dom.ts'

const state = vi.hoisted(() => ({ ready: 'complete' }))
vi.mock('../natives/natives.ts', async (original) => ({
  ...(await original<object>()),
  readyState: () => state.ready,
}))

type Page = Window & typeof globalThis & { heard: unknown[] }
/** The global object of scripts in jsdom, which is not that of the test. */
const page = () => (globalThis as unknown as { jsdom: { window: Page } }).jsdom.window
const native = document.addEventListener
let released: WeakSet<Element>
let events: PageEvents
beforeEach(() => {
  // That of the test has methods of its own.
  vi.stubGlobal('window', page())
  state.ready = 'complete'
  page().heard = []
  released = new WeakSet()
  events = createPageEvents(released)
})
afterEach(() => {
  events.end()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
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

test('who stops listening for one event, or in one place, goes on hearing the others', () => {
  events.start()
  run(`f = (event) => heard.push(event.type, event.currentTarget === window); g = () => heard.push('g')
    for (const type of ['DOMContentLoaded', 'load']) { window.addEventListener(type, f); window.addEventListener(type, g) }
    document.addEventListener('DOMContentLoaded', f)
    window.removeEventListener('DOMContentLoaded', f); window.removeEventListener('load', g)`)
  events.end()
  expect(heard()).toEqual(['DOMContentLoaded', false, 'g', 'load', true])
})

test('what a released script adds to an element, by way of the document, is that element’s', () => {
  events.start()
  run(`button = document.createElement('button')
    document.addEventListener.call(button, 'load', () => heard.push('button'))`)
  events.end()
  expect(heard()).toEqual([])
  run("button.dispatchEvent(new Event('load'))", false)
  expect(heard()).toEqual(['button'])
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

test('first what waits for the page to be ready hears it, of document and window, then what waits for all of it', () => {
  const note = (name: string) =>
    `(event) => heard.push('${name} ' + event.type, event.target === document, event.currentTarget === `
  events.start()
  run(`addEventListener('load', ${note('load')}window))
    window.addEventListener('DOMContentLoaded', ${note('window')}window))
    document.addEventListener('load', () => heard.push('never'))
    ${wait('a', "window.addEventListener('load', () => heard.push('load of a'))")}`)
  events.end()
  expect(heard()).toEqual([
    'a DOMContentLoaded',
    ...['window DOMContentLoaded', true, true],
    ...['load load', true, true],
    'load of a',
  ])
  expect(Object.keys(page()).filter((name) => /EventListener$/.test(name))).toEqual([])
})

test('window.onload of a released script is called, the page’s own is not and comes back', () => {
  const own = vi.fn()
  page().onload = own
  events.start()
  expect(page().onload).toBeNull()
  run("heard.push(onload); onload = (event) => heard.push('onload ' + event.type)")
  events.end()
  expect(heard()).toEqual([null, 'onload load'])
  expect(own).not.toHaveBeenCalled()
  expect(page().onload).toBe(own)
  events.start()
  events.end()
  expect(heard()).toHaveLength(2)
  page().onload = null
})

test.each([
  ['before both', 'loading', 0, []],
  ['before both, though the page has been read', 'interactive', 0, []],
  ['between them', 'interactive', 7, ['ready']],
  ['after both', 'complete', 7, ['ready', 'load', 'onload']],
  ['after both, where the browser tells no times', 'complete', undefined, ['ready', 'load', 'onload']],
])('%s only what is over is told, and the rest comes from the browser', (name, ready, start, told) => {
  state.ready = ready
  vi.stubGlobal('performance', {
    timing: start === undefined ? undefined : { domContentLoadedEventStart: start },
  })
  const own = vi.fn()
  page().onload = own
  events.start()
  expect(page().onload).toBe(ready === 'complete' ? null : own)
  run(`document.addEventListener('DOMContentLoaded', () => heard.push('${name}: ready'))
    addEventListener('load', () => heard.push('${name}: load'))`)
  if (ready === 'complete') run(`onload = () => heard.push('${name}: onload')`)
  const ours = () =>
    heard().flatMap((one) => (`${one}`.startsWith(`${name}: `) ? `${one}`.slice(name.length + 2) : []))
  events.end()
  expect(ours()).toEqual(told)
  expect(own).not.toHaveBeenCalled()
  document.dispatchEvent(new (page().Event)('DOMContentLoaded'))
  page().dispatchEvent(new (page().Event)('load'))
  expect(ours()).toEqual(ready === 'complete' ? told : ['ready', 'load'])
  page().onload = null
})

test('nothing is told of what no script has started', () => {
  const own = vi.fn()
  page().onload = own
  events.end()
  expect(own).not.toHaveBeenCalled()
  expect(page().onload).toBe(own)
  page().onload = null
})
