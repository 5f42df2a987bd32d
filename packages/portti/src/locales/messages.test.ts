import { describe, expect, it } from 'vitest'
import { knownCategories } from '../policy/shape.ts'
import { fill, languages } from './index.ts'
import type { Messages, SettingsMessages } from './messages.ts'
import { settingsTexts } from './settings/index.ts'

/** Dotted key → text. */
function flatten(value: object, path = ''): Map<string, string> {
  return new Map(
    Object.entries(value).flatMap(([key, part]): [string, string][] =>
      typeof part === 'string' ? [[path + key, part]] : [...flatten(part, `${path}${key}.`)],
    ),
  )
}

const tokensOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, token]) => token).sort()
/** The texts of banner and settings together, as the settings have them. */
const textsOf = (language: string): Messages & SettingsMessages =>
  // The cast: a test below counts the languages.
  ({ ...languages.get(language), ...settingsTexts.get(language) }) as Messages & SettingsMessages
const finnish = flatten(textsOf('fi'))

/** Tokens that the code fills in; a text that lost one would be shown with a hole in its meaning. */
const promised: Readonly<Record<string, readonly string[]>> = {
  bannerBody: ['controller', 'partners', 'purposes', 'settings'],
  bannerBodyOwn: ['controller', 'purposes', 'settings'],
  until: ['date'],
  embedTitle: ['vendor'],
  embedAlways: ['vendor'],
  share: ['vendor'],
  partners: ['n'],
  vendorPrivacy: ['vendor'],
  'transfers.adequacy': ['country'],
  'transfers.dpf': ['country'],
  'transfers.scc': ['country'],
  changed: ['changes'],
  given: ['date'],
  gpc: ['purposes'],
  controller: ['name'],
  contact: ['email'],
  complaint: ['authority'],
}

/** Stem of the word for advertising, in the title of the category. */
const advertising: Readonly<Record<string, RegExp>> = { fi: /mainon/i, sv: /annons/i, en: /advert/i }

/** Words that praise, promise, scare or point elsewhere (EDPB 03/2022; compliance rules L05, L14, L17). */
const nudges: Readonly<Record<string, RegExp>> = {
  fi: /paras|parhaan|parempi|parempaa|mahtav|herkull|ilmaiseksi|rakasta|arvosta|yksityisyytesi on meille|jatkamalla|oikeutettu etu|selaimesi asetuks|suositel|valitettavasti|personoi/i,
  sv: /bästa|bättre|fantastisk|läcker|gratis|älskar|värdesätter|genom att fortsätta|berättigat intresse|webbläsarens inställningar|rekommender|tyvärr|skräddarsy/i,
  en: /\bbest\b|\bbetter\b|amazing|delicious|for free|we love|we value|we care|by continuing|legitimate interest|browser settings|recommend|unfortunately|tailor|enhance|improve your/i,
}

it('are in the same languages for the banner and the settings', () => {
  expect([...languages.keys()]).toEqual(['fi', 'sv', 'en'])
  expect([...settingsTexts.keys()]).toEqual([...languages.keys()])
})

it('have no key that is in both, so that neither hides the other', () => {
  for (const [language, messages] of languages) {
    expect(
      Object.keys(settingsTexts.get(language) ?? {}).filter((key) => Object.hasOwn(messages, key)),
    ).toEqual([])
  }
})

describe.each([...languages.keys()])('the texts in %s', (language) => {
  const messages = textsOf(language)
  const texts = flatten(messages)

  it('have the same keys as Finnish', () => {
    expect([...texts.keys()]).toEqual([...finnish.keys()])
  })

  it('have exactly the tokens that are filled in', () => {
    const found = Object.fromEntries(
      [...texts].map(([key, text]) => [key, tokensOf(text)] as const).filter(([, tokens]) => tokens.length),
    )
    expect(found).toEqual(promised)
  })

  it('are all there, but for a transfer without a ground', () => {
    expect([...texts].filter(([, text]) => !text.trim()).map(([key]) => key)).toEqual(['transfers.none'])
  })

  it('put no case ending on a token', () => {
    expect([...texts.values()].filter((text) => /\}\p{L}/u.test(text))).toEqual([])
  })

  it('neither shout nor use pictures or markup', () => {
    expect([...texts.values()].filter((text) => /[!<>&]|\p{Extended_Pictographic}/u.test(text))).toEqual([])
  })

  it('neither praise nor nudge', () => {
    const lint = nudges[language]
    expect(lint).toBeDefined()
    expect([...texts.values()].filter((text) => lint?.test(text))).toEqual([])
  })

  it('give accept and reject labels of nearly the same length', () => {
    expect(Math.abs(messages.acceptAll.length - messages.rejectAll.length)).toBeLessThanOrEqual(3)
  })

  it('call advertising by its name', () => {
    expect(messages.categories.ads).toMatch(advertising[language] as RegExp)
  })

  it('keep the banner within 420 characters with three purposes', () => {
    const titles = Object.entries(messages.categories)
      .filter(([id]) => id !== 'necessary')
      .map(([, title]) => title)
      .sort((a, b) => b.length - a.length)
    const body = fill(messages.bannerBody, {
      controller: 'Pohjolan Kiinteistöpalvelut Oy',
      purposes: new Intl.ListFormat(language).format(titles.slice(0, 3)),
      settings: messages.settings,
      partners: '12',
    })
    expect(body).not.toMatch(/[{}]/)
    expect(body.length).toBeLessThanOrEqual(420)
  })

  it('name the settings in the banner just as the lasting control is named', () => {
    expect(fill(messages.bannerBody, { settings: messages.settings })).toContain(messages.settings)
  })
})

describe('fill', () => {
  it('leaves unknown tokens and inherited names alone', () => {
    expect(fill('{a} {b} {toString}', { a: '1' })).toBe('1 {b} {toString}')
  })

  it('does not fill what a value brings along', () => {
    expect(fill('{a}{b}', { a: '{b}', b: 'x' })).toBe('{b}x')
  })
})

it('has a title for each category that needs none in a policy, and for no other', () => {
  expect(Object.keys(textsOf('fi').categories).sort()).toEqual([...knownCategories].sort())
})
