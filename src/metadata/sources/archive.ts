import { buffer } from 'node:stream/consumers'
import yauzl, { type ZipFile } from 'yauzl'
import { RenditionError } from '../../contract/errors.ts'

/** The most that a part with properties may hold, in bytes; real ones have a few thousand. */
const MOST_PART_BYTES = 4_000_000
/** The most parts that an archive may have: far more than the pictures of any document. */
const MOST_PARTS = 100_000

/** What is in an archive. */
export interface Archive {
  readonly names: readonly string[]
  /** The contents of the wanted parts, as far as there are any. */
  readonly contents: ReadonlyMap<string, Buffer>
}

/**
 * Reads parts of a ZIP archive.
 *
 * @throws {@link RenditionError} when it is damaged, encrypted, or larger than a document would be
 */
export async function readArchive(path: string, wanted: readonly string[]): Promise<Archive> {
  let file: ZipFile | undefined
  try {
    file = await yauzl.openPromise(path, { autoClose: false })
    const names: string[] = []
    const contents = new Map<string, Buffer>()
    for await (const entry of file.eachEntry()) {
      names.push(entry.fileName)
      const isTooMuch = names.length > MOST_PARTS
      if (!isTooMuch && !wanted.includes(entry.fileName)) continue
      if (isTooMuch || entry.uncompressedSize > MOST_PART_BYTES || entry.isEncrypted()) {
        throw new RenditionError(
          'SourceUnsupported',
          'The source is an archive with more properties than a document has, or an encrypted one.',
        )
      }
      contents.set(entry.fileName, await buffer(await file.openReadStreamPromise(entry)))
    }
    return { names, contents }
  } catch (error) {
    if (error instanceof RenditionError) throw error
    throw new RenditionError('SourceCorrupt', 'The source is a damaged or incomplete archive.', {
      cause: error,
    })
  } finally {
    file?.close()
  }
}
