import all from './rollup.config.mjs'
const c = all[3]
export default { ...c, plugins: c.plugins.filter((p) => p && p.name !== 'terser'), output: { ...c.output, file: '/tmp/portti-profile.js' } }
