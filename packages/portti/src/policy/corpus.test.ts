import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { catalogue } from '../services/catalogue.ts'
import { explain } from './explain.ts'
import { type IssueCode, summary } from './issue.ts'
import { parse } from './parse.ts'
import { beyondSchema, schema } from './schema.ts'

const corpus = new URL('../../../../test/policy-corpus/', import.meta.url)
const explained = new URL('explained.md', corpus)
const onDisk = new URL('../../policy.schema.json', import.meta.url)

const read = (path: string): string => readFileSync(new URL(path, corpus), 'utf8')
const names = (folder: string): string[] => readdirSync(new URL(folder, corpus)).sort()

/** A change to `base.json` that makes it wrong, and the issues that it must give. Without `to` the place is removed. */
interface Case {
  readonly title: string
  readonly at: string
  readonly to?: unknown
  readonly issues: readonly (readonly [path: string, code: IssueCode])[]
}

/** `base.json` with one place changed. Defines, never assigns: `__proto__` is one of the places. */
function changed({ at, ...change }: Case): unknown {
  if (at === '') return change.to
  const policy: unknown = JSON.parse(read('base.json'))
  const steps = at
    .slice(1)
    .split('/')
    .map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'))
  const last = steps.pop() ?? ''
  let place = policy as Record<string, unknown>
  for (const step of steps) place = place[step] as Record<string, unknown>
  if (!('to' in change)) Reflect.deleteProperty(place, last)
  else {
    const value = change.to
    Object.defineProperty(place, last, { value, enumerable: true, configurable: true, writable: true })
  }
  return policy
}

/** The validator's own idea of a date, so that the test does not ask the parser what it should say. */
function isDate(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

const printed = `${JSON.stringify(schema(catalogue), null, 2)}\n`
// `UPDATE=1 npx vitest run --project unit corpus` writes the schema anew.
if (process.env.UPDATE) writeFileSync(onDisk, printed)

const ajv = new Ajv2020({
  allErrors: true,
  strictTypes: false,
  strictRequired: false,
  formats: { date: isDate },
})
const follows = ajv.compile(JSON.parse(readFileSync(onDisk, 'utf8')))

const good = names('good')
const bad = names('bad').flatMap((file): [string, Case][] =>
  (JSON.parse(read(`bad/${file}`)) as Case[]).map((entry) => [`${file}: ${entry.title}`, entry]),
)

test('definitions of the schema stand in order, so that a new one moves no other', () => {
  const names = Object.keys(schema(catalogue).$defs as object)
  expect(names.length).toBeGreaterThan(10)
  expect(names).toEqual([...names].sort())
})

test('policy.schema.json is what the shape says', () => {
  expect(JSON.parse(readFileSync(onDisk, 'utf8'))).toEqual(JSON.parse(printed))
})

test('what is said of the whole corpus is what was read and found good', () => {
  const said = bad.map(([title, entry]) => {
    const result = parse(changed(entry), catalogue)
    // In what words text is no JSON each version of Node says differently.
    const issues = result.ok ? [] : result.issues.filter(({ code }) => code !== 'json')
    // As tools say it, and as a page does.
    const lines = issues.flatMap((issue) => [explain(issue), `- ${summary([issue])}`])
    return [`## ${title}`, ...lines].join('\n')
  })
  const text = `${said.join('\n\n')}\n`
  // `UPDATE=1` as above; then read what has changed.
  if (process.env.UPDATE) writeFileSync(explained, text)
  expect(text).toBe(readFileSync(explained, 'utf8'))
})

test('the corpus is large enough to mean something', () => {
  expect(good.length).toBeGreaterThanOrEqual(12)
  expect(bad.length).toBeGreaterThanOrEqual(60)
})

describe('good policies', () => {
  test.each(good)('%s passes the parser and the schema', (file) => {
    const text = read(`good/${file}`)
    expect(parse(text, catalogue)).toMatchObject({ ok: true })
    expect(follows(JSON.parse(text)), JSON.stringify(follows.errors)).toBe(true)
    // The copy holds everything.
    expect(parse(text, catalogue)).toEqual({ ok: true, policy: JSON.parse(text) })
  })
})

describe('bad policies', () => {
  test.each(bad)('%s', (_, entry) => {
    const policy = changed(entry)
    const result = parse(policy, catalogue)
    const found = result.ok ? [] : result.issues
    expect(found.map(({ path, code }) => [path, code]).sort()).toEqual([...entry.issues].sort())
    // As text the same, unless it is text that is no JSON.
    expect(parse(typeof policy === 'string' ? policy : JSON.stringify(policy), catalogue)).toEqual(result)

    const codes = new Set(found.map(({ code }) => code))
    const beyond = (beyondSchema as readonly string[]).filter((code) => codes.delete(code as IssueCode))
    // Nothing left but what a schema cannot say: then it agrees that the rest is right.
    if (!beyond.includes('json'))
      expect(follows(policy), JSON.stringify(follows.errors)).toBe(codes.size === 0)

    for (const issue of found) {
      expect(JSON.parse(JSON.stringify(issue))).toEqual(issue)
      expect(explain(issue).startsWith(`${issue.path || 'The policy'}: `)).toBe(true)
      expect(explain(issue)).toMatch(/[.?]$/)
      expect(explain(issue)).not.toMatch(/undefined|\[object/)
    }
  })
})
