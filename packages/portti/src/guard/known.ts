/** What the guard knows before any policy has come: the catalogue's trackers. The build puts the bare list in its place. */
import { catalogue } from '../services/catalogue.ts'
import { type Known, knownOf } from './judge.ts'

export const known: readonly Known[] = knownOf(catalogue.values())
