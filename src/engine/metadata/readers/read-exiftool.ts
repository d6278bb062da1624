import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isRecord } from '../../../base/json.ts'
import { corruptSource, OperationError } from '../../../base/operation-error.ts'
import type { FormatId } from '../../../sources/formats.ts'
import { withOpenFile } from '../../../sources/open-file.ts'
import type { PerlOutput } from '../exiftool/instance.ts'
import type { LoadedPerl } from '../exiftool/load.ts'
import { JOB, runExifTool, SOURCE } from '../exiftool/run-exiftool.ts'
import { COPIES_TO_XMP, FACTS } from '../exiftool/tags.ts'
import { editPacket } from '../packet/edit.ts'
import { type Packet, tryParsePacket } from '../packet/packet.ts'
import { propertiesOf } from '../packet/properties.ts'
import type { SourceKind } from '../sources/kinds.ts'
import { mediaTypeOfBrand } from './brand-media-type.ts'
import { describeMedia } from './describe-media.ts'
import { measureDuration } from './measure-duration.ts'
import { type MediaFacts, readMediaFacts } from './media-facts.ts'
import { mediaTagsIn, WRITE_MEDIA_TAGS } from './media-tags.ts'
import type { SourceMetadata } from './source-metadata.ts'

/** A source and what is needed to read it with ExifTool. */
export interface ExifToolJob {
  readonly perl: LoadedPerl
  readonly kind: SourceKind
  readonly sourcePath: string
  /** An empty folder. */
  readonly folder: string
}

/** What ExifTool calls a file of Canon's that does not tell whether it is a photo or a film. */
const UNSURE_CR3 = 'video/x-canon-crx'

const PACKET = 'packet.xmp'
const DERIVED = '-derived.xmp'

/** Has the packet of a file written, without a file name that depends on the source. */
export const WRITE_PACKET: readonly string[] = ['-b', '-XMP', '-w', `${JOB}/packet%0f.xmp`]

/** Reads what ExifTool reads of a source. */
export function readWithExifTool({ kind, ...job }: ExifToolJob): SourceMetadata {
  const { output } = runChecked(kind, {
    ...job,
    commands: [
      ['-j', '-G1', '-n', '-q', ...FACTS, SOURCE],
      ['-q', ...WRITE_PACKET, SOURCE],
      ...mediaCommands(kind),
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
  const media = takeMediaFacts({ kind, ...job })
  const { 'File:MIMEType': mediaType, 'File:FileType': type } = facts
  return {
    packet: takePacket(job.folder),
    others: media ? [describeMedia(media), ...derived] : derived,
    size,
    mediaType:
      TOLD_APART.has(kind.id) && type !== 'BTF' && typeof mediaType === 'string'
        ? mediaType.replace(UNSURE_CR3, 'image/x-canon-cr3')
        : mediaTypeOfBrand(job.sourcePath),
  }
}

/** Formats of which ExifTool knows kinds: what cameras call raw is TIFF to whoever knows no better, and of JPEG 2000 there are several files. */
const TOLD_APART: ReadonlySet<FormatId> = new Set(['tiff', 'raw', 'jp2'])

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

/** What Perl says when it gets no memory, and what WebAssembly does when Perl goes on without it. */
const OUT_OF_MEMORY = /^(?:Out of memory|unreachable|memory access out of bounds)/im

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
  if (OUT_OF_MEMORY.test(`${failure}\n${errors}`)) {
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
  for (const group of [sizeGroup ?? []].flat()) {
    const [width, height] = ['ImageWidth', 'ImageHeight'].map((tag) => facts[`${group}:${tag}`])
    if (isCount(width) && isCount(height)) return { width, height }
  }
  return undefined
}

/** Reads what a video or a sound is, after {@link WRITE_MEDIA_TAGS} has run; undefined for whatever is neither. */
export function takeMediaFacts({
  kind,
  sourcePath,
  folder,
}: Pick<ExifToolJob, 'kind' | 'sourcePath' | 'folder'>): MediaFacts | undefined {
  if (!isMedia(kind)) return undefined
  const measured = {
    duration: measureDuration(kind, sourcePath),
    bytes: withOpenFile(sourcePath, ({ size }) => size),
  }
  return readMediaFacts(kind, parseFacts(mediaTagsIn(folder)), measured)
}

/** The command that {@link takeMediaFacts} needs; none for whatever is no video or sound. */
export function mediaCommands(kind: SourceKind): readonly (readonly string[])[] {
  return isMedia(kind) ? [WRITE_MEDIA_TAGS] : []
}

function isMedia({ mediaType }: SourceKind): boolean {
  return /^(?:video|audio)\//.test(mediaType)
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0
}
