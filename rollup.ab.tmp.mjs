import all from './rollup.config.mjs'
const c = all[3]
const patch = (edits) => ({ name: 'patch', transform(code, id) {
  for (const [file, from, to] of edits) if (id.endsWith(file)) { if (!code.includes(from)) throw new Error(file + ' has no ' + from); code = code.replace(from, to) }
  return { code, map: null } } })
const list = ['banner/wording.ts', 'new Intl.ListFormat(language).format(items)', "items.length < 2 ? items.join() : items.slice(0, -1).join(', ') + (language === 'fi' ? ' ja ' : language === 'sv' ? ' och ' : ' and ') + items.at(-1)"]
const storage = ['consent/store.dom.ts', "listen(window, 'storage', (event) => (event as StorageEvent).key === NAME && heard(undefined)),", "...(channel ? [] : [listen(window, 'storage', (event) => (event as StorageEvent).key === NAME && heard(undefined))]),"]
const cover = ['banner/banner.tsx', "uncover = coverUp(next, rootOf())", "uncover = undefined"]
const out = (file, edits) => ({ ...c, plugins: [patch(edits), ...c.plugins], output: { ...c.output, file } })
export default [out('/tmp/portti-list.js', [list]), out('/tmp/portti-storage.js', [list, storage]), out('/tmp/portti-cover.js', [list, storage, cover])]
