import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { typeOfName } from '../../../sources/media-type.ts'
import type { Storage } from '../files/storage.ts'
import { isBrowserPicture } from '../shown-as.ts'
import type { HiddenRequests } from './hidden-requests.ts'

/** The longest side of a picture that is made to be looked at, in pixels. */
const MOST_PIXELS = 2048

/** The same of one that stands in a list: twice that of its place, for dense screens. */
const THUMBNAIL_PIXELS = 400

/** Bytes of a picture that a browser decodes without delay, however small it is shown. */
const LIGHT_BYTES = 1_000_000

/** A file in the storage. */
export interface KeptFile {
  readonly key: string
  readonly name: string
  readonly type: string
  readonly size: number
  /** Below which key is kept what is drawn of it, so that it goes with something; `devtool` unless given. */
  readonly drawnAt?: string
}

/** What the service makes of a file so that the page can show or hand it out. */
export interface DerivedFiles {
  /**
   * A picture that a browser shows: the file itself, or a PNG of it.
   *
   * @throws {ServiceError} 404 when it cannot be drawn
   */
  picture: (file: KeptFile) => Promise<{ key: string; type: string }>
  /**
   * The same for a list, small where the file is heavy.
   *
   * @throws {ServiceError} 404 when it cannot be drawn
   */
  thumbnail: (file: KeptFile) => Promise<{ key: string; type: string }>
  /**
   * A picture of a file of this machine, which is brought to the service for it.
   *
   * @throws {ServiceError} 404 when it cannot be drawn
   */
  drawLocal: (file: string) => Promise<Buffer>
}

/** Makes the {@link DerivedFiles}. */
export function createDerivedFiles(storage: () => Storage, hidden: HiddenRequests): DerivedFiles {
  async function draw(file: KeptFile, place: string, side: number) {
    const { key, name, type, size, drawnAt = 'devtool' } = file
    const drawn = `${drawnAt}/${place}/${key}`
    await hidden.make(drawn, {
      source: { key, name, size, type },
      instructions: { fmt: 'png', width: side, height: side },
    })
    return { key: drawn, type: 'image/png' }
  }

  const picture: DerivedFiles['picture'] = async (file) =>
    isBrowserPicture(file.type) ? file : draw(file, 'pictures', MOST_PIXELS)

  return {
    picture,
    thumbnail: async (file) =>
      isBrowserPicture(file.type) && file.size <= LIGHT_BYTES
        ? file
        : draw(file, 'thumbnails', THUMBNAIL_PIXELS),
    async drawLocal(file) {
      const { mtimeMs, size } = await stat(file)
      const version = createHash('sha256').update(`${file} ${mtimeMs} ${size}`).digest('hex')
      const kept = { key: `devtool/local/${version}`, size }
      if ((await storage().stat(kept.key)) === undefined) await storage().put(kept.key, file)
      const drawn = await picture({ ...kept, name: path.basename(file), type: typeOfName(file) })
      const answer = await storage().get(drawn.key)
      return Buffer.from(await answer.arrayBuffer())
    },
  }
}
