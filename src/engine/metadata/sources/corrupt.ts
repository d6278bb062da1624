import { RenditionError } from '../../../base/errors.ts'

/** @param title - the kind of the source */
export function corruptSource(title: string, options?: ErrorOptions): RenditionError {
  return new RenditionError(
    'SourceCorrupt',
    `The source is a damaged or incomplete ${title} file.`,
    options,
  )
}
