import { RenditionError } from '../base/errors.ts'
import { withFile } from './read-bytes.ts'
import { SIGNATURE_BYTES } from './source-format.ts'

/**
 * Reads what tells the format of a source: its first {@link SIGNATURE_BYTES} bytes, or all of a shorter one.
 *
 * @throws {@link RenditionError} GenericError when there is no such file
 */
export function readSourceStart(path: string): Buffer {
  try {
    return withFile(path, 'r', (read) => read(0, SIGNATURE_BYTES))
  } catch (error) {
    throw new RenditionError('GenericError', 'The source file cannot be read.', { cause: error })
  }
}
