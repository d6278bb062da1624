import type { ReadBytes } from '../../../sources/open-file.ts'

/** A file to read here and there. */
export interface FileBytes {
  /** In bytes. */
  readonly size: number
  readonly read: ReadBytes
}

/** Files are read in blocks of as many bytes, of which that many are kept. */
const BLOCK_BYTES = 65_536
const MOST_BLOCKS = 256

/** Reads a file in blocks, since objects are small and stand beside each other. */
export function inBlocks({ size, read }: FileBytes): FileBytes {
  const blocks = new Map<number, Buffer>()

  function blockAt(index: number): Buffer {
    const known = blocks.get(index)
    if (known !== undefined) return known
    const [oldest] = blocks.keys()
    if (blocks.size >= MOST_BLOCKS && oldest !== undefined) blocks.delete(oldest)
    const block = read(index * BLOCK_BYTES, BLOCK_BYTES)
    blocks.set(index, block)
    return block
  }

  return {
    size,
    read(position, length) {
      const index = Math.floor(position / BLOCK_BYTES)
      const start = position - index * BLOCK_BYTES
      return position < 0 || start + length > BLOCK_BYTES
        ? read(Math.max(0, position), length)
        : blockAt(index).subarray(start, start + length)
    },
  }
}
