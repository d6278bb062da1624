import { OperationError } from '../../base/operation-error.ts'
import type { Source } from './source.ts'

/** Whether a file has several pictures of which only the first can be read. */
export function isReadInPart({ pictures = 1, format }: Source): boolean {
  return pictures > 1 && format.readInPart === true
}

/**
 * Refuses a source of which all pictures are wanted.
 *
 * @throws {@link OperationError} frames_unread when only the first of several can be read
 */
export function requireReadable(source: Source): void {
  if (!isReadInPart(source)) return
  const { format, pictures = 1 } = source
  throw new OperationError('frames_unread', { title: format.title, pictures })
}
