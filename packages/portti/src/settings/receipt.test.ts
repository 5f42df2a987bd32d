import { expect, it } from 'vitest'
import { unasked } from '../consent/decision.ts'
import { record } from '../consent/record.ts'
import type { Catalogue } from '../policy/catalogue.ts'
import { normalise } from '../policy/normalise.ts'
import { catalogue } from '../services/catalogue.ts'
import { compact } from '../services/compact.ts'
import { inFull } from './receipt.ts'

const declared = {
  controller: { name: 'Yritys Oy', privacyNotice: '/tietosuoja' },
  categories: [{ id: 'ads', services: ['meta-pixel', { id: 'own', use: 'google-ads', name: 'Oma' }] }],
}
const context = { scope: 'https://yritys.example', language: 'fi', gpc: false, now: 0 }

it('tells of each service what the full catalogue knows, on a page that was sent less', () => {
  // The cast: what was left out is what this is about.
  const less = new Map([...catalogue].map(([id, facts]) => [id, compact(facts)])) as unknown as Catalogue
  const full = normalise(declared, catalogue)
  const short = record(normalise(declared, less), unasked, context)
  expect(short.purposes[1]?.services[0]?.transfer).toBeUndefined()
  expect(inFull(short, full)).toEqual(record(full, unasked, context))
})
