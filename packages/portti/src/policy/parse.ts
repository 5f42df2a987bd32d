import type { Catalogue } from './catalogue.ts'
import { check } from './check.ts'
import type { DeclaredPolicy } from './declared-policy.ts'
import type { Issue, Naming, Report } from './issue.ts'
import { types } from './shape.ts'

/** Either a policy that every other part may rely on, or everything that is wrong with it. */
export type Parsed =
  | { readonly ok: true; readonly policy: DeclaredPolicy }
  | { readonly ok: false; readonly issues: readonly Issue[] }

const MOST_CHARACTERS = 262144
const { keys, create, hasOwn } = Object
// Taken at load: old libraries put their own in its place.
const { parse: fromJson } = JSON

/**
 * Proves that `input`, JSON text or a value, is a policy whose names `catalogue` knows.
 *
 * Never throws and never stops at the first fault. The policy returned is a copy that holds proven fields only and
 * inherits nothing, so that reading an absent field of it gives `undefined` on every page.
 */
export function parse(input: unknown, catalogue: Catalogue): Parsed {
  const issues: Issue[] = []
  const namings: Naming[] = []
  const report: Report = (path, code, found, expected, options = []) => {
    issues.push({ path, code, found: quote(found), expected: expected || options.join(', '), options })
    return null
  }

  /** A proven copy of `value`, or null after a report. */
  const read = (type: string, value: unknown, path: Issue['path'], or = ''): unknown => {
    const kind = kindOf(value)
    const at = (key: string | number) =>
      `${path}/${`${key}`.replace(/~/g, '~0').replace(/\//g, '~1')}` as const
    const [, list, name = '', sign, rest = ''] = /^([*+]?)([^/>]*)(.?)(.*)/.exec(type) ?? []
    if (!list && sign === '/') {
      return kind === 'text' ? read(name, value, path) : read(rest, value, path, 'text or ')
    }
    const words = name.split('|')
    const entry = words[1] ? RegExp(`^(${name})$`) : types[name]
    const wanted = list
      ? 'list'
      : sign || typeof entry === 'string'
        ? 'object'
        : entry === true
          ? 'boolean'
          : entry instanceof RegExp
            ? 'text'
            : 'number'
    if (kind !== wanted) return report(path, value === undefined ? 'missing' : 'type', value, or + wanted)

    // The casts from here on say what `wanted` has just proven.
    if (list) {
      const items = value as unknown[]
      if (list === '+' && !items.length) report(path, 'empty', value, 'an entry')
      return [...items].map((item, index) => read(type.slice(1), item, at(index)))
    }
    if (wanted === 'object') {
      const object = value as Record<string, unknown>
      const copy = create(null)
      const found = keys(object)
      if (sign) {
        if (or && !found.length) report(path, 'empty', value, name)
        for (const key of found) {
          copy[key] = (entry as RegExp).test(key)
            ? read(rest, object[key], at(key))
            : report(at(key), 'key', key, name)
        }
        return copy
      }
      const names = (entry as string).replace(/\??(:\S+)?(?= |$)/g, '').split(' ')
      for (const key of found) if (!names.includes(key)) report(at(key), 'key', key, '', names)
      for (const field of (entry as string).split(' ')) {
        const [, key = '', optional, type = key] = /^([^?:]+)(\??):?(.+)?/.exec(field) ?? []
        const inner = hasOwn(object, key) ? object[key] : undefined
        if (inner !== undefined || !optional) copy[key] = read(type, inner, at(key))
      }
      return copy
    }
    if (wanted === 'text') {
      const text = value as string
      if (!(entry as RegExp).test(text) || (name === 'day' && !isDay(text))) {
        return report(path, 'value', text, name, words[1] ? words : [])
      }
      namings.push([name, text, path])
    }
    if (wanted === 'number') {
      const [least = 0, most = 0, step] = entry as readonly number[]
      const number = value as number
      if (!(number >= least && number <= most && !(step && number % step))) {
        return report(path, 'range', value, `${least} to ${most}`)
      }
    }
    return value
  }

  let policy: unknown
  try {
    const isText = typeof input === 'string'
    if (isText && input.length > MOST_CHARACTERS) report('', 'size', input.length, '256 KB')
    // `trim` takes a byte order mark away, too.
    else policy = read('policy', isText ? fromJson(input.trim()) : input, '')
    // The cast: where something was wrong `read` has left null, and `check` expects that.
    if (policy) check(policy as DeclaredPolicy, namings, catalogue, report)
  } catch (error) {
    // From JSON.parse, or from a getter or proxy in an object that code handed over.
    report('', 'json', typeof input === 'string' ? `${error}` : typeof input, 'JSON')
  }
  // The cast: no issue, so everything is as `types` says.
  return issues.length ? { ok: false, issues } : { ok: true, policy: policy as DeclaredPolicy }
}

const kindOf = (value: unknown): string =>
  Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value === 'string' ? 'text' : typeof value

const quote = (value: unknown): string =>
  typeof value === 'string'
    ? `"${value.length > 80 ? `${value.slice(0, 80)}…` : value}"`
    : value === undefined
      ? 'nothing'
      : /^[nb]/.test(typeof value)
        ? `${value}`
        : kindOf(value)

/** `Date` takes 30 February for 2 March, so a day must survive the way there and back. */
function isDay(text: string): boolean {
  const time = Date.parse(text)
  return time < Infinity && new Date(time).toISOString().startsWith(text)
}
