import { OperationError } from '../../base/operation-error.ts'
import type { Extent } from './composition.ts'

/**
 * Refuses what would take too much memory, before it is taken.
 *
 * @param most - in pixels
 * @throws {@link OperationError} layer_too_large
 */
export function requirePixels({ width, height }: Extent, most: number): void {
  if (width * height > most) throw new OperationError('layer_too_large', { width, height, most })
}
