// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://kauppa.yritys.example/tuotteet/1" }
// biome-ignore-all lint/suspicious/noDocumentCookie: the library writes cookies like this, and jsdom has no other way.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { inJsdom } from '../../../../test/fixtures/jsdom-natives.ts'
import type * as natives from '../natives/natives.ts'
import { createStore, hasGpc } from './store.dom.ts'
import type { Store } from './store.ts'

const written: string[] = []
/** How the browser takes our cookie writes. */
let cookies: 'kept' | 'ignored' | 'refused' = 'kept'

vi.mock('../natives/natives.ts', async (original) => {
  const real = inJsdom(await original<typeof natives>())
  return {
    ...real,
    readCookies: () => {
      if (cookies === 'refused') throw new DOMException('no', 'SecurityError')
      return real.readCookies()
    },
    writeCookie: (text: string) => {
      if (cookies === 'refused') throw new DOMException('no', 'SecurityError')
      written.push(text)
      if (cookies === 'kept') real.writeCookie(text)
    },
  }
})

const TEXT = '1.1763769600123.save.analytics:1:k3f9a-x02bd.social:0:p91ce'
const YEAR = 31_557_600
const create = (domain?: string): Store => createStore({ domain })

beforeEach(() => {
  cookies = 'kept'
  written.length = 0
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  localStorage.clear()
  for (const name of ['portti', 'portti2', 'xportti', 'Portti', 'portti-old']) {
    document.cookie = `${name}=;Max-Age=0;Path=/`
    document.cookie = `${name}=;Max-Age=0;Path=/tuotteet`
    document.cookie = `${name}=;Max-Age=0;Path=/;Domain=yritys.example`
  }
})

describe('the cookie', () => {
  test('has the attributes that we promise', () => {
    expect(create().write(TEXT, YEAR)).toBe(true)
    expect(written).toEqual([`portti=${TEXT};Path=/;Max-Age=31557600;SameSite=Lax;Secure`])
    expect(document.cookie).toBe(`portti=${TEXT}`)
    expect(localStorage.length).toBe(0)
  })

  test('is not kept from a page that comes without encryption', () => {
    vi.stubGlobal('location', { ...location, protocol: 'http:' })
    expect(create().write(TEXT, YEAR)).toBe(true)
    expect(written).toEqual([`portti=${TEXT};Path=/;Max-Age=31557600;SameSite=Lax`])
  })

  test('is shared with sub-domains if the policy says so', () => {
    expect(create('yritys.example').write(TEXT, YEAR)).toBe(true)
    expect(written).toEqual([
      `portti=${TEXT};Path=/;Max-Age=31557600;SameSite=Lax;Secure;Domain=yritys.example`,
    ])
  })

  test('is read back as it was written', () => {
    create().write(TEXT, YEAR)
    expect(create().read()).toEqual([TEXT])
  })

  test('replaces the last one', () => {
    const store = create()
    store.write(TEXT, YEAR)
    store.write(`${TEXT}.ads:0:abc`, YEAR)
    expect(store.read()).toEqual([`${TEXT}.ads:0:abc`])
  })

  test('is not mistaken for others of a similar name', () => {
    for (const name of ['portti2', 'xportti', 'Portti', 'portti-old'])
      document.cookie = `${name}=1.1.accept;Path=/`
    document.cookie = 'other=portti=1;Path=/'
    expect(create().read()).toEqual([])
    create().write(TEXT, YEAR)
    expect(create().read()).toEqual([TEXT])
    document.cookie = 'other=;Max-Age=0;Path=/'
  })

  test('is read in each copy if there are several', () => {
    document.cookie = 'portti=elsewhere;Path=/tuotteet'
    create().write(TEXT, YEAR)
    expect(create().read().sort()).toEqual([TEXT, 'elsewhere'])
  })

  test('is not touched by reading or listening', () => {
    const store = create()
    store.read()
    store.listen(() => {})()
    expect(written).toEqual([])
    expect(document.cookie).toBe('')
    expect(localStorage.length).toBe(0)
  })
})

describe('without cookies', () => {
  test.each(['ignored', 'refused'] as const)('that are %s the answer is kept in localStorage', (how) => {
    cookies = how
    const store = create()
    expect(store.read()).toEqual([])
    expect(store.write(TEXT, YEAR)).toBe(true)
    expect(localStorage.getItem('portti')).toBe(TEXT)
    expect(create().read()).toEqual([TEXT])
  })

  test('an answer too long for one goes to localStorage', () => {
    const long = `${TEXT}.${'a'.repeat(1100)}:1:b`
    expect(create().write(long, YEAR)).toBe(true)
    expect(document.cookie).toBe('')
    expect(localStorage.getItem('portti')).toBe(long)
  })

  test('an answer just short enough for one goes into it', () => {
    const edge = `${TEXT}.`.padEnd(1024, 'a')
    expect(create().write(edge, YEAR)).toBe(true)
    expect(localStorage.length).toBe(0)
    expect(create().write(`${edge}a`, YEAR)).toBe(true)
    expect(localStorage.getItem('portti')).toBe(`${edge}a`)
  })

  test('the copy in localStorage goes once a cookie can be written', () => {
    cookies = 'ignored'
    create().write('old', YEAR)
    cookies = 'kept'
    expect(create().write(TEXT, YEAR)).toBe(true)
    expect(localStorage.getItem('portti')).toBeNull()
    expect(create().read()).toEqual([TEXT])
  })

  test.each([undefined, 'yritys.example'])(
    'an older cookie goes where a newer answer is too long for one (domain %s)',
    (domain) => {
      create(domain).write('old', YEAR)
      const long = `${TEXT}.${'a'.repeat(1100)}:1:b`
      expect(create('yritys.example').write(long, YEAR)).toBe(true)
      expect(create().read()).toEqual([long])
    },
  )

  test('an older cookie that cannot be taken away would count first, so the newer answer is not kept', () => {
    create().write('old', YEAR)
    cookies = 'ignored'
    expect(create().write(TEXT, YEAR)).toBe(false)
    expect(create().read()).toEqual(['old'])
  })

  test('nothing of it is opened while a cookie has an answer', () => {
    create().write(TEXT, YEAR)
    const opened = vi.spyOn(Storage.prototype, 'getItem')
    expect(create().read()).toEqual([TEXT])
    expect(opened).not.toHaveBeenCalled()
  })
})

describe('without any storage', () => {
  const refuse = () => {
    throw new DOMException('no', 'SecurityError')
  }

  test('nothing throws, and the write says so', () => {
    cookies = 'refused'
    vi.stubGlobal('localStorage', undefined)
    const store = create()
    expect(store.read()).toEqual([])
    expect(store.write(TEXT, YEAR)).toBe(false)
  })

  test('that throws at each touch, nothing throws', () => {
    cookies = 'refused'
    for (const method of ['getItem', 'setItem', 'removeItem'] as const) {
      vi.spyOn(Storage.prototype, method).mockImplementation(refuse)
    }
    expect(create().read()).toEqual([])
    expect(create().write(TEXT, YEAR)).toBe(false)
  })

  test('that is full, the write says so', () => {
    cookies = 'ignored'
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    expect(create().write(TEXT, YEAR)).toBe(false)
  })

  test('that forgets silently, the write says so', () => {
    cookies = 'ignored'
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {})
    expect(create().write(TEXT, YEAR)).toBe(false)
  })
})

describe('listening', () => {
  const event = (type: string, fields: object) => window.dispatchEvent(Object.assign(new Event(type), fields))

  test('calls back with nothing on the way back to a kept page', () => {
    const heard = vi.fn()
    const end = create().listen(heard)
    event('pageshow', { persisted: false })
    expect(heard).not.toHaveBeenCalled()
    event('pageshow', { persisted: true })
    expect(heard.mock.calls).toEqual([[undefined]])
    end()
    event('pageshow', { persisted: true })
    expect(heard).toHaveBeenCalledOnce()
  })

  test('hears text that another tab tells, and nothing else', async () => {
    const heard = vi.fn()
    const end = create().listen(heard)
    const other = new BroadcastChannel('portti')
    for (const message of [{ analytics: true }, 1, null, ['1.1.accept'], TEXT]) other.postMessage(message)
    await vi.waitFor(() => expect(heard).toHaveBeenCalled())
    expect(heard.mock.calls).toEqual([[TEXT]])
    end()
    other.close()
  })

  test('tells the other tabs', async () => {
    const here = create()
    const heard = vi.fn()
    const end = create().listen(heard)
    here.tell(TEXT)
    await vi.waitFor(() => expect(heard).toHaveBeenCalledWith(TEXT))
    end()
    here.listen(() => {})()
    // Closed: nothing happens, nothing throws.
    const after = vi.fn()
    const endAfter = create().listen(after)
    const last = new BroadcastChannel('portti')
    here.tell(TEXT)
    last.postMessage('later')
    await vi.waitFor(() => expect(after).toHaveBeenCalledWith('later'))
    expect(after).toHaveBeenCalledTimes(1)
    last.close()
    endAfter()
  })

  test('works where there is no BroadcastChannel', () => {
    vi.stubGlobal('BroadcastChannel', undefined)
    const store = create()
    store.tell(TEXT)
    store.listen(() => {})()
    expect(store.write(TEXT, YEAR)).toBe(true)
  })
})

test.each([
  [undefined, false],
  [false, false],
  [true, true],
  ['1', false],
])('Global Privacy Control that reads %s is %s', (value, expected) => {
  expect(hasGpc()).toBe(false)
  if (value !== undefined)
    Object.defineProperty(navigator, 'globalPrivacyControl', { value, configurable: true })
  expect(hasGpc()).toBe(expected)
  Reflect.deleteProperty(navigator, 'globalPrivacyControl')
})
