import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { BuildOptions, Metafile, Plugin } from 'esbuild'
import { usedPropertiesOnly } from './used-properties.ts'

/** A file of the page as it is served. */
export interface PageFile {
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly gzip: Uint8Array<ArrayBuffer>
  readonly brotli: Uint8Array<ArrayBuffer>
  /** A strong entity tag with its quotes. */
  readonly etag: string
}

/** The files of the page, by their names. */
export type PageFiles = ReadonlyMap<string, PageFile>

const PAGE = path.join(import.meta.dirname, '..', '..', '..', '..', 'page')

/** Higher ones take a second for a few percent. */
const BROTLI_QUALITY = 9

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

/** What is no module of CommonJS. */
const MODULE = /\b(?:import|export)\b/

/** Where index.html wants to be told what else the browser is going to ask for. */
const PRELOADS = '<!-- preloads -->'

/**
 * Puts the page together from its sources, in about a second: `index.html`, `main.js`, `main.css`, and chunks, whose
 * names change with what is in them.
 */
export async function bundlePage(): Promise<PageFiles> {
  // Loaded only now: a page that has not changed is there already.
  const { build, stop } = await import('esbuild')
  const main = path.join(PAGE, 'main.ts')
  const page = {
    entryPoints: { main },
    absWorkingDir: PAGE,
    outdir: PAGE,
    chunkNames: 'chunk-[hash]',
    tsconfig: path.join(PAGE, 'tsconfig.json'),
    alias: { 'lit/directives/style-map.js': path.join(PAGE, 'style-map.ts') },
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2024',
    platform: 'browser',
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
    write: false,
  } as const satisfies BuildOptions
  const { metafile: apart } = await build(page)
  const inputs = Object.keys(apart.inputs).map((file) => path.join(PAGE, file))
  const plugins = [afterMain(main, apart), await usedPropertiesOnly(inputs)]
  const { outputFiles, metafile } = await build({ ...page, plugins })
  await stop()
  const template = await readFile(path.join(PAGE, 'index.html'), 'utf8')
  const preloads = loadedWithMain(metafile)
    .map((name) => `<link rel="modulepreload" href="/devtool/page/${name}">`)
    .join('\n    ')
  const html = Buffer.from(template.replace(PRELOADS, preloads))
  const contents = [
    { name: 'index.html', bytes: html },
    ...outputFiles
      .map((file) => ({ name: path.basename(file.path), bytes: file.contents }))
      // The styles of all views are in that of the first.
      .filter(({ name }) => !name.endsWith('.css') || name === 'main.css'),
  ]
  const files = await Promise.all(
    contents.map(
      async ({ name, bytes }) => [name, await servable(path.extname(name), bytes)] as const,
    ),
  )
  return new Map(files)
}

/**
 * Has whatever is loaded later import `main.ts`, which has run by then. Otherwise what both of them need would be in a file of its own, one for
 * each of the ways in which they share, and the browser would have to fetch fifty before it shows anything.
 */
function afterMain(main: string, { inputs }: Metafile): Plugin {
  const later = new Set(
    Object.values(inputs)
      .flatMap(({ imports }) => imports)
      .filter(({ kind }) => kind === 'dynamic-import')
      .map((imported) => path.join(PAGE, imported.path)),
  )
  return {
    name: 'after-main',
    setup(bundler) {
      bundler.onLoad({ filter: /\.[jt]s$/ }, async ({ path: file }) => {
        if (!later.has(file)) return undefined
        const source = await readFile(file, 'utf8')
        // One of CommonJS would have all that it imports be as it is.
        if (!MODULE.test(source)) return undefined
        return {
          contents: `${source}\nimport ${JSON.stringify(main)}\n`,
          loader: file.endsWith('.ts') ? 'ts' : 'js',
        }
      })
    },
  }
}

/** The chunks without which `main.js` does not run; a browser would learn of them only when it has read it. */
function loadedWithMain({ outputs }: Metafile): string[] {
  const [main] = Object.keys(outputs).filter((file) => path.basename(file) === 'main.js')
  const found = new Set(main === undefined ? [] : [main])
  for (const file of found) {
    for (const { kind, path: imported } of outputs[file]?.imports ?? []) {
      if (kind === 'import-statement') found.add(imported)
    }
  }
  return Array.from(found, (file) => path.basename(file)).slice(1)
}

async function servable(extension: string, contents: Uint8Array): Promise<PageFile> {
  const bytes = new Uint8Array(contents)
  const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY }
  const [zipped, brotli] = await Promise.all([
    promisify(gzip)(bytes),
    promisify(brotliCompress)(bytes, { params }),
  ])
  return {
    type: TYPES[extension] ?? 'application/octet-stream',
    bytes,
    gzip: zipped,
    brotli,
    etag: `"${createHash('sha256').update(bytes).digest('base64url')}"`,
  }
}
