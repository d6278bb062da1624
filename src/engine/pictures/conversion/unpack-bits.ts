import { IncompleteFile } from './magick-source.ts'

/**
 * Unpacks Apple's PackBits: a number, then as many bytes or one that many times.
 *
 * @param unpacked - is filled with them
 * @throws {@link IncompleteFile} when they are too few
 */
export function unpackBits(packed: Buffer, unpacked: Buffer): Buffer {
  let to = 0
  for (let from = 0; from < packed.length && to < unpacked.length;) {
    const head = packed.readInt8(from)
    if (head >= 0) {
      to += packed.copy(unpacked, to, from + 1, from + 2 + head)
      from += 2 + head
    } else if (head === -128) from += 1
    else {
      unpacked.fill(packed[from + 1] ?? 0, to, to + 1 - head)
      to += 1 - head
      from += 2
    }
  }
  if (to < unpacked.length) throw new IncompleteFile('What is packed ends too soon.')
  return unpacked
}
