/**
 * Serves the demo on this machine and opens it: `npm start [-- --online] [--no-open]`.
 *
 * Every site gets a port of its own, so that each has its own origin, from `PORT` (4400) upwards; taken ports are passed
 * over. Cookies know no ports, so sites are linked by names of their own under `localhost`, which Chromium, Firefox and
 * most systems resolve; where they do not, the start page links to `localhost` and the sites share their cookies.
 *
 * Without `--online` nothing leaves the machine: addresses of vendors that a stand-in plays are rewritten to it in what is
 * served. Stand-ins are on 127.0.0.1, which to a browser is another site than localhost, as a vendor's host would be.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { locate, sites, spa, start, typeOf, unmarked } from '../demo/sites.mjs'
import { answer, answers, plays } from '../demo/stand-ins/index.mjs'

const online = process.argv.includes('--online')
const mayOpen = !process.argv.includes('--no-open') && !process.env.CI
let port = Number(process.env.PORT) || 4400

if (!existsSync(locate(start, '/portti.js'))) {
  console.warn(
    'packages/portti/dist/portti.js is not there yet, so pages stay without Portti. Build it: npm run build',
  )
}

/** Where each site is to be found, by its id. */
const places = new Map()
for (const site of [start, ...sites, unmarked, spa]) {
  const at = await listen((request, response) => serve(site, request, response))
  places.set(site.id, { ...site, port: at })
}
const vendors = online ? undefined : `http://127.0.0.1:${await listen(play)}`

const address = `http://localhost:${places.get('start').port}/`
console.log(`\n  Portti demo: ${address}\n`)
for (const { id, name, port } of places.values()) {
  if (id !== 'start') console.log(`  ${name.padEnd(20)} http://${id}.localhost:${port}/`)
}
console.log(
  online
    ? '\n  Vendors: the real ones.'
    : '\n  Vendors: stand-ins on this machine; --online asks the real ones.',
)
console.log('  Ctrl+C ends it.\n')
if (mayOpen) open(address)

/** Answers for a site of ours. */
async function serve(site, request, response) {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost')
  if (site === start && pathname === '/places.json') {
    const list = Array.from(places.values(), ({ id, name, notes, port }) => ({ id, name, notes, port }))
    return reply(response, 200, 'application/json', JSON.stringify(list.filter(({ id }) => id !== 'start')))
  }
  const file = locate(site, decode(pathname))
  const content = file === undefined ? undefined : await readFile(file).catch(() => undefined)
  if (content === undefined || file === undefined) {
    const hint = site === spa && !existsSync(spa.root) ? ' The app is not built: npm run build' : ''
    return reply(response, 404, 'text/plain; charset=utf-8', `Not found.${hint}`)
  }
  const type = typeOf(file)
  const rewrites = vendors && /html|javascript/.test(type)
  const text = rewrites && toStandIns(content.toString(), answers, type)
  reply(response, 200, type, rewrites ? playGuard(pathname, text) : content)
}

/** The guard knows vendors by their hosts; here it has to know the stand-ins, and is another file than the build's. */
function playGuard(path, text) {
  if (path === '/portti.js') return text.replace(/sha256-[\w+/=]{44}/g, '')
  if (path !== '/portti-guard.js') return text
  return text.replace(
    /"(\*\.)?((?:[a-z\d-]+\.)+[a-z]{2,})(\/[^"]*)?"/g,
    (whole, wild = '', host, rest = '') => `${whole},"127.0.0.1/${wild && 'www.'}${host}${rest}"`,
  )
}

/** Answers for a vendor: `/<host>/<path>`. */
async function play(request, response) {
  const [, host = '', rest = '/'] = /^\/([^/?]+)(.*)$/.exec(request.url ?? '') ?? []
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks).toString()
  const path = rest.startsWith('/') ? rest : `/${rest}`
  const found = answer({ method: request.method, host, path, headers: request.headers, body })
  if (!found) return reply(response, 404, 'text/plain', 'No stand-in plays this.')
  const type = String(found.headers['content-type'] ?? '')
  const headers = { ...found.headers }
  // The domain would be the vendor's.
  if (headers['set-cookie'])
    headers['set-cookie'] = [headers['set-cookie']].flat().map((line) => line.replace(/; Domain=[^;]+/, ''))
  response.writeHead(found.status, headers)
  response.end(/html|javascript/.test(type) ? toStandIns(String(found.body), plays, type) : found.body)
}

/** `text` with the addresses that `isPlayed` led to the stand-ins. Links that visitors follow stay as they are. */
function toStandIns(text, isPlayed, type) {
  const local = text.replace(/https:\/\/([a-z\d.-]+)(\/[^\s"'`<>)$?#]*)?/g, (whole, host, path = '/') =>
    isPlayed(host, path) ? `${vendors}/${host}${whole.slice(`https://${host}`.length)}` : whole,
  )
  return type.includes('html')
    ? local.replace('<head>', `<head>\n    <meta name="portti-demo" content="${vendors}/">`)
    : local
}

function reply(response, status, type, body) {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' })
  response.end(body)
}

function decode(path) {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** Takes the next free port of both loopback addresses, so that `localhost` is nobody else's. */
async function listen(onRequest) {
  const answerSafely = (request, response) =>
    onRequest(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  for (; ; port += 1) {
    const taken = [await bind('127.0.0.1'), await bind('::1')]
    if (taken.every((server) => server !== 'taken')) return port++
    for (const server of taken) if (typeof server === 'object') server.close()
  }

  function bind(host) {
    return new Promise((resolve, reject) => {
      const server = createServer(answerSafely)
      server.once('error', ({ code, message }) => {
        if (code === 'EADDRINUSE' || code === 'EACCES') resolve('taken')
        // A machine without IPv6 does without it.
        else if (host === '::1') resolve('absent')
        else reject(new Error(message))
      })
      server.listen(port, host, () => resolve(server))
    })
  }
}

/** Opens the visitor's browser if there is one to open; nothing happens otherwise. */
function open(address) {
  const { platform, env } = process
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return
  const [command, ...rest] =
    platform === 'darwin' ? ['open'] : platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open']
  const child = spawn(command, [...rest, address], { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}
