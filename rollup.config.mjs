/**
 * What is published: the npm entries (ES modules, preact and nanostores stay imports) and the script-tag file.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import resolve from '@rollup/plugin-node-resolve'
import replace from '@rollup/plugin-replace'
import terser from '@rollup/plugin-terser'
import { build } from 'esbuild'
import esbuild from 'rollup-plugin-esbuild'

const home = 'packages/portti'
const { version } = JSON.parse(readFileSync(`${home}/package.json`, 'utf8'))
const entries = {
  index: `${home}/src/index.ts`,
  policy: `${home}/src/policy/index.ts`,
  csp: `${home}/src/lock/index.ts`,
  guard: `${home}/src/guard/index.ts`,
  audit: `${home}/src/audit/index.ts`,
  services: `${home}/src/services/index.ts`,
  locales: `${home}/src/locales/index.ts`,
  gate: `${home}/src/gate/index.ts`,
  bridges: `${home}/src/bridges/index.ts`,
  record: `${home}/src/consent/record.ts`,
  mark: `${home}/src/mark/index.ts`,
  ...each('services', ['index', 'catalogue', 'compact', 'providers', 'transfers']),
  ...each('locales', ['index', 'messages', 'text', 'lifetime', 'choose-language']),
}

/** One entry per file of a folder: what somebody may want alone. */
function each(folder, except) {
  const names = readdirSync(`${home}/src/${folder}`)
    .filter((file) => file.endsWith('.ts') && !file.includes('.test'))
    .map((file) => file.slice(0, -3))
  return Object.fromEntries(
    names
      .filter((name) => !except.includes(name))
      .map((name) => [`${folder}/${name}`, `${home}/src/${folder}/${name}.ts`]),
  )
}

const compile = [
  replace({ preventAssignment: true, values: { PORTTI_VERSION: JSON.stringify(version) } }),
  esbuild({ target: 'es2021', jsx: 'transform', jsxFactory: 'h', jsxFragment: 'Fragment', tsconfig: false }),
]
const minify = (module, preamble) =>
  terser({
    ecma: 2021,
    module,
    // Without the two that make shorter code of many shapes: what looks alike compresses better.
    compress: { passes: 5, pure_getters: true, unsafe_arrows: true, inline: 1, comparisons: false },
    format: { ascii_only: true, comments: false, preamble },
  })
/** V8 compiles a file that begins like this as a whole beside the page, and not function by function while the page waits. */
const AT_ONCE = '//# allFunctionsCalledOnLoad'

/** For bundlers. */
const modules = [resolve({ extensions: ['.ts', '.tsx'] }), ...compile, minify(true)]
/** For files that stand alone on a page. */
const alone = [
  resolve({ extensions: ['.ts', '.tsx', '.js', '.mjs'] }),
  replace({ preventAssignment: true, values: { 'process.env.NODE_ENV': '"production"' } }),
  ...compile,
  minify(false, AT_ONCE),
]

/** Reading a property of a built-in does nothing: what nobody uses goes, with what it reads. */
const treeshake = { propertyReadSideEffects: false }

export default [
  {
    input: entries,
    external: ['preact', 'nanostores'],
    plugins: [knownTrackers(), ...modules],
    treeshake,
    output: {
      dir: `${home}/dist`,
      format: 'es',
      chunkFileNames: 'parts/[name].js',
      hoistTransitiveImports: false,
    },
  },
  {
    // Apart, so that its size is its own: nobody loads it beside the entry with everything.
    input: `${home}/src/headless.ts`,
    external: ['nanostores'],
    plugins: modules,
    treeshake,
    output: { file: `${home}/dist/headless.js`, format: 'es' },
  },
  {
    input: `${home}/src/settings-file.ts`,
    plugins: [safeRenderer(), catalogueWith('shown'), ...alone],
    output: { file: `${home}/dist/portti-settings.js`, format: 'iife', strict: true },
    onwarn: fail,
  },
  {
    input: `${home}/src/guard-file.ts`,
    plugins: [knownTrackers(), ...alone],
    output: { file: `${home}/dist/portti-guard.js`, format: 'iife', strict: true },
    onwarn: fail,
  },
  {
    input: `${home}/src/audit-file.ts`,
    plugins: alone,
    output: { file: `${home}/dist/portti-audit.js`, format: 'iife', strict: true },
    onwarn: fail,
  },
  {
    input: `${home}/src/script-tag.ts`,
    plugins: [catalogueWith('compact'), integrity(), ...alone, publishHashes()],
    // What the page puts in their place later is not ours.
    output: {
      file: `${home}/dist/portti.js`,
      format: 'iife',
      strict: true,
      intro: 'const { Map, Set, Promise } = globalThis',
    },
    onwarn: fail,
  },
]

/** Each of the script-tag files carries of the catalogue only what it needs itself (`services/compact.ts`). */
function catalogueWith(part) {
  const file = /\/services\/catalogue\.ts$/
  return {
    name: 'catalogue-in-part',
    async load(id) {
      if (!file.test(id)) return null
      const { catalogue } = await run(id)
      const parts = await run(id.replace('catalogue', 'compact'))
      const facts = JSON.stringify(Array.from(catalogue.values(), parts[part]))
      return `export const catalogue = new Map(${facts}.map((service) => [service.id, service]))`
    },
  }
}

/** Of the catalogue the guard carries what it recognises trackers by. */
function knownTrackers() {
  const file = /\/guard\/known\.ts$/
  return {
    name: 'known-trackers',
    async load(id) {
      if (!file.test(id)) return null
      const { known } = await run(id)
      return `export const known = ${JSON.stringify(known)}`
    },
  }
}

/**
 * The files that `portti.js` fetches have been built just before; their hashes go into what loads them. SHA-256, because
 * nothing compresses a hash and the longer one would cost every visitor 32 bytes a file.
 */
function integrity() {
  return {
    name: 'integrity',
    transform(code) {
      const name = /(SETTINGS|GUARD)_INTEGRITY/.exec(code)
      if (!name) return null
      const hash = hashOf(`portti-${name[1].toLowerCase()}.js`, 'sha256')
      return { code: `const ${name[0]} = '${hash}';\n${code}`, map: null }
    },
  }
}

const hashOf = (file, algorithm = 'sha384') =>
  `${algorithm}-${createHash(algorithm)
    .update(readFileSync(`${home}/dist/${file}`))
    .digest('base64')}`

/** `integrity.json`: the hash of each file for a script tag, to copy into `integrity="…"`. */
function publishHashes() {
  return {
    name: 'publish-hashes',
    writeBundle() {
      const files = readdirSync(`${home}/dist`).filter((file) => /^portti.*\.js$/.test(file))
      const hashes = Object.fromEntries(files.sort().map((file) => [file, hashOf(file)]))
      writeFileSync(`${home}/dist/integrity.json`, `${JSON.stringify(hashes, null, 2)}\n`)
    },
  }
}

/**
 * The renderer makes elements with the browser's own methods, also on a page that has clobbered them: `document` is a stand-in
 * here, and the way around it through `ownerDocument` is closed.
 */
function safeRenderer() {
  const natives = new URL(`${home}/src/natives/natives.ts`, import.meta.url).pathname
  return {
    name: 'safe-renderer',
    transform(code, id) {
      if (!/node_modules\/preact\//.test(id)) return null
      const closed = code.replace(/\w+\.ownerDocument\s*\|\|\s*document/g, 'document')
      if (closed === code)
        throw new Error('preact asks for its document in another way than we know: look again')
      return {
        code: `import { safeDocument as document } from ${JSON.stringify(natives)};\n${closed}`,
        map: null,
      }
    },
  }
}

/** What a TypeScript file exports. */
async function run(entry) {
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: 'esm', write: false })
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`)
}

function fail(warning) {
  throw new Error(warning.message)
}
