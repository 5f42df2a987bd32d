// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createWriting } from './write.dom.ts'

const native = document.write
let script: HTMLScriptElement
const writing = createWriting()
const startWriting = (start: () => void) => {
  writing.start(script, start)
  writing.end()
}
beforeEach(() => {
  document.body.innerHTML = '<p>Hei</p><script type="text/plain"></script><i></i>'
  script = document.querySelector('script') as HTMLScriptElement
})
afterEach(() => {
  vi.restoreAllMocks()
  document.head.replaceChildren()
  document.body.replaceChildren()
})

test('what it writes, in pieces too, stands behind it, and the page stays', () => {
  startWriting(() => {
    document.write('<b', '>a</')
    document.write('b>')
    document.writeln('c')
  })
  expect(document.body.innerHTML).toBe('<p>Hei</p><script type="text/plain"></script><b>a</b>c\n<i></i>')
})

test('nothing is put anywhere by one that writes nothing', () => {
  const before = document.body.innerHTML
  startWriting(() => {})
  expect(document.body.innerHTML).toBe(before)
})

test('what one in the head writes comes first in the body', () => {
  document.head.append(script)
  startWriting(() => document.write('<b>a</b>'))
  expect(document.body.innerHTML).toBe('<b>a</b><p>Hei</p><i></i>')
  expect(document.head.innerHTML).toBe('<script type="text/plain"></script>')
})

test('external scripts that it writes run in their order, but for those that say async', () => {
  startWriting(() => document.write('<script src="/a.js"></script><script async src="/b.js"></script>'))
  expect(
    [...document.body.querySelectorAll('script[src]')].map((one) => (one as HTMLScriptElement).async),
  ).toEqual([false, true])
})

test('the methods are the browser’s before and after, and ours from the first start to the end', () => {
  writing.end()
  expect(document.write).toBe(native)
  writing.start(script, () => expect(document.write).not.toBe(native))
  const ours = document.write
  writing.start(script, () => expect(document.write).toBe(ours))
  expect(document.write).toBe(ours)
  writing.end()
  for (const name of ['write', 'writeln']) expect(Object.keys(document)).not.toContain(name)
  expect(document.write).toBe(native)
  startWriting(() => expect(document.write).not.toBe(native))
})

test('what is written by a method that somebody has kept, after its script, goes nowhere', () => {
  let kept = (_: string) => {}
  writing.start(script, () => {
    kept = document.write
  })
  kept('<b>a</b>')
  writing.start(script, () => document.write('<u>b</u>'))
  writing.end()
  kept('<b>c</b>')
  expect(document.body.innerHTML).toBe('<p>Hei</p><script type="text/plain"></script><u>b</u><i></i>')
})

test('where the page has its own method it is called, and stays', () => {
  const own = vi.fn()
  Object.assign(document, { write: own })
  startWriting(() => document.write('<b>a</b>'))
  expect(own).toHaveBeenCalledWith('<b>a</b>')
  expect(document.write).toBe(own)
  Reflect.deleteProperty(document, 'write')
  expect(document.querySelector('b')).toBeNull()
})

test('a script that has left the page meanwhile writes nowhere', () => {
  startWriting(() => {
    script.remove()
    document.write('<b>a</b>')
  })
  expect(document.body.innerHTML).toBe('<p>Hei</p><i></i>')
})

test('where nothing can be put on the document the script starts all the same', () => {
  const started = vi.fn()
  vi.spyOn(Reflect, 'defineProperty').mockReturnValue(false)
  startWriting(started)
  expect(started).toHaveBeenCalledOnce()
  expect(document.write).toBe(native)
})
