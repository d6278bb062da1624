import { corruptSource, type OperationError } from '../../../../base/operation-error.ts'
import { KNOWN_FORMATS } from '../../../../sources/formats.ts'

/** The error for a DICOM file whose parts do not hold together. */
export function damagedDicom(options?: ErrorOptions): OperationError<'source_corrupt'> {
  return corruptSource(KNOWN_FORMATS.dicom.title, options)
}
