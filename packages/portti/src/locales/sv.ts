import type { Messages } from './messages.ts'

/** Finland's Swedish. */
export const sv: Messages = {
  bannerTitle: 'Kakor på den här webbplatsen',
  bannerBody:
    '{controller} använder nödvändiga kakor för att webbplatsen ska fungera. Med ditt samtycke använder vi kakor och liknande teknik också för dessa ändamål: {purposes}. En del av uppgifterna går till våra samarbetspartner ({partners}). Du kan ändra ditt val när som helst under {settings}.',
  bannerBodyOwn:
    '{controller} använder nödvändiga kakor för att webbplatsen ska fungera. Med ditt samtycke använder vi kakor och liknande teknik också för dessa ändamål: {purposes}. Du kan ändra ditt val när som helst under {settings}.',
  acceptAll: 'Godkänn alla',
  rejectAll: 'Avvisa alla',
  openSettings: 'Välj själv',
  settings: 'Kakinställningar',
  categories: {
    necessary: 'Nödvändiga',
    functional: 'Funktionella',
    analytics: 'Statistik och analys',
    clicks: 'Klickstudier',
    demographics: 'Målgruppsuppgifter',
    measure: 'Mätning av marknadsföring',
    social: 'Sociala insticksmoduler',
    media: 'Inbäddat innehåll och extra funktioner',
    ads: 'Riktad annonsering och kundsegment',
  },
  and: 'och',
  partners: 'Samarbetspartner ({n})',
  privacyNotice: 'Dataskyddsbeskrivning',
  changed: 'Användningen av kakor har ändrats. Nytt: {changes}. Dina andra val gäller.',
  expired: 'Ditt val gäller inte längre och därför frågar vi på nytt.',
  gpc: 'Din webbläsare ber att dina uppgifter inte säljs eller delas (GPC). Avstängt: {purposes}.',
  saved: 'Ditt val har sparats.',
  notSaved: 'Valet kunde inte sparas. Det gäller på den här sidan.',
  settingsFailed: 'Inställningarna kunde inte öppnas. Du kan ändå godkänna eller avvisa alla.',
  withdrawn: 'Ditt samtycke har återkallats. Ladda om sidan så att tjänsterna stannar.',
  reload: 'Ladda om sidan',
  embedTitle: 'Innehåll från en annan tjänst: {vendor}',
  embedBody:
    'Om du laddar innehållet får tjänsten bland annat din IP-adress och sidans adress och kan lagra kakor.',
  embedJoint: 'Vi ansvarar för insamlingen och överföringen av uppgifter tillsammans med tjänsten.',
  embedOnce: 'Ladda en gång',
  embedAlways: 'Tillåt alltid: {vendor}',
  embedOpen: 'Öppna på tjänstens sida',
  share: 'Dela: {vendor}',
}
