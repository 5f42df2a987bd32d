import { describe, expect, test } from 'vitest'
import { categories, declared } from '../../../../test/fixtures/policy.ts'
import { catalogue } from '../services/catalogue.ts'
import { explain } from './explain.ts'
import { parse } from './parse.ts'

/** What is said of the faults of `input`. */
function said(input: unknown): string[] {
  const parsed = parse(input, catalogue)
  return parsed.ok ? [] : parsed.issues.map(explain)
}
/** What is said of a policy with these fields changed. */
const saidOf = (changes: object) => said({ ...declared, ...changes })
const saidOfCategory = (changes: object) =>
  saidOf({ categories: [{ id: 'analytics', services: [], ...changes }] })
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `own-${index}`, title: 'Oma', services: [] }))

test('nothing is said of a policy that is right', () => {
  expect(said(declared)).toEqual([])
})

describe('a document that is none', () => {
  test('is told with what the browser says of it', () => {
    expect(said('{"a": nope}')).toEqual([
      expect.stringMatching(/^The policy: this cannot be read as JSON: "?SyntaxError.*\. Check commas/),
    ])
    expect(said('<!doctype html>')[0]).toContain('It looks like a web page')
  })

  test('is told how long it is, and how to make it shorter', () => {
    const characters = 262_145
    expect(said(' '.repeat(characters))).toEqual([
      `The policy: the document has ${characters} characters; at most 256 KB is read. Leave out services that the site does not use, and use catalogue names instead of whole declarations.`,
    ])
  })
})

describe('a value is told in words that say what it should be', () => {
  test.each<[string, object, string]>([
    ['an empty name of a wording', { texts: { fi: { ' ': 'x' } } }, 'is not a name.'],
    [
      'an empty catalogue name',
      { categories: [{ id: 'analytics', services: [''] }] },
      'expected a catalogue service',
    ],
    [
      'an empty "use"',
      { categories: [{ id: 'analytics', services: [{ id: 'own', use: '' }] }] },
      'expected a catalogue service',
    ],
    [
      'an empty "needs"',
      { categories: [{ id: 'analytics', services: [], needs: '' }] },
      'expected a category.',
    ],
    ['an empty alias', { aliases: { klaro: { a: '' } } }, 'expected a category or service.'],
  ])('%s', (_, changes, words) => {
    const found = saidOf(changes)
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(words)
  })
})

describe('what to do next', () => {
  test.each<[string, string, boolean]>([
    ['javascript:alert(1)', 'could run code', true],
    [' javascript:alert(1)', 'could run code', true],
    ['see javascript:alert(1) x', 'could run code', false],
    [' /tietosuoja', 'Take away the space', true],
    ['/tietosuoja ', 'Take away the space', true],
    ['/tieto" suoja', 'Take away the space', false],
    ['/tieto "suoja', 'Take away the space', false],
  ])('with the address %j: %s is %s', (privacyNotice, step, expected) => {
    const [text = ''] = saidOf({ controller: { name: 'Acme', privacyNotice } })
    expect(text.includes(step)).toBe(expected)
  })

  test.each([
    ['default', true],
    ['defaultOn', true],
    ['enable', true],
    ['enabled', true],
    ['enabledBy', false],
    ['on', true],
    ['once', false],
    ['required', true],
    ['optout', true],
    ['opt-out', true],
    ['selected', true],
    ['preselected', true],
    ['checked', true],
    ['preticked', true],
    ['isdefault', false],
  ])('with the field %j of a category, a way to pre-select: %s', (field, expected) => {
    expect(saidOfCategory({ [field]: true })[0]?.includes('nothing may be switched on')).toBe(expected)
  })

  test.each([
    ['legalBasis', true],
    ['legitimateInterest', true],
    ['illegal', false],
    ['x "legal', false],
  ])('with the field %j, a ground besides consent: %s', (field, expected) => {
    expect(saidOfCategory({ [field]: true })[0]?.includes('consent is the only ground')).toBe(expected)
  })

  test.each([
    ['constructor', true],
    ['prototype', true],
    ['constructors', false],
    ['x"constructor', false],
    ['constructor"x', false],
  ])('with the field %j, a name that JavaScript takes: %s', (field, expected) => {
    expect(saidOfCategory({ [field]: true })[0]?.includes('never a name here')).toBe(expected)
  })

  test('a name is guessed only from what was typed', () => {
    expect(saidOf({ gpcs: true })[0]).toContain('Did you mean "gpc"?')
    expect(saidOf({ gpc: 'gpc' })[0]).not.toContain('Did you mean')
    expect(saidOf({ reopen: 'alway' })[0]).toContain('Did you mean "always"?')
    expect(saidOf({ reopen: 'x"' })[0]).not.toContain('Did you mean')
  })

  test('of many names thirty are told', () => {
    const [text = ''] = saidOf({ categories: many(40), aliases: { klaro: { a: 'nobody' } } })
    expect(text.match(/own-\d+/g)).toHaveLength(29)
    expect(text).toContain('Declared are: necessary, own-0, own-1')
  })
})

describe('what is missing', () => {
  test('is a title, of a category that has no wording, wherever it stands', () => {
    for (const before of [0, 11]) {
      const [text = ''] = saidOf({ categories: [...many(before), { id: 'own', services: [] }] })
      expect(text).toBe(
        `/categories/${before}/title: a category of your own has no wording in Portti, so its "title" is missing. Add it.`,
      )
    }
  })

  test('is a declaration, of a service that the catalogue does not know, wherever it stands', () => {
    for (const before of [0, 11]) {
      const services = [
        ...Array.from({ length: before }, (_, index) => ({ id: `ga-${index}`, use: 'google-analytics' })),
        { id: 'own' },
      ]
      const at = `/categories/0/services/${before}`
      expect(saidOf({ categories: [{ id: 'analytics', services }, ...categories.slice(3)] })).toEqual([
        ...['name', 'provider', 'transfer'].map(
          (field) =>
            `${at}/${field}: "${field}" is missing; a service that the catalogue does not know must be declared whole. Add it.`,
        ),
        `${at}: a service declared here needs urls or cookies or storage, so that it can be recognised and cleared. Add it.`,
      ])
    }
  })

  test('is told once: a list of addresses that is wrong is there', () => {
    const own = {
      id: 'own',
      name: 'Oma',
      provider: { name: 'Oma Oy', country: 'FI', role: 'processor', privacyNotice: 'https://oma.example/' },
      transfer: { ground: 'eea' },
    }
    expect(saidOfCategory({ services: [{ ...own, urls: 'oma.example' }] })).toEqual([
      '/categories/0/services/0/urls: found "oma.example", expected list. Change the type of the value.',
    ])
    expect(saidOfCategory({ services: [own] })).toHaveLength(1)
  })

  test('is a field like any other elsewhere', () => {
    expect(saidOf({ controller: { privacyNotice: '/p' } })).toEqual([
      '/controller/name: "name" is missing, expected text or object. Add it.',
    ])
    expect(saidOf({ authority: { title: 'x', url: '/p', name: 'y' } })[0]).not.toContain('no wording')
  })
})
