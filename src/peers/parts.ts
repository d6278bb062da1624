import type { OutgoingFile } from './peer.ts'

/** A part of a file that goes to a peer by itself. */
export interface FilePart {
  /** From 0. */
  readonly index: number
  /** The first byte of it. */
  readonly start: number
  /** In bytes. */
  readonly size: number
}

/** Cuts a file of `size` bytes into equal parts, the last of them smaller; no part of an empty one. */
export function partsOf(
  size: number,
  { bytes, most }: { readonly bytes: number; readonly most: number },
): readonly FilePart[] {
  const length = Math.max(bytes, Math.ceil(size / most))
  return Array.from({ length: Math.ceil(size / length) }, (_, index) => ({
    index,
    start: index * length,
    size: Math.min(length, size - index * length),
  }))
}

/**
 * Reads one part of a file.
 *
 * @param onBytes - called with how many bytes of the part have been read so far
 */
export async function* readPart(
  file: OutgoingFile,
  { start, size }: Pick<FilePart, 'start' | 'size'>,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let read = 0
  onBytes(0)
  if (size === 0) return
  for await (const chunk of file.open(start)) {
    const piece = chunk.subarray(0, size - read)
    yield piece
    // Whoever wants more has taken this.
    read += piece.length
    onBytes(read)
    if (read === size) return
  }
  throw new Error(`${file.name} ended after ${start + read} of at least ${start + size} bytes`)
}

/** How parts are sent. */
interface Sending {
  /** How many at a time. */
  readonly parallel: number
  readonly signal: AbortSignal
  /** Called with the sum of the bytes of all parts that have been sent. */
  readonly progress: (bytes: number) => void
}

/**
 * Sends the parts of a file, some at a time; the first failure ends the others.
 *
 * @param send - sends one of them; it calls `onBytes` with how many bytes of it have been sent
 * @returns what `send` made of each, in their order
 */
export async function sendParts<T>(
  parts: readonly FilePart[],
  { parallel, signal: wanted, progress }: Sending,
  send: (part: FilePart, onBytes: (bytes: number) => void, signal: AbortSignal) => Promise<T>,
): Promise<T[]> {
  const failure = new AbortController()
  const signal = AbortSignal.any([failure.signal, wanted])
  const sent = parts.map(() => 0)
  const results: T[] = []
  const waiting = parts.values()
  let total = 0

  async function lane(): Promise<void> {
    for (const part of waiting) {
      signal.throwIfAborted()
      const onBytes = (bytes: number) => {
        total += bytes - (sent[part.index] ?? 0)
        sent[part.index] = bytes
        progress(total)
      }
      results[part.index] = await send(part, onBytes, signal)
    }
  }

  const lanes = Array.from({ length: parallel }, async () => {
    try {
      await lane()
    } catch (error) {
      // What fails after the first failure is only its consequence.
      if (!signal.aborted) failure.abort(error)
    }
  })
  await Promise.all(lanes)
  signal.throwIfAborted()
  return results
}
