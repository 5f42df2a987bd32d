import type { SettingsMessages } from '../messages.ts'

/** Finland's Swedish. */
export const sv: SettingsMessages = {
  save: 'Spara valen',
  close: 'Stäng utan att spara',
  withdraw: 'Återkalla alla samtycken',
  intro:
    'Välj vad du samtycker till. Inget är påslaget på förhand. Du kan använda webbplatsen även utan samtycke.',
  alwaysOn: 'Alltid på',
  on: 'Tillåtet',
  off: 'Inte tillåtet',
  until: 'Sista dagen: {date}',
  tableCaption: 'Uppgifter som lagras',
  tableName: 'Namn',
  tableKind: 'Typ',
  tableParty: 'Part',
  tablePurpose: 'Ändamål',
  tableLifetime: 'Giltighet på enheten',
  kindCookie: 'Kaka',
  kindStorage: 'Webbläsarens lagring',
  partyFirst: 'Egen',
  partyThird: 'Tredje parts',
  lifeSession: 'Tills du stänger webbläsaren',
  lifeNone: 'Upphör inte',
  provider: 'Tjänsteleverantör',
  kept: 'Lagring i tjänsten',
  vendorPrivacy: 'Dataskyddsbeskrivning: {vendor} (ny flik)',
  roles: {
    processor: 'Behandlar uppgifter för vår räkning',
    controller: 'Självständigt personuppgiftsansvarig',
    joint: 'Gemensamt personuppgiftsansvarig med oss',
  },
  transfers: {
    eea: 'Uppgifterna stannar inom EU och EES.',
    adequacy:
      'Uppgifter överförs utanför EU och EES: {country}. Grund: EU-kommissionens beslut om adekvat dataskydd.',
    dpf: 'Uppgifter överförs utanför EU och EES: {country}. Grund: företaget är med i dataskyddsramen mellan EU och USA.',
    scc: 'Uppgifter överförs utanför EU och EES: {country}. Grund: EU-kommissionens standardavtalsklausuler.',
    none: '',
  },
  countries: { FI: 'Finland', IE: 'Irland', MT: 'Malta', SE: 'Sverige', US: 'USA' },
  purposes: {
    visitor: 'Känner igen webbläsaren',
    visit: 'Kopplar ihop ett besök',
    login: 'Känner igen en inloggad',
    security: 'Hindrar missbruk',
    routing: 'Styr till rätt server',
    setting: 'Kommer ihåg en inställning',
    choice: 'Kommer ihåg ett val',
    test: 'Prövar kakor',
    throttle: 'Begränsar anrop',
    campaign: 'Kommer ihåg annonsen eller länken som du kom från',
    conversion: 'Mäter annonsernas resultat',
    ads: 'Riktar annonser',
    statistics: 'Mäter användningen',
    segment: 'Placerar i ett kundsegment',
  },
  given: 'Ditt val: {date}',
  receipt: 'Ladda ner ett intyg',
  controller: 'Personuppgiftsansvarig: {name}',
  contact: 'Dataskyddsfrågor: {email}',
  complaint: 'Du kan klaga hos tillsynsmyndigheten: {authority}',
  rights: 'Dina rättigheter',
  rightsBody:
    'Du kan be att få se, rätta, radera eller flytta dina uppgifter, begränsa eller invända mot behandlingen och återkalla ditt samtycke när som helst. Återkallandet påverkar inte tidigare behandling.',
  authority: 'Dataombudsmannens byrå',
  descriptions: {
    necessary:
      'Behövs för att webbplatsen och de funktioner du ber om ska fungera och ditt val ska kommas ihåg. För dem begärs inget samtycke.',
    functional:
      'Kommer ihåg dina inställningar och ger extra funktioner, till exempel en enkät eller inloggning med en annan tjänst.',
    analytics:
      'Visar hur många som besöker webbplatsen, vilka sidor som läses och varifrån besökarna kommer, så att vi kan utveckla den.',
    clicks: 'En kort studie där klick sparas för att utveckla webbplatsen.',
    demographics:
      'Tjänsteleverantören uppskattar besökarnas ålder, kön och intressen även utifrån andra webbplatser och kopplar dem till statistiken.',
    measure: 'Mäter om en annons eller ett nyhetsbrev ledde till ett besök eller en kontakt.',
    social:
      'Knappar och inbäddat innehåll från sociala medier. Tjänsten får veta om ditt besök, till exempel din IP-adress och sidans adress, även om du inte är inloggad.',
    media:
      'Videor, kartor, chatt och annat innehåll från andra tjänster. Tjänsten får veta om ditt besök och kan lagra kakor.',
    ads: 'Din webbläsare placeras utifrån dina besök i kundsegment som får riktade annonser. Uppgifterna kan kombineras med uppgifter från andra webbplatser.',
  },
}
