import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isRecord } from '../../../base/json.ts'
import { corruptSource, OperationError } from '../../../base/operation-error.ts'
import type { PerlOutput } from '../exiftool/instance.ts'
import type { LoadedPerl } from '../exiftool/load.ts'
import { JOB, runExifTool, SOURCE } from '../exiftool/run-exiftool.ts'
import { COPIES_TO_XMP, FACTS } from '../exiftool/tags.ts'
import { editPacket } from '../packet/edit.ts'
import { type Packet, tryParsePacket } from '../packet/packet.ts'
import { propertiesOf } from '../packet/properties.ts'
import { writeProperties } from '../packet/write-properties.ts'
import type { SourceKind } from '../sources/kinds.ts'
import type { SourceMetadata } from './source-metadata.ts'

/** A source and what is needed to read it with ExifTool. */
export interface ExifToolJob {
  readonly perl: LoadedPerl
  readonly kind: SourceKind
  readonly sourcePath: string
  /** An empty folder. */
  readonly folder: string
}

const PACKET = 'packet.xmp'
const DERIVED = '-derived.xmp'

/** Has the packet of a file written, without a file name that depends on the source. */
export const WRITE_PACKET: readonly string[] = ['-b', '-XMP', '-w', `${JOB}/packet%0f.xmp`]

/** Reads what ExifTool reads of a source. */
export function readWithExifTool({ kind, ...job }: ExifToolJob): SourceMetadata {
  const { output } = runChecked(kind, {
    ...job,
    commands: [
      ['-m', '-j', '-G1', '-n', '-q', ...FACTS, SOURCE],
      ['-m', '-q', ...WRITE_PACKET, SOURCE],
      ...COPIES_TO_XMP.map((copy, index) => [...copy, `${JOB}/${index}${DERIVED}`]),
    ],
  })
  const facts = parseFacts(output)
  const size = readSize(kind, facts)
  if ((kind.sizeGroup !== undefined && size === undefined) || facts['ExifTool:Error']) {
    throw corruptSource(kind.title, { cause: facts['ExifTool:Error'] })
  }
  const derived = COPIES_TO_XMP.map((_, index) =>
    readDerived(join(job.folder, `${index}${DERIVED}`)),
  ).filter((packet) => packet !== undefined)
  const { 'File:MIMEType': mediaType, 'File:FileType': type } = facts
  return {
    packet: takePacket(job.folder),
    others: [...derived, describeMovie(kind, facts)],
    size,
    // What cameras call raw is TIFF to whoever knows no better.
    mediaType:
      kind.title === 'TIFF' && type !== 'BTF' && typeof mediaType === 'string'
        ? mediaType
        : undefined,
  }
}

/** Reads a packet that ExifTool has made of tags. */
function readDerived(path: string): Packet | undefined {
  // ExifTool writes the name of PDF that this is, where XMP has a Boolean.
  const text = takeFile(path)?.toString().replace('<pdf:Trapped>/', '<pdf:Trapped>')
  const packet = tryParsePacket(text)
  if (packet === undefined) return undefined
  // Cameras write blanks where a person could write something.
  const blank = propertiesOf(packet).filter(
    ({ start, end }) => !/>[^<>]*[^<>\s][^<>]*</.test(packet.text.slice(start, end)),
  )
  return editPacket(packet, { without: blank })
}

/** Takes the packet that {@link WRITE_PACKET} has written. */
export function takePacket(folder: string): Packet | undefined {
  return tryParsePacket(takeFile(join(folder, PACKET)))
}

/**
 * Runs ExifTool.
 *
 * @throws {@link OperationError} when the source takes too much memory, or is damaged in a way that nobody thought of
 */
export function runChecked(
  { title }: SourceKind,
  run: Parameters<typeof runExifTool>[0],
): PerlOutput {
  const result = runExifTool(run)
  const { failure, errors } = result
  if (/^Out of memory/im.test(`${failure}\n${errors}`) || failure === 'unreachable') {
    const fields = { task: 'metadata', title } as const
    throw new OperationError('source_out_of_memory', fields, { cause: errors })
  }
  if (failure === undefined) return result
  throw corruptSource(title, { cause: `${failure}\n${errors}` })
}

function takeFile(path: string): Buffer | undefined {
  if (!existsSync(path)) return undefined
  const content = readFileSync(path)
  rmSync(path)
  return content
}

/** Parses the facts of one file as ExifTool prints them; none when it printed nothing. */
export function parseFacts(output: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(output)
    const [facts]: unknown[] = Array.isArray(parsed) ? parsed : []
    return isRecord(facts) ? facts : {}
  } catch {
    return {}
  }
}

function readSize(
  { sizeGroup }: SourceKind,
  facts: Readonly<Record<string, unknown>>,
): SourceMetadata['size'] {
  const [width, height] = ['ImageWidth', 'ImageHeight'].map((tag) => facts[`${sizeGroup}:${tag}`])
  return isCount(width) && isCount(height) ? { width, height } : undefined
}

/** Of these it guesses how long they are, by the bitrate that they claim, or counts what a player waits at first. */
const UNSURE_DURATION: readonly SourceKind['id'][] = ['ogg', 'wmv', 'wma']

/** How long a movie or a sound is, and how large the pictures of a movie are. */
function describeMovie(
  { id, mediaType }: SourceKind,
  facts: Readonly<Record<string, unknown>>,
): Packet {
  if (!/^(?:video|audio)\//.test(mediaType)) return writeProperties({})
  const find = (tag: string): number | undefined =>
    Object.entries(facts)
      .filter(([name]) => name.endsWith(`:${tag}`))
      .map(([, value]) => value)
      .find(isCount)
  const [width, height] = [find('ImageWidth'), find('ImageHeight')]
  const duration = Object.entries(facts)
    .filter(([name]) => name.endsWith(':Duration'))
    .map(([, value]) => Number(value))
    .find((seconds) => Number.isFinite(seconds) && seconds > 0 && !UNSURE_DURATION.includes(id))
  return writeProperties({
    'xmpDM:videoFrameSize': {
      fields:
        width && height
          ? { 'stDim:w': width, 'stDim:h': height, 'stDim:unit': 'pixel' }
          : undefined,
    },
    'xmpDM:duration': {
      fields: duration
        ? { 'xmpDM:value': Math.round(duration * 1000), 'xmpDM:scale': '1/1000' }
        : undefined,
    },
  })
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0
}
