import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Metafile } from 'esbuild'

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

/** Higher ones take seconds for a few percent. */
const BROTLI_QUALITY = 5

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

/** Where index.html wants to be told what else the browser is going to ask for. */
const PRELOADS = '<!-- preloads -->'

/**
 * Puts the page together from its sources, in a fraction of a second: `index.html`, `main.js`, `main.css`, and chunks, whose
 * names change with what is in them.
 */
export async function bundlePage(): Promise<PageFiles> {
  // Loaded only now: a page that has not changed is there already.
  const { build, stop } = await import('esbuild')
  const { outputFiles, metafile } = await build({
    entryPoints: { main: path.join(PAGE, 'main.ts') },
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
  })
  await stop()
  const template = await readFile(path.join(PAGE, 'index.html'), 'utf8')
  const preloads = loadedWithMain(metafile)
    .map((name) => `<link rel="modulepreload" href="/devtool/page/${name}">`)
    .join('\n    ')
  const html = Buffer.from(template.replace(PRELOADS, preloads))
  const contents = [
    { name: 'index.html', bytes: html },
    ...outputFiles.map((file) => ({ name: path.basename(file.path), bytes: file.contents })),
  ]
  const files = await Promise.all(
    contents.map(
      async ({ name, bytes }) => [name, await servable(path.extname(name), bytes)] as const,
    ),
  )
  return new Map(files)
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
