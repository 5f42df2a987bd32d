// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest'
import { policyWith } from '../../../../test/fixtures/policy.ts'
import { createClarityBridge } from './clarity.ts'

type Queue = ((...command: unknown[]) => void) & { q?: ArrayLike<unknown>[] }
const page = window as unknown as { clarity?: unknown }
const policy = policyWith()
const allowing =
  (...ids: string[]) =>
  (id: string) =>
    ids.includes(id) || ids.includes(policy.services.get(id)?.category ?? '')
const queued = () => (page.clarity as Queue).q?.map((command) => Array.from(command))
afterEach(() => {
  delete page.clarity
})

test('Clarity has no queue while nothing is granted', () => {
  const bridge = createClarityBridge(policy)
  bridge.tell(allowing())
  bridge.tell(allowing('ads', 'social'))
  expect(page.clarity).toBeUndefined()
})

test('Clarity is told in its queue on the first grant, with a capital S, and on each change after', () => {
  const bridge = createClarityBridge(policy)
  bridge.tell(allowing('analytics'))
  bridge.tell(allowing('analytics', 'ads'))
  bridge.tell(allowing('ads'))
  expect(queued()).toEqual([
    ['consentv2', { ad_Storage: 'denied', analytics_Storage: 'granted' }],
    ['consentv2', { ad_Storage: 'granted', analytics_Storage: 'granted' }],
    ['consentv2', { ad_Storage: 'denied', analytics_Storage: 'denied' }],
  ])
  expect(Object.prototype.toString.call((page.clarity as Queue).q?.[0])).toBe('[object Arguments]')
})

test('Clarity that is here already is told directly, also of a refusal', () => {
  const clarity = vi.fn()
  page.clarity = clarity
  const bridge = createClarityBridge(policy)
  bridge.tell(allowing())
  bridge.tell(allowing('analytics'))
  expect(clarity.mock.calls).toEqual([
    ['consentv2', { ad_Storage: 'denied', analytics_Storage: 'denied' }],
    ['consentv2', { ad_Storage: 'denied', analytics_Storage: 'granted' }],
  ])
  expect(page.clarity).toBe(clarity)
})

test('an element of the page under the name of Clarity is not called', () => {
  page.clarity = document.createElement('div')
  const bridge = createClarityBridge(policy)
  bridge.tell(allowing())
  bridge.tell(allowing('analytics'))
  expect(queued()).toHaveLength(1)
})

test('Clarity under another id, in another category, is told of that one', () => {
  const study = policyWith({
    categories: [{ id: 'clicks', services: [{ id: 'study', use: 'microsoft-clarity' }] }],
  })
  createClarityBridge(study).tell((id) => id === 'study')
  expect(queued()).toEqual([['consentv2', { ad_Storage: 'denied', analytics_Storage: 'granted' }]])
})
