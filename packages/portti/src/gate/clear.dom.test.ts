// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://kauppa.yritys.example/tuotteet/1" }
// biome-ignore-all lint/suspicious/noDocumentCookie: the library writes cookies like this, and jsdom has no other way.
import { afterEach, describe, expect, test, vi } from 'vitest'
import { categoriesWith, policyWith } from '../../../../test/fixtures/policy.ts'
import { writeCookie } from '../natives/natives.ts'
import type { StorageFact } from '../policy/service-facts.ts'
import { clear } from './clear.dom.ts'

vi.mock(import('../natives/natives.ts'), async (original) => {
  const natives = await original()
  return { ...natives, writeCookie: vi.fn(natives.writeCookie) }
})

const policy = policyWith()
const services = [...policy.services.values()]
const deny = (...ids: string[]) =>
  clear(
    services.filter(({ id }) => ids.includes(id)),
    services.filter(({ id }) => !ids.includes(id)),
  )
const names = () =>
  document.cookie
    .split('; ')
    .filter(Boolean)
    .map((pair) => pair.split('=')[0])
    .sort()

afterEach(() => {
  vi.restoreAllMocks()
  vi.mocked(writeCookie).mockClear()
  vi.unstubAllGlobals()
  for (const name of names()) {
    for (const scope of ['/', '/tuotteet']) {
      for (const domain of ['', ';Domain=yritys.example', ';Domain=kauppa.yritys.example']) {
        document.cookie = `${name}=;Max-Age=0;Path=${scope}${domain};Secure`
      }
    }
  }
  localStorage.clear()
  sessionStorage.clear()
})

describe('clearing', () => {
  test('removes cookies on the host, on every parent domain and in every folder', () => {
    for (const scope of [
      ';Path=/',
      ';Path=/tuotteet',
      ';Path=/;Domain=kauppa.yritys.example',
      ';Path=/;Domain=yritys.example',
      '',
      ';Path=/;Secure',
    ]) {
      document.cookie = `_ga=1${scope}`
    }
    document.cookie = '_ga_ABC=1;Path=/;Domain=yritys.example'
    expect(names().length).toBeGreaterThanOrEqual(4)
    deny('google-analytics')
    expect(names()).toEqual([])
  })

  test('leaves the cookies of everybody else', () => {
    for (const name of ['_ga', 'cart', 'portti', 'PHPSESSID', '_fbp', 'x_ga', '__Secure-x'])
      document.cookie = `${name}=1;Path=/;Secure`
    deny('google-analytics')
    expect(names()).toEqual(['PHPSESSID', '__Secure-x', '_fbp', 'cart', 'portti', 'x_ga'].sort())
  })

  test('leaves what another service, which may run, has declared too', () => {
    document.cookie = '_gcl_au=1;Path=/'
    deny('google-ads')
    expect(names()).toEqual(['_gcl_au'])
    deny('google-ads', 'google-signals')
    expect(names()).toEqual([])
  })

  test.each([
    ['https:', true],
    ['http:', false],
  ])('of %s writes cookies that its pages may write', (protocol, secure) => {
    vi.stubGlobal('location', { ...location, protocol, hostname: 'yritys.example', pathname: '/' })
    document.cookie = '_ga=1;Path=/'
    deny('google-analytics')
    const written = vi.mocked(writeCookie).mock.calls.flat()
    expect(written.length).toBeGreaterThan(1)
    expect(written.filter((text) => text.endsWith(';Secure'))).toHaveLength(secure ? written.length : 0)
    expect(written.every((text) => secure || !text.includes('Secure'))).toBe(true)
  })

  test('removes what is declared of the two storages', () => {
    for (const storage of [localStorage, sessionStorage]) {
      for (const key of ['segments', 'lastExternalReferrer', 'lastExternalReferrerTime', 'cart', 'segments2'])
        storage.setItem(key, '1')
    }
    deny('ad-segments', 'meta-pixel')
    expect(Object.keys(localStorage).sort()).toEqual(['cart', 'segments2'])
    expect(Object.keys(sessionStorage)).toHaveLength(5)
  })

  test('touches no storage that nobody has declared', () => {
    const touched = vi.fn()
    vi.spyOn(window, 'localStorage', 'get').mockImplementation(touched)
    vi.spyOn(window, 'sessionStorage', 'get').mockImplementation(touched)
    vi.stubGlobal('indexedDB', { databases: touched, deleteDatabase: touched })
    vi.stubGlobal('caches', { keys: touched, delete: touched })
    deny('google-analytics')
    expect(touched).not.toHaveBeenCalled()
  })

  describe('with every kind of storage declared', () => {
    const storage: StorageFact[] = (
      ['localStorage', 'sessionStorage', 'indexedDB', 'cacheStorage'] as const
    ).flatMap((where) => [
      { in: where, name: 'acme_*', purpose: 'ads' },
      { in: where, name: 'acme', purpose: 'ads' },
    ])
    const acme = policyWith({
      categories: categoriesWith({
        id: 'ads',
        services: [{ id: 'acme', use: 'google-ads', storage }],
      }),
    }).services.get('acme')!
    const databases = (list: (() => Promise<{ name: string }[]>) | undefined) => {
      const deleteDatabase = vi.fn()
      vi.stubGlobal('indexedDB', { deleteDatabase, ...(list ? { databases: list } : {}) })
      return () => deleteDatabase.mock.calls.flat()
    }
    const cacheStorage = (...present: string[]) => {
      const remove = vi.fn(async () => true)
      vi.stubGlobal('caches', { keys: async () => present, delete: remove })
      return () => remove.mock.calls.flat()
    }

    test('removes databases and caches of these names', async () => {
      const deleted = databases(async () => [{ name: 'acme_1' }, { name: 'acme' }, { name: 'other' }])
      const gone = cacheStorage('acme_x', 'own')
      clear([acme], [])
      await vi.waitFor(() => expect(gone()).toEqual(['acme_x']))
      expect(deleted()).toEqual(['acme_1', 'acme'])
    })

    test('tries exact names where a browser lists no databases', async () => {
      const deleted = databases(undefined)
      cacheStorage()
      clear([acme], [])
      await vi.waitFor(() => expect(deleted()).toContain('acme'))
    })

    test('clears the others where one storage is refused', async () => {
      const refused = () => {
        throw new DOMException('no', 'SecurityError')
      }
      localStorage.setItem('acme', '1')
      sessionStorage.setItem('acme', '1')
      vi.spyOn(window, 'localStorage', 'get').mockImplementation(refused)
      const deleted = databases(() => Promise.reject(new Error('no')))
      const gone = cacheStorage('acme')
      expect(() => clear([acme], [])).not.toThrow()
      await vi.waitFor(() => expect(gone()).toEqual(['acme']))
      expect(deleted()).toEqual([])
      expect(sessionStorage.getItem('acme')).toBeNull()
    })

    test('does nothing, and throws nothing, where there is neither', async () => {
      vi.stubGlobal('indexedDB', undefined)
      vi.stubGlobal('caches', undefined)
      expect(() => clear([acme], [])).not.toThrow()
      await new Promise((resolve) => setTimeout(resolve, 10))
    })
  })
})
