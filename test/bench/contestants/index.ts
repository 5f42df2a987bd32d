/** Everybody who takes part, in the order of the table; the two that the others are compared with come first. */
import { existsSync } from 'node:fs'
import { c15t } from './c15t.ts'
import type { Contestant } from './contestant.ts'
import { floor } from './floor.ts'
import { klaro } from './klaro.ts'
import { none } from './none.ts'
import { orejime } from './orejime.ts'
import { portti } from './portti.ts'
import { guardFile, porttiGuard } from './portti-guard.ts'
import { tarteaucitron } from './tarteaucitron.ts'
import { vanillaCookieconsent } from './vanilla-cookieconsent.ts'

export const contestants: readonly Contestant[] = [
  none,
  floor,
  portti,
  orejime,
  vanillaCookieconsent,
  tarteaucitron,
  klaro,
  c15t,
]

/** Why Portti's guard is not measured, or nothing. */
export const noGuard: string | undefined = existsSync(guardFile)
  ? undefined
  : `${guardFile} does not exist: no figures with the guard`

/** Who takes part where the page itself inserts things: the guard is one more there. */
export const withGuard: readonly Contestant[] = noGuard ? contestants : [...contestants, porttiGuard]
