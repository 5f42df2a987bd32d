import { expect, test } from 'vitest'
import type { Found } from './audit.ts'
import { report } from './report.ts'

const tag: Found = {
  what: 'request',
  name: 'www.googletagmanager.com',
  example: 'https://www.googletagmanager.com/gtag/js?id=G-1',
  service: 'google-analytics',
  why: 'early',
}
const click: Found = {
  what: 'cookie',
  name: '_hjSession_1',
  example: '',
  service: 'hotjar',
  why: 'undeclared',
}
const font: Found = {
  what: 'request',
  name: 'fonts.example',
  example: 'https://fonts.example/a.woff2',
  service: '',
  why: 'unlisted',
}

test('a page that does nothing unforeseen is told so', () => {
  expect(report([])).toBe('portti audit: found nothing so far that the policy does not cover.')
})

test('what was found stands below what to do about it, the worst first', () => {
  const text = report([font, click, tag])
  expect(text).toMatch(/^portti audit: found 3 /)
  expect(text.split('\n\n').map((part) => part.split('\n').slice(1))).toEqual([
    [],
    ['  request www.googletagmanager.com (google-analytics) https://www.googletagmanager.com/gtag/js?id=G-1'],
    ['  cookie _hjSession_1 (hotjar)'],
    ['  request fonts.example https://fonts.example/a.woff2'],
  ])
})

test('a fault that nobody has made has no heading', () => {
  expect(report([font])).not.toContain('data-guard')
})
