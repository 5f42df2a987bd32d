import { describe, expect, it } from 'vitest'
import { lifetime } from './lifetime.ts'
import { en } from './settings/en.ts'
import { fi } from './settings/fi.ts'
import { sv } from './settings/sv.ts'

describe('lifetime', () => {
  it.each([
    [395, '13 kuukautta', '13 månader', '13 months'],
    [396, '13 kuukautta', '13 månader', '13 months'],
    [400, '400 päivää', '400 dygn', '400 days'],
    [730, '2 vuotta', '2 år', '2 years'],
    [731, '2 vuotta', '2 år', '2 years'],
    [365, '1 vuosi', '1 år', '1 year'],
    [183, '6 kuukautta', '6 månader', '6 months'],
    [180, '180 päivää', '180 dygn', '180 days'],
    [90, '90 päivää', '90 dygn', '90 days'],
    [30, '30 päivää', '30 dygn', '30 days'],
    [1, '1 päivä', '1 dygn', '1 day'],
    [20 / 24, '20 tuntia', '20 timmar', '20 hours'],
    [1 / 16, '90 minuuttia', '90 minuter', '90 minutes'],
    [1 / 48, '30 minuuttia', '30 minuter', '30 minutes'],
    [1 / 1440, '1 minuutti', '1 minut', '1 minute'],
    [10 / 86400, '1 minuutti', '1 minut', '1 minute'],
  ])('says %d days in three languages', (days, finnish, swedish, english) => {
    // Between a number and its unit ICU puts a space that does not break.
    const told = (text: string) => text.replace(/\s/g, ' ')
    expect(told(lifetime(days, fi, 'fi'))).toBe(finnish)
    expect(told(lifetime(days, sv, 'sv'))).toBe(swedish)
    expect(told(lifetime(days, en, 'en'))).toBe(english)
  })

  it('has words for the end of the visit', () => {
    expect(lifetime(0, fi, 'fi')).toBe(fi.lifeSession)
    expect(lifetime(undefined, en, 'en', 'sessionStorage')).toBe(en.lifeSession)
  })

  it('has words for what stays until it is removed', () => {
    expect(lifetime(undefined, sv, 'sv', 'localStorage')).toBe(sv.lifeNone)
    expect(lifetime(undefined, sv, 'sv', 'indexedDB')).toBe(sv.lifeNone)
  })
})
