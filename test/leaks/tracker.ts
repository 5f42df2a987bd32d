/** Plays the tracker: whatever it is asked for, it answers, and its scripts say that they ran and leave something behind. */
import { type Answer, html, type Reply, script } from '../browser/world.ts'

/** From the network each time, so that nothing goes unseen; and for everybody, as trackers are. */
const open = { 'access-control-allow-origin': '*', 'cache-control': 'no-store' }

/** Runs in the page, or in a frame of its origin: it writes its name down on the top page. In a worker it does nothing. */
export const scriptText = (name: string): string =>
  `(function () {
  if (typeof document === 'undefined') return
  var at = window
  try { at = top; at.ran } catch (e) { at = window }
  (at.ran = at.ran || []).push(${name === 'own' ? 'document.currentScript.dataset.site' : JSON.stringify(name)})
  document.cookie = 'trk_id=1; path=/; max-age=86400'
  try { localStorage.setItem('trk_id', '1') } catch (e) {}
})()
`

const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><g id="i"><path d="M0 0h9v9z"/></g></svg>'
const given = (type: string, body: Reply['body']): Reply => ({
  headers: { 'content-type': type, ...open },
  body,
})

const BY_ENDING: Readonly<Record<string, (name: string) => Reply>> = {
  js: (name) => script(scriptText(name), open),
  html: (name) => html(`<!doctype html><title>${name}</title><p>Kehys`, open),
  css: () => given('text/css', 'body { --tracked: 1 }'),
  gif: () => given('image/gif', GIF),
  svg: () => given('image/svg+xml', SVG),
  json: () => given('application/json', '{}'),
  vtt: () => given('text/vtt', 'WEBVTT\n'),
  webmanifest: () => given('application/manifest+json', '{"name":"t"}'),
  events: () => given('text/event-stream', 'data: 1\n\n'),
}

/** Answers for the tracker's hosts, in any spelling, and for its folder on others. */
export const trackerHosts: Answer = ({ host, path, headers }) => {
  if (!/(^|\.)(tracker|xn--[\w-]+)\.example\.?$/.test(host) && !path.startsWith('/laskuri')) return undefined
  const [, name = '', ending = ''] = /([\w-]+)\.(\w+)$/.exec(path.replace(/[?#].*/, '')) ?? []
  const answer = Object.hasOwn(BY_ENDING, ending) ? BY_ENDING[ending] : undefined
  if (answer) return answer(name)
  const asker = headers.origin ?? '*'
  const cors = {
    'access-control-allow-origin': asker,
    'access-control-allow-headers': '*',
    'access-control-allow-credentials': 'true',
  }
  return { status: 200, headers: { ...open, ...cors, 'content-type': 'text/plain' }, body: '1' }
}
