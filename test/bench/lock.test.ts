import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { turns } from './lock.ts'

// flock is a program of Linux.
test.skipIf(process.platform !== 'linux')('one waits until the other has ended its turn', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'turns-')), 'lock')
  const order: string[] = []
  const [one, other] = [turns(file), turns(file)]
  await one.take()
  const waiting = other.take().then(() => order.push('other'))
  // Its turn lasts; it need not ask again.
  await one.take()
  order.push('one')
  await one.end()
  await waiting
  await other.end()
  expect(order).toEqual(['one', 'other'])
})

test('without a file nobody waits', async () => {
  const all = [turns(undefined), turns(undefined)]
  await Promise.all(all.map((one) => one.take()))
  await Promise.all(all.map((one) => one.end()))
})
