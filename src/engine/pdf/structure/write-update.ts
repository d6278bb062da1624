import { TRAILER_NAMES } from './find-objects.ts'
import type { PdfStructure } from './open-structure.ts'
import { PdfReference, type PdfValue } from './values.ts'
import { writeValue } from './write-value.ts'

/** Writes a trailer that leads to the catalog of a file, for readers that look for its objects themselves. */
export function writeTrailer(structure: PdfStructure): Buffer {
  return Buffer.from(`\ntrailer\n${writeValue(entriesOf(structure))}\n`, 'latin1')
}

/**
 * Writes newer objects to be put behind a file, with a table or a stream of their places as the file has, and a trailer that leads
 * to its catalog.
 */
export function writeUpdate(
  fileBytes: number,
  structure: PdfStructure,
  objects: ReadonlyMap<number, string>,
): Buffer {
  const { trailer, newest } = structure
  let update = '\n'
  const places = new Map<number, number>()
  for (const [number, content] of objects) {
    places.set(number, fileBytes + update.length)
    update += `${number} 0 obj\n${content}\nendobj\n`
  }
  const position = fileBytes + update.length
  const size = Math.max(
    sizeIn(trailer.get('Size')),
    ...Array.from(objects.keys(), (each) => each + 2),
  )
  const entries = new Map<string, PdfValue>([
    ...entriesOf(structure),
    ...(newest === undefined ? [] : [['Prev', newest.position] as [string, PdfValue]]),
  ])
  const table =
    newest?.isStream === true
      ? Buffer.from(writeStream(places, position, size, entries), 'latin1')
      : Buffer.from(writeTable(places, size, entries), 'latin1')
  const end = `\nstartxref\n${position}\n%%EOF\n`
  return Buffer.concat([Buffer.from(update, 'latin1'), table, Buffer.from(end)])
}

/** What a newer trailer has to say again (ISO 32000-2, 7.5.6). */
function entriesOf({ trailer, lostCatalog }: PdfStructure): Map<string, PdfValue> {
  return new Map(
    TRAILER_NAMES.flatMap((name): [string, PdfValue][] => {
      const isLost = name === 'Root' && lostCatalog !== undefined
      const value = isLost ? new PdfReference(lostCatalog, 0) : trailer.get(name)
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

function writeTable(
  places: ReadonlyMap<number, number>,
  size: number,
  entries: ReadonlyMap<string, PdfValue>,
): string {
  const rows = Array.from(
    places,
    ([number, place]) => `${number} 1\n${String(place).padStart(10, '0')} 00000 n \n`,
  )
  return `xref\n${rows.join('')}trailer\n${writeValue(new Map([...entries, ['Size', size]]))}`
}

/** The stream takes the last number, which it has itself. */
function writeStream(
  places: ReadonlyMap<number, number>,
  position: number,
  size: number,
  entries: ReadonlyMap<string, PdfValue>,
): string {
  const own = size
  const all = [...places, [own, position] as const]
  const rows = Buffer.alloc(all.length * 6)
  for (const [index, [, place]] of all.entries()) {
    rows.writeUInt8(1, index * 6)
    rows.writeUInt32BE(place, index * 6 + 1)
  }
  const dictionary = writeValue(
    new Map<string, PdfValue>([
      ...entries,
      ['Size', size + 1],
      ['W', [1, 4, 1]],
      ['Index', all.flatMap(([number]) => [number, 1])],
      ['Length', rows.length],
    ]),
  )
  const head = dictionary.replace('<<', '<</Type/XRef ')
  return `${own} 0 obj\n${head}stream\n${rows.toString('latin1')}\nendstream\nendobj`
}

function sizeIn(value: PdfValue | undefined): number {
  return typeof value === 'number' ? value : 0
}
