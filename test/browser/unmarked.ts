/** A page that nobody marked: one element of each kind that makes a request, each to a host of its own below one tracker. */
import type { World } from './world.ts'

const TRACKER = 'tracker.example'

const kinds = {
  script: '<script src="URL"></script>',
  async: '<script async src="URL"></script>',
  defer: '<script defer src="URL"></script>',
  module: '<script type="module" src="URL"></script>',
  img: '<img src="URL" alt="">',
  srcset: '<img srcset="URL 1x" alt="">',
  picture: '<picture><source srcset="URL"><img alt=""></picture>',
  'image-input': '<input type="image" src="URL" alt="">',
  'svg-image': '<svg width="9" height="9"><image href="URL" width="9" height="9"/></svg>',
  stylesheet: '<link rel="stylesheet" href="URL">',
  import: '<style>@import "URL";</style>',
  preload: '<link rel="preload" as="script" href="URL">',
  'preload-image': '<link rel="preload" as="image" href="URL">',
  modulepreload: '<link rel="modulepreload" href="URL">',
  prefetch: '<link rel="prefetch" href="URL">',
  preconnect: '<link rel="preconnect" href="URL">',
  iframe: '<iframe src="URL" title=""></iframe>',
  poster: '<video poster="URL"></video>',
  video: '<video src="URL" preload="auto"></video>',
  audio: '<audio src="URL" preload="auto"></audio>',
  object: '<object data="URL" type="text/html"></object>',
  embed: '<embed src="URL" type="text/html">',
} as const

export const kindNames: readonly string[] = Object.keys(kinds)

/** One element of each kind. `tracker`: the host below which their hosts are. */
export const trackers = (tracker = TRACKER): string =>
  Object.entries(kinds)
    .map(([kind, markup]) => markup.replace('URL', `https://${kind}.${tracker}/x`))
    .join('\n')

/** Kinds whose host was asked for something, in the order of `kinds`. */
export const asked = (world: World, tracker = TRACKER): string[] =>
  kindsIn(
    world.seen.map(({ host }) => host),
    tracker,
  )

/** Kinds whose host was asked or at least connected to, which tells it who is there. */
export const touched = (world: World, tracker = TRACKER): string[] =>
  kindsIn([...world.seen.map(({ host }) => host), ...world.connected], tracker)

const kindsIn = (hosts: readonly string[], tracker: string) =>
  kindNames.filter((kind) => hosts.includes(`${kind}.${tracker}`))
