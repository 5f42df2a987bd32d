import { beforeEach, describe, expect, test } from 'vitest'
import { categoriesWith, policyWith } from '../../../../test/fixtures/policy.ts'
import { catalogue } from '../services/catalogue.ts'
import { createJudge, type Judge } from './judge.ts'
import { known } from './known.ts'

const own = {
  name: 'Acme',
  provider: { name: 'Acme Oy', country: 'FI', role: 'processor', privacyNotice: 'https://acme.example/p' },
  transfer: { ground: 'eea' },
} as const
const policy = policyWith({
  categories: categoriesWith({
    id: 'analytics',
    services: [
      'google-analytics',
      { id: 'study', use: 'microsoft-clarity' },
      {
        id: 'counter',
        ...own,
        urls: ['www.shop.example/counter', 'acme.example', '*.acme.example'],
        cookies: [{ name: 'acme_*', days: 1, purpose: 'visit' }],
      },
    ],
  }),
})

let judge: Judge
let granted: Set<string>
const begin = (given = policy) => judge.begin(given, (id) => id === 'session' || granted.has(id))
beforeEach(() => {
  granted = new Set()
  judge = createJudge(known, 'www.shop.example', 'cdn.portti.example', () => 'https://www.shop.example/page')
  judge.names(catalogue.values())
})

describe('while no policy is there', () => {
  test.each([
    ['https://www.google-analytics.com/g/collect', 'google-analytics'],
    ['https://static.hotjar.com/c/x.js', 'hotjar'],
    ['https://fonts.anybody.example/x', ''],
    ['wss://anybody.example/', ''],
    ['//anybody.example/x', ''],
    ['https://shop.example.evil.example/', ''],
  ])('%s waits', (url, id) => {
    expect(judge.address(url)).toEqual({ id, why: 'no-policy' })
  })
  test.each([
    '/own.js',
    'https://www.shop.example/x',
    'https://shop.example/x',
    'https://img.shop.example/x',
    'https://cdn.portti.example/portti-settings.js',
    'data:text/plain,x',
    'about:blank',
    'https://[',
    '',
  ])('%s does not wait', (url) => {
    expect(judge.address(url)).toBe(undefined)
  })
})

describe('once the policy is there', () => {
  beforeEach(() => begin())

  test.each([
    ['https://www.google-analytics.com/g/collect', 'google-analytics', 'declared'],
    ['https://www.clarity.ms/tag/x', 'study', 'declared'],
    ['https://static.hotjar.com/c/x.js', 'hotjar', 'undeclared'],
    ['/counter?x=1', 'counter', 'declared'],
    ['HTTPS://ACME.EXAMPLE:443/x', 'counter', 'declared'],
    ['\thttps:\\\\user:pw@a.acme.example.\\x', 'counter', 'declared'],
    ['https://connect.facebook.net/en_US/fbevents.js', 'meta-pixel', 'declared'],
    ['https://connect.facebook.net/fi_FI/sdk.js', 'facebook', 'declared'],
  ])('%s waits for %s', (url, id, why) => {
    expect(judge.address(url)).toEqual({ id, why })
  })

  test('a stranger goes, unless the policy holds strangers', () => {
    expect(judge.address('https://anybody.example/x')).toBe(undefined)
    begin({ ...policy, unlisted: 'hold' })
    expect(judge.address('https://anybody.example/x')).toEqual({ id: '', why: 'unlisted' })
    expect(judge.address('https://img.shop.example/x')).toBe(undefined)
  })

  test('nobody is a stranger under the domain that shares the answer', () => {
    judge = createJudge(known, 'kauppa.shop.example', '', () => 'https://kauppa.shop.example/')
    const sibling = 'https://kuvat.shop.example/x'
    begin({ ...policy, unlisted: 'hold' })
    expect(judge.address(sibling)).toEqual({ id: '', why: 'unlisted' })
    begin({ ...policy, unlisted: 'hold', cookie: { domain: 'shop.example' } })
    expect(judge.address(sibling)).toBe(undefined)
    expect(judge.address('https://anybody.example/x')).toEqual({ id: '', why: 'unlisted' })
  })

  test('what is granted goes, and nothing else', () => {
    granted.add('study')
    expect(judge.address('https://www.clarity.ms/tag/x')).toBe(undefined)
    expect(judge.address('https://acme.example/x')).toBeDefined()
    granted.delete('study')
    expect(judge.address('https://www.clarity.ms/tag/x')).toBeDefined()
  })

  test('an address that several catalogue services share belongs to the declared one', () => {
    begin(policyWith({ categories: [{ id: 'social', services: ['facebook-login'] }] }))
    expect(judge.address('https://connect.facebook.net/fi_FI/sdk.js')).toEqual({
      id: 'facebook-login',
      why: 'declared',
    })
  })

  test('a policy that cannot be used leaves trackers held and lets strangers go', () => {
    judge.begin(undefined, () => false)
    expect(judge.address('https://static.hotjar.com/x')).toEqual({ id: 'hotjar', why: 'undeclared' })
    expect(judge.address('https://anybody.example/x')).toBe(undefined)
  })
})

describe('styles and markup', () => {
  test.each([
    ['background: url(https://acme.example/px)', 'counter'],
    ["background: u\\72l('https\\3a //ac\\6d e.example/px')", 'counter'],
    ['{"url":"https:\\/\\/www.youtube.com\\/embed\\/x"}', 'youtube'],
    ['background: url(https://own.example/px) /* \\ffffff */', undefined],
  ])('%s belongs to %s', (text, id) => {
    begin()
    expect(judge.text(text)?.id).toBe(id)
  })
})

describe('inline scripts', () => {
  beforeEach(() => begin())

  test.each([
    [
      "!function(f,b,e,v,n,t,s){n=f.fbq=function(){};t=b.createElement(e);t.src=v}(window,document,'script','https://connect.facebook.net/en_US/fbevents.js');fbq('init','1')",
      'meta-pixel',
    ],
    ["fbq('track', 'PageView')", 'meta-pixel'],
    [
      "window.dataLayer = window.dataLayer || []; function gtag(){dataLayer.push(arguments)} gtag('config', 'G-X')",
      'google-analytics',
    ],
    ["gtag('config', 'AW-123')", 'google-ads'],
    ['_linkedin_partner_id = "1"', 'linkedin-insight'],
    [
      "(function(c){c.createElement('script').src='https:\\/\\/www.clarity.ms\\/tag\\/'+i})(document)",
      'study',
    ],
    ["window['clarity'] = function(){}", 'study'],
    ["new Image().src = '//acme.example/px'", 'counter'],
  ])('%s belongs to %s', (code, id) => {
    expect(judge.code(code)?.id).toBe(id)
  })

  test.each([
    "const links = { youtube: 'https://www.youtube.com/@shop' }",
    "document.querySelector('#fbq').textContent = 'gtag'",
    'const page = { ga: 1, hj: 2 }',
    "console.log('https://acme.example/')",
    'my.gtag("x")',
  ])('%s is nobody’s', (code) => {
    expect(judge.code(code)).toBe(undefined)
  })

  test('ends soon, however long the text', () => {
    const began = performance.now()
    for (const unit of ['a.', '//a.', '"a-', 'window.', "['", ' '])
      judge.code(`createElement${unit.repeat(200000 / unit.length)}`)
    expect(performance.now() - began).toBeLessThan(2000)
  })
})

describe('stored names', () => {
  beforeEach(() => begin())

  test.each([
    ['cookie', '_ga', 'google-analytics'],
    ['cookie', '_clck', 'study'],
    ['cookie', 'acme_1', 'counter'],
    ['cookie', '_hjSession_1', 'hotjar'],
    ['localStorage', '_hjx', 'hotjar'],
  ] as const)('%s %s waits for %s', (where, name, id) => {
    expect(judge.write(where, name)?.id).toBe(id)
  })

  test.each([
    ['cookie', 'PHPSESSID'],
    ['cookie', 'mine'],
    ['localStorage', 'acme_1'],
  ] as const)('%s %s is free', (where, name) => {
    expect(judge.write(where, name)).toBe(undefined)
  })

  test('a name that somebody who may run uses as well is free', () => {
    // Google Analytics and Google Tag Manager both have it.
    expect(judge.write('cookie', '_dc_gtm_1')).toBeDefined()
    granted.add('google-analytics')
    begin(
      policyWith({ categories: [{ id: 'analytics', services: ['google-analytics', 'google-tag-manager'] }] }),
    )
    expect(judge.write('cookie', '_dc_gtm_1')).toBe(undefined)
  })

  test('what the site needs is written while no policy is there', () => {
    const early = createJudge(known, 'a.example', '', () => 'https://a.example/')
    early.names(catalogue.values())
    expect(early.write('cookie', 'PHPSESSID')).toBe(undefined)
    expect(early.write('cookie', '_ga')).toEqual({ id: 'google-analytics', why: 'no-policy' })
  })
})
