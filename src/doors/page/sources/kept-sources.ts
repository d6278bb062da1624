import { randomUUID } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod/mini'
import { ServiceError } from '../../../base/errors.ts'
import { parseJson } from '../../../base/json.ts'
import type { ObjectContent } from '../../../client/objects.ts'
import { readMediaType, typeOfName } from '../../../sources/media-type.ts'
import { type KeptSource, keptSourceSchema, type Sample } from '../api.ts'
import { cleanFileName } from '../files/file-name.ts'
import type { Storage } from '../files/storage.ts'
import type { PageDatabase } from '../page-database.ts'

/** How many of the newest are kept although no request needs them. */
const MOST_UNUSED = 1000

const rowSchema = z.object({
  file: z.pipe(z.pipe(z.string(), z.transform(parseJson)), keptSourceSchema),
})

/** The files that are processed. */
export interface Sources {
  /** @throws {ServiceError} 404 when there is none of this id */
  find: (id: string) => KeptSource
  /**
   * Stores a file that somebody sends.
   *
   * @param name - whatever they call it
   * @throws {ServiceError} 400 when nothing is left of the name or the body breaks off
   */
  add: (name: string, content: ObjectContent) => Promise<KeptSource>
  /** The pictures that the project brings along. */
  samples: () => Promise<Sample[]>
  /**
   * Finds the file of a sample.
   *
   * @throws {ServiceError} 404 when there is no such sample
   */
  sampleFile: (name: string) => Promise<string>
  /** @throws {ServiceError} 404 when there is no such sample */
  addSample: (name: string) => Promise<KeptSource>
}

/** The key of a source. Its name is at the end, as a worker may go by the extension. */
export function sourceKey({ id, name }: KeptSource): string {
  return `devtool/sources/${id}/${name}`
}

/**
 * Opens the sources. They stay as long as a request needs them, and the newest of them anyway.
 *
 * @param options.samples - a folder of pictures
 */
export function openSources(options: {
  database: PageDatabase
  storage: () => Storage
  samples: string
}): Sources {
  const { database, storage } = options

  async function store(name: string, content: string | ObjectContent): Promise<KeptSource> {
    const given = typeof content === 'string' ? undefined : readMediaType(content.type)
    const source = { id: randomUUID(), name, type: given ?? typeOfName(name), size: 0 }
    const key = sourceKey(source)
    await storage().put(
      key,
      typeof content === 'string' ? content : { ...content, type: source.type },
    )
    const stored = { ...source, size: (await storage().stat(key))?.size ?? 0 }
    const json = JSON.stringify(stored)
    database.run('INSERT INTO sources (id, file) VALUES (?, ?)', stored.id, json)
    database.run(
      `DELETE FROM sources WHERE number <= (SELECT max(number) FROM sources) - ?
         AND NOT EXISTS (SELECT 1 FROM request_sources WHERE source = sources.id)`,
      MOST_UNUSED,
    )
    return stored
  }

  async function samples(): Promise<Sample[]> {
    const entries = await readdir(options.samples, { withFileTypes: true })
    const names = entries
      .filter((entry) => entry.isFile() && typeOfName(entry.name).startsWith('image/'))
      .map(({ name }) => name)
    return Promise.all(
      names.toSorted().map(async (name) => {
        const { size } = await stat(path.join(options.samples, name))
        return { name, size }
      }),
    )
  }

  async function sampleFile(name: string): Promise<string> {
    const known = await samples()
    if (known.some((sample) => sample.name === name)) return path.join(options.samples, name)
    throw new ServiceError(
      'not_found',
      `There is no sample ${JSON.stringify(name.slice(0, 60))}; they are ${known.map((sample) => sample.name).join(', ')}.`,
    )
  }

  return {
    find(id) {
      const [row] = database.all('SELECT file FROM sources WHERE id = ?', id)
      if (row !== undefined) return rowSchema.parse(row).file
      throw new ServiceError(
        'not_found',
        `There is no source ${JSON.stringify(id.slice(0, 60))} any more.`,
      )
    },
    async add(name, content) {
      const clean = cleanFileName(name)
      if (clean === undefined) {
        throw new ServiceError('invalid', 'name must be that of a file, but nothing is left of it.')
      }
      return store(clean, content)
    },
    samples,
    sampleFile,
    addSample: async (name) => store(name, await sampleFile(name)),
  }
}
