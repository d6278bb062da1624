'use strict'

/**
 * Removes of installed packages what nobody loads: what tells debuggers of browsers which sources a file was made of, and what packages
 * bring a second time, for other ways to load them, or to build with them. That is a quarter of all that they bring. And it makes one
 * file of what a start would read in hundreds. `npm ci` runs it, in whatever Node.js npm runs in.
 */
const {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} = require('node:fs')
const path = require('node:path')

/** What is removed of each package; `*` stands for a name. */
const NEEDLESS = {
  '@6over3/zeroperl-ts': ['dist/esm'],
  '@azure/*': ['dist/browser', 'dist/react-native'],
  '@cantoo/pdf-lib': ['dist/*.js', 'src', 'ts3.4'],
  '@e965/xlsx': ['dist/*.js'],
  '@ffmpeg/core': ['dist/esm/*.wasm', 'dist/umd/*.js'],
  '@spectrum-web-components/*': ['*.dev.js', 'src/*.dev.js', 'src/express'],
  '@typespec/ts-http-runtime': ['dist/browser', 'dist/react-native'],
  node: ['node_modules/*/include'],
  rxjs: ['dist/bundles', 'dist/esm', 'dist/esm5', 'src'],
  zod: ['src'],
}

const MAP = /\.(?:js|cjs|mjs|css|ts|cts|mts)\.map$/

/** The paths that a pattern leads to below a folder, in which `*` stands for a part of a name. */
function matching(folder, [part, ...rest]) {
  if (part === undefined) return [folder]
  const [start, end] = part.includes('*') ? part.split('*') : [part, undefined]
  const names =
    end === undefined
      ? [part]
      : namesIn(folder).filter((name) => name.startsWith(start) && name.endsWith(end))
  return names.flatMap((name) => matching(path.join(folder, name), rest))
}

function namesIn(folder) {
  try {
    return readdirSync(folder)
  } catch (error) {
    // A package that is not installed has nothing.
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return []
    throw error
  }
}

/** The maps in a folder; links lead to what is not installed by npm. */
function mapsIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const place = path.join(folder, entry.name)
    if (entry.isDirectory()) return mapsIn(place)
    return entry.isFile() && MAP.test(entry.name) ? [place] : []
  })
}

const packages = path.join(process.cwd(), 'node_modules')
for (const [name, patterns] of Object.entries(NEEDLESS)) {
  for (const pattern of patterns) {
    const places = matching(packages, [...name.split('/'), ...pattern.split('/')])
    for (const place of places) rmSync(place, { recursive: true, force: true })
  }
}
for (const map of mapsIn(packages)) rmSync(map)

/**
 * Modules that are loaded at every start, or by every action, each made of many files of its package. Where bundlers take those apart, so
 * that no more gets into a bundle than is used, the one lies beside them, and only Node.js is led there.
 */
const MADE_ONE = [
  { module: 'kysely/dist/index.js', format: 'esm' },
  {
    module: 'zod/mini/index.js',
    format: 'esm',
    beside: { exported: './mini', file: 'mini/one.js' },
  },
  { module: 'jose/dist/webapi/index.js', format: 'esm' },
  { module: 'semver/index.js', format: 'cjs' },
  { module: 'yaml/dist/index.js', format: 'cjs' },
  { module: 'image-size/dist/index.js', format: 'cjs' },
  { module: '@adobe/httptransfer/index.js', format: 'cjs' },
]

const MADE = '/* Made of many, see scripts/lean.cjs. */'

function makeOne({ module, format, beside }) {
  const [, folder] = /^((?:@[^/]+\/)?[^/]+)/.exec(module)
  const file = path.join(packages, ...module.split('/'))
  const one = beside === undefined ? file : path.join(packages, folder, ...beside.file.split('/'))
  if (!isMade(one)) replace(one, `${MADE}\n${toOne(file, format)}`)
  if (beside !== undefined) leadNode(path.join(packages, folder, 'package.json'), beside)
}

function isMade(file) {
  return existsSync(file) && readFileSync(file, 'utf8').startsWith(MADE)
}

function toOne(file, format) {
  const { buildSync, transformSync } = require('esbuild')
  const { outputFiles } = buildSync({
    entryPoints: [file],
    bundle: true,
    format,
    packages: 'external',
    platform: 'node',
    write: false,
    logLevel: 'silent',
  })
  const { text } = outputFiles[0]
  const { code } = transformSync(format === 'cjs' ? compiledAtOnce(text) : text, {
    minifyWhitespace: true,
    footer: format === 'cjs' ? namesOf(file) : '',
  })
  return code
}

/** Puts what CommonJS has as functions, one a module, into parentheses: V8 then compiles them at once, and its cache has them. */
function compiledAtOnce(code) {
  return code
    .replace(/(= __commonJS\(\{\n) {2}("[^"\n]+")(\(.*\) \{)$/gm, '$1  $2: (function $3')
    .replace(/^ {2}\}\n\}\);$/gm, '  })\n});')
}

/** What Node.js reads of a module of CommonJS, to tell what can be imported of it by name. */
function namesOf(file) {
  const names = Object.keys(require(file)).filter((name) => /^[\w$]+$/.test(name))
  return `0 && (${names.map((name) => `exports.${name} = `).join('')}0);`
}

/** Has a package.json lead Node.js to one file, and bundlers, which know a condition more, where it has led both. */
function leadNode(file, { exported, file: one }) {
  const about = JSON.parse(readFileSync(file, 'utf8'))
  if ('module' in about.exports[exported]) return
  const conditions = Object.entries(about.exports[exported]).flatMap(([condition, to]) =>
    condition === 'import'
      ? [
          ['module', to],
          [condition, `./${one}`],
        ]
      : [[condition, to]],
  )
  about.exports[exported] = Object.fromEntries(conditions)
  replace(file, `${JSON.stringify(about, undefined, 2)}\n`)
}

/** Writes beside a file and then in its place, since a package manager may have the same file elsewhere by a link. */
function replace(file, text) {
  writeFileSync(`${file}.new`, text)
  renameSync(`${file}.new`, file)
}

for (const module of MADE_ONE) {
  try {
    makeOne(module)
  } catch {
    // Without esbuild, or the package, it stays as it is: many files do the same, more slowly.
  }
}
