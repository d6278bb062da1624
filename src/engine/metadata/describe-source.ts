import { mergePackets } from './packet/merge.ts'
import type { Packet } from './packet/packet.ts'
import { writeProperties } from './packet/write-properties.ts'
import { type ExifToolJob, readWithExifTool } from './readers/read-exiftool.ts'
import { readHtmlMetadata, readMhtmlMetadata } from './readers/read-html.ts'
import { readJpegPacket } from './readers/read-jpeg.ts'
import { readLegacyMetadata } from './readers/read-legacy.ts'
import { readOfficeMetadata } from './readers/read-office.ts'
import { type PdfJob, readPdfMetadata } from './readers/read-pdf.ts'
import { readSidecar } from './readers/read-sidecar.ts'
import { readPictureSize } from './readers/read-size.ts'
import { readSvgMetadata } from './readers/read-svg.ts'
import type { SourceMetadata } from './readers/source-metadata.ts'

/** All that a source says of itself. */
export interface SourceDescription extends Pick<SourceMetadata, 'size'> {
  readonly packet: Packet
  readonly mediaType: string
  /** What there is and could not be read, a sentence each. */
  readonly remarks: readonly string[]
}

/**
 * Makes one packet of what a source says of itself: its own packet as it is, what that leaves unsaid from everything else in
 * the source, and the facts of the file.
 *
 * A packet that is not well-formed would make the document unreadable. It is left out, and what ExifTool can make out
 * of it takes its place.
 *
 * @throws {@link OperationError} when the source is damaged
 */
export async function describeSource(job: PdfJob): Promise<SourceDescription> {
  const { kind } = job
  const said = await READERS[kind.reader](job)
  const { packet, others, size, mediaType = kind.mediaType, remarks = [] } = said
  const facts = writeProperties({
    'dc:format': { text: mediaType },
    'tiff:ImageWidth': { text: size?.width },
    'tiff:ImageLength': { text: size?.height },
  })
  const merged = mergePackets({ facts, packet, ...(others && { others }) })
  return { packet: merged, mediaType, size, remarks }
}

type Read = (job: PdfJob) => SourceMetadata | Promise<SourceMetadata>

const readOffice: Read = ({ kind, sourcePath, password }) =>
  readOfficeMetadata(kind, sourcePath, password)

const READERS: Readonly<Record<ExifToolJob['kind']['reader'], Read>> = {
  jpeg(job) {
    const packet = readJpegPacket(job.sourcePath)
    return { ...readWithExifTool(job), packet }
  },
  exiftool: readWithExifTool,
  pdf: readPdfMetadata,
  svg: ({ sourcePath }) => readSvgMetadata(sourcePath),
  opc: readOffice,
  odf: readOffice,
  epub: readOffice,
  legacy: ({ kind, sourcePath }) => readLegacyMetadata(kind, sourcePath),
  html: ({ kind, sourcePath }) => readHtmlMetadata(kind, sourcePath),
  mhtml: ({ sourcePath }) => readMhtmlMetadata(sourcePath),
  xmp: ({ sourcePath }) => readSidecar(sourcePath),
  size: ({ kind, sourcePath }) => readPictureSize(kind, sourcePath),
  text: () => ({}),
}
