/** The fault course of test/faults with Portti on it, so that the table in the README stays true; the peers run by command. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faults } from '../faults/faults.ts'
import { type Course, entrants, openCourse } from '../faults/run.ts'
import { engine } from './engines.ts'

// What is read past the page is read through Chromium's own protocol.
describe.runIf(engine === 'chromium')('on the fault course', () => {
  const [portti, vanilla] = entrants
  if (!portti || !vanilla) throw new Error('somebody is missing')
  /** The pages that are in everybody's way are tried in all engines by promises-hostile.test.ts. */
  const tried = faults.filter(({ name }) => !name.startsWith('page '))
  let course: Course
  beforeAll(async () => {
    course = await openCourse()
  })
  afterAll(() => course?.close())

  test.each(tried.map((fault) => [fault.name, fault] as const))(
    'Portti gets through: %s',
    async (_, fault) => {
      expect(await course.try(fault, portti)).toBe(undefined)
    },
  )

  test('a library that fails is seen to fail', async () => {
    const fault = faults.find(({ name }) => name === 'Trusted Types enforced')
    expect(fault && (await course.try(fault, vanilla))).toBe('no banner')
  })
})
