import { ServiceError } from '../../base/errors.ts'
import { createComponentCount, TOO_MANY_COMPONENTS } from '../run/sequence.ts'

/**
 * Checks what a sequence would run, those of its components that are sequences included.
 *
 * @param path - its full name
 * @param componentsOf - the components of a sequence; undefined for what is none
 * @throws {ServiceError} 400 when it is empty, too long or would run itself
 */
export function checkSequence(
  path: string,
  components: readonly string[],
  componentsOf: (path: string) => readonly string[] | undefined,
): void {
  if (components.length === 0) {
    throw new ServiceError(
      'invalid',
      'exec.components is empty; a sequence must have at least one action.',
    )
  }
  const count = createComponentCount()
  const visit = (component: string): void => {
    if (!count.add()) throw new ServiceError('invalid', TOO_MANY_COMPONENTS)
    if (component === path)
      throw new ServiceError('invalid', 'A sequence must not be a part of itself.')
    componentsOf(component)?.forEach(visit)
  }
  components.forEach(visit)
}
