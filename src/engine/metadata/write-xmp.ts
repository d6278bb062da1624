import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { corruptSource, OperationError } from '../../base/operation-error.ts'
import type { IdentifiedSource } from '../../sources/identify.ts'
import { JOB, SOURCE } from './exiftool/run-exiftool.ts'
import { type Packet, parsePacket, wrapPacket } from './packet/packet.ts'
import { saySame } from './packet/properties.ts'
import { type ExifToolJob, runChecked, takePacket, WRITE_PACKET } from './readers/read-exiftool.ts'
import { readJpegPacket } from './readers/read-jpeg.ts'
import { readSvgFile, readSvgPacket } from './readers/read-svg.ts'
import { WRITABLE_TITLES } from './sources/kinds.ts'
import { findSourceKind } from './sources/source-kind.ts'
import { tellSigned } from './tell-signed.ts'
import { type Done, RESULT, resultIn, type Tools } from './tools.ts'
import { writeJpegPacket } from './writers/jpeg-packet.ts'
import { requireWritable } from './writers/require-writable.ts'
import { writeSvgPacket } from './writers/svg-packet.ts'
import { writeTiffPacket } from './writers/tiff-packet.ts'
import { XmlError } from './xml/element.ts'

/** The packet to write. */
const PACKET = 'new.xmp'

/** A source, and the packet that a copy of it gets. */
export interface PacketWriting {
  readonly source: IdentifiedSource
  /** XMP in UTF-8 or UTF-16, with or without the wrapper of a packet. */
  readonly packet: Uint8Array
}

/**
 * Writes a copy of a source with a packet in place of its own. Pictures and pages stay as they are. The copy is read
 * again, since a packet that nobody finds would be worse than an error.
 *
 * @throws {@link OperationError} when the packet is none, or the source is damaged or cannot have one
 */
export async function write({ source, packet: bytes }: PacketWriting, tools: Tools): Promise<Done> {
  const packet = checkPacket(bytes)
  const kind = await findSourceKind(source)
  const sourcePath = source.path
  const job = { ...tools, kind, sourcePath }
  const resultPath = resultIn(tools.folder)
  switch (kind.writer) {
    case 'jpeg':
      writeJpegPacket(sourcePath, resultPath, packet)
      break
    case 'tiff':
      writeTiffPacket(sourcePath, resultPath, packet)
      break
    case 'svg':
      writeSvgPacket(sourcePath, resultPath, packet)
      break
    case 'exiftool':
      requireWritable(job)
      writeWithExifTool(job, packet)
      break
    case undefined:
      throw new OperationError('xmp_unsupported', { title: kind.title, taken: WRITABLE_TITLES })
  }
  const written = readBack({ ...job, sourcePath: resultPath })
  if (!written || !saySame(written, packet)) {
    throw new OperationError('xmp_lost', { title: kind.title })
  }
  return { mediaType: kind.mediaType, remarks: tellSigned(kind, sourcePath) }
}

function checkPacket(bytes: Uint8Array): Packet {
  try {
    return parsePacket(bytes)
  } catch (error) {
    if (!(error instanceof XmlError)) throw error
    throw new OperationError('packet_malformed', { problem: error.message }, { cause: error })
  }
}

/** @throws {@link OperationError} when ExifTool writes nothing */
function writeWithExifTool(job: ExifToolJob, packet: Packet): void {
  const { kind, folder } = job
  writeFileSync(join(folder, PACKET), wrapPacket(packet))
  const { errors } = runChecked(kind, {
    ...job,
    commands: [['-m', '-q', `-XMP<=${JOB}/${PACKET}`, '-o', `${JOB}/${RESULT}`, SOURCE]],
  })
  if (existsSync(resultIn(folder))) return
  throw corruptSource(kind.title, { cause: errors })
}

function readBack(job: ExifToolJob): Packet | undefined {
  const { kind, sourcePath } = job
  if (kind.writer === 'jpeg') return readJpegPacket(sourcePath)
  if (kind.writer === 'svg') return readSvgPacket(readSvgFile(sourcePath))
  runChecked(kind, { ...job, commands: [[...WRITE_PACKET, SOURCE]] })
  return takePacket(job.folder)
}
