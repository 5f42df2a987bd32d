import { describe, expect, test } from 'vitest'
import { isThirdParty } from './third-party.ts'

describe('a host', () => {
  test.each([
    ['mallila.example', 'mallila.example'],
    ['cdn.mallila.example', 'mallila.example'],
    ['cdn.mallila.example', 'www.mallila.example'],
    ['mallila.example', 'www.mallila.example'],
    ['mallila.example', 'kauppa.mallila.example'],
    ['localhost', 'localhost'],
  ])('%s is of the site %s', (host, own) => {
    expect(isThirdParty(host, own)).toBe(false)
  })

  test.each([
    ['mittari.example', 'mallila.example'],
    ['eimallila.example', 'mallila.example'],
    ['mallila.example.mittari.example', 'mallila.example'],
    ['toinen.mallila.example', 'kauppa.mallila.example'],
    ['kuvamallila.example', 'kuvawww.mallila.example'],
    // What every site stands under is nobody's site.
    ['example', 'mallila.example'],
  ])('%s is not of the site %s', (host, own) => {
    expect(isThirdParty(host, own)).toBe(true)
  })
})
