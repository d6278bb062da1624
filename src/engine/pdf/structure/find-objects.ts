import type { ObjectPlace } from './cross-references.ts'
import type { FileBytes } from './file-bytes.ts'
import { parseValue } from './parse-value.ts'
import { type IndirectObject, readObjectAt } from './read-object.ts'
import { isDictionary, nameOf, type PdfDictionary, type PdfValue } from './values.ts'

/** What is found in a file by looking for it. */
export interface FoundObjects {
  /** Without what is in streams of objects. */
  readonly places: Map<number, ObjectPlace>
  /** What of trailers matters, the last of each. */
  readonly trailer: PdfDictionary
  /** The numbers of the streams of objects, in the order of the file. */
  readonly containers: readonly number[]
}

/** The file is looked through in pieces of as many bytes, which overlap by as many as the head of an object may have. */
const PIECE_BYTES = 4_194_304
const OVERLAP_BYTES = 64
/** No trailer is longer, in bytes. */
const TRAILER_BYTES = 65_536

/** The entries of a trailer that matter; those of streams of cross references have others besides. */
export const TRAILER_NAMES = ['Root', 'Info', 'Encrypt', 'ID']

/**
 * So much of an object is looked at to see what it is, in bytes; and so that files full of beginnings take no time without end, of
 * those without an end only so many.
 */
const MOST_SCANNED_BYTES = 16_384

const TRAILER = 'trailer'

/**
 * Finds the objects of a file whose tables lead nowhere, as all readers do: by looking for whatever looks like the beginning
 * of one. Of two with a number the later one counts.
 */
export function findObjects(file: FileBytes): FoundObjects {
  const places = new Map<number, ObjectPlace>()
  const trailer = new Map<string, PdfValue>()
  const containers = new Set<number>()
  let budget = file.size * 4 + MOST_SCANNED_BYTES * 1000

  function noteTrailer(dictionary: PdfDictionary): void {
    for (const name of TRAILER_NAMES) {
      const value = dictionary.get(name)
      if (value !== undefined) trailer.set(name, value)
    }
  }

  function noteObject({ number, generation, position }: Head, value: PdfValue | undefined): void {
    places.set(number, { position, generation })
    containers.delete(number)
    if (!isDictionary(value)) return
    const type = nameOf(value.get('Type'))
    if (type === 'XRef') noteTrailer(value)
    if (type === 'ObjStm') containers.add(number)
  }

  for (let start = 0; start < file.size;) {
    const piece = file.read(start, PIECE_BYTES)
    let next = start + Math.max(1, piece.length - OVERLAP_BYTES)
    if (start + piece.length >= file.size) next = file.size
    let behind = start
    for (const head of headsIn(piece, start)) {
      if (head.position < behind) continue
      if (head.number === TRAILER) {
        const parsed = parseValue(file.read(head.position, TRAILER_BYTES), TRAILER.length)
        if (parsed !== undefined && isDictionary(parsed.value)) noteTrailer(parsed.value)
        continue
      }
      const object = budget > 0 ? readObjectAt(file, head.position, MOST_SCANNED_BYTES) : undefined
      if (object === undefined) budget -= MOST_SCANNED_BYTES
      noteObject(head, object?.value)
      // What is in a stream may be another PDF.
      behind = (object && endOfStream(file, object)) ?? behind
    }
    start = Math.max(next, behind)
  }
  return { places, trailer, containers: [...containers] }
}

/** Where an object begins. */
interface Head {
  readonly number: number
  readonly generation: number
  readonly position: number
}

/** Where a trailer begins. */
interface TrailerHead {
  readonly number: typeof TRAILER
  readonly position: number
}

/**
 * What looks like the beginning of an object or of a trailer in a piece of a file, in order.
 *
 * @param start - where the piece begins
 */
function headsIn(piece: Buffer, start: number): (Head | TrailerHead)[] {
  const trailers = positionsOf(piece, TRAILER).map((at): TrailerHead => ({
    number: TRAILER,
    position: start + at,
  }))
  const objects = positionsOf(piece, 'obj').flatMap((at): Head[] => {
    const before = piece.toString('latin1', Math.max(0, at - 32), at)
    const [, head, number, generation] =
      /(?:^|[^\d])((\d{1,10})[\0\t\n\f\r ]+(\d{1,5})[\0\t\n\f\r ]+)$/.exec(before) ?? []
    if (head === undefined) return []
    const position = start + at - head.length
    return [{ number: Number(number), generation: Number(generation), position }]
  })
  return [...trailers, ...objects].toSorted((one, other) => one.position - other.position)
}

function positionsOf(piece: Buffer, word: string): number[] {
  const positions: number[] = []
  for (let at = piece.indexOf(word); at !== -1; at = piece.indexOf(word, at + word.length)) {
    positions.push(at)
  }
  return positions
}

/** @returns undefined when the object is no stream, or its length is not what it says */
function endOfStream(file: FileBytes, { value, streamStart }: IndirectObject): number | undefined {
  const length = isDictionary(value) ? value.get('Length') : undefined
  if (streamStart === undefined || typeof length !== 'number' || length < 0) return undefined
  const end = streamStart + length
  return /^\s*endstream/.test(file.read(end, 32).toString('latin1')) ? end : undefined
}
