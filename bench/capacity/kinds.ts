import { readFile } from 'node:fs/promises'
import { drawBook } from '../documents/pdf.ts'
import { makeLargePhoto, makePhotos } from '../images/pictures.ts'
import { AEM_RENDITIONS } from '../images/tasks.ts'

/** A kind of assets that are uploaded, and what is made of each. */
export interface Kind {
  readonly name: string
  readonly title: string
  /** The share of it that a day has unless told otherwise, from 0 to 1. */
  readonly share: number
  /**
   * What an asset takes of a processor in all, in seconds: the service, its processes and those of its actions. Measured by
   * `npm run bench -- capacity` on the machine that docs/performance.md names.
   */
  readonly coreSeconds: number
  readonly file: string
  /** Makes one such file in a folder. */
  readonly make: (folder: string) => Promise<Uint8Array<ArrayBuffer>>
  readonly renditions: readonly object[]
}

const PAGES = 10

/** What a company uploads whose assets are mostly pictures. */
export const KINDS: readonly Kind[] = [
  {
    name: 'photo',
    title: "photo of 2 megapixels to AEM's four renditions",
    share: 0.6,
    coreSeconds: 0.06,
    file: 'photo.jpg',
    async make(folder) {
      const [photo = ''] = await makePhotos(folder, await makeLargePhoto(folder), 2)
      return new Uint8Array(await readFile(photo))
    },
    renditions: AEM_RENDITIONS,
  },
  {
    name: 'camera',
    title: "photo of 24 megapixels to AEM's four renditions",
    share: 0.25,
    coreSeconds: 0.24,
    file: 'camera.jpg',
    make: async (folder) => new Uint8Array(await readFile(await makeLargePhoto(folder))),
    renditions: AEM_RENDITIONS,
  },
  {
    name: 'document',
    title: `PDF of ${PAGES} pages to a PNG of its first, its text and its metadata`,
    share: 0.15,
    coreSeconds: 0.3,
    file: 'document.pdf',
    make: async () => new Uint8Array(await drawBook(PAGES)),
    renditions: [{ fmt: 'png', width: 1280 }, { fmt: 'text' }, { fmt: 'xmp' }],
  },
]
