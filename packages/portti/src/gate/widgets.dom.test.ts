// @vitest-environment jsdom
import { afterEach, describe, expect, test, vi } from 'vitest'
import { policyWith } from '../../../../test/fixtures/policy.ts'
import type { Service } from '../policy/policy.ts'
import { draw, park } from './widgets.dom.ts'

const { services } = policyWith()
const service = (id: string) => services.get(id) as Service
const page = window as unknown as Record<string, unknown>

afterEach(() => {
  document.body.replaceChildren()
  for (const name of ['FB', 'IN', 'twttr']) delete page[name]
})
function put(html: string): HTMLElement {
  document.body.innerHTML = html
  return document.body.firstElementChild as HTMLElement
}

describe('a widget', () => {
  test.each([
    ['<div class="fb-page wide"></div>', 'class'],
    ['<script type="IN/Share"></script>', 'type'],
  ])('that steps aside is none to its vendor until it is drawn: %s', (html, attribute) => {
    const element = put(html)
    const before = element.outerHTML
    park(element)
    park(element)
    expect(element.getAttribute(attribute)).toBe('portti/parked')
    draw(element, [])
    expect(element.outerHTML).toBe(before)
  })

  test('that did not step aside is drawn as it is', () => {
    const element = put('<div data-widget="1"></div>')
    draw(element, [])
    expect(element.outerHTML).toBe('<div data-widget="1"></div>')
  })

  test('is drawn by its vendor if it is here already, with its parent and as a method', () => {
    const parse = vi.fn()
    const XFBML = { parse }
    page.FB = { XFBML }
    const element = put('<div><div class="fb-page"></div></div>').firstElementChild as HTMLElement
    draw(element, [service('facebook')])
    expect(parse.mock.calls).toEqual([[element.parentElement]])
    expect(parse.mock.contexts).toEqual([XFBML])
  })

  test.each([undefined, null, 0, 'FB', {}, { XFBML: null }, { XFBML: {} }, { XFBML: { parse: 'no' } }])(
    'waits for its vendor while %j is there',
    (FB) => {
      page.FB = FB
      expect(() => draw(put('<div class="fb-page"></div>'), [service('facebook')])).not.toThrow()
    },
  )

  test('does not break when its vendor does', () => {
    page.FB = {
      XFBML: {
        parse() {
          throw new Error('a fault of the vendor')
        },
      },
    }
    expect(() => draw(put('<div class="fb-page"></div>'), [service('facebook')])).not.toThrow()
  })

  test('does not break when its vendor has left a trap', () => {
    page.FB = Object.defineProperty({}, 'XFBML', {
      get() {
        throw new Error('a fault of the vendor')
      },
    })
    expect(() => draw(put('<div class="fb-page"></div>'), [service('facebook')])).not.toThrow()
  })

  test('gets its own markup back', () => {
    const element = put('<div class="fb-page"><blockquote>Our <a href="/x">page</a></blockquote></div>')
    const undo = draw(element, [service('facebook')])
    element.innerHTML = '<iframe></iframe>'
    undo()
    expect(element.innerHTML).toBe('<blockquote>Our <a href="/x">page</a></blockquote>')
  })

  test('is passed over while it is parked', () => {
    const element = put('<div class="big fb-page"></div>')
    park(element)
    park(element)
    expect(element.matches('.fb-page')).toBe(false)
    draw(element, [service('facebook')])
    expect(element.className).toBe('big fb-page')
  })

  test('that is a script is parked by its type', () => {
    const element = put('<script type="IN/Share"></script>')
    park(element)
    expect(element.matches('[type^="IN/"]')).toBe(false)
    draw(element, [service('linkedin')])
    expect(element.getAttribute('type')).toBe('IN/Share')
  })
})
