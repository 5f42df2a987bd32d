import { describe, expect, it } from 'vitest'
import { growth } from '../../../../test/fixtures/growth.ts'
import { chooseLanguage } from './choose-language.ts'

const site = ['fi', 'sv', 'en']

describe('chooseLanguage', () => {
  it.each([
    [['fi'], 'fi'],
    [['fi-FI'], 'fi'],
    [['sv-FI'], 'sv'],
    [['EN-gb'], 'en'],
    [['sv_SE'], 'sv'],
    [[' en '], 'en'],
    [['zh-Hant-TW', 'sv'], 'sv'],
  ])('finds %j among fi, sv and en', (wanted, found) => {
    expect(chooseLanguage(wanted, site)).toBe(found)
  })

  it('takes the first wanted one that is offered', () => {
    expect(chooseLanguage(['de', 'en', 'sv'], site)).toBe('en')
  })

  it('passes over what is missing, empty or nonsense', () => {
    expect(chooseLanguage([null, undefined, '', '-', '--x', 'constructor', 'en'], site)).toBe('en')
  })

  it('falls back to the first offered', () => {
    expect(chooseLanguage(['de'], site)).toBe('fi')
    expect(chooseLanguage([], ['sv', 'fi'])).toBe('sv')
  })

  it('prefers the exact tag to a shorter one', () => {
    expect(chooseLanguage(['en-GB'], ['en', 'en-GB'])).toBe('en-GB')
  })

  it('finds a longer tag for a shorter wish, as it stands', () => {
    expect(chooseLanguage(['en'], ['fi', 'en-GB'])).toBe('en-GB')
    expect(chooseLanguage(['en-US'], ['fi', 'en-GB'])).toBe('en-GB')
  })

  it('does not take another language that begins with the same letters', () => {
    expect(chooseLanguage(['fil'], ['sv', 'fi'])).toBe('sv')
    expect(chooseLanguage(['fi'], ['sv', 'fil'])).toBe('sv')
  })

  it('costs no more than an attribute is long', () => {
    const work = (length: number) => chooseLanguage(['x-'.repeat(length)], site)
    expect(work(500_000)).toBe('fi')
    expect(growth(work, 50_000, 500_000)).toBeLessThan(40)
  })
})
