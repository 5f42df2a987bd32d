/** Portti with its guard, for the parts of the bench where page code does something that the guard looks at. */
import type { Contestant } from './contestant.ts'
import { portti, porttiHead } from './portti.ts'

export const guardFile = 'packages/portti/dist/portti-guard.js'

export const porttiGuard: Contestant = {
  ...portti,
  id: 'portti-guard',
  name: 'Portti with guard',
  files: { ...portti.files, '/portti-guard.js': 'portti/portti-guard.js' },
  head: (task) => porttiHead(task, ' data-guard'),
}
