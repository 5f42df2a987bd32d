import type { ServiceFacts } from '../policy/service-facts.ts'

/**
 * Buttons, embedded posts and timelines of X (Twitter), from both hosts, under the old and the new class names.
 *
 * The markup is an anchor or a quotation with a link in it, which works without any script.
 *
 * Sources, read 2026-11-22: X's developer pages, the Open Cookie Database (0ee5a17), cookiesentry.com, public pages
 * of 2026.
 * The global is of X's pages.
 * Doubts: cookie lifetimes are two years in lists and about 13 months in one site's notice of 2026. No source read
 * names a Data Privacy Framework certificate of X Corp., so the ground is standard contractual clauses; a site that
 * knows better overrides `transfer`. Timelines may come out empty for visitors who are not signed in.
 */
export const x = {
  id: 'x',
  name: 'X',
  category: 'social',
  provider: {
    name: 'X Internet Unlimited Company',
    country: 'IE',
    role: 'joint',
    privacyNotice: 'https://x.com/en/privacy',
  },
  transfer: { ground: 'scc', country: 'US' },
  urls: [
    'platform.twitter.com',
    'platform.x.com',
    'syndication.twitter.com',
    'syndication.x.com',
    '*.twimg.com',
  ],
  cookies: [
    { name: 'guest_id', days: 730, purpose: 'visitor', host: 'twitter.com' },
    { name: 'guest_id_*', days: 730, purpose: 'ads', host: 'twitter.com' },
    { name: 'personalization_id', days: 730, purpose: 'ads', host: 'twitter.com' },
    { name: 'guest_id', days: 730, purpose: 'visitor', host: 'x.com' },
    { name: 'guest_id_*', days: 730, purpose: 'ads', host: 'x.com' },
    { name: 'personalization_id', days: 730, purpose: 'ads', host: 'x.com' },
  ],
  widgets: [
    {
      match: '.twitter-share-button,.x-share-button',
      does: 'share',
      link: 'https://twitter.com/intent/tweet?url={data-url|url}&text={data-text|title}',
      size: [76, 28],
    },
    {
      match:
        '.twitter-follow-button,.x-follow-button,.twitter-hashtag-button,.x-hashtag-button,.twitter-mention-button,.x-mention-button,.twitter-timeline,.x-timeline',
      does: 'open',
      link: '{+href}',
    },
    { match: '.twitter-tweet,.x-tweet,.twitter-video,.x-video', does: 'open' },
  ],
  redraw: 'twttr.widgets.load',
  globals: ['twttr'],
} as const satisfies ServiceFacts
