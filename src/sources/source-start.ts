import { OperationError } from '../base/operation-error.ts'
import { withFile } from './read-bytes.ts'
import { SIGNATURE_BYTES } from './source-format.ts'

/**
 * Reads what tells the format of a source: its first {@link SIGNATURE_BYTES} bytes, or all of a shorter one.
 *
 * @throws {@link OperationError} source_unreadable when there is no such file
 */
export function readSourceStart(path: string): Buffer {
  try {
    return withFile(path, 'r', (read) => read(0, SIGNATURE_BYTES))
  } catch (error) {
    throw new OperationError('source_unreadable', {}, { cause: error })
  }
}
