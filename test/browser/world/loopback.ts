/**
 * One loopback port that speaks SOCKS5, TLS and HTTP, told apart by a connection's first byte. A browser whose SOCKS
 * proxy it is gets this server for every host name and port.
 */
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import https from 'node:https'
import net, { type AddressInfo, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { selfSigned } from './self-signed.ts'

/** What the owner of the port is told. */
export interface Ears {
  /** A browser asked for a connection; a preconnect goes no further than this. */
  connect(host: string): void
  request(scheme: 'http' | 'https', request: IncomingMessage, response: ServerResponse): void
  /** A WebSocket wants to open. */
  upgrade(scheme: 'ws' | 'wss', request: IncomingMessage, socket: Duplex): void
}

export interface Loopback {
  readonly port: number
  close(): Promise<void>
}

const SOCKS_5 = 5
const TLS_HANDSHAKE = 0x16
const ADDRESS = { ipv4: 1, name: 3 }

export async function openLoopback(ears: Ears): Promise<Loopback> {
  const plain = http.createServer((request, response) => ears.request('http', request, response))
  const secure = https.createServer(selfSigned(), (request, response) =>
    ears.request('https', request, response),
  )
  plain.on('upgrade', (request, socket) => ears.upgrade('ws', request, socket))
  secure.on('upgrade', (request, socket) => ears.upgrade('wss', request, socket))

  const sockets = new Set<Socket>()
  const front = net.createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // A browser drops connections as it likes; that is no fault of a test.
    socket.on('error', () => {})
    void greet(socket)
  })

  async function greet(socket: Socket): Promise<void> {
    const first = await take(socket, 1)
    if (first[0] === SOCKS_5) {
      ears.connect(await socksHost(socket))
      return greet(socket)
    }
    socket.unshift(first)
    const server = first[0] === TLS_HANDSHAKE ? secure : plain
    server.emit('connection', socket)
  }

  await new Promise<void>((done) => front.listen(0, '127.0.0.1', done))
  return {
    // A TCP server that listens has an address object, not a pipe's name.
    port: (front.address() as AddressInfo).port,
    close: () =>
      new Promise((done) => {
        front.close(() => done())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** Answers a SOCKS5 greeting and CONNECT (RFC 1928) and returns the host that was asked for. */
async function socksHost(socket: Socket): Promise<string> {
  await take(socket, await takeByte(socket))
  socket.write(Uint8Array.of(SOCKS_5, 0))
  const [, , , kind] = await take(socket, 4)
  const length = kind === ADDRESS.name ? await takeByte(socket) : kind === ADDRESS.ipv4 ? 4 : 16
  const address = await take(socket, length)
  await take(socket, 2)
  socket.write(Uint8Array.of(SOCKS_5, 0, 0, ADDRESS.ipv4, 127, 0, 0, 1, 0, 0))
  return kind === ADDRESS.name ? address.toString() : address.join('.')
}

function take(socket: Socket, count: number): Promise<Buffer> {
  return new Promise((done) => {
    const attempt = () => {
      const bytes: unknown = socket.read(count)
      if (Buffer.isBuffer(bytes)) done(bytes)
      else socket.once('readable', attempt)
    }
    attempt()
  })
}

async function takeByte(socket: Socket): Promise<number> {
  return (await take(socket, 1)).readUInt8()
}
