/** Every case of the suite. */
import { addresses } from './cases/addresses.ts'
import { bundles } from './cases/bundles.ts'
import { frames } from './cases/frames.ts'
import { insertion } from './cases/insertion.ts'
import { network } from './cases/network.ts'
import { pictures } from './cases/pictures.ts'
import { scripts } from './cases/scripts.ts'
import { snippets } from './cases/snippets.ts'
import { storage } from './cases/storage.ts'
import type { Family } from './leak-case.ts'

export const families: readonly Family[] = [
  scripts,
  snippets,
  insertion,
  frames,
  pictures,
  network,
  storage,
  addresses,
  bundles,
]
