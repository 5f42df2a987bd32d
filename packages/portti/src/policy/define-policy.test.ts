import { expect, test } from 'vitest'
import { definePolicy } from './define-policy.ts'

test('a policy that is defined in code is the same object', () => {
  const policy = { controller: { name: 'Acme', privacyNotice: '/p' }, categories: [] }
  expect(definePolicy(policy)).toBe(policy)
})
