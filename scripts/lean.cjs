'use strict'

/**
 * Removes of installed packages what nobody loads: what tells debuggers of browsers which sources a file was made of, and what packages
 * bring a second time, for other ways to load them, or to build with them. That is a quarter of all that they bring. And it makes one
 * file of what a start would read in hundreds. `npm ci` runs it, in whatever Node.js npm runs in.
 */
const { readdirSync, renameSync, rmSync, writeFileSync } = require('node:fs')
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

/** Modules that are loaded at every start, and of which each imports others of its package alone. */
const MADE_ONE = ['kysely/dist/index.js']

function makeOne(file) {
  const { buildSync } = require('esbuild')
  const { outputFiles } = buildSync({
    entryPoints: [file],
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
    logLevel: 'silent',
  })
  // Beside it and then in its place, since a package manager may have the same file elsewhere by a link.
  writeFileSync(`${file}.new`, outputFiles[0].contents)
  renameSync(`${file}.new`, file)
}
for (const module of MADE_ONE) {
  const file = path.join(packages, ...module.split('/'))
  try {
    makeOne(file)
  } catch {
    // Without esbuild, or the package, it stays as it is: many files do the same, more slowly.
  }
}
