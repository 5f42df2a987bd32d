import { expect, test } from 'vitest'
import { check } from './check.ts'
import { limits } from './limits.ts'
import { metrics } from './metrics.ts'

const round = { banner: { portti: 30, floor: 20, klaro: 60 } }

test('keeps quiet while a limit is kept', () => {
  expect(check([round], [{ metric: 'banner', times: 1.6, than: 'floor' }])).toEqual([])
})

test('says by how much a limit is broken', () => {
  expect(check([round], [{ metric: 'banner', times: 0.4, than: 'klaro' }])).toEqual([
    'banner visible, 4× slowdown: 0.50× klaro, the limit is 0.4×',
  ])
})

test('counts a limit on what was not measured as broken', () => {
  expect(check([{}], [{ metric: 'banner', times: 2, than: 'floor' }])[0]).toContain('not measured')
})

test('every limit names something that is measured', () => {
  const known = metrics.map(({ id }) => id)
  expect(limits.map(({ metric }) => metric).filter((id) => !known.includes(id))).toEqual([])
})
