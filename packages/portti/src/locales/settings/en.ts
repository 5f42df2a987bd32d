import type { SettingsMessages } from '../messages.ts'

/** English. */
export const en: SettingsMessages = {
  save: 'Save choices',
  close: 'Close without saving',
  withdraw: 'Withdraw all consents',
  intro:
    'Choose what you consent to. Nothing is switched on in advance. You can use the site without consent.',
  alwaysOn: 'Always on',
  on: 'Allowed',
  off: 'Not allowed',
  until: 'Last day: {date}',
  tableCaption: 'Stored data',
  tableName: 'Name',
  tableKind: 'Type',
  tableParty: 'Party',
  tablePurpose: 'Purpose',
  tableLifetime: 'Lifetime on the device',
  kindCookie: 'Cookie',
  kindStorage: 'Browser storage',
  partyFirst: 'Own',
  partyThird: 'Third party',
  lifeSession: 'Until you close the browser',
  lifeNone: 'Does not expire',
  provider: 'Provider',
  kept: 'Kept by the provider',
  vendorPrivacy: 'Privacy notice: {vendor} (new tab)',
  roles: {
    processor: 'Processes data on our behalf',
    controller: 'Separate controller',
    joint: 'Joint controller with us',
  },
  transfers: {
    eea: 'The data stays in the EU and EEA.',
    adequacy:
      "Data is transferred outside the EU and EEA: {country}. Ground: the EU Commission's decision on adequate data protection.",
    dpf: 'Data is transferred outside the EU and EEA: {country}. Ground: the company takes part in the EU-US Data Privacy Framework.',
    scc: "Data is transferred outside the EU and EEA: {country}. Ground: the EU Commission's standard contractual clauses.",
    none: '',
  },
  countries: { FI: 'Finland', IE: 'Ireland', MT: 'Malta', SE: 'Sweden', US: 'United States' },
  purposes: {
    visitor: 'Recognises the browser',
    visit: 'Joins one visit together',
    login: 'Recognises a signed-in user',
    security: 'Prevents misuse',
    routing: 'Sends to the right server',
    setting: 'Remembers a setting',
    choice: 'Remembers a choice',
    test: 'Tries cookies',
    throttle: 'Limits requests',
    campaign: 'Remembers the ad or link that brought you',
    conversion: 'Measures ad results',
    ads: 'Targets ads',
    statistics: 'Measures use',
    segment: 'Places in a customer segment',
  },
  given: 'Your choice: {date}',
  receipt: 'Download a receipt',
  controller: 'Controller: {name}',
  contact: 'Data protection contact: {email}',
  complaint: 'You can complain to the supervisory authority: {authority}',
  rights: 'Your rights',
  rightsBody:
    'You can ask to see, correct, erase or transfer your data, restrict or object to its use, and withdraw your consent at any time. Withdrawal does not affect earlier processing.',
  authority: 'Office of the Data Protection Ombudsman',
  descriptions: {
    necessary:
      'Needed for the site and the functions you ask for, and to remember your choice. No consent is asked for these.',
    functional:
      'Remember your settings and bring extra functions, such as a survey or signing in with another service.',
    analytics:
      'Show how many people visit, which pages are read and where visitors come from, so that we can develop the site.',
    clicks: 'A short study that records clicks to develop the site.',
    demographics:
      "The provider estimates visitors' age, gender and interests, also from other sites, and links them to the statistics.",
    measure: 'Measures whether an ad or a newsletter led to a visit or an enquiry.',
    social:
      'Buttons and embeds from social media. The service learns about your visit, such as your IP address and the page address, even if you are not signed in.',
    media:
      'Videos, maps, chat and other content from other services. The service learns about your visit and may set cookies.',
    ads: 'Based on your visits your browser is placed in customer segments that are shown targeted ads. The data may be combined with data from other sites.',
  },
}
