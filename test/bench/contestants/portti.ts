/** Portti as the README says: the policy inline, so that no fetch is waited for, then one script tag. */
import type { Service, Task } from '../task.ts'
import { categories, site } from '../task.ts'
import { type Contestant, escaped, json } from './contestant.ts'

export const portti: Contestant = {
  id: 'portti',
  name: 'Portti',
  package: 'portti',
  files: {
    '/portti.js': 'portti/portti.js',
    '/portti-settings.js': 'portti/portti-settings.js',
  },
  head: (task) => porttiHead(task, ''),
  hold: (held) => {
    const mark = `data-service="${held.service}"`
    if (held.kind === 'inline') return `<script type="text/plain" ${mark}>${held.code}</script>`
    if (held.kind === 'external')
      return `<script type="text/plain" ${mark} data-src="${escaped(held.src)}"></script>`
    return `<iframe ${mark} data-src="${escaped(held.src)}" title="Video" width="560" height="315"></iframe>`
  },
  ui: {
    accept: '#portti >>> [data-portti-action=accept]',
    settings: '#portti >>> .g [data-portti-action=settings]',
    opened: '#portti >>> input[value=analytics]',
  },
}

/** The other marking for frames, which costs a page with very many of them less: no frame is there until the yes. */
export const porttiTemplate: Contestant = {
  ...portti,
  id: 'portti-template',
  name: 'Portti, frames in templates',
  hold: (held) =>
    held.kind === 'frame'
      ? `<template data-service="${held.service}"><iframe data-src="${escaped(held.src)}" title="Video" width="560" height="315"></iframe></template>`
      : portti.hold(held),
}

/** `attributes`: more of our tag. */
export function porttiHead({ services }: Task, attributes: string): string {
  const policy = {
    controller: { name: site.name, privacyNotice: site.privacyNotice },
    languages: ['fi'],
    categories: categories.map((id) => ({
      id,
      services: services.filter(({ category }) => category === id).map(declare),
    })),
  }
  return `<script type="application/json" id="portti-policy">${json(policy)}</script><script src="/portti.js"${attributes}></script>`
}

/** What the parser asks of a service of the site's own; a visitor reads it in the settings. */
const declare = ({ id, name, cookies }: Service) => ({
  id,
  name,
  provider: { name, country: 'FI', role: 'processor', privacyNotice: `https://${id}.example/` },
  transfer: { ground: 'eea' },
  urls: [`${id}.example`],
  cookies: cookies.map((cookie) => ({ name: cookie, days: 90, purpose: 'Tila' })),
})
