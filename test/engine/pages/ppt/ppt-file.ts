import type { Page } from '../../../../src/engine/pages/drawing/page.ts'
import { createPageFonts } from '../../../../src/engine/pages/paragraphs/page-fonts.ts'
import { layOutPpt } from '../../../../src/engine/pages/ppt/lay-out-ppt.ts'
import type { LegacyDocument } from '../../../../src/packages/compound.ts'

/** A record ([MS-PPT] 2.3.1). */
export function record(type: number, content: Buffer | readonly Buffer[], instance = 0): Buffer {
  const isContainer = !Buffer.isBuffer(content)
  const data = isContainer ? Buffer.concat(content) : content
  const head = Buffer.alloc(8)
  head.writeUInt16LE((instance << 4) | (isContainer ? 0xf : 0), 0)
  head.writeUInt16LE(type, 2)
  head.writeUInt32LE(data.length, 4)
  return Buffer.concat([head, data])
}

/** Numbers of four bytes each. */
export function longs(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value >>> 0, index * 4)
  return bytes
}

/** Numbers of two bytes each. */
export function shorts(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2)
  for (const [index, value] of values.entries()) bytes.writeUInt16LE(value & 0xffff, index * 2)
  return bytes
}

/** Properties of a shape by their identifiers; those that are bytes are behind all others. */
export function properties(
  told: readonly (readonly [id: number, value: number | Buffer])[],
): Buffer {
  const entries = told.map(([id, value]) =>
    Buffer.isBuffer(value)
      ? Buffer.concat([shorts(id | 0x8000), longs(value.length)])
      : Buffer.concat([shorts(id), longs(value)]),
  )
  const behind = told.flatMap(([, value]) => (Buffer.isBuffer(value) ? [value] : []))
  return record(0xf00b, Buffer.concat([...entries, ...behind]), told.length)
}

/** A shape of a slide. */
export interface PptShape {
  /** In 576ths of an inch. */
  readonly box: readonly [left: number, top: number, right: number, bottom: number]
  readonly kind?: number
  readonly id?: number
  readonly properties?: Parameters<typeof properties>[0]
  readonly text?: readonly Buffer[]
  readonly placeholder?: number
}

function facts(kind: number, id: number, flags = 0): Buffer {
  return record(0xf00a, longs(id, flags), kind)
}

export function shape({
  box: [left, top, right, bottom],
  kind = 1,
  id = 9,
  properties: told = [],
  text: texts,
  placeholder,
}: PptShape): Buffer {
  return record(0xf004, [
    facts(kind, id),
    properties(told),
    record(0xf010, shorts(top, left, right, bottom)),
    ...(placeholder === undefined
      ? []
      : [record(0xf011, [record(0xbc3, Buffer.from([0, 0, 0, 0, placeholder, 0, 0, 0]))])]),
    ...(texts === undefined ? [] : [record(0xf00d, texts)]),
  ])
}

/** A text of a shape: what kind it is of, its letters, and what is said of them. */
export function text(letters: string, style?: Buffer, kind = 4): readonly Buffer[] {
  return [
    record(0xf9f, longs(kind)),
    record(0xfa0, Buffer.from(letters, 'utf16le')),
    ...(style === undefined ? [] : [record(0xfa1, style)]),
  ]
}

/** A slide or a master. */
export interface PptSlide {
  readonly shapes: readonly Buffer[]
  readonly background?: Parameters<typeof properties>[0]
  readonly flags?: number
  readonly more?: readonly Buffer[]
  /** Texts of its outline. */
  readonly outline?: readonly Buffer[]
}

function slideRecord(
  type: number,
  master: number,
  { shapes, background, flags = 7, more = [] }: PptSlide,
): Buffer {
  const behind =
    background === undefined ? [] : [record(0xf004, [facts(1, 1, 0x400), properties(background)])]
  const group = record(0xf003, [record(0xf004, [facts(0, 0)]), ...shapes])
  return record(type, [
    record(0x3ef, Buffer.concat([longs(0, 0, 0, master, 0), shorts(flags, 0)])),
    record(0x40c, [record(0xf002, [group, ...behind])]),
    ...more,
  ])
}

/** What a presentation has. */
export interface PptFileParts {
  readonly slides: readonly PptSlide[]
  readonly master?: PptSlide
  /** What the document has besides, such as fonts. */
  readonly more?: readonly Buffer[]
  readonly pictures?: Buffer
}

const MASTER_ID = 77

/** A presentation of 720 by 540 points, as its streams are. */
export function pptFile({
  slides,
  master = { shapes: [] },
  more = [],
  pictures = Buffer.alloc(0),
}: PptFileParts): ReadonlyMap<string, Buffer> {
  const page = (reference: number, id: number): Buffer =>
    record(0x3f3, longs(reference, 0, 0, id, 0))
  const document = record(0x3e8, [
    record(0x3e9, Buffer.concat([longs(5760, 4320, 0, 0, 0, 0, 0, 0), shorts(1, 0)])),
    ...more,
    record(0xff0, [page(2, MASTER_ID)], 1),
    record(
      0xff0,
      slides.flatMap(({ outline = [] }, index) => [page(3 + index, 100 + index), ...outline]),
      0,
    ),
  ])
  const records = [
    document,
    slideRecord(0x3f8, 0, master),
    ...slides.map((slide) => slideRecord(0x3ee, MASTER_ID, slide)),
  ]
  let at = 0
  const places = records.map(({ length }) => {
    at += length
    return at - length
  })
  const directory = record(0x1772, longs((records.length << 20) | 1, ...places))
  const edit = record(0xff5, longs(0, 0, 0, at, 1, 0, 0))
  const user = record(0xff6, longs(0, 0, at + directory.length))
  return new Map([
    ['PowerPoint Document', Buffer.concat([...records, directory, edit])],
    ['Current User', user],
    ['Pictures', pictures],
  ])
}

const fonts = createPageFonts([])

/** Lays out the streams of a presentation. */
export async function layOutStreams(
  streams: ReadonlyMap<string, Buffer>,
): Promise<readonly Page[] | undefined> {
  const document: LegacyDocument = {
    kind: 'legacy',
    id: 'ppt',
    title: 'PowerPoint 97–2003 presentation (.ppt)',
    modern: '.pptx',
    isLocked: false,
    streams: (name) => streams.get(name),
  }
  return (await layOutPpt(document, { fonts, count: 5 }))?.pages
}
