import type { FileBytes } from './file-bytes.ts'
import { findHiddenParts, HIDDEN_RULE } from './hidden-parts.ts'
import { openStructure, type PdfStructure } from './open-structure.ts'
import type { PdfValue } from './values.ts'
import { writeValue } from './write-value.ts'

const EMPTY_FORM = '<</Type/XObject/Subtype/Form/BBox[0 0 0 0]/Length 0>>stream\n\nendstream'
/** Hidden by its flags, as nobody sees it. */
const HIDDEN_ANNOTATION = '<</Type/Annot/Subtype/Popup/Rect[0 0 0 0]/F 2>>'

/** What newer trailers have to say again (ISO 32000-2, 7.5.6). */
const TRAILER_NAMES = ['Root', 'Info', 'Encrypt', 'ID']

/**
 * An update of a file, to be read behind it, by which PDFium can tell what belongs to hidden layers: it has no way to ask for that.
 * The layers in contents say so, and forms and annotations are empty.
 *
 * @returns undefined when nothing is hidden
 */
export function writeHiddenUpdate(
  file: FileBytes,
  password: string | undefined,
): Buffer | undefined {
  const structure = openStructure(file, password)
  const hidden = findHiddenParts(structure)
  if (hidden === undefined) return undefined
  const objects = new Map([
    ...Array.from(hidden.memberships, (number) => [number, writeValue(HIDDEN_RULE)] as const),
    ...Array.from(hidden.holders, ([number, value]) => [number, writeValue(value)] as const),
    ...Array.from(hidden.forms, (number) => [number, EMPTY_FORM] as const),
    ...Array.from(hidden.annotations, (number) => [number, HIDDEN_ANNOTATION] as const),
  ])
  return objects.size === 0 ? undefined : writeUpdate(file.size, structure, objects)
}

/** Puts newer objects behind a file, with a table or a stream of their places as the file has. */
function writeUpdate(
  fileBytes: number,
  { trailer, newest }: PdfStructure,
  objects: ReadonlyMap<number, string>,
): Buffer {
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
    ...TRAILER_NAMES.flatMap((name): [string, PdfValue][] => {
      const value = trailer.get(name)
      return value === undefined ? [] : [[name, value]]
    }),
    ...(newest === undefined ? [] : [['Prev', newest.position] as [string, PdfValue]]),
  ])
  const table =
    newest?.isStream === true
      ? Buffer.from(writeStream(places, position, size, entries), 'latin1')
      : Buffer.from(writeTable(places, size, entries), 'latin1')
  const end = `\nstartxref\n${position}\n%%EOF\n`
  return Buffer.concat([Buffer.from(update, 'latin1'), table, Buffer.from(end)])
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
