// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest'
import { policyWith } from '../../../../test/fixtures/policy.ts'
import { createMetaBridge } from './meta.ts'

const page = window as unknown as { fbq?: unknown }
const policy = policyWith()
const on = (id: string) => id === 'meta-pixel'
const off = () => false
afterEach(() => {
  delete page.fbq
})

test('Meta Pixel is told nothing, and nothing is made for it, before it is here', () => {
  const bridge = createMetaBridge(policy)
  for (const allows of [off, on, off]) bridge.tell(allows)
  expect(page.fbq).toBeUndefined()
})

test('Meta Pixel is told when consent is withdrawn and when it comes back, once each', () => {
  const fbq = vi.fn()
  const bridge = createMetaBridge(policy)
  bridge.tell(on)
  page.fbq = fbq
  for (const allows of [on, off, off, on, on, off]) bridge.tell(allows)
  expect(fbq.mock.calls).toEqual([
    ['consent', 'revoke'],
    ['consent', 'grant'],
    ['consent', 'revoke'],
  ])
})

test('Meta Pixel that is here without consent is told at once', () => {
  const fbq = vi.fn()
  page.fbq = fbq
  createMetaBridge(policy).tell(off)
  expect(fbq.mock.calls).toEqual([['consent', 'revoke']])
})

test('an element of the page under the name of Meta Pixel is not called', () => {
  page.fbq = document.createElement('form')
  expect(() => createMetaBridge(policy).tell(off)).not.toThrow()
})
