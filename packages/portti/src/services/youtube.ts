import type { ServiceFacts } from '../policy/service-facts.ts'
import { google } from './providers.ts'
import { dpf } from './transfers.ts'

/**
 * YouTube's player in a frame, on both hosts; youtube-nocookie.com contacts Google too and does not replace consent.
 *
 * A picture from i.ytimg.com is already a request to Google, so a placeholder needs a picture of the site's own.
 *
 * Sources, read 2026-11-22: the Open Cookie Database (0ee5a17), the service list of tarteaucitron 1.34, public
 * pages.
 * Globals are of the player's API.
 * Doubts: the player also keeps `yt-remote-*` and other keys in its own frame's storage, which the page can neither
 * see nor clear. A page that loads `iframe_api` runs a script of Google's in itself, which only a reload stops.
 */
export const youtube = {
  id: 'youtube',
  name: 'YouTube',
  category: 'media',
  provider: google,
  transfer: dpf,
  urls: ['www.youtube.com', 'www.youtube-nocookie.com', '*.ytimg.com'],
  cookies: [
    { name: 'VISITOR_INFO1_LIVE', days: 180, purpose: 'visitor', host: 'youtube.com' },
    { name: 'VISITOR_PRIVACY_METADATA', days: 180, purpose: 'choice', host: 'youtube.com' },
    { name: 'YSC', days: 0, purpose: 'statistics', host: 'youtube.com' },
    { name: '__Secure-ROLLOUT_TOKEN', days: 180, purpose: 'setting', host: 'youtube.com' },
    { name: '__Secure-YNID', days: 180, purpose: 'security', host: 'youtube.com' },
    { name: '__Secure-YEC', days: 395, purpose: 'security', host: 'youtube.com' },
  ],
  globals: ['onYouTubeIframeAPIReady', 'YT.Player', 'YT.ready'],
} as const satisfies ServiceFacts
