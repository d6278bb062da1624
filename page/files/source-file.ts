import type { KeptSource } from '../../src/doors/page/api.ts'
import { shownAs } from '../../src/doors/page/shown-as.ts'
import { urlOf } from '../service.ts'
import type { ShownFile } from './shown-file.ts'

/** A source as a file that can be looked at. */
export function fileOfSource({ id, name, type, size }: KeptSource): ShownFile {
  return {
    name,
    size,
    // What is certainly none is not asked for a picture; of the rest, the service finds out by its content.
    shownAs: shownAs(type) === 'text' ? 'text' : 'picture',
    at: (form) => urlOf('sources', id, form),
  }
}
