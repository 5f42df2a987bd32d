// @vitest-environment jsdom
import { describe, expect, test } from 'vitest'
import { policyWith } from '../../../../test/fixtures/policy.ts'
import { createMarks } from './mark.ts'

const aliases = {
  klaro: { matomo: 'google-analytics', youtube: 'youtube' },
  cookiebot: { marketing: 'ads', statistics: 'analytics' },
  onetrust: { C0002: 'analytics', C0004: 'ads' },
  usercentrics: { 'Google Analytics': 'google-analytics', YT: 'youtube' },
  orejime: { tube: 'youtube' },
}
const plain = createMarks(policyWith())
const mapped = createMarks(policyWith({ aliases }))

function element(html: string): Element {
  const template = document.createElement('template')
  template.innerHTML = html
  return template.content.firstElementChild as Element
}
function read(html: string, marks = plain) {
  const found = marks.read(element(html))
  return found && { ...found, services: found.services.map(({ id }) => id) }
}

describe('a mark', () => {
  test.each([
    ['<b></b>'],
    ['<b data-service></b>'],
    ['<b data-service=""></b>'],
    ['<b data-category="  "></b>'],
    ['<b data-service=" , "></b>'],
    ['<b data-name="google-analytics" data-cookieconsent="marketing" class="optanon-category-C0002"></b>'],
  ])('is not on %s', (html) => {
    expect(read(html)).toBeUndefined()
  })

  test.each([
    ['<b data-service="x"></b>', ['x'], []],
    ['<b data-category="ads"></b>', [], ['ads']],
    ['<b data-category="social" data-service="x"></b>', ['x'], []],
    ['<b data-category="ads" data-service="x"></b>', ['x'], ['ads']],
    ['<b data-category="analytics ads"></b>', [], ['analytics', 'ads']],
    ['<b data-category="analytics,ads"></b>', [], ['analytics', 'ads']],
    ['<b data-service=" x\n facebook, linkedin"></b>', ['x', 'facebook', 'linkedin'], []],
    // Either attribute takes either kind of name.
    ['<b data-service="ads"></b>', [], ['ads']],
    ['<b data-category="youtube"></b>', ['youtube'], []],
  ])('of %s is understood', (html, services, categories) => {
    expect(read(html)).toEqual({ services, categories, unknown: undefined })
  })

  test.each([
    ['<b data-service="unheard-of"></b>', 'unheard-of'],
    ['<b data-service="x unheard-of"></b>', 'unheard-of'],
    ['<b data-category="analytics unheard-of more"></b>', 'unheard-of'],
    ['<b data-service="X"></b>', 'X'],
    ['<b data-service="constructor"></b>', 'constructor'],
    ['<b data-service="__proto__"></b>', '__proto__'],
    ['<b data-category="toString"></b>', 'toString'],
    ['<portti-gate service="unheard-of"></portti-gate>', 'unheard-of'],
  ])('of %s is not known', (html, name) => {
    expect(read(html)?.unknown).toBe(name)
  })

  test.each([
    ['klaro', '<b data-name="matomo"></b>', ['google-analytics'], []],
    ['Cookiebot', '<b data-cookieconsent="marketing"></b>', [], ['ads']],
    ['Cookiebot', '<b data-cookieconsent="statistics, marketing"></b>', [], ['analytics', 'ads']],
    ['OneTrust', '<b class="big optanon-category-C0002 red"></b>', [], ['analytics']],
    ['Usercentrics', '<b data-usercentrics="YT"></b>', ['youtube'], []],
    ['orejime', '<template data-purpose="tube"></template>', ['youtube'], []],
  ])('of %s is understood if the policy maps it: %s', (_, html, services, categories) => {
    expect(read(html, mapped)).toEqual({ services, categories, unknown: undefined })
    expect(read(html, plain)).toBeUndefined()
    expect(element(html).matches(mapped.selector)).toBe(true)
    expect(element(html).matches(plain.selector)).toBe(false)
  })

  test('of Usercentrics may hold a blank', () => {
    expect(read('<b data-usercentrics="Google Analytics"></b>', mapped)).toMatchObject({
      services: ['google-analytics'],
    })
  })

  test.each([
    ['<b data-name="q"></b>', 'q'],
    ['<b data-name="constructor"></b>', 'constructor'],
    ['<b class="optanon-category-C0009"></b>', 'optanon-category-C0009'],
    ['<b class="optanon-category-C0002 optanon-category-C0009"></b>', 'optanon-category-C0009'],
  ])('of another manager that is not mapped is unknown, so that it stays held: %s', (html, name) => {
    expect(read(html, mapped)).toMatchObject({ unknown: name })
  })

  test('is no class that only looks like one', () => {
    expect(read('<b class="xoptanon-category-C0002"></b>', mapped)).toBeUndefined()
  })

  test('of a gate element may stand without data-', () => {
    expect(read('<portti-gate service="youtube"></portti-gate>', plain)).toMatchObject({ unknown: undefined })
    expect(read('<b service="youtube"></b>', plain)).toBeUndefined()
  })
})
