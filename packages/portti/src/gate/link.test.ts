import { describe, expect, test } from 'vitest'
import { links } from '../../../../test/fixtures/hostile-links.ts'
import { expandLink, safeLink } from './link.ts'

const BASE = 'https://kauppa.yritys.example/tuotteet/1?x=1#y'

describe('a link to what is held', () => {
  test.each([
    ['https://provider.example/a?b=c#d', 'https://provider.example/a?b=c#d'],
    ['http://provider.example/', 'http://provider.example/'],
    ['HTTPS://PROVIDER.example', 'https://provider.example/'],
    ['//provider.example/video', 'https://provider.example/video'],
    ['/oma/sivu', 'https://kauppa.yritys.example/oma/sivu'],
    ['toinen', 'https://kauppa.yritys.example/tuotteet/toinen'],
    ['', BASE.replace('#y', '')],
    ['mailto:myynti@yritys.example', 'mailto:myynti@yritys.example'],
    ['tel:+358401234567', 'tel:+358401234567'],
    [' https://provider.example/ ', 'https://provider.example/'],
  ])('may be %j', (address, href) => {
    expect(safeLink(address, BASE)).toBe(href)
  })

  test.each([
    // Such a space begins a path of the page's own host, in every browser.
    ...links.filter((link) => !/^[\u00a0\ufeff\u2028]/.test(link)),
    'file://host/share',
    'pcast:javascript:alert(1)',
    'http://',
    'https://',
    'http://[::1',
    'https://a b/',
    'https://provider.example:99999/',
    'https://%zz/',
  ])('is never %j', (address) => {
    expect(safeLink(address, BASE)).toBeUndefined()
  })

  test('is none on a page that has no address to start from', () => {
    expect(safeLink('/a', 'about:blank')).toBeUndefined()
    expect(safeLink('https://provider.example/', 'about:blank')).toBe('https://provider.example/')
  })
})

describe('a link of the catalogue', () => {
  const values: Record<string, string | null> = {
    url: 'https://yritys.example/ä?a=1&b=2#c',
    title: 'Kesä & "ale" 50 %',
    'data-href': 'https://other.example/x?y=z',
    empty: '',
    none: null,
    lone: 'a\ud800b',
  }
  const expand = (template: string) => expandLink(template, (name) => values[name])

  test.each([
    ['https://a.example/', 'https://a.example/'],
    [
      'https://a.example/?u={url}',
      'https://a.example/?u=https%3A%2F%2Fyritys.example%2F%C3%A4%3Fa%3D1%26b%3D2%23c',
    ],
    ['https://a.example/?t={title}', 'https://a.example/?t=Kes%C3%A4%20%26%20%22ale%22%2050%20%25'],
    ['https://a.example/?u={data-href|url}', 'https://a.example/?u=https%3A%2F%2Fother.example%2Fx%3Fy%3Dz'],
    [
      'https://a.example/?u={none|empty|data-href|url}',
      'https://a.example/?u=https%3A%2F%2Fother.example%2Fx%3Fy%3Dz',
    ],
    ['{+data-href}', 'https://other.example/x?y=z'],
    ['{+none|data-href}', 'https://other.example/x?y=z'],
    [
      'https://a.example/?u={url}&t={title}',
      'https://a.example/?u=https%3A%2F%2Fyritys.example%2F%C3%A4%3Fa%3D1%26b%3D2%23c&t=Kes%C3%A4%20%26%20%22ale%22%2050%20%25',
    ],
    ['https://a.example/?t={lone}', 'https://a.example/?t=a%EF%BF%BDb'],
  ])('%s is filled in', (template, link) => {
    expect(expand(template)).toBe(link)
  })

  test.each([
    '{none}',
    '{empty}',
    '{unknown}',
    '{+none}',
    '{none|empty}',
    'https://a.example/?u={url}&t={none}',
  ])('%s is none when a value is missing', (template) => {
    expect(expand(template)).toBeUndefined()
  })

  test('does not fill in what a value holds', () => {
    expect(expandLink('https://a.example/?u={a}', () => '{b}$&$1')).toBe(
      'https://a.example/?u=%7Bb%7D%24%26%241',
    )
    expect(expandLink('{+a}', () => 'https://a.example/{b}$&')).toBe('https://a.example/{b}$&')
  })

  test('that is the address in the markup is still tested for its scheme', () => {
    const link = expandLink('{+data-href}', () => 'javascript:alert(1)')
    expect(safeLink(link ?? '', BASE)).toBeUndefined()
  })
})
