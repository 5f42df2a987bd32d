/** For tests: the banner's stage with the settings, opened and worked as a visitor does. */

import type { Scene } from '../banner/scene.ts'
import { type Setting, settled, stage as withoutSettings } from '../banner/stage.ts'
import type { SettingsMessages } from '../locales/messages.ts'
import { settingsTexts } from '../locales/settings/index.ts'
import { openSettings } from './open-settings.ts'
import type { SettingsScene } from './scene.ts'
import { createSettingsWording } from './wording.ts'

export const settingsTextsOf = (language: string): SettingsMessages =>
  settingsTexts.get(language) as SettingsMessages

export function stage(setting: Setting = {}) {
  const made = withoutSettings({ loadSettings: () => Promise.resolve(openSettings), ...setting })
  const { banner, all, one, press, scene } = made
  const inputs = () => all('input') as HTMLInputElement[]
  return {
    ...made,
    scene: complete(scene),
    /** As the page asks for them. */
    show: (opener?: Element) => {
      banner.showSettings(opener)
      return settled()
    },
    /** As the visitor asks for them, with our own button. */
    pressSettings: () => {
      press('settings')
      return settled()
    },
    dialog: () => one('dialog') as HTMLDialogElement,
    switches: () => Object.fromEntries(inputs().map(({ value, checked }) => [value, checked])),
    flip: (id: string) => one(`input[value="${id}"]`).click(),
    /** Opens the details of a service; jsdom fires no `toggle` by itself in time. */
    unfold: (id: string) => {
      const details = one(`[data-portti-service="${id}"]`) as HTMLDetailsElement
      details.open = true
      details.dispatchEvent(new Event('toggle'))
    },
  }
}

const complete = (scene: Scene): SettingsScene => ({
  ...scene,
  wording: createSettingsWording(scene.wording, settingsTextsOf(scene.wording.language)),
})
