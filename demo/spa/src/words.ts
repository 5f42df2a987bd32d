import { atom } from 'nanostores'
import { portti } from './consent.ts'

export const languages = ['fi', 'sv', 'en'] as const
export type Language = (typeof languages)[number]

export const $language = atom<Language>('fi')

/** The app's language and the banner's are one. */
export function speak(language: Language): void {
  document.documentElement.lang = language
  portti.setLanguage(language)
  $language.set(language)
}

const fi = {
  skip: 'Siirry sisältöön',
  menu: 'Päävalikko',
  home: 'Etusivu',
  trips: 'Retket',
  stories: 'Matkakertomukset',
  about: 'Tietosuoja',
  settings: 'Evästeasetukset',
  language: 'Kieli',
  title: 'Ulkosaari odottaa, kun meri antaa luvan.',
  lead: 'Viemme pieniä ryhmiä luodoille, joilla ei ole laituria, ja haemme takaisin ennen kuin kahvi loppuu.',
  film: 'Päivä Bengtskärissä',
  tripsTitle: 'Retket kaudella 2027',
  tripsLead: 'Veneessä on kahdeksan paikkaa ja yksi koira.',
  tripList: ['Majakkapäivä, 89 €', 'Yö kalastajan majassa, 140 €', 'Lintuaamu, 65 €'],
  page: 'Seuraa lähtöjä Facebookissa',
  storiesTitle: 'Matkakertomukset',
  storiesLead: 'Mitä kävijät kertoivat, kun kenttä taas löytyi.',
  post: 'Kolme tuntia hiljaisuutta ja yksi hylje. Suosittelen.',
  counted: 'Sivuja tällä laitteella',
  notCounted: 'Sivuja ei lasketa.',
  decisions: {
    unasked: 'Et ole vielä vastannut.',
    given: 'Olet vastannut.',
    lapsed: 'Vastauksesi on vanhentunut.',
  },
  privacy:
    'Emme kerää sinusta mitään ilman lupaa. Sivulaskuri toimii vain laitteellasi. Videot ja julkaisut tulevat YouTubesta, Facebookista ja X:stä vasta, kun sallit ne. Yritys on keksitty.',
}

const sv: typeof fi = {
  skip: 'Hoppa till innehållet',
  menu: 'Huvudmeny',
  home: 'Hem',
  trips: 'Turer',
  stories: 'Reseberättelser',
  about: 'Dataskydd',
  settings: 'Kakinställningar',
  language: 'Språk',
  title: 'Ytterskären väntar när havet tillåter.',
  lead: 'Vi tar små grupper till skär utan brygga och hämtar dem innan kaffet tar slut.',
  film: 'En dag på Bengtskär',
  tripsTitle: 'Turer säsongen 2027',
  tripsLead: 'I båten finns åtta platser och en hund.',
  tripList: ['Fyrdag, 89 €', 'Natt i fiskarstugan, 140 €', 'Fågelmorgon, 65 €'],
  page: 'Följ avgångarna på Facebook',
  storiesTitle: 'Reseberättelser',
  storiesLead: 'Vad besökarna berättade när det fanns täckning igen.',
  post: 'Tre timmar tystnad och en säl. Rekommenderas.',
  counted: 'Sidor på den här enheten',
  notCounted: 'Sidor räknas inte.',
  decisions: {
    unasked: 'Du har inte svarat ännu.',
    given: 'Du har svarat.',
    lapsed: 'Ditt svar har gått ut.',
  },
  privacy:
    'Vi samlar inte in något om dig utan samtycke. Sidräknaren finns bara på din enhet. Filmer och inlägg hämtas från YouTube, Facebook och X först när du tillåter det. Företaget är påhittat.',
}

const en: typeof fi = {
  skip: 'Skip to content',
  menu: 'Main menu',
  home: 'Home',
  trips: 'Trips',
  stories: 'Stories',
  about: 'Privacy',
  settings: 'Cookie settings',
  language: 'Language',
  title: 'The outer islands wait until the sea allows.',
  lead: 'We take small groups to skerries without a jetty and fetch them before the coffee runs out.',
  film: 'A day on Bengtskär',
  tripsTitle: 'Trips in the season of 2027',
  tripsLead: 'The boat has eight seats and one dog.',
  tripList: ['Lighthouse day, €89', 'Night in a fishing hut, €140', 'Bird morning, €65'],
  page: 'Follow departures on Facebook',
  storiesTitle: 'Stories',
  storiesLead: 'What visitors said once there was a signal again.',
  post: 'Three hours of silence and one seal. Recommended.',
  counted: 'Pages on this device',
  notCounted: 'Pages are not counted.',
  decisions: {
    unasked: 'You have not answered yet.',
    given: 'You have answered.',
    lapsed: 'Your answer has expired.',
  },
  privacy:
    'We collect nothing about you without your consent. The page counter stays on your device. Films and posts come from YouTube, Facebook and X only once you allow them. The company is invented.',
}

export const words: Readonly<Record<Language, typeof fi>> = { fi, sv, en }
