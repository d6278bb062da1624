import { readChunks } from '../read-chunks.ts'
import { toDecoder } from './decoder.ts'

/** What the bytes of a file are like. */
export interface Survey {
  /** In bytes, as are the counts, without zeros that fill up the end. */
  readonly size: number
  /** Bytes below 32 that no text has in encodings that extend ASCII. */
  readonly controls: number
  /** Bytes of 128 or more, and the offset of the first. */
  readonly high: number
  readonly firstHigh: number
  /** Whether there are escape characters, with which ISO-2022-JP changes between its sets. */
  readonly escapes: boolean
}

/** Tab, line ends, backspace, form feed, end of file under DOS, and escape. */
const TEXT_CONTROLS = new Set([8, 9, 10, 11, 12, 13, 0x1a, 0x1b])

const BYTE_CLASS = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 128) return 1
  return byte < 32 && !TEXT_CONTROLS.has(byte) ? 2 : 0
})

/** @param source - the path of a file, or its bytes */
export function surveyFile(source: string | Buffer): Survey {
  const counts = [0, 0, 0]
  let size = 0
  let firstHigh = 0
  let escapes = false
  let zerosAtEnd = 0
  for (const chunk of readChunks(source)) {
    for (const [index, byte] of chunk.entries()) {
      if (byte !== 0) zerosAtEnd = 0
      const group = BYTE_CLASS[byte] ?? 0
      if (group === 0) continue
      if (group === 1 && counts[1] === 0) firstHigh = size + index
      counts[group] = (counts[group] ?? 0) + 1
      if (byte === 0) zerosAtEnd += 1
    }
    escapes ||= chunk.includes(0x1b)
    size += chunk.length
  }
  // What is nothing else is no text.
  const filling = zerosAtEnd < size ? zerosAtEnd : 0
  const controls = (counts[2] ?? 0) - filling
  return { size: size - filling, controls, high: counts[1] ?? 0, firstHigh, escapes }
}

/** Whether the bytes of a file are all of an encoding. */
export function isEncodedIn(source: string | Buffer, encoding: string): boolean {
  const decoder = toDecoder(encoding, { fatal: true })
  if (decoder === undefined) return false
  try {
    for (const chunk of readChunks(source)) decoder.decode(chunk, { stream: true })
    decoder.decode()
    return true
  } catch {
    return false
  }
}
