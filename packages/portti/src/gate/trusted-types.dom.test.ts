import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

type Module = typeof import('./trusted-types.dom.ts')
let trust: Module['trust']
const warn = vi.spyOn(console, 'warn')

beforeEach(async () => {
  warn.mockReset().mockImplementation(() => {})
  vi.resetModules()
  trust = (await import('./trusted-types.dom.ts')).trust
})
afterEach(() => vi.unstubAllGlobals())

/** A browser's factory, which wraps what its policies let through. */
function enforce(createPolicy: (name: string, rules: Record<string, (text: string) => string>) => object) {
  const spy = vi.fn(createPolicy)
  vi.stubGlobal('trustedTypes', { createPolicy: spy })
  return spy
}

describe('a text that a browser guards', () => {
  test('is what it is where browsers guard nothing', () => {
    expect([trust.script('a()'), trust.markup('<b>'), trust.url('/a.js')]).toEqual(['a()', '<b>', '/a.js'])
  })

  test('goes through one policy of ours, which changes nothing and is made when it is first needed', () => {
    const make = enforce((_, rules) => ({
      createScript: (text: string) => `script ${rules.createScript?.(text)}`,
      createHTML: (text: string) => `markup ${rules.createHTML?.(text)}`,
      createScriptURL: (text: string) => `url ${rules.createScriptURL?.(text)}`,
    }))
    trust(() => 1)
    expect(make).not.toHaveBeenCalled()
    expect([trust.script('a()'), trust.markup('<b>'), trust.url('/a.js')]).toEqual([
      'script a()',
      'markup <b>',
      'url /a.js',
    ])
    expect(make.mock.calls.map(([name]) => name)).toEqual(['portti'])
  })

  test('stays text where the page refuses our policy, which is asked for once', () => {
    const make = enforce(() => {
      throw new TypeError('Policy "portti" disallowed')
    })
    expect([trust.script('a()'), trust.url('/a.js')]).toEqual(['a()', '/a.js'])
    expect(make).toHaveBeenCalledTimes(1)
  })
})

describe('work that a browser may refuse', () => {
  test('comes back with what it made', () => {
    expect(trust(() => 7)).toBe(7)
    expect(warn).not.toHaveBeenCalled()
  })

  test('comes back with nothing when it was refused, and the console says so once', () => {
    const refuse = () => {
      throw new TypeError('This document requires TrustedScriptURL')
    }
    expect(trust(refuse)).toBeUndefined()
    expect(warn).toHaveBeenCalledTimes(1)
    expect(trust(refuse)).toBeUndefined()
    expect(warn.mock.calls).toEqual([[expect.stringMatching(/^portti: .*"portti" to the trusted-types/)]])
  })

  test('does no harm where there is no console to say it', () => {
    vi.stubGlobal('console', {})
    expect(
      trust(() => {
        throw new Error('no')
      }),
    ).toBeUndefined()
  })
})
