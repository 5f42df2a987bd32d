/** klaro 0.7: the file with everything in it, deferred, after its configuration. */
import type { Task } from '../task.ts'
import { categories, site } from '../task.ts'
import { categoryTexts } from '../texts.ts'
import { type Contestant, escaped, json } from './contestant.ts'

export const klaro: Contestant = {
  id: 'klaro',
  name: 'klaro',
  package: 'klaro',
  files: { '/klaro.js': 'klaro/dist/klaro.js' },
  head: (task) =>
    `<script>var klaroConfig=${configuration(task)}</script><script defer src="/klaro.js"></script>`,
  hold: (held) => {
    const mark = `data-name="${held.service}"`
    if (held.kind === 'inline')
      return `<script type="text/plain" data-type="text/javascript" ${mark}>${held.code}</script>`
    if (held.kind === 'external')
      return `<script type="text/plain" data-type="text/javascript" ${mark} data-src="${escaped(held.src)}"></script>`
    return `<iframe ${mark} data-src="${escaped(held.src)}" title="Video" width="560" height="315"></iframe>`
  },
  ui: {
    accept: '#klaro .cm-btn-success',
    settings: '#klaro .cn-learn-more',
    opened: '#klaro .cm-modal .cm-btn-accept-all, #klaro .cm-modal button',
  },
}

function configuration({ services }: Task): string {
  return json({
    version: 1,
    lang: 'fi',
    acceptAll: true,
    groupByPurpose: true,
    translations: {
      fi: {
        privacyPolicyUrl: site.privacyNotice,
        purposes: Object.fromEntries(
          categories.map((id) => [
            id,
            { title: categoryTexts[id].title, description: categoryTexts[id].body },
          ]),
        ),
      },
    },
    services: services.map(({ id, name, category, cookies }) => ({
      name: id,
      title: name,
      purposes: [category],
      cookies,
    })),
  })
}
