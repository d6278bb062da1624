import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { ServiceError } from '../../../base/errors.ts'
import { refuseFullDisk } from '../../../base/full-disk.ts'
import type { Log } from '../../../base/log.ts'
import { syncFolder } from '../../../home/private-file.ts'
import { setAside } from '../../../home/set-aside.ts'
import type { ObjectStore } from '../../../storage/object-store.ts'
import { createSingleFlight } from '../serving/single-flight.ts'

/** An object store elsewhere that has the originals, of which this machine then has copies. */
export type OriginalsElsewhere = Pick<ObjectStore, 'put' | 'open' | 'remove'>

/** How the keys begin of originals that are elsewhere. */
export const ORIGINALS = 'originals/'

/** The files of assets, under names of our own: no name that somebody gives becomes a path. */
export interface Originals {
  /**
   * Stores what comes; it is on the disk when the promise resolves, and elsewhere where that is wanted.
   *
   * @throws {ServiceError} `too_large`, `disk_full`, `storage_unavailable`
   */
  readonly add: (body: ReadableStream<Uint8Array>) => Promise<{ name: string; size: number }>
  readonly pathOf: (name: string) => string
  /** Fetches what is elsewhere and not at its path; undefined where nothing is elsewhere. */
  readonly bring: ((name: string, signal: AbortSignal) => Promise<void>) | undefined
  readonly remove: (name: string) => Promise<void>
}

/** The most bytes of an original. */
const MOST_BYTES = 4 * 1024 ** 3

const UNFINISHED = '.unfinished'

/**
 * Opens the folder of originals, and removes what was being uploaded when the service was killed. Files that are whole and that
 * nobody knows of are set aside, see {@link setAside}.
 *
 * @param findKnown - finds out of which of these originals there are assets
 * @param elsewhere - what has them, where it is not this folder
 */
export async function openOriginals(
  folder: string,
  {
    findKnown,
    elsewhere,
    log,
  }: {
    findKnown: (names: readonly string[]) => Promise<ReadonlySet<string>>
    elsewhere?: OriginalsElsewhere | undefined
    log: Pick<Log, 'warn'>
  },
): Promise<Originals> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const here = await readdir(folder)
  const known = await findKnown(here)
  const unknown = here.filter((name) => !known.has(name))
  const unfinished = unknown.filter((name) => name.endsWith(UNFINISHED))
  await Promise.all(unfinished.map((name) => rm(path.join(folder, name))))
  const whole = unknown.filter((name) => !name.endsWith(UNFINISHED))
  await setAside(folder, whole, { what: 'is of no asset in the catalogue', log })

  const flights = createSingleFlight<void>()
  const pathOf = (name: string): string => path.join(folder, name)

  /** Writes a file, which is there when it is whole; `keep` is told before. */
  async function write(
    name: string,
    body: Readable,
    {
      signal,
      keep,
    }: { signal?: AbortSignal; keep?: (draft: string, size: number) => Promise<void> },
  ): Promise<number> {
    const draft = `${pathOf(name)}.${randomUUID()}${UNFINISHED}`
    try {
      const written = createWriteStream(draft, { mode: 0o600, flush: true })
      await pipeline(body, limitBytes(), written, signal === undefined ? {} : { signal })
      const { size } = await stat(draft)
      await keep?.(draft, size)
      await rename(draft, pathOf(name))
      await syncFolder(folder)
      return size
    } catch (error) {
      await rm(draft, { force: true })
      throw refuseFullDisk(error, 'service')
    }
  }

  function createBring({ open }: OriginalsElsewhere): Originals['bring'] {
    const fetchCopy = async (name: string, signal: AbortSignal): Promise<void> => {
      const content = await open(keyOf(name))
      if (content === undefined) {
        throw new ServiceError(
          'gone',
          'The file of the asset is not in the storage any more; it must be uploaded again.',
        )
      }
      await write(name, Readable.fromWeb(content), { signal })
    }
    return (name, signal) =>
      flights.share(name, signal, async (each) => {
        if (!existsSync(pathOf(name))) await fetchCopy(name, each)
      })
  }

  /** Puts the file of a draft elsewhere. */
  async function putElsewhere(name: string, draft: string, announced: number): Promise<void> {
    if (elsewhere === undefined) return
    const body = createReadStream(draft)
    const contentType = 'application/octet-stream'
    try {
      await elsewhere.put({ key: keyOf(name), body, size: { announced }, contentType })
    } finally {
      body.destroy()
    }
  }

  return {
    async add(body) {
      const name = randomUUID()
      const keep = (draft: string, size: number) => putElsewhere(name, draft, size)
      return { name, size: await write(name, Readable.fromWeb(body), { keep }) }
    },
    pathOf,
    bring: elsewhere && createBring(elsewhere),
    async remove(name) {
      await rm(pathOf(name), { force: true })
      await elsewhere?.remove([keyOf(name)])
    },
  }
}

/** The key of an original that is elsewhere. */
function keyOf(name: string): string {
  return `${ORIGINALS}${name}`
}

function limitBytes(): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.byteLength
      if (bytes <= MOST_BYTES) done(null, chunk)
      else {
        const gigabytes = MOST_BYTES / 1024 ** 3
        done(new ServiceError('too_large', `An asset has at most ${gigabytes} GB.`))
      }
    },
  })
}
