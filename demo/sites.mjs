/**
 * The sites of the demo, and which file of the repository answers which address on them. The demo server and the browser
 * tests both read this.
 */
import { fileURLToPath } from 'node:url'

/**
 * @typedef {{ id: string, name: string, host: string, root: string, notes: string }} Site
 *   `host` is the site's own name, for tests that play the whole internet; `root` is where its files are.
 */

const at = (path) => fileURLToPath(new URL(path, import.meta.url))

/** @type {readonly Site[]} */
export const sites = [
  [
    'vauhtikuvio',
    'Vauhtikuvio',
    'Consultants: analytics, a click study with an end date, ads, and every social widget.',
  ],
  [
    'suuntima',
    'Suuntima Valmennus',
    'Coaching: a held survey, Facebook page and share buttons, a newsletter that needs no gate.',
  ],
  [
    'kilpisuoja',
    'Kilpisuoja',
    'Coatings: Analytics with Demographics as its own switch, ads, and content that adapts.',
  ],
  [
    'harjunsali',
    'Harjun Sali',
    'A gym: checkout that always works, and Facebook Login as the only question. Inline policy.',
  ],
  [
    'tassunjalki',
    'Tassunjälki',
    'Dog care by a sole trader: Tag Manager, ads, a login session. No settings link of its own.',
  ],
].map(([id, name, notes]) => ({ id, name, notes, host: `${id}.example`, root: at(`sites/${id}/`) }))

/** A site that nobody marked: its vendors' snippets stand as they were pasted, and the tag says `data-guard`. */
export const unmarked = {
  id: 'polkupaja',
  name: 'Polkupaja',
  host: 'polkupaja.example',
  root: at('sites/polkupaja/'),
  notes: 'A bicycle workshop that marked nothing: pasted snippets, and one tag with data-guard above them.',
}

/** The single-page app, once it is built. */
export const spa = {
  id: 'spa',
  name: 'Saaristo',
  host: 'saaristo.example',
  root: at('spa/dist/'),
  notes: 'A single-page app with React: portti from npm, three routes, three languages.',
}

/** The page that leads to the others. */
export const start = { id: 'start', name: 'Portti', host: 'demo.example', root: at('start/'), notes: '' }

const common = [
  ['/portti.js', at('../packages/portti/dist/portti.js')],
  ['/portti-guard.js', at('../packages/portti/dist/portti-guard.js')],
  ['/portti-settings.js', at('../packages/portti/dist/portti-settings.js')],
  ['/panel/', at('panel/')],
  ['/base.css', at('shared/base.css')],
]

/**
 * The file for `path` (no query) on `site`: its own, or one that all sites have. It need not exist.
 *
 * @returns {string | undefined} nothing for a path that leads out of the site
 */
export function locate(site, path) {
  if (/(^|\/)\.\.?(\/|$)|\\|\0/.test(path)) return undefined
  for (const [prefix, file] of common) {
    if (path === prefix) return file
    if (prefix.endsWith('/') && path.startsWith(prefix)) return file + path.slice(prefix.length)
  }
  const relative = path.slice(1)
  if (relative === '' || relative.endsWith('/')) return `${site.root}${relative}index.html`
  // Routes of the app have no file of their own.
  if (site.id === 'spa' && !/\.\w+$/.test(relative)) return `${site.root}index.html`
  return site.root + relative
}

const types = {
  css: 'text/css',
  html: 'text/html',
  js: 'text/javascript',
  json: 'application/json',
  map: 'application/json',
  mjs: 'text/javascript',
  svg: 'image/svg+xml',
  webm: 'video/webm',
}

/** Media type by the ending of a file's name. */
export function typeOf(file) {
  const ending = file.slice(file.lastIndexOf('.') + 1)
  const type = Object.hasOwn(types, ending) ? types[ending] : 'application/octet-stream'
  return /^(text|application\/json|image\/svg)/.test(type) ? `${type}; charset=utf-8` : type
}
