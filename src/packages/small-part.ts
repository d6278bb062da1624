import { unsupported } from './document-errors.ts'
import { type Package, readWhole } from './package.ts'

/** The most that a part with properties may hold, in bytes; real ones have a few thousand. */
const MOST_BYTES = 4_000_000

/**
 * Reads a part that tells of a document, such as its properties.
 *
 * @returns undefined when there is none
 * @throws {@link OperationError} when it is damaged, encrypted, or larger than one of a document would be
 */
export async function readSmallPart(parts: Package, name: string): Promise<Buffer | undefined> {
  if (!parts.has(name)) return undefined
  const content = await readWhole(parts, name, MOST_BYTES)
  if (content === undefined) throw unsupported('more properties than a document has')
  return content
}
