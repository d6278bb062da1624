import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { corruptSource } from '../../base/operation-error.ts'
import type { IdentifiedSource } from '../../sources/identify.ts'
import { describeSource } from './describe-source.ts'
import { JOB, SOURCE } from './exiftool/run-exiftool.ts'
import { tryParsePacket, wrapPacket } from './packet/packet.ts'
import { keyOf, propertiesOf } from './packet/properties.ts'
import { countPictures } from './readers/count-pictures.ts'
import { nameMediaFacts } from './readers/media-names.ts'
import {
  type ExifToolJob,
  mediaCommands,
  parseFacts,
  runChecked,
  takeMediaFacts,
} from './readers/read-exiftool.ts'
import { type PdfJob, readPdf, tellUnread } from './readers/read-pdf.ts'
import type { SourceKind } from './sources/kinds.ts'
import { openEncrypted } from './sources/open-encrypted.ts'
import { findSourceKind } from './sources/source-kind.ts'
import { type Done, resultIn, type Tools } from './tools.ts'

/** A value of a flat description. */
export type TagValue = string | number | boolean

/** What a file says of itself: the names that ExifTool has for it, and values that are no lists or structures. */
export type Tags = Readonly<Record<string, TagValue>>

/** A source to read. */
export interface TagReading {
  readonly source: IdentifiedSource
  /** What opens an encrypted source. */
  readonly password?: string | undefined
}

/** What ExifTool is given for a source that it does not read. */
const DESCRIBED = 'described.xmp'

/**
 * Everything that is told once under each name, with lists as one text; nothing about where the file lies, and no tables
 * of numbers for programs.
 */
const READ_TAGS: readonly string[] = ['-j', '-q', '-sep', ', ', '--System:all', '-all']

/** What ExifTool says of itself and of this run, not of the file. */
const NOT_OF_THE_FILE = new Set(['SourceFile', 'ExifToolVersion', 'Warning', 'Error'])

/** Kinds that ExifTool reads best, by the reader that they have for XMP. */
const READ_BY_EXIFTOOL = new Set<SourceKind['reader']>(['exiftool', 'jpeg'])

/** Texts of the dictionary `Info` that XMP has better: dates as ExifTool prints them. */
const TOLD_BY_XMP = new Set(['CreationDate', 'ModDate'])

/** What ExifTool calls alike in a packet and in the dictionary `Info`, where the packet counts. */
const NAMED_ALIKE = new Map([
  ['Title', keyOf('http://purl.org/dc/elements/1.1/', 'title')],
  ['Creator', keyOf('http://purl.org/dc/elements/1.1/', 'creator')],
  ['Producer', keyOf('http://ns.adobe.com/pdf/1.3/', 'Producer')],
])

/**
 * Writes what a source says of itself as one flat object of JSON, with the names of ExifTool and values as it prints them.
 * Files of several pictures have `PageCount` or `FrameCount` in it.
 *
 * @throws {@link OperationError} when the source is damaged, or nothing that metadata are read from
 */
export async function readTags(
  { source: given, password }: TagReading,
  tools: Tools,
): Promise<Done> {
  const source = await openEncrypted(given, password, tools.folder)
  const kind = await findSourceKind(source)
  const job = { ...tools, kind, sourcePath: source.path, password }
  const { tags, remarks } = await readKind(job)
  writeFileSync(resultIn(tools.folder), `${JSON.stringify(tags, undefined, 2)}\n`)
  return { mediaType: kind.mediaType, remarks }
}

/** What is read of a file, and what there is and could not be read. */
interface Reading {
  readonly tags: Tags
  readonly remarks: readonly string[]
}

async function readKind(job: PdfJob): Promise<Reading> {
  const { kind, sourcePath } = job
  if (kind.reader === 'pdf') return readPdfTags(job)
  if (READ_BY_EXIFTOOL.has(kind.reader)) {
    const tags = { ...readSourceTags(job), ...countPictures(kind, sourcePath) }
    return { tags, remarks: [] }
  }
  return readDescribedTags(job)
}

/** ExifTool looks at every page of a PDF, of which it says nothing in the end; with more pages that takes too long. */
const MOST_PAGES = 500

/**
 * What ExifTool says of a PDF, but for how many pages there are. Of one that it cannot read, since it is encrypted or its tables
 * lead nowhere, and of one of very many pages, what its dictionary `Info` and its packet say.
 */
async function readPdfTags(job: PdfJob): Promise<Reading> {
  const said = readPdf(job)
  const { security, isRepaired, pages } = said
  const count = pages > 0 && security !== 'locked' ? { PageCount: pages } : {}
  if (security === 'none' && !isRepaired && pages <= MOST_PAGES) {
    return { tags: { ...readSourceTags(job), ...count }, remarks: tellUnread(said) }
  }
  const { FileType = '', MIMEType = '', ...described } = (await readDescribedTags(job)).tags
  const packet = tryParsePacket(said.packet)
  const inPacket = new Set(packet && propertiesOf(packet).map(({ key }) => key))
  const texts = Array.from(said.texts).filter(
    ([name]) =>
      /^\w+$/.test(name) && !TOLD_BY_XMP.has(name) && !inPacket.has(NAMED_ALIKE.get(name) ?? ''),
  )
  const facts = {
    FileType,
    FileTypeExtension: 'pdf',
    MIMEType,
    ...(said.version !== undefined && { PDFVersion: Number(said.version) }),
    Linearized: said.isLinearized ? 'Yes' : 'No',
    ...(security !== 'none' && { Encryption: security === 'unknown' ? 'Unknown' : 'Standard' }),
    ...count,
    ...Object.fromEntries(
      Array.from(said.catalog, ([name, text]) => [name === 'Lang' ? 'Language' : name, text]),
    ),
    ...(said.isTagged && { TaggedPDF: 'Yes' }),
  }
  // Facts stand first, and are right whatever the file calls its texts.
  const tags = { ...facts, ...described, ...Object.fromEntries(texts), ...facts }
  return { tags, remarks: tellUnread(said) }
}

function readSourceTags(job: ExifToolJob): Tags {
  const { kind } = job
  const { output } = runChecked(kind, {
    ...job,
    commands: [[...READ_TAGS, SOURCE], ...mediaCommands(kind)],
  })
  const facts = parseFacts(output)
  const isWhole = kind.sizeGroup === undefined || facts['ImageWidth'] !== undefined
  if (!isWhole || facts['FileType'] === undefined || facts['Error'] !== undefined) {
    throw corruptSource(kind.title, { cause: facts['Error'] })
  }
  const media = takeMediaFacts(job)
  if (media === undefined) return toTags(facts)
  // What ExifTool says of channels stays only where it is known to be true.
  const { AudioChannels: _claimed, ...tags } = toTags(facts)
  return { ...tags, ...nameMediaFacts(media) }
}

/** Has ExifTool read the XMP of a source that it does not read itself, so that the names are the same. */
async function readDescribedTags(job: PdfJob): Promise<Reading> {
  const { kind, folder } = job
  const { packet, mediaType, size, remarks } = await describeSource(job)
  writeFileSync(join(folder, DESCRIBED), wrapPacket(packet))
  const commands = [[...READ_TAGS, '--File:all', '--XMP-dc:Format', `${JOB}/${DESCRIBED}`]]
  const { output } = runChecked(kind, { ...job, commands })
  const tags = {
    FileType: kind.title,
    MIMEType: mediaType,
    ...toTags(parseFacts(output)),
    ...(size && { ImageWidth: size.width, ImageHeight: size.height }),
  }
  return { tags, remarks }
}

function toTags(facts: Readonly<Record<string, unknown>>): Tags {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]): [string, TagValue][] =>
      NOT_OF_THE_FILE.has(name) || !isTagValue(value) || isLeftOut(value) ? [] : [[name, value]],
    ),
  )
}

function isTagValue(value: unknown): value is TagValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

/** In place of bytes ExifTool says that there are some. */
function isLeftOut(value: TagValue): boolean {
  return typeof value === 'string' && /^\(Binary data \d+ bytes/.test(value)
}
