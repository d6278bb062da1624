import { unsupported } from './document-errors.ts'
import { readWhole, withPackage } from './package.ts'

/** The most that a part with properties may hold, in bytes; real ones have a few thousand. */
const MOST_PART_BYTES = 4_000_000

/** What is in an archive. */
export interface Archive {
  readonly names: readonly string[]
  /** The contents of the wanted parts, as far as there are any. */
  readonly contents: ReadonlyMap<string, Buffer>
}

/**
 * Reads parts of a ZIP archive.
 *
 * @throws {@link OperationError} when it is damaged, encrypted, or larger than a document would be
 */
export function readArchive(path: string, wanted: readonly string[]): Promise<Archive> {
  return withPackage(path, async (parts) => {
    const contents = new Map<string, Buffer>()
    for (const name of wanted.filter((each) => parts.has(each))) {
      const content = await readWhole(parts, name, MOST_PART_BYTES)
      if (content === undefined) {
        throw unsupported('more properties than a document has')
      }
      contents.set(name, content)
    }
    return { names: parts.names, contents }
  })
}
