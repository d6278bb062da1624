import { createHash } from 'node:crypto'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

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

const PAGE = path.join(import.meta.dirname, 'page')

/** Higher ones take seconds for a few percent. */
const BROTLI_QUALITY = 5

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

/** Puts the page together from its sources, in a fraction of a second: `main.js`, `main.css`, and what is loaded later. */
export async function bundlePage(): Promise<PageFiles> {
  // Loaded only now: most services are never looked at.
  const { build, stop } = await import('esbuild')
  const { outputFiles } = await build({
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
    write: false,
  })
  await stop()
  const files = await Promise.all(
    outputFiles.map(
      async ({ path: file, contents }) =>
        [path.basename(file), await servable(path.extname(file), contents)] as const,
    ),
  )
  return new Map(files)
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
