import { definePolicy } from 'portti'

export const policy = definePolicy({
  controller: {
    name: 'Saaristo Retket Oy',
    email: 'tietosuoja@saaristo.example',
    privacyNotice: '/tietoa',
  },
  languages: ['fi', 'sv', 'en'],
  // The counter stops by itself, so withdrawal offers to load the page again and does not do it.
  afterWithdraw: 'offer',
  // `#portti` in the footer opens the settings.
  reopen: 'never',
  theme: { accent: '#0a4a6e', dark: { accent: '#8ccbef' }, radius: '12px' },
  categories: [
    {
      id: 'analytics',
      services: [
        {
          id: 'page-counter',
          name: { fi: 'Sivulaskuri', sv: 'Sidräknare', en: 'Page counter' },
          description: {
            fi: 'Laskee tällä laitteella, montako sivua katsot. Lukua ei lähetetä mihinkään.',
            sv: 'Räknar på den här enheten hur många sidor du tittar på. Talet skickas ingenstans.',
            en: 'Counts on this device how many pages you look at. The number is sent nowhere.',
          },
          provider: {
            name: 'Saaristo Retket Oy',
            country: 'FI',
            role: 'controller',
            privacyNotice: 'https://saaristo.example/tietoa',
          },
          transfer: { ground: 'eea' },
          storage: [{ in: 'localStorage', name: 'saaristo_pages', purpose: 'statistics' }],
        },
      ],
    },
    { id: 'media', services: ['youtube'] },
    { id: 'social', services: ['facebook', 'x'] },
  ],
})
