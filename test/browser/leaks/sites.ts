/** What the pages of the leak suite have on hosts of their own: Portti's files, an empty page, and a host that nobody declared. */
import { existsSync, readFileSync } from 'node:fs'
import { vendorAnswers } from '../../leaks/cases/bundles.ts'
import { trackerHosts } from '../../leaks/tracker.ts'
import { type Answer, html, openWorld, script, standIns, type World } from '../world.ts'

const files = new Map(
  ['/portti.js', '/portti-guard.js', '/portti-settings.js']
    .map((path) => [path, `packages/portti/dist${path}`] as const)
    .filter(([, file]) => existsSync(file))
    .map(([path, file]) => [path, readFileSync(file, 'utf8')]),
)
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
const fresh = { 'cache-control': 'no-store', 'access-control-allow-origin': '*' }

export const sites: Answer = ({ host, path }) => {
  const [place = ''] = path.split('?')
  const file = files.get(place)
  if (file !== undefined) return script(file, { 'cache-control': 'max-age=600' })
  if (place === '/tyhja') return html('<!doctype html><title>Tyhjä</title>', fresh)
  if (place === '/arrived') return { status: 204 }
  const free = host === 'shared.example' ? place.startsWith('/vapaa') : place === '/kuva.gif'
  return free ? { headers: { 'content-type': 'image/gif', ...fresh }, body: GIF } : undefined
}

/** A world with all that a case of the suite may ask. */
export const openLeakWorld = (): Promise<World> =>
  openWorld(
    sites,
    trackerHosts,
    ({ host, path }) => vendorAnswers[host + path.replace(/\?.*/, '')],
    standIns(),
  )
