/** orejime 3: the Finnish file of the standard theme, its style sheet, held things in `<template>`. */
import type { CategoryId, Task } from '../task.ts'
import { categories, site } from '../task.ts'
import { categoryTexts } from '../texts.ts'
import { type Contestant, escaped, json } from './contestant.ts'

export const orejime: Contestant = {
  id: 'orejime',
  name: 'orejime',
  package: 'orejime',
  files: {
    '/orejime.js': 'orejime/dist/orejime-standard-fi.js',
    '/orejime.css': 'orejime/dist/orejime-standard.css',
  },
  head: () => '<link rel="stylesheet" href="/orejime.css">',
  hold: (held) => {
    const mark = `data-purpose="${held.service}"`
    if (held.kind === 'inline') return `<template ${mark}><script>${held.code}</script></template>`
    if (held.kind === 'external')
      return `<template ${mark}><script src="${escaped(held.src)}"></script></template>`
    return `<template ${mark} data-contextual><iframe src="${escaped(held.src)}" title="Video" width="560" height="315"></iframe></template>`
  },
  end: (task) =>
    `<script>window.orejimeConfig=${configuration(task)}</script><script src="/orejime.js"></script>`,
  ui: {
    accept: '.orejime-Banner-saveButton',
    settings: '.orejime-Banner-learnMoreButton',
    opened: '.orejime-Modal input',
  },
}

function configuration({ services }: Task): string {
  const purposes = (id: CategoryId) =>
    services
      .filter(({ category }) => category === id)
      .map(({ id, name, cookies }) => ({ id, title: name, cookies }))
  return json({
    privacyPolicyUrl: site.privacyNotice,
    purposes: categories.map((id) => ({
      id,
      title: categoryTexts[id].title,
      description: categoryTexts[id].body,
      purposes: purposes(id),
    })),
  })
}
