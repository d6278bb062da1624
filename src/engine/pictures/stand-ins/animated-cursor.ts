import { writeFileSync } from 'node:fs'
import { type OpenFile, withOpenFile } from '../../../sources/open-file.ts'
import type { StandInRequest } from './stand-in.ts'

/** More chunks than any cursor has. */
const MOST_CHUNKS = 10_000

/** More than any picture of one has, in bytes. */
const MOST_BYTES = 16_000_000

/** A chunk of a RIFF file: four letters, and where its content begins and ends. */
interface Chunk {
  readonly type: string
  readonly start: number
  readonly end: number
}

/** Takes the first picture that an animated cursor shows, which is a file of a cursor or of an icon. */
export function writeFirstCursor({ path, standInPath }: StandInRequest): boolean {
  return withOpenFile(path, (file) => {
    const chunks = [...walkChunks(file, { start: 12, end: file.size })]
    const order = chunks.find(({ type }) => type === 'seq ')
    const first = order === undefined ? 0 : file.read(order.start, 4).readUInt32LE(0)
    const list = chunks.find(
      ({ type, start }) => type === 'LIST' && file.read(start, 4).toString('latin1') === 'fram',
    )
    if (list === undefined) return false
    const frames = [...walkChunks(file, { start: list.start + 4, end: list.end })].filter(
      ({ type }) => type === 'icon',
    )
    const frame = frames[first] ?? frames[0]
    if (frame === undefined) return false
    if (frame.end > file.size) throw new RangeError('The file ends within its first picture.')
    writeFileSync(
      standInPath,
      file.read(frame.start, Math.min(MOST_BYTES, frame.end - frame.start)),
    )
    return true
  })
}

function* walkChunks({ read }: OpenFile, { start, end }: Omit<Chunk, 'type'>): Generator<Chunk> {
  let at = start
  for (let left = MOST_CHUNKS; at + 8 <= end && left > 0; left -= 1) {
    const head = read(at, 8)
    if (head.length < 8) return
    const length = head.readUInt32LE(4)
    yield { type: head.toString('latin1', 0, 4), start: at + 8, end: at + 8 + length }
    at += 8 + length + (length % 2)
  }
}
