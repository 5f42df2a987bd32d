// @vitest-environment jsdom
import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { en } from '../locales/en.ts'
import { en as settingsTexts } from '../locales/settings/en.ts'
import type { ServiceFacts } from '../policy/service-facts.ts'
import * as exported from './index.ts'

const { catalogue, ...named } = exported
const services: readonly (readonly [string, ServiceFacts])[] = [...catalogue]
const notServices = [
  'catalogue',
  'compact',
  'compact.test',
  'index',
  'providers',
  'transfers',
  'services.test',
]
const files = readdirSync(import.meta.dirname)
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((file) => !notServices.includes(file))

/** The element that `html` describes. */
function element(html: string): Element {
  const template = document.createElement('template')
  template.innerHTML = html
  return template.content.firstElementChild as Element
}

/** The widget of `service` that takes `html`. */
const widgetFor = (service: string, html: string) =>
  catalogue.get(service)?.widgets?.filter(({ match }) => element(html).matches(match)) ?? []

describe('the catalogue', () => {
  it('has a file, an entry and an export for each service', () => {
    expect([...catalogue.keys()].sort()).toEqual(files.sort())
    expect(
      Object.values(named)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...catalogue.keys()].sort())
  })

  it('exports each service under its id in camel case', () => {
    for (const [name, { id }] of Object.entries(named))
      expect(name).toBe(id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()))
  })
})

describe.each(services)('%s', (id, service) => {
  const { provider, transfer, urls, cookies = [], storage = [], widgets = [] } = service

  it('has its id as key, in lower case', () => {
    expect(service.id).toBe(id)
    expect(id).toMatch(/^[a-z][a-z0-9-]*$/)
  })

  it('is in a category that every language names', () => {
    expect(Object.keys(en.categories)).toContain(service.category)
  })

  it('has a name in one or all three languages', () => {
    if (typeof service.name === 'string') expect(service.name).not.toBe('')
    else expect(Object.keys(service.name)).toEqual(['fi', 'sv', 'en'])
  })

  it('has a provider with a country and a notice, unless it is the site', () => {
    if (provider === exported.session.provider) return
    expect(provider.name).toMatch(/\S/)
    expect(provider.country).toMatch(/^[A-Z]{2}$/)
    expect(new URL(String(provider.privacyNotice)).protocol).toBe('https:')
  })

  it('says where data goes whenever it leaves the EU and EEA', () => {
    if (transfer.ground !== 'eea') expect(transfer.country).toMatch(/^[A-Z]{2}$/)
  })

  it('has addresses of a host and an optional path', () => {
    for (const url of urls) {
      expect(url).toMatch(/^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+(\/[^\s*]*)?$/)
      const plain = url.replace(/^\*\./, '')
      const { href } = new URL(`https://${plain}`)
      expect(href.replace(/\/$/, '')).toBe(`https://${plain}`)
    }
    expect(new Set(urls).size).toBe(urls.length)
  })

  it('names each cookie and storage key once', () => {
    const names = [
      ...cookies.map(({ name, host = '' }) => `cookie ${name} ${host}`),
      ...storage.map((fact) => `${fact.in} ${fact.name}`),
    ]
    expect(new Set(names).size).toBe(names.length)
  })

  it('has names that a browser can have, with a star only at the end', () => {
    for (const { name } of [...cookies, ...storage]) {
      expect(name).toMatch(/^[\w.!#$%&'+|~^-]+\*?$/)
      expect(name.replace('*', '').length).toBeGreaterThan(1)
    }
  })

  it('has lifetimes between no days and 800', () => {
    for (const { days } of cookies) {
      expect(days).toBeGreaterThanOrEqual(0)
      expect(days).toBeLessThanOrEqual(800)
    }
  })

  it('has a purpose for each cookie and key that every language has words for', () => {
    for (const { purpose } of [...cookies, ...storage]) {
      if (typeof purpose === 'string') expect(Object.keys(settingsTexts.purposes)).toContain(purpose)
      else expect(Object.keys(purpose)).toEqual(expect.arrayContaining(['fi', 'sv', 'en']))
    }
  })

  it('has hosts of foreign cookies that are not the patterns of addresses', () => {
    for (const { host } of cookies)
      if (host !== undefined) expect(host).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/)
  })

  it('has selectors that a browser takes', () => {
    for (const { match } of widgets) expect(() => document.querySelector(match)).not.toThrow()
  })

  it('has links whose tokens are attribute names, url or title', () => {
    for (const { link } of widgets) {
      if (link === undefined) continue
      const literal = link.replace(/\{\+?[a-z][a-z_-]*(\|[a-z][a-z_-]*)*\}/g, 'x')
      expect(literal).not.toMatch(/[{}]/)
      expect(literal === 'x' || new URL(literal).protocol === 'https:').toBe(true)
    }
  })

  it('has globals that are names or paths, each once', () => {
    const { globals = [], tagIds = [] } = service
    for (const name of globals) expect(name).toMatch(/^[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*$/)
    expect(new Set(globals).size).toBe(globals.length)
    for (const id of tagIds) expect(id).toMatch(/^[A-Z]+-$/)
  })

  it('holds only dead widgets if it is dead itself', () => {
    if (service.retired) for (const widget of widgets) expect(widget.retired).toBe(true)
  })
})

it('services that share a global of their own tag are told apart by the ids of the tag', () => {
  const claims = services.flatMap(([id, { globals = [], tagIds = [] }]) =>
    globals.map((name) => ({ id, name, ids: tagIds })),
  )
  for (const { name, ids } of claims) {
    const sharing = claims.filter((claim) => claim.name === name)
    if (name === 'gtag' && sharing.length > 1) expect(ids).not.toEqual([])
  }
  const ids = services.flatMap(([, { tagIds = [] }]) => tagIds)
  expect(new Set(ids).size).toBe(ids.length)
})

describe('the widgets', () => {
  const retired = 'fb-like fb-comments fb-send fb-like-box fb-follow fb-activity fb-customerchat'.split(' ')
  it.each(retired)('know that .%s has ended', (name) => {
    const [widget, ...more] = widgetFor(
      'facebook',
      `<div class="${name}" data-href="https://a.example/"></div>`,
    )
    expect(more).toEqual([])
    expect(widget?.retired).toBe(true)
  })

  it('know the tag form of the Like button', () => {
    expect(widgetFor('facebook', '<fb:like href="https://a.example/"></fb:like>')[0]?.retired).toBe(true)
  })

  it.each(['fb-share-button', 'fb-page', 'fb-post', 'fb-video'])('know that .%s lives', (name) => {
    const [widget, ...more] = widgetFor('facebook', `<div class="${name}"></div>`)
    expect(more).toEqual([])
    expect(widget).toBeDefined()
    expect(widget?.retired).toBeUndefined()
  })

  it.each([
    ['linkedin', '<script type="IN/Share"></script>', 'share'],
    ['linkedin', '<script type="IN/FollowCompany" data-id="1"></script>', 'open'],
    ['linkedin', '<div class="badge-base LI-profile-badge" data-vanity="a"></div>', 'open'],
    ['x', '<a class="twitter-share-button" href="https://twitter.com/share">', 'share'],
    ['x', '<a class="x-share-button" href="https://x.com/intent/post">', 'share'],
    ['x', '<a class="twitter-timeline" href="https://twitter.com/a">', 'open'],
    ['x', '<blockquote class="twitter-tweet"></blockquote>', 'open'],
    [
      'instagram',
      '<blockquote class="instagram-media" data-instgrm-permalink="https://a.example/"></blockquote>',
      'open',
    ],
    ['facebook-login', '<div class="fb-login-button"></div>', 'open'],
    ['google-plus', '<div class="g-plusone"></div>', 'share'],
    ['google-plus', '<g:plusone></g:plusone>', 'share'],
  ])('of %s take %s', (service, html, does) => {
    const found = widgetFor(service, html)
    expect(found.map((widget) => widget.does)).toEqual([does])
  })

  it('leave an ordinary element of a common class name alone', () => {
    expect(widgetFor('google-plus', '<div class="g-page"></div>')).toEqual([])
    expect(widgetFor('linkedin', '<script type="module"></script>')).toEqual([])
  })

  it('of one service are never those of another', () => {
    const selectors = services.flatMap(([, { widgets = [] }]) =>
      widgets.flatMap(({ match }) => match.split(',')),
    )
    expect(new Set(selectors).size).toBe(selectors.length)
  })
})
