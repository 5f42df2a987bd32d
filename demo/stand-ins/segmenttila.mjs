/** Two invented companies of the demo: Segmenttila makes a site's ad segments, Kuvavirta serves video and lettering. */
import { readFileSync } from 'node:fs'
import { cookie, empty, pixel, script } from './reply.mjs'

const mark = cookie('sgid', 'stand-in', 90, '.segmenttila.example')

export default [
  { host: 'tagi.segmenttila.example', path: '/s.js', reply: () => script('segments.js', segments) },
  { host: 'tagi.segmenttila.example', path: '/px.gif', reply: () => pixel([mark]) },
  { host: 'tagi.segmenttila.example', path: '/in', reply: () => empty([mark]) },
  {
    host: 'cdn.kuvavirta.example',
    path: '/esittely.webm',
    reply: () => ({
      status: 200,
      headers: { 'content-type': 'video/webm', 'cache-control': 'no-store' },
      body: readFileSync(new URL('kuvavirta.webm', import.meta.url)),
    }),
  },
  {
    host: 'cdn.kuvavirta.example',
    path: '/otsikot.css',
    reply: () => ({
      status: 200,
      headers: { 'content-type': 'text/css', 'access-control-allow-origin': '*' },
      body: '[data-kuvavirta]{font-style:italic;text-decoration:underline wavy .08em;text-underline-offset:.2em}',
    }),
  },
]

/** Runs in the page. */
function segments(_, keep) {
  const seen = JSON.parse(localStorage.getItem('segments') || '[]')
  const segment = location.pathname.includes('palvelut') ? 'palvelut' : 'etusivu'
  if (!seen.includes(segment)) seen.push(segment)
  localStorage.setItem('segments', JSON.stringify(seen))
  keep('segment_id', seen.join('.'), 90)
  navigator.sendBeacon('https://tagi.segmenttila.example/in', seen.join())
}
