import { describe, expect, it } from 'vitest'
import { en, fi } from '../locales/index.ts'
import type { Messages } from '../locales/messages.ts'
import { normalise } from '../policy/normalise.ts'
import type { Category } from '../policy/policy.ts'
import { catalogue } from '../services/catalogue.ts'
import { createWording, isRightToLeft } from './wording.ts'

const policy = normalise(
  {
    controller: { name: 'Yritys Oy', privacyNotice: '/tietosuoja' },
    categories: [
      { id: 'analytics', services: ['google-analytics'] },
      { id: 'abbreviated', title: 'GDPR ja muut', services: [] },
      { id: 'own', title: { fi: 'Oma', en: 'Our own' }, services: [] },
    ],
  },
  catalogue,
)
const category = (id: string) => policy.categories.get(id) as Category
const wording = (language: string, messages: Messages) => createWording(language, messages, policy)

describe('wording', () => {
  it('puts titles into a sentence with small first letters, but not abbreviations', () => {
    const { purposes } = wording('fi', fi)
    expect(purposes(['analytics', 'abbreviated', 'own'].map(category))).toBe(
      'tilastointi ja analytiikka, GDPR ja muut ja oma',
    )
  })

  it('leaves the capitals of languages that we do not know', () => {
    expect(wording('de', en).purposes([category('analytics')])).toBe('Statistics and analytics')
  })

  it('prefers the own title of a site, in its language or one that the site has', () => {
    expect(wording('en', en).title(category('own'))).toBe('Our own')
    expect(wording('en', en).title(category('analytics'))).toBe('Statistics and analytics')
  })

  it('knows which languages run from right to left', () => {
    expect(['ar', 'he-IL', 'fa', 'ur-PK', 'fi', 'en', 'arn'].map(isRightToLeft)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      false,
    ])
  })
})
