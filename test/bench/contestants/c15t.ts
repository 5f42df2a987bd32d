/** c15t 2 with React: its quickstart in offline mode, one bundle and its style sheet. Scripts are declared in its options. */
import { build } from 'esbuild'
import type { CategoryId, Held, Task } from '../task.ts'
import { site } from '../task.ts'
import { categoryTexts, texts } from '../texts.ts'
import { type Contestant, escaped, json } from './contestant.ts'

/** Its five categories are fixed. */
const consent: Readonly<Record<CategoryId, string>> = {
  analytics: 'measurement',
  ads: 'marketing',
  media: 'experience',
}

export const c15t: Contestant = {
  id: 'c15t',
  name: 'c15t + React',
  package: '@c15t/react',
  files: {
    '/app.js': () => bundle('c15t-app.jsx', 'js'),
    '/app.css': () => bundle('c15t-app.css', 'css'),
  },
  head: () => '<link rel="stylesheet" href="/app.css">',
  hold: (held) =>
    held.kind === 'frame'
      ? `<iframe data-category="${consent[held.category]}" data-src="${escaped(held.src)}" title="Video" width="560" height="315"></iframe>`
      : '',
  end: (task) =>
    `<div id="app"></div><script type="application/json" id="task">${json(settings(task))}</script><script type="module" src="/app.js"></script>`,
  ui: {
    accept: '[data-testid=consent-banner-accept-button]',
    settings: '[data-testid=consent-banner-customize-button]',
    opened: '[data-testid^=consent-widget-accept], [data-testid^=consent-dialog] button',
  },
  notes: [
    'no list of services for the visitor: they are declared as scripts',
    'frames get no placeholder outside React',
    'recommends a backend of its own, which is not measured',
  ],
}

function settings({ services, held }: Task): object {
  const scripts = held.filter(({ kind }) => kind !== 'frame').map(declare)
  const idle = services
    .filter(({ id }) => !held.some(({ service }) => service === id))
    .map(({ id, category }) => ({ id, category: consent[category], callbackOnly: true }))
  return {
    scripts: [...scripts, ...idle],
    frames: held.some(({ kind }) => kind === 'frame'),
    privacyNotice: site.privacyNotice,
    messages: {
      common: {
        acceptAll: texts.acceptAll,
        rejectAll: texts.rejectAll,
        customize: texts.openSettings,
        save: texts.save,
      },
      cookieBanner: { title: texts.title, description: texts.body },
      consentManagerDialog: { title: texts.settings, description: texts.body },
      consentTypes: {
        necessary: { title: texts.necessary, description: texts.body },
        ...Object.fromEntries(
          Object.entries(consent).map(([id, name]) => {
            // The cast: `consent` has just these keys.
            const { title, body } = categoryTexts[id as CategoryId]
            return [name, { title, description: body }]
          }),
        ),
      },
      legalLinks: { privacyPolicy: texts.privacyNotice },
    },
  }
}

function declare(held: Held, number: number): object {
  const common = { id: `${held.service}-${number}`, category: consent[held.category] }
  if (held.kind === 'inline') return { ...common, textContent: held.code }
  return { ...common, src: held.kind === 'external' ? held.src : '' }
}

async function bundle(file: string, kind: 'js' | 'css'): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`test/bench/contestants/${file}`],
    outfile: `app.${kind}`,
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2020',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  })
  return outputFiles.find(({ path }) => path.endsWith(`.${kind}`))?.text ?? ''
}
