import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { corruptSource } from '../../../base/operation-error.ts'
import { encryptedDocument } from '../../../packages/document-errors.ts'
import { type PdfProperties, readProperties } from '../../pdf/structure/pdf-properties.ts'
import { JOB, SOURCE } from '../exiftool/run-exiftool.ts'
import { type Packet, tryParsePacket } from '../packet/packet.ts'
import { writeProperties } from '../packet/write-properties.ts'
import { type ExifToolJob, runChecked } from './read-exiftool.ts'
import type { SourceMetadata } from './source-metadata.ts'

/** A PDF, and what opens it. */
export interface PdfJob extends ExifToolJob {
  readonly password?: string | undefined
}

/** A packet that is not well-formed, and what ExifTool has made out of it. */
const BROKEN = 'broken.xmp'
const MENDED = 'mended.xmp'

/**
 * Reads what a PDF says of itself: its packet, its dictionary `Info`, and how many pages there are.
 *
 * @throws {@link OperationError} when it is damaged beyond repair, or the password does not open it
 */
export function readPdfMetadata(job: PdfJob): SourceMetadata {
  const said = readPdf(job)
  const { packet, isLost } = readPacket(job, said.packet)
  const remarks = [...tellUnread(said), ...(isLost ? [UNUSABLE_PACKET] : [])]
  return { packet, others: [describe(said)], remarks }
}

/**
 * Reads what a PDF says of itself as it stands there.
 *
 * @throws {@link OperationError} as {@link readPdfMetadata} does
 */
export function readPdf({
  sourcePath,
  password,
  kind: { title },
}: Pick<PdfJob, 'sourcePath' | 'password' | 'kind'>): PdfProperties {
  const said = readProperties(sourcePath, password)
  if (said === undefined) throw corruptSource(title)
  if (said.security === 'locked' && password !== undefined) {
    throw encryptedDocument(title, password)
  }
  return said
}

/** Says what there is in a PDF and could not be read, and why. */
export function tellUnread({ unread, security }: PdfProperties): readonly string[] {
  if (unread.length === 0) return []
  const what = unread.map((part) => NAMES[part]).join(' and ')
  const reason = security === 'none' || security === 'open' ? 'open' : security
  return [`Not read: ${what} of the PDF, which ${REASONS[reason]}.`]
}

const NAMES: Readonly<Record<PdfProperties['unread'][number], string>> = {
  properties: 'the properties',
  packet: 'the XMP packet',
}

const REASONS = {
  locked: 'is encrypted, and no password was given',
  unknown: 'is encrypted in a way that no password opens',
  open: 'is damaged there',
} as const

const UNUSABLE_PACKET = 'Not read: the XMP packet of the PDF, which is not well-formed.'

/** ISO 16684-2, 2.3, and how Acrobat has the properties in XMP. */
function describe({ texts, pages }: PdfProperties): Packet {
  return writeProperties({
    'dc:title': { alt: texts.get('Title') },
    'dc:creator': { seq: [texts.get('Author') ?? ''] },
    'dc:description': { alt: texts.get('Subject') },
    'pdf:Keywords': { text: texts.get('Keywords') },
    'xmp:CreatorTool': { text: texts.get('Creator') },
    'pdf:Producer': { text: texts.get('Producer') },
    'xmp:CreateDate': { text: toDate(texts.get('CreationDate')) },
    'xmp:ModifyDate': { text: toDate(texts.get('ModDate')) },
    'pdf:Trapped': { text: texts.get('Trapped') },
    'xmpTPg:NPages': { text: pages > 0 ? pages : undefined },
  })
}

/** A date as other formats write it, which some writers put into PDF as well. */
const ISO_DATE =
  /^\s*(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?(?:\.\d+)?)\s*(Z|[+-]\d\d:\d\d)?)?\s*$/

/** A date of PDF (ISO 32000-2, 7.9.4) as precise in XMP; undefined when it is none. */
function toDate(date = ''): string | undefined {
  if (ISO_DATE.test(date)) return toIsoDate(date)
  const [, year, month, day, hour, minute, second, zone] =
    /^\s*(?:D:)?(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(\d\d)?(\d\d)?)?)?)?\s*(Z|[+-]\d\d'?(?:\d\d)?)?/.exec(
      date,
    ) ?? []
  const days = [year, month, day].filter((part) => part !== undefined).join('-')
  if (days === '' || Number.isNaN(Date.parse(days))) return undefined
  if (hour === undefined) return days
  const time = `${hour}:${minute ?? '00'}:${second ?? '00'}`
  const offset = zone?.replace(
    /^(.\d\d)'?(\d\d)?$/,
    (_, hours: string, minutes = '00') => `${hours}:${minutes}`,
  )
  const whole = `${days}T${time}${offset ?? ''}`
  return Number.isNaN(Date.parse(whole)) ? days : whole
}

function toIsoDate(date: string): string | undefined {
  const [, day = '', clock, shift = ''] = ISO_DATE.exec(date) ?? []
  const written = clock === undefined ? day : `${day}T${clock}${shift}`
  return Number.isNaN(Date.parse(written)) ? undefined : written
}

/** @returns whether there is a packet of which nothing is left */
function readPacket(
  job: PdfJob,
  bytes: Buffer | undefined,
): { packet?: Packet | undefined; isLost: boolean } {
  if (bytes === undefined || bytes.length === 0) return { isLost: false }
  const packet = tryParsePacket(bytes) ?? mend(job, bytes)
  return { packet, isLost: packet === undefined }
}

/** Has ExifTool make out what it can of a packet that is not well-formed. */
function mend(job: PdfJob, bytes: Buffer): Packet | undefined {
  const { folder, kind } = job
  const sourcePath = join(folder, BROKEN)
  const mendedPath = join(folder, MENDED)
  writeFileSync(sourcePath, bytes)
  const command = ['-q', '-tagsFromFile', SOURCE, '-XMP:all:all', `${JOB}/${MENDED}`]
  runChecked(kind, { ...job, sourcePath, commands: [command] })
  return existsSync(mendedPath) ? tryParsePacket(readFileSync(mendedPath)) : undefined
}
