import type { SettingsMessages } from '../messages.ts'

/** Finnish. */
export const fi: SettingsMessages = {
  save: 'Tallenna valinnat',
  close: 'Sulje tallentamatta',
  withdraw: 'Peruuta kaikki suostumukset',
  intro:
    'Valitse, mihin annat suostumuksesi. Mikään ei ole valmiiksi päällä. Voit käyttää sivustoa ilman suostumustakin.',
  alwaysOn: 'Aina käytössä',
  on: 'Sallittu',
  off: 'Ei sallittu',
  until: 'Viimeinen päivä: {date}',
  tableCaption: 'Tallennettavat tiedot',
  tableName: 'Nimi',
  tableKind: 'Tyyppi',
  tableParty: 'Osapuoli',
  tablePurpose: 'Käyttötarkoitus',
  tableLifetime: 'Voimassaolo laitteella',
  kindCookie: 'Eväste',
  kindStorage: 'Selaimen tallennustila',
  partyFirst: 'Oma',
  partyThird: 'Kolmannen osapuolen',
  lifeSession: 'Kunnes suljet selaimen',
  lifeNone: 'Ei vanhene',
  provider: 'Palveluntarjoaja',
  kept: 'Säilytys palvelussa',
  vendorPrivacy: 'Tietosuojaseloste: {vendor} (uusi välilehti)',
  roles: {
    processor: 'Käsittelee tietoja puolestamme',
    controller: 'Itsenäinen rekisterinpitäjä',
    joint: 'Yhteisrekisterinpitäjä kanssamme',
  },
  transfers: {
    eea: 'Tiedot pysyvät EU- ja ETA-alueella.',
    adequacy:
      'Tietoja siirretään EU- ja ETA-alueen ulkopuolelle: {country}. Peruste: EU-komission päätös riittävästä tietosuojasta.',
    dpf: 'Tietoja siirretään EU- ja ETA-alueen ulkopuolelle: {country}. Peruste: yritys on EU:n ja Yhdysvaltojen tietosuojakehyksessä.',
    scc: 'Tietoja siirretään EU- ja ETA-alueen ulkopuolelle: {country}. Peruste: EU-komission vakiosopimuslausekkeet.',
    none: '',
  },
  countries: { FI: 'Suomi', IE: 'Irlanti', MT: 'Malta', SE: 'Ruotsi', US: 'Yhdysvallat' },
  purposes: {
    visitor: 'Tunnistaa selaimen',
    visit: 'Yhdistää käynnin sivut',
    login: 'Tunnistaa kirjautuneen',
    security: 'Estää väärinkäyttöä',
    routing: 'Ohjaa oikealle palvelimelle',
    setting: 'Muistaa asetuksen',
    choice: 'Muistaa valinnan',
    test: 'Kokeilee evästeitä',
    throttle: 'Rajoittaa pyyntöjä',
    campaign: 'Muistaa, mistä mainoksesta tai linkistä tulit',
    conversion: 'Mittaa mainosten tuloksia',
    ads: 'Kohdentaa mainontaa',
    statistics: 'Tilastoi käyttöä',
    segment: 'Liittää asiakassegmenttiin',
  },
  given: 'Valintasi: {date}',
  receipt: 'Lataa tosite',
  controller: 'Rekisterinpitäjä: {name}',
  contact: 'Tietosuoja-asiat: {email}',
  complaint: 'Voit valittaa valvontaviranomaiselle: {authority}',
  rights: 'Oikeutesi',
  rightsBody:
    'Voit pyytää tietosi nähtäväksi, oikaistavaksi, poistettavaksi tai siirrettäväksi, rajoittaa tai vastustaa käsittelyä ja peruuttaa suostumuksesi milloin tahansa. Peruutus ei vaikuta aiempaan käsittelyyn.',
  authority: 'Tietosuojavaltuutetun toimisto',
  descriptions: {
    necessary:
      'Tarvitaan, jotta sivusto ja pyytämäsi toiminnot toimivat ja valintasi muistetaan. Näihin ei pyydetä suostumusta.',
    functional:
      'Muistavat asetuksesi ja tuovat lisätoimintoja, kuten kyselyn tai kirjautumisen toisella palvelulla.',
    analytics:
      'Kertovat sivuston kehittämiseksi, moniko käy, mitä sivuja katsotaan ja mistä kävijät tulevat.',
    clicks: 'Lyhyt tutkimus, jossa tallennetaan klikkauksia sivuston kehittämiseksi.',
    demographics:
      'Palveluntarjoaja arvioi kävijöiden iän, sukupuolen ja kiinnostuksen kohteet myös muiden sivustojen tiedoista ja yhdistää ne tilastoihin.',
    measure: 'Mittaa, johtiko mainos tai uutiskirje käyntiin tai yhteydenottoon.',
    social:
      'Sosiaalisen median painikkeet ja upotukset. Palvelu saa tiedon käynnistäsi, kuten IP-osoitteesi ja sivun osoitteen, vaikka et olisi kirjautunut.',
    media:
      'Videot, kartat, chat ja muu sisältö toisista palveluista. Palvelu saa tiedon käynnistäsi ja voi asettaa evästeitä.',
    ads: 'Selaimesi liitetään käyntiesi perusteella asiakassegmentteihin, joille näytetään kohdennettua mainontaa. Tietoja voidaan yhdistää muiden sivustojen tietoihin.',
  },
}
