/** What surrounds a page: the size of its window, the wishes of the visitor's system, the signals that go along. */
import type { Page } from '../page.ts'
import { mediaPreferences } from './firefox.ts'
import type { MediaFeatures } from './launch-options.ts'
import { until } from './until.ts'

/** Width and height of the viewport, in CSS pixels. */
export type Size = readonly [width: number, height: number]

/** A headless window of Chromium is not narrower than 500 pixels, an emulated screen is; `0` keeps the pixel ratio. */
const SAME_SCREEN = { deviceScaleFactor: 0, mobile: false }
/** Chromium has no such setting of its own. */
const GPC = `Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })`

export async function setSize(page: Page, [width, height]: Size): Promise<void> {
  if (page.engine === 'firefox') await page.runInBrowser(sizeOfFirefox(width, height))
  else if (page.engine === 'webkit') await resizeWindow(page, width, height)
  else await page.cdp('Emulation.setDeviceMetricsOverride', { width, height, ...SAME_SCREEN })
  const fits = (wanted: number) => innerWidth === wanted
  await until(() => page.eval(fits, width), `a viewport ${width} wide`, 3000)
}

/** WebKit takes media features only at launch. */
export async function setMedia(page: Page, media: MediaFeatures): Promise<void> {
  if (page.engine === 'webkit') throw new Error('WebKit takes media features only at launch')
  if (page.engine === 'chromium') {
    await page.cdp('Emulation.setEmulatedMedia', { features: chromiumMedia(media) })
    return
  }
  const lines = Object.entries(mediaPreferences(media)).map(
    ([name, value]) => `Services.prefs.setIntPref('${name}', ${value})`,
  )
  await page.runInBrowser(lines.join('\n'))
}

/** Global Privacy Control, as header and property, for the tab that Chromium is in. */
export async function sendGpcFromChromium(page: Page): Promise<void> {
  await page.cdp('Network.enable')
  await page.cdp('Network.setExtraHTTPHeaders', { headers: { 'Sec-GPC': '1' } })
  await page.cdp('Page.addScriptToEvaluateOnNewDocument', { source: GPC })
}

/** A headless window stops at 500 pixels, the browser element in it does not. */
function sizeOfFirefox(width: number, height: number): string {
  return `for (const [side, pixels] of [['width', ${width}], ['height', ${height}]])
    for (const bound of ['', 'min-', 'max-'])
      gBrowser.selectedBrowser.style.setProperty(bound + side, pixels + 'px', 'important')`
}

async function resizeWindow(page: Page, width: number, height: number): Promise<void> {
  const [across, down] = await page.eval(() => [outerWidth - innerWidth, outerHeight - innerHeight] as const)
  const frame = { width: width + Math.max(0, across), height: height + Math.max(0, down) }
  await page.send('POST', '/window/rect', frame)
}

function chromiumMedia({ dark, reducedMotion, forcedColors }: MediaFeatures): object[] {
  const features = []
  if (dark) features.push({ name: 'prefers-color-scheme', value: 'dark' })
  if (reducedMotion) features.push({ name: 'prefers-reduced-motion', value: 'reduce' })
  if (forcedColors) features.push({ name: 'forced-colors', value: 'active' })
  return features
}
