/** vanilla-cookieconsent 3: its style sheet, its deferred UMD file, and `run` in a module, which the browser defers likewise. */
import type { CategoryId, Service, Task } from '../task.ts'
import { categories, site } from '../task.ts'
import { categoryTexts, texts } from '../texts.ts'
import { type Contestant, escaped, json } from './contestant.ts'

export const vanillaCookieconsent: Contestant = {
  id: 'vanilla-cookieconsent',
  name: 'vanilla-cookieconsent',
  package: 'vanilla-cookieconsent',
  files: {
    '/cc.css': 'vanilla-cookieconsent/dist/cookieconsent.css',
    '/cc.js': 'vanilla-cookieconsent/dist/cookieconsent.umd.js',
  },
  head: (task) =>
    `<link rel="stylesheet" href="/cc.css"><script defer src="/cc.js"></script><script type="module">CookieConsent.run(${configuration(task)})</script>`,
  hold: (held) => {
    const mark = `data-category="${held.category}" data-service="${held.service}"`
    if (held.kind === 'inline') return `<script type="text/plain" ${mark}>${held.code}</script>`
    if (held.kind === 'external')
      return `<script type="text/plain" ${mark} data-src="${escaped(held.src)}"></script>`
    return ''
  },
  ui: {
    accept: '#cc-main .cm__btn[data-role=all]',
    settings: '#cc-main .cm__btn[data-role=show]',
    opened: '#cc-main .pm__btn[data-role=all]',
  },
  cannot: { frames: 'holds no frames; its author has another library for them' },
  notes: ['brings no texts', 'no placeholders'],
}

function configuration({ services }: Task): string {
  const of = (id: CategoryId) => services.filter(({ category }) => category === id)
  return json({
    // Otherwise it hides from every driven browser.
    hideFromBots: false,
    categories: {
      necessary: { enabled: true, readOnly: true },
      ...Object.fromEntries(
        categories.map((id) => [
          id,
          {
            services: Object.fromEntries(of(id).map((service) => [service.id, { label: service.name }])),
            autoClear: { cookies: of(id).flatMap(({ cookies }) => cookies.map((name) => ({ name }))) },
          },
        ]),
      ),
    },
    language: {
      default: 'fi',
      translations: {
        fi: {
          consentModal: {
            title: texts.title,
            description: texts.body,
            acceptAllBtn: texts.acceptAll,
            acceptNecessaryBtn: texts.rejectAll,
            showPreferencesBtn: texts.openSettings,
            footer: `<a href="${site.privacyNotice}">${texts.privacyNotice}</a>`,
          },
          preferencesModal: {
            title: texts.settings,
            acceptAllBtn: texts.acceptAll,
            acceptNecessaryBtn: texts.rejectAll,
            savePreferencesBtn: texts.save,
            closeIconLabel: texts.close,
            serviceCounterLabel: texts.service,
            sections: [
              { title: texts.necessary, description: texts.body, linkedCategory: 'necessary' },
              ...categories.map((id) => ({
                title: categoryTexts[id].title,
                description: categoryTexts[id].body,
                linkedCategory: id,
                cookieTable: {
                  headers: { name: texts.cookie, service: texts.service },
                  body: of(id).flatMap(rows),
                },
              })),
            ],
          },
        },
      },
    },
  })
}

const rows = ({ name, cookies }: Service) => cookies.map((cookie) => ({ name: cookie, service: name }))
