import type { OpenFile } from './open-file.ts'

/** As much as is read of a file at once, in bytes. */
const CHUNK_BYTES = 262_144

type ReadableFile = Pick<OpenFile, 'read' | 'size'>

const START_OF_SCAN = 0xda
const END_OF_IMAGE = 0xd9

/**
 * Counts the scans of a JPEG (ITU-T T.81, annex B) that has its decoder go over all of the picture with each of them: one that is
 * progressive, or has its colours in scans of their own. Any other has one that counts, whatever follows it.
 *
 * @param most - counts no further than one more than this
 * @returns as many as there are up to the end of the picture or of the file
 */
export function countJpegScans({ read, size }: ReadableFile, most: number): number {
  let components = 0
  let isProgressive = false
  let scans = 0
  for (let at = 2; at < size && scans <= most; ) {
    const head = read(at, 4)
    const [mark, marker = END_OF_IMAGE] = head
    if (mark !== 0xff) {
      // Decoders go by what does not belong there.
      at = nextMarker({ read, size }, at)
      continue
    }
    if (marker === END_OF_IMAGE) break
    if (marker === 0xff) {
      // A byte that only fills.
      at += 1
      continue
    }
    if (isBare(marker)) {
      at += 2
      continue
    }
    if (head.length < 4) break
    const data = at + 4
    at += 2 + head.readUInt16BE(2)
    if (isFrame(marker)) {
      components = read(data + 5, 1)[0] ?? 0
      isProgressive = (marker & 0x03) === 2
    }
    if (marker !== START_OF_SCAN) continue
    scans += 1
    if (!isProgressive && read(data, 1)[0] === components) break
    at = nextMarker({ read, size }, at)
  }
  return scans
}

/** Where the next marker stands, of those that are no part of the data of a scan; the end of the file when there is none. */
function nextMarker({ read, size }: ReadableFile, start: number): number {
  for (let at = start; at < size; ) {
    const chunk = read(at, CHUNK_BYTES)
    // What the last byte begins is looked at with the next piece.
    const whole = at + chunk.length < size ? chunk.length - 1 : chunk.length
    for (let found = chunk.indexOf(0xff); found !== -1; found = chunk.indexOf(0xff, found + 1)) {
      if (found >= whole) break
      const next = chunk[found + 1]
      const isData = next === undefined || next === 0 || next === 0xff || isRestart(next)
      if (!isData) return at + found
    }
    at += whole
  }
  return size
}

/** Of a frame: its size, and how it is coded (table B.1). */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
}

function isRestart(marker: number): boolean {
  return marker >= 0xd0 && marker <= 0xd7
}

/** Whether nothing belongs to it. */
function isBare(marker: number): boolean {
  return isRestart(marker) || marker === 0x01 || marker === 0xd8
}
