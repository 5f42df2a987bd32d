import type { Messages } from './messages.ts'

/** Finnish. */
export const fi: Messages = {
  bannerTitle: 'Evästeet tällä sivustolla',
  bannerBody:
    '{controller} käyttää välttämättömiä evästeitä, jotta sivusto toimii. Suostumuksellasi käytämme evästeitä ja vastaavia tekniikoita myös näihin tarkoituksiin: {purposes}. Osa tiedoista menee kumppaneillemme ({partners}). Voit muuttaa valintaasi milloin tahansa kohdasta {settings}.',
  bannerBodyOwn:
    '{controller} käyttää välttämättömiä evästeitä, jotta sivusto toimii. Suostumuksellasi käytämme evästeitä ja vastaavia tekniikoita myös näihin tarkoituksiin: {purposes}. Voit muuttaa valintaasi milloin tahansa kohdasta {settings}.',
  acceptAll: 'Hyväksy kaikki',
  rejectAll: 'Hylkää kaikki',
  openSettings: 'Valitse itse',
  settings: 'Evästeasetukset',
  categories: {
    necessary: 'Välttämättömät',
    functional: 'Toiminnalliset',
    analytics: 'Tilastointi ja analytiikka',
    clicks: 'Klikkitutkimukset',
    demographics: 'Kohderyhmätiedot',
    measure: 'Markkinoinnin mittaaminen',
    social: 'Yhteisöliitännäiset',
    media: 'Upotettu sisältö ja lisätoiminnot',
    ads: 'Kohdennettu mainonta ja asiakassegmentit',
  },
  and: 'ja',
  partners: 'Kumppanit ({n})',
  privacyNotice: 'Tietosuojaseloste',
  changed: 'Evästeiden käyttö on muuttunut. Uutta: {changes}. Muut valintasi ovat voimassa.',
  expired: 'Valintasi on vanhentunut, joten kysymme uudelleen.',
  gpc: 'Selaimesi pyytää, ettei tietojasi myydä tai jaeta (GPC). Pois käytöstä: {purposes}.',
  saved: 'Valintasi on tallennettu.',
  notSaved: 'Valintaa ei voitu tallentaa. Se on voimassa tällä sivulla.',
  settingsFailed: 'Asetuksia ei voitu avata. Voit silti hyväksyä tai hylätä kaikki.',
  withdrawn: 'Suostumuksesi on peruutettu. Lataa sivu uudelleen, jotta palvelut pysähtyvät.',
  reload: 'Lataa sivu uudelleen',
  embedTitle: 'Sisältö toisesta palvelusta: {vendor}',
  embedBody:
    'Jos lataat sisällön, palvelu saa muun muassa IP-osoitteesi ja sivun osoitteen ja voi asettaa evästeitä.',
  embedJoint: 'Vastaamme tietojen keräämisestä ja siirtämisestä yhdessä palvelun kanssa.',
  embedOnce: 'Lataa kerran',
  embedAlways: 'Salli aina: {vendor}',
  embedOpen: 'Avaa palvelun omalla sivulla',
  share: 'Jaa: {vendor}',
}
