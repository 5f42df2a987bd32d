import { describe, expect, it } from 'vitest'
import { textIn } from './text.ts'

const site = ['fi', 'sv', 'en']

describe('textIn', () => {
  it('takes a plain string in every language', () => {
    expect(textIn('Yritys Oy', 'sv', site)).toBe('Yritys Oy')
  })

  it('takes the language asked for', () => {
    expect(textIn({ en: 'Notice', fi: 'Seloste' }, 'fi', site)).toBe('Seloste')
  })

  it('finds a general language for a regional one', () => {
    expect(textIn({ fi: 'Seloste', en: 'Notice' }, 'en-GB', site)).toBe('Notice')
  })

  it("falls back by the site's order of languages", () => {
    expect(textIn({ en: 'Notice', sv: 'Beskrivning' }, 'fi', site)).toBe('Beskrivning')
  })

  it('falls back to any language at last', () => {
    expect(textIn({ de: 'Hinweis' }, 'fi', site)).toBe('Hinweis')
  })

  it('is empty where there is no text', () => {
    expect(textIn({}, 'fi', site)).toBe('')
    expect(textIn({}, '', [])).toBe('')
  })

  it('does not read what is inherited', () => {
    const inherited: Record<string, string> = Object.create({ fi: 'väärä', '': 'väärä' })
    expect(textIn(inherited, 'fi', site)).toBe('')
    inherited.en = 'right'
    expect(textIn(inherited, 'fi', site)).toBe('right')
    expect(textIn({ en: 'right' }, 'constructor', ['toString'])).toBe('right')
  })
})
