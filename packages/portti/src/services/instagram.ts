import type { ServiceFacts } from '../policy/service-facts.ts'
import { meta } from './providers.ts'
import { dpf } from './transfers.ts'

/**
 * Instagram posts and reels embedded by embed.js or as frames.
 *
 * Sources, read 2026-11-22: the Open Cookie Database (0ee5a17), the service list of tarteaucitron 1.34.
 * The global is of the embed's code.
 * Doubts: most cookie rows come from one list or from a list that still says nine years; browsers cap at 400 days.
 * The size is that of a post with a square picture and a short caption.
 */
export const instagram = {
  id: 'instagram',
  name: 'Instagram',
  category: 'social',
  provider: { ...meta, privacyNotice: 'https://privacycenter.instagram.com/policy/' },
  transfer: dpf,
  urls: ['www.instagram.com', 'platform.instagram.com'],
  cookies: [
    { name: 'mid', days: 400, purpose: 'visitor', host: 'instagram.com' },
    { name: 'ig_did', days: 400, purpose: 'visitor', host: 'instagram.com' },
    { name: 'csrftoken', days: 365, purpose: 'security', host: 'instagram.com' },
    { name: 'ds_user_id', days: 90, purpose: 'login', host: 'instagram.com' },
    { name: 'sessionid', days: 365, purpose: 'login', host: 'instagram.com' },
  ],
  widgets: [
    {
      match: 'blockquote.instagram-media',
      does: 'open',
      link: '{+data-instgrm-permalink}',
      size: [540, 700],
    },
  ],
  redraw: 'instgrm.Embeds.process',
  globals: ['instgrm'],
} as const satisfies ServiceFacts
