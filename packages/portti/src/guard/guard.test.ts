// @vitest-environment jsdom
import '../../../../test/fixtures/jsdom-natives.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { policyWith } from '../../../../test/fixtures/policy.ts'
import { createGate, type Gate } from '../gate/gate.ts'
import type { Guard } from '../gate/guarded.ts'
import { createGuard } from './guard.ts'
import { known } from './known.ts'

const HOTJAR = 'https://static.hotjar.com/c/hotjar-1.js'
const PIXEL = 'https://www.facebook.com/tr?id=1'
let guard: Guard
let gate: Gate
let granted: Set<string>

function start(policy = policyWith()) {
  gate = createGate({
    policy,
    allows: (id) => granted.has(id),
    always() {},
    nonce: undefined,
    draw: undefined,
    warn() {},
    guard,
  })
  guard.begin(policy, gate)
  gate.observe(document)
}
function allow(...ids: string[]) {
  for (const id of ids) granted.add(id)
  gate.update(false)
  guard.changed()
}
beforeEach(() => {
  document.body.innerHTML = ''
  granted = new Set(['necessary'])
  guard = createGuard(known, undefined)
})
afterEach(() => {
  guard.dispose()
  gate.dispose()
})

describe('page code', () => {
  test('an image in a closed shadow root comes after the yes', () => {
    start()
    const here = document.createElement('div')
    document.body.append(here)
    const root = here.attachShadow({ mode: 'closed' })
    root.innerHTML = `<p><img src="${PIXEL}"></p>`
    const image = root.querySelector('img')
    expect(image?.getAttribute('src')).toBe(null)
    allow('meta-pixel', 'ads')
    expect(image?.getAttribute('src')).toBe(PIXEL)
  })
  test('a style', () => {
    start()
    const style = document.createElement('style')
    style.textContent = `@import "${PIXEL}";`
    document.head.append(style)
    expect(style.type).toBe('text/plain')
    allow('meta-pixel')
    expect(style.outerHTML).toBe('')
  })
  test('written', () => {
    start()
    document.write(`<script src="${PIXEL}"></script>`)
    expect(document.documentElement.outerHTML).toBe('')
  })
})
