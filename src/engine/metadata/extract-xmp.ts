import { writeFile } from 'node:fs/promises'
import type { IdentifiedSource } from '../../sources/identify.ts'
import { mergePackets } from './packet/merge.ts'
import { wrapPacket } from './packet/packet.ts'
import { writeProperties } from './packet/write-properties.ts'
import { type ExifToolJob, readWithExifTool } from './readers/read-exiftool.ts'
import { readHtmlMetadata } from './readers/read-html.ts'
import { readJpegPacket } from './readers/read-jpeg.ts'
import { readOfficeMetadata } from './readers/read-office.ts'
import { readPictureSize } from './readers/read-size.ts'
import { readSvgMetadata } from './readers/read-svg.ts'
import type { SourceMetadata } from './readers/source-metadata.ts'
import { findSourceKind } from './sources/source-kind.ts'
import { resultIn, type Tools } from './tools.ts'

/** A source to read. */
export interface XmpExtraction {
  readonly source: IdentifiedSource
}

/**
 * Writes what a source says of itself as one document of XMP: its own packet as it is, what that leaves unsaid from
 * everything else in the source, and the facts of the file.
 *
 * A packet that is not well-formed would make the document unreadable. It is left out, and what ExifTool can make out
 * of it takes its place.
 *
 * @throws {@link OperationError} when the source is damaged, or nothing that metadata are read from
 */
export async function extract(
  { source }: XmpExtraction,
  tools: Tools,
): Promise<{ mediaType: string }> {
  const kind = await findSourceKind(source)
  const {
    packet,
    others,
    size,
    mediaType = kind.mediaType,
  } = await READERS[kind.reader]({ ...tools, kind, sourcePath: source.path })
  const facts = writeProperties({
    'dc:format': { text: mediaType },
    'tiff:ImageWidth': { text: size?.width },
    'tiff:ImageLength': { text: size?.height },
  })
  await writeFile(
    resultIn(tools.folder),
    wrapPacket(mergePackets({ facts, packet, ...(others && { others }) })),
  )
  return { mediaType }
}

type Read = (job: ExifToolJob) => SourceMetadata | Promise<SourceMetadata>

const READERS: Readonly<Record<ExifToolJob['kind']['reader'], Read>> = {
  jpeg(job) {
    const packet = readJpegPacket(job.sourcePath)
    return { ...readWithExifTool(job), packet }
  },
  exiftool: readWithExifTool,
  svg: ({ sourcePath }) => readSvgMetadata(sourcePath),
  office: ({ kind, sourcePath }) => readOfficeMetadata(kind, sourcePath),
  html: ({ sourcePath }) => readHtmlMetadata(sourcePath),
  size: ({ kind, sourcePath }) => readPictureSize(kind, sourcePath),
  text: () => ({}),
}
