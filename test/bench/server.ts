/**
 * One loopback port that serves every contestant's site (`http://<contestant>.localhost`) and the trackers' host, and
 * counts. Files are compressed once, at the highest level, as a good web server keeps them.
 */
import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Contestant } from './contestants/contestant.ts'
import { page, picture, trackerFiles } from './page.ts'
import type { Task } from './task.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

export interface Sizes {
  readonly raw: number
  readonly gzip: number
  readonly brotli: number
}

/** A file as it travels. */
interface Packed {
  readonly type: string
  readonly raw: Buffer
  readonly brotli: Buffer
}

export interface Server {
  /** Address of the trackers' host. */
  readonly trackers: string
  /** Puts a page up, and returns its address. */
  publish(contestant: Contestant, task: Task): string
  /** Addresses of a contestant's own files that were asked for since the last call, in order. */
  asked(contestant: Contestant): readonly string[]
  /** Bytes of some files of a contestant together, each compressed by itself. */
  sizeOf(contestant: Contestant, paths: readonly string[]): Promise<Sizes>
  close(): Promise<void>
}

const TRACKERS = 'laskuri.example'
/** Found from here, so that packages of this folder's package.json are. */
const resolve = createRequire(`${process.cwd()}/test/bench/package.json`).resolve

export async function openServer(): Promise<Server> {
  const pages = new Map<string, { readonly contestant: Contestant; readonly body: Buffer }>()
  const seen = new Map<string, string[]>()
  const files = new Map<string, Promise<Packed>>()

  const server = createServer((request, response) => {
    answer(
      request.headers.host ?? '',
      request.url ?? '/',
      request.headers['accept-encoding'],
      response,
    ).catch((error: unknown) => {
      console.error(error)
      response.writeHead(500).end()
    })
  })

  async function answer(
    authority: string,
    url: string,
    encodings: string | string[] | undefined,
    response: ServerResponse,
  ): Promise<void> {
    const host = authority.replace(/:\d+$/, '')
    const path = url.replace(/\?.*/, '')
    if (host === TRACKERS) {
      const file = trackerFiles[path]
      response.writeHead(file ? 200 : 404, { 'content-type': file?.type ?? 'text/plain' }).end(file?.body)
      return
    }
    const found = pages.get(host)
    if (found && path === '/') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' })
      response.end(found.body)
      return
    }
    if (path === '/kuva.svg') {
      response.writeHead(200, { 'content-type': 'image/svg+xml', 'cache-control': 'max-age=31536000' })
      response.end(picture)
      return
    }
    const source = found?.contestant.files?.[path]
    if (!found || source === undefined) {
      response.writeHead(404).end()
      return
    }
    seen.set(found.contestant.id, [...(seen.get(found.contestant.id) ?? []), path])
    const file = await pack(found.contestant, path)
    const brotli = String(encodings).includes('br')
    response.writeHead(200, {
      'content-type': file.type,
      'cache-control': 'public, max-age=31536000, immutable',
      ...(brotli ? { 'content-encoding': 'br' } : {}),
    })
    response.end(brotli ? file.brotli : file.raw)
  }

  function pack(contestant: Contestant, path: string): Promise<Packed> {
    const key = `${contestant.id} ${path}`
    const known = files.get(key)
    if (known) return known
    const packed = read(contestant, path).then((raw) => ({
      type: TYPES[extname(path)] ?? 'application/octet-stream',
      raw,
      brotli: brotliCompressSync(raw),
    }))
    files.set(key, packed)
    return packed
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  // A TCP server that listens has an address object, not a pipe's name.
  const { port } = server.address() as AddressInfo

  return {
    trackers: `http://${TRACKERS}:${port}`,
    publish(contestant, task) {
      const host = `${contestant.id}.localhost`
      pages.set(host, { contestant, body: Buffer.from(page(contestant, task)) })
      return `http://${host}:${port}/`
    },
    asked(contestant) {
      const paths = seen.get(contestant.id) ?? []
      seen.delete(contestant.id)
      return paths
    },
    async sizeOf(contestant, paths) {
      const all = await Promise.all(paths.map((path) => pack(contestant, path)))
      return {
        raw: sum(all.map(({ raw }) => raw.length)),
        gzip: sum(all.map(({ raw }) => gzipSync(raw, { level: 9 }).length)),
        brotli: sum(all.map(({ brotli }) => brotli.length)),
      }
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

/** Bytes that a contestant adds to the page itself. */
export function pageSizes(contestant: Contestant, without: Contestant, task: Task): Sizes {
  const mine = Buffer.from(page(contestant, task))
  const plain = Buffer.from(page(without, task))
  return {
    raw: mine.length - plain.length,
    gzip: gzipSync(mine, { level: 9 }).length - gzipSync(plain, { level: 9 }).length,
    brotli: brotliCompressSync(mine).length - brotliCompressSync(plain).length,
  }
}

async function read(contestant: Contestant, path: string): Promise<Buffer> {
  const source = contestant.files?.[path]
  if (typeof source === 'function') return Buffer.from(await source())
  // Packages that export no such file are found beside their package.json.
  const [, name = '', file = ''] = /^((?:@[^/]+\/)?[^/]+)\/(.*)$/.exec(source ?? '') ?? []
  const home = resolve(`${name}/package.json`).replace(/package\.json$/, '')
  return readFile(`${home}${name === 'portti' ? 'dist/' : ''}${file}`)
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
