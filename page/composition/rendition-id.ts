import { idAt } from '../schema-form/settle.ts'

/** The id of what belongs to a rendition: a field, by its path, or a button. */
export function idOf(index: number, path: readonly string[]): string {
  return idAt(`rendition-${index}`, path)
}
