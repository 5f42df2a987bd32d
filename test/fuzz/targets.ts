/**
 * What is fuzzed: each target reads any text, throws where a promise is broken, and tells what it has met on the way, so that the
 * search knows when it has found something new.
 */
import assert from 'node:assert/strict'
import { type Answer, decode, encode } from '../../packages/portti/src/consent/answer.ts'
import { createConsent } from '../../packages/portti/src/consent/consent.ts'
import { safeLink } from '../../packages/portti/src/gate/link.ts'
import { explain } from '../../packages/portti/src/policy/explain.ts'
import { hash } from '../../packages/portti/src/policy/fingerprint.ts'
import { summary } from '../../packages/portti/src/policy/issue.ts'
import { matchUrl } from '../../packages/portti/src/policy/match-url.ts'
import { normalise } from '../../packages/portti/src/policy/normalise.ts'
import { parse } from '../../packages/portti/src/policy/parse.ts'
import { types } from '../../packages/portti/src/policy/shape.ts'
import { catalogue } from '../../packages/portti/src/services/catalogue.ts'
import { policyWith } from '../fixtures/policy.ts'
import { slowMatch } from '../fixtures/slow-match.ts'

export interface Target {
  readonly name: string
  /** Pieces that random letters would seldom make. */
  readonly words: readonly string[]
  /** @returns What was met. Throws where a promise is broken. */
  run(input: string): readonly string[]
}

const policy = policyWith()
const ids = [...policy.categories.keys(), ...policy.services.keys()]
const NOW = 1_795_348_800_000

const policyTarget: Target = {
  name: 'policy',
  words: [
    ...'{}[],:"\\'.split(''),
    ...'id name title description services categories controller privacyNotice url urls cookies storage in days purpose use needs from until provider country role transfer ground theme texts aliases klaro languages cookie domain'
      .split(' ')
      .map((key) => `"${key}":`),
    ...'ads necessary analytics hotjar google-analytics fi en 2026-11-22 https://a.example *.a.example/px javascript:x __proto__ constructor portti eea FI joint localStorage'
      .split(' ')
      .map((word) => JSON.stringify(word)),
    'null',
    'true',
    '1e999',
    '-0',
    '{}',
    '[]',
    '\\u0000',
    '\\ud800',
    '\uFEFF',
  ],
  run(input) {
    const result = parse(input, catalogue)
    if (!result.ok) {
      assert.ok(result.issues.length > 0)
      assert.ok(summary(result.issues).split('\n').length <= 10)
      return result.issues.slice(0, 40).map((issue) => {
        assert.ok(issue.path === '' || issue.path.startsWith('/'))
        assert.ok(issue.found.length < 100)
        assert.ok(!/undefined|\[object/.test(explain({ ...issue, found: '"x"' })))
        return `${issue.code} ${placeOf(issue.path.split('/').at(-1) ?? '')}`
      })
    }
    const made = normalise(result.policy, catalogue)
    assert.ok([...made.categories.values()].every(({ id, required }) => required === (id === 'necessary')))
    assert.deepEqual(parse(JSON.stringify(result.policy), catalogue), result)
    const links = JSON.stringify(result.policy).matchAll(/"(?:privacyNotice|url)":"([^"]*)"/g)
    for (const [, link = ''] of links) {
      const text = JSON.parse(`"${link}"`) as string
      if (URL.canParse(text, 'https://a.example')) {
        const { protocol } = new URL(text, 'https://a.example')
        assert.ok(['https:', 'http:', 'mailto:', 'tel:'].includes(protocol), protocol)
      }
    }
    return ['ok', ...Object.keys(result.policy).map((key) => `ok ${key}`)]
  },
}

const fields = new Set(Object.values(types).flatMap((type) => `${type}`.match(/\w+(?=\??[: ]|\??$)/g) ?? []))
/** A field's name, or a sign for a number or a name that the input has made up. */
const placeOf = (step: string) => (fields.has(step) ? step : step && '*')

const answerTarget: Target = {
  name: 'answer',
  words: [
    ...'. : - 0 1 2 accept reject save always withdraw api 1795348700000 9999999999999 .ads:1: :0: constructor __proto__ portti necessary'.split(
      ' ',
    ),
    ...ids,
    ...[...policy.services.values()].map(({ fingerprint }) => fingerprint),
  ],
  run(input) {
    const met: string[] = []
    // As it is, and with the check that it would have: otherwise nothing behind the check was ever tried.
    for (const text of [input, `${input}.${hash([input])}`]) {
      const read = decode(text)
      const consent = createConsent({
        policy,
        store: { read: () => [text], write: () => true, tell: () => {}, listen: () => () => {} },
        now: () => NOW,
        gpc: false,
        changed: () => {},
      })
      const runs = ids.filter(
        (id) => consent.allows(id) && id !== 'necessary' && policy.services.get(id)?.category !== 'necessary',
      )
      if (!read) {
        assert.deepEqual(runs, [])
        assert.equal(consent.decision().kind, 'unasked')
        continue
      }
      assert.equal(text.slice(text.lastIndexOf('.') + 1), hash([text.slice(0, text.lastIndexOf('.'))]))
      assert.deepEqual(plain(decode(encode(read))), plain(read))
      for (const id of runs) {
        const entry = read.entries.get(id) ?? read.entries.get(policy.services.get(id)?.category ?? '')
        const category = read.entries.get(policy.services.get(id)?.category ?? '')
        assert.ok(entry?.granted || category?.granted, `${id} runs without a grant`)
      }
      met.push(read.action, consent.decision().kind, ...runs.map((id) => `runs ${id}`))
      met.push(...[...read.entries.keys()].map((id) => (ids.includes(id) ? id : 'other')))
    }
    return met
  },
}
const plain = (given: Answer | undefined) =>
  given && [
    given.at,
    given.action,
    [...given.entries]
      .map((entry) => JSON.stringify(entry))
      .map(sorted)
      .sort(),
  ]
const sorted = (entry: string) => {
  const [id, { granted, known }] = JSON.parse(entry) as [string, { granted: boolean; known: string[] }]
  return JSON.stringify([id, granted, known.sort()])
}

const hostTarget: Target = {
  name: 'host',
  words: [
    ...'\n . / // : @ ? # % \\ *. * https:// http: wss:// a.example www. xn-- :443 user@ .. localhost [::1] 127.0.0.1 0x7f.1 %2e %2f ä İ ß 。'.split(
      ' ',
    ),
    '\t',
    '\0',
  ],
  /** An address, the page's own, and patterns, one a line. */
  run(input) {
    const [address = '', base = '', ...rest] = input.split('\n')
    // Patterns are what `parse` lets pass; no two of them the same.
    const patterns = rest.filter((one) => /^(\*\.)?[a-z\d-]+(\.[a-z\d-]+)*(\/[^\s#*]*)?$/.test(one))
    const page = URL.canParse(base) ? base : undefined
    const found = matchUrl(patterns.map((one) => [one, one]))(address, page)
    assert.equal(found, slowMatch(patterns, address, page))
    return [
      found === undefined ? 'none' : `${found.startsWith('*')} ${found.includes('/')}`,
      `${Math.min(patterns.length, 3)}`,
    ]
  },
}

const linkTarget: Target = {
  name: 'link',
  words:
    'javascript: data: https:// // mailto: tel: \t \n \0 \\ blob: about: : / ? # @ %00 \u2028 \ud800'.split(
      ' ',
    ),
  run(input) {
    const safe = safeLink(input, 'https://yritys.example/a/b?c')
    if (safe === undefined) return ['none']
    const { protocol, href } = new URL(safe)
    assert.ok(['https:', 'http:', 'mailto:', 'tel:'].includes(protocol), protocol)
    assert.equal(href, safe)
    return [protocol]
  },
}

export const targets: readonly Target[] = [policyTarget, answerTarget, hostTarget, linkTarget]
