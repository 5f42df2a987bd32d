// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { h } from './element.ts'

describe('h', () => {
  it('makes the element with its attributes and what it holds, in order', () => {
    const inner = h('b', null, 'two')
    const made = h('p', { class: 'a', 'data-x': '1' }, 'one ', inner, ' three')
    expect(made.outerHTML).toBe('<p class="a" data-x="1">one <b>two</b> three</p>')
    expect(made.children[0]).toBe(inner)
  })

  it('takes lists within lists, and leaves out what is not there', () => {
    const made = h('p', {}, ['a', ['b', [h('i', null)]]], false, null, undefined, '', [false, [null]])
    expect(made.innerHTML).toBe('ab<i></i>')
  })

  it('keeps texts texts, whatever they hold', () => {
    for (const text of ['<img src=x onerror=alert(1)>', '&lt;', '</p><script>1</script>', '\u0000']) {
      const made = h('p', { title: text }, text, [text])
      expect(made.children).toHaveLength(0)
      expect(made.textContent).toBe(text + text)
      expect(made.getAttribute('title')).toBe(text)
    }
  })

  it('draws in the name space of drawings what belongs there', () => {
    const made = h('svg', { viewBox: '0 0 1 1' }, h('path', { d: 'M0 0' }))
    for (const element of [made, made.firstElementChild]) {
      expect(element?.namespaceURI).toBe('http://www.w3.org/2000/svg')
    }
    expect(made.getAttribute('viewBox')).toBe('0 0 1 1')
    expect(h('section', null).namespaceURI).toBe('http://www.w3.org/1999/xhtml')
  })

  it('sets own attributes only, on a page whose Object.prototype has more', () => {
    const prototype = Object.prototype as unknown as Record<string, unknown>
    const names = ['class', 'onclick', 'hidden', 'innerHTML', 'is', 'children', 'length', 'style']
    for (const name of names) {
      Object.defineProperty(prototype, name, {
        value: 'x',
        enumerable: true,
        configurable: true,
        writable: true,
      })
    }
    let made: HTMLElement[]
    try {
      made = [h('p', { id: 'own' }, 'a', ['b']), h('p', null), h('p', {})]
    } finally {
      for (const name of names) delete prototype[name]
    }
    expect(made.map(({ outerHTML }) => outerHTML)).toEqual(['<p id="own">ab</p>', '<p></p>', '<p></p>'])
  })

  it('makes elements of the browser on a page that has put its own in the way', () => {
    document.body.innerHTML = '<img name="createElement"><img name="createElementNS">'
    expect(h('p', null).localName).toBe('p')
    expect(h('svg', null).localName).toBe('svg')
    document.body.replaceChildren()
  })
})
