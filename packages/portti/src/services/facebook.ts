import type { ServiceFacts } from '../policy/service-facts.ts'
import { meta } from './providers.ts'
import { dpf } from './transfers.ts'

/**
 * Facebook plugins: Share, Page, Post and Video, and the old markup of those that Meta has ended.
 *
 * Like, Comments, Send and other plugins ended for other sites on 10 February 2026 at the latest and render as
 * nothing, so their markup gets a plain link and the SDK is not loaded for it. Customer Chat (ended May 2024)
 * floated over the page and leaves no spot for a link.
 *
 * Sources, read 2026-11-22: Meta's plugin page, which lists the four that live; the Open Cookie Database (0ee5a17),
 * cookiesentry.com; sizes of the buttons are general knowledge.
 * Globals: `fbAsyncInit`, `FB.XFBML` and `FB.Event` are of Meta's pages, the other calls of the SDK are general knowledge.
 * Doubts: that Like and Comments are the ones retired is inferred from their absence there; so is
 * `fb-comment-embed`. Lifetimes of `datr`, `sb`, `c_user` and `xs` differ between lists, from 90 days to two years.
 */
export const facebook = {
  id: 'facebook',
  name: 'Facebook',
  category: 'social',
  provider: meta,
  transfer: dpf,
  urls: ['connect.facebook.net', 'www.facebook.com/plugins', 'staticxx.facebook.com'],
  cookies: [
    { name: 'fr', days: 90, purpose: 'ads', host: 'facebook.com' },
    { name: 'datr', days: 400, purpose: 'visitor', host: 'facebook.com' },
    { name: 'sb', days: 400, purpose: 'visitor', host: 'facebook.com' },
    { name: 'c_user', days: 365, purpose: 'login', host: 'facebook.com' },
    { name: 'xs', days: 365, purpose: 'login', host: 'facebook.com' },
    { name: 'locale', days: 7, purpose: 'setting', host: 'facebook.com' },
  ],
  widgets: [
    {
      match: '.fb-share-button,fb\\:share-button',
      does: 'share',
      link: 'https://www.facebook.com/sharer/sharer.php?u={data-href|href|url}',
      size: [120, 28],
    },
    { match: '.fb-page', does: 'open', link: '{+data-href}', size: [340, 500] },
    { match: '.fb-post,.fb-video', does: 'open', link: '{+data-href}' },
    {
      match: '.fb-like,.fb-comments,.fb-send,.fb-activity,fb\\:like',
      does: 'share',
      link: 'https://www.facebook.com/sharer/sharer.php?u={data-href|href|url}',
      retired: true,
    },
    {
      match: '.fb-like-box,.fb-follow,.fb-comment-embed',
      does: 'open',
      link: '{+data-href}',
      retired: true,
    },
    { match: '.fb-customerchat', does: 'open', retired: true },
  ],
  redraw: 'FB.XFBML.parse',
  globals: ['fbAsyncInit', 'FB.init', 'FB.XFBML', 'FB.Event', 'FB.ui', 'FB.api', 'FB.AppEvents'],
} as const satisfies ServiceFacts
