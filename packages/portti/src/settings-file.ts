/** The file `portti-settings.js`: hands the settings to `portti.js`, which has asked for them. */
import { openSettings } from './settings/open-settings.ts'

Object.assign(globalThis, { [Symbol.for('portti.settings')]: openSettings })
