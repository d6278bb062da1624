/** A stream of numbers from 0 to `below` - 1, the same for the same seed (xorshift32). */
export function createDice(seed: number): (below: number) => number {
  let state = seed | 0 || 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

/** Values at the edges of what decoders compute with. */
const EDGES = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff]

/** Half of all damage hits the part in which formats keep sizes, counts and offsets; in bytes. */
const HEADER_BYTES = 512

/** A copy of a file with one to four kinds of damage done to it. */
export function mutate(file: Buffer, dice: (below: number) => number): Buffer {
  let damaged: Buffer = Buffer.from(file)
  for (let damages = 1 + dice(4); damages > 0; damages -= 1) damaged = damage(damaged, file, dice)
  return damaged
}

function damage(file: Buffer, original: Buffer, dice: (below: number) => number): Buffer {
  if (file.length < 8) return file
  const at = dice(dice(2) === 0 ? Math.min(file.length - 4, HEADER_BYTES) : file.length - 4)
  const length = 1 + dice(Math.min(64, file.length - at))
  switch (dice(8)) {
    case 0:
      file.writeUInt8(file.readUInt8(at) ^ (1 << dice(8)), at)
      return file
    case 1:
      file.writeUInt8(dice(256), at)
      return file
    case 2:
      file.writeUInt32BE(EDGES[dice(EDGES.length)] ?? 0, at)
      return file
    case 3:
      file.writeUInt32LE(EDGES[dice(EDGES.length)] ?? 0, at)
      return file
    case 4:
      return file.fill(dice(2) * 255, at, at + length)
    case 5:
      return Buffer.concat([file.subarray(0, at), file.subarray(at + length)])
    case 6: {
      const from = dice(original.length)
      const inserted = original.subarray(from, from + length)
      return Buffer.concat([file.subarray(0, at), inserted, file.subarray(at)])
    }
    default:
      return file.subarray(0, 1 + dice(file.length))
  }
}
