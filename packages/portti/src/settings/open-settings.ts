/**
 * The settings as the banner gets them: a dialog that is drawn when it is opened and gone when it is closed. What it shows
 * beside the switches, all facts of every service, comes along here.
 */
import type { OpenSettings } from '../banner/open-settings.ts'
import { addStyles } from '../banner/root.ts'
import type { Scene } from '../banner/scene.ts'
import { settingsTexts } from '../locales/settings/index.ts'
import { createElement } from '../natives/natives.ts'
import { normalise } from '../policy/normalise.ts'
import { catalogue } from '../services/catalogue.ts'
import { draw } from './h.ts'
import { inFull, saveReceipt } from './receipt.ts'
import type { SettingsScene } from './scene.ts'
import { css } from './settings.styles.ts'
import { settings } from './settings.tsx'
import { choiceOf, keepTogether } from './switches.ts'
import { createSettingsWording } from './wording.ts'

export const openSettings: OpenSettings = (box, first) => {
  const policy = normalise(first.declared, catalogue)
  const opened = new Set<string>()
  const into = createElement('div')
  let scene = complete(first)

  function complete(given: Scene): SettingsScene {
    const { wording } = given
    const texts = settingsTexts.get(wording.language) ?? settingsTexts.get('en')
    // The cast: English is there.
    return { ...given, policy, wording: createSettingsWording(wording, texts as NonNullable<typeof texts>) }
  }
  const redraw = () => draw(settings(scene, opened), into)

  addStyles(box.getRootNode() as ShadowRoot, css, first.nonce)
  box.append(into)
  redraw()
  const dialog = into.firstElementChild as HTMLDialogElement
  dialog.addEventListener('change', ({ target }) => keepTogether(dialog, policy, target as HTMLInputElement))
  // Does not bubble.
  dialog.addEventListener(
    'toggle',
    ({ target }) => {
      const { open: unfolded, dataset } = target as HTMLDetailsElement
      if (!unfolded || !dataset.porttiService) return
      opened.add(dataset.porttiService)
      redraw()
    },
    true,
  )
  return {
    dialog,
    redraw(next) {
      scene = complete(next)
      redraw()
    },
    choice: () => choiceOf(dialog, policy),
    saveReceipt: (receipt) => receipt && saveReceipt(inFull(receipt, policy)),
    remove() {
      draw(null, into)
      into.remove()
    },
  }
}
