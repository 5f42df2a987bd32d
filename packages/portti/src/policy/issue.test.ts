import { describe, expect, test } from 'vitest'
import { type Issue, summary } from './issue.ts'

const issues = (count: number): Issue[] =>
  Array.from({ length: count }, (_, index) => ({
    path: `/categories/${index}`,
    code: 'type',
    found: 'text',
    expected: 'object',
    options: [],
  }))

describe('issues in the console of a page', () => {
  test('are a line each, that says where, what was found and what was expected', () => {
    expect(summary(issues(2))).toBe(
      '/categories/0: found text, expected object\n/categories/1: found text, expected object',
    )
  })

  test('are of the whole where they have no path, and one line whatever they hold', () => {
    expect(summary([{ path: '', code: 'json', found: 'a\nb\u2028c', expected: 'JSON', options: [] }])).toBe(
      '/: found a b c, expected JSON',
    )
  })

  test('are nine at most, and then how many there are', () => {
    expect(summary(issues(9)).split('\n')).toHaveLength(9)
    expect(summary(issues(10)).split('\n')).toEqual([...summary(issues(9)).split('\n'), '… 10 in all'])
  })
})
