import { describe, expect, it, vi } from 'vitest'
import { createWording } from '../banner/wording.ts'
import { languages } from '../locales/index.ts'
import type { Messages } from '../locales/messages.ts'
import { settingsTexts } from '../locales/settings/index.ts'
import { normalise } from '../policy/normalise.ts'
import type { Category } from '../policy/policy.ts'
import { catalogue } from '../services/catalogue.ts'
import { settingsTextsOf } from './stage.ts'
import { createSettingsWording } from './wording.ts'

const policy = normalise(
  {
    controller: { name: 'Yritys Oy', privacyNotice: '/tietosuoja' },
    categories: [
      { id: 'analytics', services: ['google-analytics'] },
      { id: 'own', title: 'Oma', description: { fi: 'Kuvaus' }, services: [] },
      { id: 'toString', title: 'Kuin peritty', services: [] },
    ],
  },
  catalogue,
)
const category = (id: string) => policy.categories.get(id) as Category
const wording = (language: string, own: Partial<Messages> = {}) =>
  createSettingsWording(
    createWording(language, { ...(languages.get(language) as Messages), ...own }, policy),
    settingsTextsOf(language),
  )

describe('the wording of the settings', () => {
  it.each([...settingsTexts.keys()])('has the texts of banner and settings in %s', (language) => {
    const { messages } = wording(language)
    expect(messages).toMatchObject({ ...languages.get(language), ...settingsTextsOf(language) })
  })

  it("puts the site's own texts above ours, those of the settings too", () => {
    const { messages } = wording('fi', { save: 'Talleta' } as Partial<Messages>)
    expect(messages.save).toBe('Talleta')
    expect(messages.close).toBe(settingsTextsOf('fi').close)
  })

  it('describes a category in the words of the site or ours, and inherits none', () => {
    expect(wording('en').description(category('own'))).toBe('Kuvaus')
    expect(wording('en').description(category('analytics'))).toBe(
      settingsTextsOf('en').descriptions.analytics,
    )
    expect(wording('en').description(category('toString'))).toBe('')
  })

  it('names countries in the language, and shows what is no country as it stands', () => {
    expect(wording('fi').country('IE')).toBe('Irlanti')
    expect(wording('sv').country('NL')).toBe('Nederländerna')
    expect(wording('en').country('constructor')).toBe('constructor')
    expect(wording('fi').country('nonsense')).toBe('nonsense')
  })

  it.each([...settingsTexts.keys()])('calls countries in %s what browsers call them', (language) => {
    const names = new Intl.DisplayNames(language, { type: 'region' })
    for (const [code, name] of Object.entries(settingsTextsOf(language).countries))
      expect(name).toBe(names.of(code))
  })

  it('loads no names of countries for what the catalogue has', () => {
    const load = vi.spyOn(Intl, 'DisplayNames')
    const codes = [...catalogue.values()].flatMap(({ provider, transfer }) => [
      provider.country,
      transfer.country ?? '',
    ])
    for (const code of new Set(codes.filter(Boolean))) wording('fi').country(code)
    expect(load).not.toHaveBeenCalled()
  })

  it('tells known purposes of a cookie from own words', () => {
    const { purpose } = wording('fi')
    expect(purpose('choice')).toBe(settingsTextsOf('fi').purposes.choice)
    expect(purpose('toString')).toBe('toString')
    expect(purpose({ fi: 'Oma syy' })).toBe('Oma syy')
  })

  it('writes dates out', () => {
    expect(wording('fi').date(Date.UTC(2026, 11, 31, 12))).toBe('31. joulukuuta 2026')
  })
})
