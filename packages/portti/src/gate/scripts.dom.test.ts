// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createScriptQueue, type HeldScript } from './scripts.dom.ts'
import { trust } from './trusted-types.dom.ts'

/** The global object of scripts in jsdom, which is not that of the test. */
const page = () => (globalThis as unknown as { jsdom: { window: Window & { ran: unknown[] } } }).jsdom.window
beforeEach(() => {
  page().ran = []
  // A slice of work does not end here, however slow the machine is.
  vi.spyOn(performance, 'now').mockReturnValue(0)
})
afterEach(() => {
  vi.restoreAllMocks()
  document.body.replaceChildren()
  // Of queues whose scripts never came.
  for (const name of ['addEventListener', 'removeEventListener']) Reflect.deleteProperty(document, name)
})

interface Live {
  readonly live: HTMLScriptElement[]
  readonly refused: HTMLScriptElement[]
  readonly held: HeldScript[]
}
/** The scripts of `html`, in the page, ready for the queue. */
function put(html: string, allowed: (element: HTMLScriptElement) => boolean = () => true): Live {
  document.body.insertAdjacentHTML('beforeend', html)
  const live: HTMLScriptElement[] = []
  const refused: HTMLScriptElement[] = []
  const held = [...document.body.querySelectorAll<HTMLScriptElement>('script[type="text/plain"]')].map(
    (element): HeldScript => ({
      element,
      allowed: () => allowed(element),
      refused: () => refused.push(element),
      ran: (next) => live.push(next),
    }),
  )
  return { held, live, refused }
}
const inline = (name: string, attributes = '') =>
  `<script type="text/plain" ${attributes}>window.ran.push('${name}')</script>`
const external = (name: string, attributes = '') =>
  `<script type="text/plain" data-src="https://a.example/${name}" ${attributes}></script>`
const names = (scripts: readonly HTMLScriptElement[]) =>
  scripts.map(({ src, text }) => src.slice(18) || text.slice(17, -2))
const settle = (script: HTMLScriptElement | undefined, type = 'load') =>
  script?.dispatchEvent(new Event(type))

test('what page code has put in starts last, as itself, once the scripts of the HTML have run', () => {
  const { held, live } = put(
    `${external('made')}${external('made-too')}${external('a')}${external('b', 'async')}${inline('c')}`,
  )
  const started: string[] = []
  const made = held.map(
    (script, index): HeldScript =>
      index < 2 ? { ...script, start: () => started.push(`${index}`) } : script,
  )
  createScriptQueue(undefined)(made)
  expect(names(live)).toEqual(['a', 'b'])
  expect(started).toEqual([])
  settle(live[0], 'error')
  expect(names(live.slice(0, 3))).toEqual(['a', 'b', 'c'])
  // The second does not wait for the first: browsers load them side by side.
  expect(started).toEqual(['0', '1'])
  expect(live.slice(3)).toEqual([made[0]?.element, made[1]?.element])
})

describe('a script', () => {
  test('runs once, as a new element in its old place', () => {
    const { held, live } = put(`<p></p>${inline('a')}<b></b>`)
    const run = createScriptQueue(undefined)
    run(held)
    expect(page().ran).toEqual(['a'])
    expect(live[0]?.previousElementSibling?.tagName).toBe('P')
    expect(live[0]?.nextElementSibling?.tagName).toBe('B')
    expect(document.querySelectorAll('script')).toHaveLength(1)
    run([])
    expect(page().ran).toEqual(['a'])
  })

  test('that Trusted Types do not let run is refused, and the next has its turn', () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    vi.spyOn(trust, 'url').mockImplementation(() => {
      throw new TypeError('This document requires TrustedScriptURL')
    })
    const { held, live, refused } = put(external('a') + inline('b'))
    createScriptQueue(undefined)(held)
    expect(refused).toEqual([held[0]?.element])
    expect(names(live)).toEqual(['b'])
    expect(page().ran).toEqual(['b'])
    expect(document.querySelector('[data-src]')?.getAttribute('type')).toBe('text/plain')
  })

  test('asks for trust in a text only where it has one', () => {
    const trusted = vi.spyOn(trust, 'script')
    const { held } = put(external('a', 'async') + inline('b'))
    createScriptQueue(undefined)(held)
    expect(trusted.mock.calls).toEqual([[held[1]?.element.text]])
  })

  test('that writes leaves the page as it is, with what it wrote behind it', () => {
    const { held } = put(
      '<p>Hei</p><script type="text/plain">document.write("<b>a</b>"); window.ran.push(Object.hasOwn(document, "write"))</script><i></i>',
    )
    createScriptQueue(undefined)(held)
    // What jsdom does without ours looks the same.
    expect(page().ran).toEqual([true])
    expect(Object.hasOwn(document, 'write')).toBe(false)
    expect([...document.body.children].map(({ localName }) => localName)).toEqual(['p', 'script', 'b', 'i'])
  })

  test('that cannot be started does not stop the next', () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const { held } = put(inline('a') + inline('b'))
    Object.assign(held[0]?.element as HTMLScriptElement, {
      replaceWith() {
        throw new Error('of the page')
      },
    })
    createScriptQueue(undefined)(held)
    expect(page().ran).toEqual(['b'])
    expect(document.write).toBe(Document.prototype.write)
  })

  test('keeps every attribute but its type', () => {
    const { held, live } = put(
      external(
        'a.js#xfbml=1',
        'id="sdk" integrity="sha384-x" crossorigin="anonymous" referrerpolicy="origin" fetchpriority="low" data-category="ads" data-service="x" charset="utf-8" data-Key="1"',
      ),
    )
    createScriptQueue(undefined)(held)
    const [script] = live
    expect(script?.src).toBe('https://a.example/a.js#xfbml=1')
    expect(script?.type).toBe('')
    expect(script?.getAttributeNames().sort()).toEqual([
      'charset',
      'crossorigin',
      'data-category',
      'data-key',
      'data-service',
      'data-src',
      'fetchpriority',
      'id',
      'integrity',
      'referrerpolicy',
      'src',
    ])
    expect(['integrity', 'crossorigin', 'id'].map((name) => script?.getAttribute(name))).toEqual([
      'sha384-x',
      'anonymous',
      'sdk',
    ])
  })

  test('keeps attributes of names that only a parser can make', () => {
    const { held, live } = put(inline('a', 'data-x @click="1" :b="2"'))
    createScriptQueue(undefined)(held)
    expect(live[0]?.getAttribute('@click')).toBe('1')
    expect(page().ran).toEqual(['a'])
  })

  test('keeps its address when that stands in src', () => {
    const { held, live } = put('<script type="text/plain" src="https://a.example/a.js"></script>')
    createScriptQueue(undefined)(held)
    expect(live[0]?.src).toBe('https://a.example/a.js')
    expect(live[0]?.type).toBe('')
  })

  test('keeps the text that stands beside an address', () => {
    const { held, live } = put(
      '<script type="text/plain" data-src="https://platform.example/in.js">api_key: 1\nlang: fi</script>',
    )
    createScriptQueue(undefined)(held)
    expect(live[0]?.text).toBe('api_key: 1\nlang: fi')
  })

  test('becomes a module if it says so', () => {
    const { held, live } = put(external('a.mjs', 'data-type="module"'))
    createScriptQueue(undefined)(held)
    expect(live[0]?.type).toBe('module')
  })

  test.each([
    ['async', true],
    ['', false],
    ['defer', false],
  ])('marked "%s" is async: %s', (attribute, async) => {
    const { held, live } = put(external('a.js', attribute))
    createScriptQueue(undefined)(held)
    expect(live[0]?.async).toBe(async)
    expect(live[0]?.defer).toBe(attribute === 'defer')
  })

  test.each([
    ['its own', 'nonce="own"', 'ours', 'own'],
    ['ours if it has none', '', 'ours', 'ours'],
    ['none if there is none', '', undefined, ''],
  ])('gets %s nonce', (_, attribute, ours, expected) => {
    const { held, live } = put(inline('a', attribute))
    createScriptQueue(ours)(held)
    expect(live[0]?.nonce).toBe(expected)
  })

  test('gets the nonce that a browser hides from attributes', () => {
    const { held, live } = put(inline('a'))
    const { element } = held[0]!
    element.setAttribute('nonce', '')
    element.nonce = 'hidden'
    createScriptQueue(undefined)(held)
    expect(live[0]?.nonce).toBe('hidden')
  })

  test('that may not run any more, when its turn comes, is left', () => {
    const { held, live, refused } = put(inline('a') + inline('b'), ({ text }) => text.includes('b'))
    createScriptQueue(undefined)(held)
    expect(page().ran).toEqual(['b'])
    expect(live).toHaveLength(1)
    expect([...document.querySelectorAll('script[type="text/plain"]')]).toEqual(refused)
    expect(refused).toHaveLength(1)
  })

  test('that fails does not keep the next from running', () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => {})
    const quiet = (event: Event) => event.preventDefault()
    window.addEventListener('error', quiet)
    const { held } = put(
      `<script type="text/plain">throw 1</script><script type="text/plain">not ja va</script>${inline('b')}`,
    )
    createScriptQueue(undefined)(held)
    expect(page().ran).toEqual(['b'])
    window.removeEventListener('error', quiet)
    report.mockRestore()
  })
})

describe('the order', () => {
  test('is that in which they were given', () => {
    createScriptQueue(undefined)(put(['a', 'b', 'c'].map((name) => inline(name)).join('')).held)
    expect(page().ran).toEqual(['a', 'b', 'c'])
  })

  test('puts all external scripts in at once, unless an inline one stands between', () => {
    const { held, live } = put(external('1') + external('2') + inline('i') + external('3') + inline('j'))
    createScriptQueue(undefined)(held)
    expect(names(live)).toEqual(['1', '2'])
    settle(live[1])
    expect(names(live)).toEqual(['1', '2'])
    settle(live[0])
    expect(names(live)).toEqual(['1', '2', 'i', '3'])
    expect(page().ran).toEqual(['i'])
    settle(live[3])
    expect(page().ran).toEqual(['i', 'j'])
  })

  test('goes on after a script that cannot be loaded', () => {
    const { held, live } = put(external('1') + inline('i'))
    createScriptQueue(undefined)(held)
    expect(page().ran).toEqual([])
    settle(live[0], 'error')
    expect(page().ran).toEqual(['i'])
  })

  test.each([
    ['an async script', 'async'],
    ['a data block with an address', 'data-type="application/json"'],
  ])('does not wait for %s', (_, attributes) => {
    createScriptQueue(undefined)(put(external('1', attributes) + inline('i')).held)
    expect(page().ran).toEqual(['i'])
  })

  test.each(['module', 'text/javascript', 'application/javascript', 'text/ecmascript'])(
    'waits for an external %s',
    (type) => {
      const { held, live } = put(external('1', `data-type="${type}"`) + inline('i'))
      createScriptQueue(undefined)(held)
      expect(page().ran).toEqual([])
      settle(live[0])
      expect(page().ran).toEqual(['i'])
    },
  )

  test('lets scripts that come later wait for those before', () => {
    const run = createScriptQueue(undefined)
    const first = put(external('1'))
    run(first.held)
    const second = put(inline('i'))
    run(second.held)
    expect(page().ran).toEqual([])
    settle(first.live[0])
    expect(page().ran).toEqual(['i'])
  })

  test('takes up scripts that a running one adds, after it', () => {
    const run = createScriptQueue(undefined)
    const outer = put(inline('a') + inline('b'))
    const late = put(inline('late')).held.slice(-1)
    const { ran } = outer.held[0]!
    run([
      {
        ...outer.held[0]!,
        ran(live) {
          ran(live)
          run(late)
        },
      },
      outer.held[1]!,
    ])
    expect(page().ran).toEqual(['a', 'b', 'late'])
  })
})

test('5,000 scripts run once each, in order, without filling the stack or the page being busy for long', async () => {
  vi.restoreAllMocks()
  const count = 5000
  const { held } = put(Array.from({ length: count }, (_, i) => inline(`${i}`)).join(''))
  createScriptQueue(undefined)(held)
  expect(page().ran.length).toBeLessThan(count)
  await vi.waitFor(() => expect(page().ran).toHaveLength(count), { timeout: 50_000, interval: 100 })
  expect([...page().ran]).toEqual(Array.from({ length: count }, (_, i) => `${i}`))
})

test('what scripts wait for is noted until the last of them has come or failed, those too for which nobody waits', () => {
  const isNoting = () => Object.hasOwn(document, 'addEventListener')
  const { held, live } = put(`${external('a', 'async')}${external('b')}${inline('c')}`)
  createScriptQueue(undefined)(held)
  expect(isNoting()).toBe(true)
  settle(live[1])
  expect(page().ran).toEqual(['c'])
  expect(isNoting()).toBe(true)
  settle(live[0], 'error')
  expect(isNoting()).toBe(false)
})

test('one for which nobody waits, once it has come, lets nobody go who waits for another', () => {
  const { held, live } = put(`${external('a', 'async')}${external('b')}${inline('c')}`)
  createScriptQueue(undefined)(held)
  settle(live[0])
  expect(page().ran).toEqual([])
  settle(live[1])
  expect(page().ran).toEqual(['c'])
})
