import { describe, expect, test } from 'vitest'
import { normalise } from '../policy/normalise.ts'
import { catalogue } from '../services/catalogue.ts'
import { createClassifier } from './classify.ts'

const provider = {
  name: 'Mittari Oy',
  country: 'FI',
  role: 'processor',
  privacyNotice: 'https://mittari.example/',
} as const
const own = { provider, transfer: { ground: 'eea' } } as const
const policy = normalise(
  {
    controller: { name: 'Mallila Oy', privacyNotice: '/tietosuoja' },
    categories: [
      {
        id: 'necessary',
        services: [
          {
            id: 'basket',
            name: 'Kori',
            ...own,
            urls: ['basket.example'],
            cookies: [{ name: 'shared', days: 1, purpose: 'x' }],
          },
        ],
      },
      {
        id: 'analytics',
        services: [
          'google-analytics',
          {
            id: 'counter',
            name: 'Mittari',
            ...own,
            urls: ['*.counter.example', 'mallila.example/count/'],
            cookies: [
              { name: 'trk_*', days: 1, purpose: 'x' },
              { name: 'shared', days: 1, purpose: 'x' },
              { name: 'foreign', days: 1, purpose: 'x', host: 'counter.example' },
            ],
            storage: [{ in: 'localStorage', name: 'trk', purpose: 'x' }],
          },
        ],
      },
    ],
  },
  catalogue,
)
const { request, stored } = createClassifier(policy, catalogue, 'https://www.mallila.example/a/', [
  'cdn.example',
  'pictures.example/own/',
])
const nobody = () => false
const necessary = (id: string) => policy.services.get(id)?.category === 'necessary'
const all = () => true

describe('a request', () => {
  test.each([
    ['of a declared service', 'https://eu.counter.example/a.js', { service: 'counter', why: 'early' }],
    [
      'of a service on the site’s own host',
      'https://mallila.example/count/a.js',
      { service: 'counter', why: 'early' },
    ],
    [
      'of a catalogue service that the policy names',
      'https://www.google-analytics.com/g/collect',
      { service: 'google-analytics', why: 'early' },
    ],
    [
      'of one that it does not name',
      'https://static.hotjar.com/a.js',
      { service: 'hotjar', why: 'undeclared' },
    ],
    ['of a socket', 'wss://static.hotjar.com/a', { service: 'hotjar', why: 'undeclared' }],
    ['of nobody known', 'https://strange.example/a.js', { service: '', why: 'unlisted' }],
    [
      'beside a path that is allowed',
      'https://pictures.example/other/a.png',
      { service: '', why: 'unlisted' },
    ],
    ['below an allowed path', 'https://pictures.example/own/a.png', undefined],
    ['of an allowed host', 'https://cdn.example/a.png', undefined],
    ['of a necessary service', 'https://basket.example/a.js', undefined],
    ['of the page’s own host', 'b.js', undefined],
    ['of the page’s site', 'https://cdn.mallila.example/b.js', undefined],
    ['without a host', 'data:text/plain,x', undefined],
    ['of a piece of the page’s own', 'blob:https://strange.example/1', undefined],
  ])('%s', (_what, url, verdict) => {
    expect(request(url, necessary)).toEqual(verdict)
  })

  test('of what may run is no fault, but for what nobody declared', () => {
    expect(request('https://eu.counter.example/a.js', all)).toBeUndefined()
    expect(request('https://static.hotjar.com/a.js', all)).toEqual({ service: 'hotjar', why: 'undeclared' })
    expect(request('https://strange.example/a.js', all)).toEqual({ service: '', why: 'unlisted' })
  })
})

test('a request between sub-domains that share the answer stays on the site', () => {
  const shop = 'https://kauppa.mallila.example/'
  const shared = { ...policy, cookie: { domain: 'mallila.example' } }
  const pictures = 'https://kuvat.mallila.example/a.png'
  expect(createClassifier(policy, catalogue, shop, []).request(pictures, all)).toEqual({
    service: '',
    why: 'unlisted',
  })
  expect(createClassifier(shared, catalogue, shop, []).request(pictures, all)).toBeUndefined()
})

describe('a stored name', () => {
  test.each([
    ['of a declared service', 'cookie', 'trk_1', { service: 'counter', why: 'early' }],
    ['of one in its own kind of storage', 'localStorage', 'trk', { service: 'counter', why: 'early' }],
    ['of one in another kind', 'sessionStorage', 'trk', { service: '', why: 'unlisted' }],
    ['that belongs to another host', 'cookie', 'foreign', { service: '', why: 'unlisted' }],
    [
      'of a catalogue service that the policy does not name',
      'cookie',
      '_hjSession_1',
      { service: 'hotjar', why: 'undeclared' },
    ],
    ['of nobody known', 'indexedDB', 'strange', { service: '', why: 'unlisted' }],
    ['that a necessary service uses as well', 'cookie', 'shared', undefined],
    ['of our own', 'cookie', 'portti', undefined],
  ] as const)('%s', (_what, where, name, verdict) => {
    expect(stored(where, name, necessary)).toEqual(verdict)
  })

  test('is early as long as nobody who declares it may run', () => {
    expect(stored('cookie', 'shared', nobody)).toEqual({ service: 'basket', why: 'early' })
    expect(stored('cookie', 'trk_1', all)).toBeUndefined()
  })
})
