import { stat } from 'node:fs/promises'
import { tooLarge } from './document-errors.ts'
import { withPackage } from './package.ts'

/** A source is read into memory, and becomes some times as much there. */
const MOST_SOURCE_BYTES = 50_000_000

/** As much as the parts of a document may have, unpacked, in bytes. */
const MOST_UNPACKED_BYTES = 200_000_000

const CONVERTED = 'that are converted'

/** @throws {@link OperationError} for a file that takes more memory than there may be when it is read whole */
export async function requireSmallFile(path: string): Promise<void> {
  if ((await stat(path)).size > MOST_SOURCE_BYTES) throw tooLarge(MOST_SOURCE_BYTES, CONVERTED)
}

/**
 * @param source - the path or the bytes of a package
 * @throws {@link OperationError} for one whose parts take more memory than there may be
 */
export async function requireSmallPackage(source: string | Buffer): Promise<void> {
  await withPackage(source, async (parts) => {
    let bytes = 0
    for (const name of parts.names) {
      for await (const chunk of parts.read(name)) bytes += chunk.length
      if (bytes > MOST_UNPACKED_BYTES) throw tooLarge(MOST_UNPACKED_BYTES, CONVERTED)
    }
  })
}
