import { createPortti } from 'portti'
import { policy } from './policy.ts'

export const portti = createPortti({ policy })

// For the demo's panel and for the console; an app of its own needs no global.
Object.assign(window, { portti })
