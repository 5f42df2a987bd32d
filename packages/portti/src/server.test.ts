import { describe, expect, test, vi } from 'vitest'
import { declared } from '../../../test/fixtures/policy.ts'
import * as headless from './headless.ts'
import * as full from './index.ts'
import { catalogue } from './services/catalogue.ts'

describe.each([
  ['portti', () => full.createPortti({ policy: declared })],
  ['portti/headless', () => headless.createPortti({ policy: declared, services: [...catalogue.values()] })],
])('on a server %s', (_, createPortti) => {
  test('allows nothing and does nothing', () => {
    expect(typeof document).toBe('undefined')
    const globals = Object.keys(globalThis)
    const portti = createPortti()
    const start = vi.fn()
    const undo = portti.when('analytics', start)
    portti.acceptAll()
    portti.choose({ analytics: true })
    portti.showBanner()
    expect([portti.allows('analytics'), portti.allows('necessary')]).toEqual([false, false])
    expect([portti.held(), portti.record(), portti.$decision.get().kind]).toEqual([[], undefined, 'unasked'])
    expect(start).not.toHaveBeenCalled()
    undo()
    portti.dispose()
    expect(Object.keys(globalThis)).toEqual(globals)
  })

  test('is another one for each request', () => {
    expect(createPortti()).not.toBe(createPortti())
  })
})
