import type { StorageFact } from '../policy/service-facts.ts'
import type { SettingsMessages } from './messages.ts'

const DAYS_IN_MONTH = 30.4375

/**
 * How long something stays on the device, in words and the units of `language`: `13 kuukautta`, `1 dygn`, `30 minutes`.
 *
 * Whole years and months are told as such when the days add up to them (395 and 396 days are 13 months), everything
 * else in days; less than a day in hours or minutes.
 *
 * @param days As in a `CookieFact`; without it storage, which stays until it is removed.
 * @param store Where it is kept if it is no cookie.
 * @throws {RangeError} If `language` is no language tag at all.
 */
export function lifetime(
  days: number | undefined,
  { lifeSession, lifeNone }: Pick<SettingsMessages, 'lifeSession' | 'lifeNone'>,
  language: string,
  store?: StorageFact['in'],
): string {
  if (!days) return days === 0 || store === 'sessionStorage' ? lifeSession : lifeNone
  const [count, unit] = measure(days)
  return new Intl.NumberFormat(language, {
    __proto__: null,
    style: 'unit',
    unit,
    unitDisplay: 'long',
  } as Intl.NumberFormatOptions).format(count)
}

function measure(days: number): [count: number, unit: string] {
  const minutes = Math.max(1, Math.round(days * 1440))
  if (minutes < 60 || (minutes < 1440 && minutes % 60)) return [minutes, 'minute']
  if (minutes < 1440) return [minutes / 60, 'hour']
  const months = Math.round(days / DAYS_IN_MONTH)
  if (months < 3 || Math.abs(days - months * DAYS_IN_MONTH) >= 1) return [Math.round(days), 'day']
  return months % 12 ? [months, 'month'] : [months / 12, 'year']
}
