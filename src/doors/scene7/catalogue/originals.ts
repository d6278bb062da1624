import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
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

/** The files of assets, under names of our own: no name that somebody gives becomes a path. */
export interface Originals {
  /**
   * Stores what comes; it is on the disk when the promise resolves.
   *
   * @throws {ServiceError} `too_large`, `disk_full`
   */
  readonly add: (body: ReadableStream<Uint8Array>) => Promise<{ name: string; size: number }>
  readonly pathOf: (name: string) => string
  readonly remove: (name: string) => Promise<void>
}

/** The most bytes of an original. */
const MOST_BYTES = 4 * 1024 ** 3

const UNFINISHED = '.unfinished'

/**
 * Opens the folder of originals, and removes what was being uploaded when the service was killed. Files that are whole and that
 * nobody knows of are set aside, see {@link setAside}.
 *
 * @param isKnown - whether there is an asset with this original
 */
export async function openOriginals(
  folder: string,
  { isKnown, log }: { isKnown: (name: string) => boolean; log: Pick<Log, 'warn'> },
): Promise<Originals> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const unknown = (await readdir(folder)).filter((name) => !isKnown(name))
  const unfinished = unknown.filter((name) => name.endsWith(UNFINISHED))
  await Promise.all(unfinished.map((name) => rm(path.join(folder, name))))
  const whole = unknown.filter((name) => !name.endsWith(UNFINISHED))
  await setAside(folder, whole, { what: 'is of no asset in the catalogue', log })

  return {
    async add(body) {
      const name = randomUUID()
      const file = path.join(folder, name)
      const draft = `${file}${UNFINISHED}`
      try {
        await pipeline(
          Readable.fromWeb(body),
          limitBytes(),
          createWriteStream(draft, { mode: 0o600, flush: true }),
        )
        const { size } = await stat(draft)
        await rename(draft, file)
        await syncFolder(folder)
        return { name, size }
      } catch (error) {
        await rm(draft, { force: true })
        throw refuseFullDisk(error, 'service')
      }
    },
    pathOf: (name) => path.join(folder, name),
    remove: (name) => rm(path.join(folder, name), { force: true }),
  }
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
