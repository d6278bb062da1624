import { corruptSource, OperationError } from '../../../base/operation-error.ts'
import { KNOWN_FORMATS } from '../../../sources/formats.ts'
import { writeAffinityPreview } from './affinity.ts'
import { writeFirstCursor } from './animated-cursor.ts'
import { writeDesignPicture } from './design.ts'
import { writeDicomPicture } from './dicom/picture.ts'
import { writeEpsPreview } from './eps.ts'
import { writeLargestIcon } from './icns.ts'
import { writeInDesignPreview } from './indesign.ts'
import { writeEmfDrawing } from './metafile/emf.ts'
import { writeWmfDrawing } from './metafile/wmf.ts'
import type { StandInAnswer, StandInFormat, StandInRequest, WriteStandIn } from './stand-in.ts'

const WRITERS: Readonly<Record<StandInFormat, WriteStandIn>> = {
  eps: writeEpsPreview,
  wmf: writeWmfDrawing,
  emf: writeEmfDrawing,
  icns: writeLargestIcon,
  ani: writeFirstCursor,
  dicom: writeDicomPicture,
  kra: writeDesignPicture,
  ora: writeDesignPicture,
  indd: writeInDesignPreview,
  xd: writeDesignPicture,
  sketch: writeDesignPicture,
  fig: writeDesignPicture,
  procreate: writeDesignPicture,
  affinity: writeAffinityPreview,
}

/**
 * Writes the file that is shown in place of a source, in the thread that calls it. A part of it may be there when it fails.
 *
 * @throws what the file system says, such as that the disk is full
 */
export async function writeStandInHere(request: StandInRequest): Promise<StandInAnswer> {
  try {
    const isWritten = await WRITERS[request.format](request)
    return { outcome: isWritten ? 'written' : 'none' }
  } catch (error) {
    // It ends, or points, where nothing is.
    const told =
      error instanceof RangeError ? corruptSource(KNOWN_FORMATS[request.format].title) : error
    if (!(told instanceof OperationError)) throw told
    return { outcome: 'failed', failure: { code: told.code, fields: told.fields } }
  }
}
