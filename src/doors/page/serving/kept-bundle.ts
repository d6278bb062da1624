import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { deserialize, serialize } from 'node:v8'
import * as z from 'zod/mini'
import { bundlePage, type PageFiles } from './bundle-page.ts'

const PROJECT = path.join(import.meta.dirname, '..', '..', '..', '..')

/** In a project: beside what else is made of the sources and may be deleted at any time. */
const KEPT = path.join('node_modules', '.cache', 'darkroom', 'page')

/** In a package: the page that it was made with, which comes without the page's sources. */
export const PACKED_PAGE = path.join('page', 'packed')

const bytesSchema = z.pipe(
  z.instanceof(Uint8Array),
  z.transform((bytes) => new Uint8Array(bytes)),
)
const keptSchema = z.object({
  key: z.string(),
  files: z.map(
    z.string(),
    z.object({
      type: z.string(),
      bytes: bytesSchema,
      gzip: bytesSchema,
      brotli: bytesSchema,
      etag: z.string(),
    }),
  ),
})

/**
 * Opens the page of the sources as they are: the one that was kept, or a new one, which is then kept. In a package there is one
 * already.
 *
 * @param project - the folder of the sources
 * @param bundle - puts a new one together
 */
export async function openBundle(project = PROJECT, bundle = bundlePage): Promise<PageFiles> {
  const packed = await readKept(path.join(project, PACKED_PAGE))
  if (packed !== undefined) return packed.files
  const place = path.join(project, KEPT)
  const key = await keyOfSources(project)
  const kept = await readKept(place)
  if (kept?.key === key) return kept.files
  const files = await bundle()
  // It can be made again at any time, so that one which cannot be written is no loss.
  await keep(place, serialize({ key, files })).catch(() => undefined)
  return files
}

async function readKept(place: string): Promise<z.infer<typeof keptSchema> | undefined> {
  try {
    return keptSchema.parse(deserialize(await readFile(place)))
  } catch {
    // There is none, or it was kept by another version.
    return undefined
  }
}

/** Another service may be doing the same. */
async function keep(place: string, bytes: Buffer): Promise<void> {
  const draft = `${place}.${process.pid}`
  await mkdir(path.dirname(place), { recursive: true })
  await writeFile(draft, bytes)
  await rename(draft, place)
}

/** Where the page's own sources are, and what it has in common with the service. */
const SOURCES = ['page', 'src']

/** Changes with every source, and with the packages. */
async function keyOfSources(project: string): Promise<string> {
  const folders = SOURCES.map((folder) =>
    readdir(path.join(project, folder), { recursive: true, withFileTypes: true }),
  )
  const sources = (await Promise.all(folders))
    .flat()
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(project, path.join(parentPath, name)))
    .toSorted()
  const names = ['package-lock.json', ...sources]
  const contents = await Promise.all(names.map((name) => readFile(path.join(project, name))))
  const hash = createHash('sha256')
  for (const [index, bytes] of contents.entries()) {
    hash.update(`${names[index]}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('base64url')
}
