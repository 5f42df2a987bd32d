/** Finnish wordings for contestants that bring none of their own, and for the hand-written banner. */
import type { CategoryId } from './task.ts'

export const texts = {
  title: 'Evästeet tällä sivustolla',
  body: 'Käytämme välttämättömiä evästeitä, jotta sivusto toimii. Suostumuksellasi käytämme evästeitä myös tilastointiin, mainontaan ja upotettuun sisältöön. Voit muuttaa valintaasi milloin tahansa.',
  acceptAll: 'Hyväksy kaikki',
  rejectAll: 'Hylkää kaikki',
  openSettings: 'Valitse itse',
  settings: 'Evästeasetukset',
  save: 'Tallenna valinnat',
  close: 'Sulje',
  privacyNotice: 'Tietosuojaseloste',
  cookie: 'Eväste',
  service: 'Palvelu',
  necessary: 'Välttämättömät',
} as const

export const categoryTexts: Readonly<Record<CategoryId, { readonly title: string; readonly body: string }>> =
  {
    analytics: { title: 'Tilastointi', body: 'Laskemme kävijöitä ja parannamme sivustoa.' },
    ads: { title: 'Mainonta', body: 'Näytämme sinua kiinnostavia mainoksia.' },
    media: { title: 'Upotettu sisältö', body: 'Näytämme videoita muista palveluista.' },
  }
