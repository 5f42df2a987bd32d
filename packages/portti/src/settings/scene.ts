/** What the settings' views read: the banner's scene with all facts of the services and all texts. */
import type { Scene } from '../banner/scene.ts'
import type { SettingsWording } from './wording.ts'

export interface SettingsScene extends Scene {
  readonly wording: SettingsWording
}
