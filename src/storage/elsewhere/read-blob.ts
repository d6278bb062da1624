import { Refusal } from '../../peers/refusal.ts'
import type { ByteRange } from '../file-slices.ts'

async function* nothing(): AsyncGenerator<Uint8Array> {}

/**
 * Reads an object or a range of it.
 *
 * @param open - opens it from a byte on, up to another one where there is that
 * @returns undefined when there is no such object
 */
export async function readBlob(
  range: ByteRange | undefined,
  open: (range: {
    from: number
    to: number | undefined
  }) => Promise<{ content: AsyncIterable<Uint8Array> }>,
): Promise<AsyncIterable<Uint8Array> | undefined> {
  // No range of a request is empty.
  if (range !== undefined && range.start >= range.end) return nothing()
  try {
    const { content } = await open({ from: range?.start ?? 0, to: range?.end })
    return content
  } catch (error) {
    if (error instanceof Refusal && error.failure === 'missing') return undefined
    throw error
  }
}
