import type { FileBytes } from './file-bytes.ts'
import { findHiddenParts, HIDDEN_RULE } from './hidden-parts.ts'
import { openStructure } from './open-structure.ts'
import { writeUpdate } from './write-update.ts'
import { writeValue } from './write-value.ts'

const EMPTY_FORM = '<</Type/XObject/Subtype/Form/BBox[0 0 0 0]/Length 0>>stream\n\nendstream'
/** Hidden by its flags, as nobody sees it. */
const HIDDEN_ANNOTATION = '<</Type/Annot/Subtype/Popup/Rect[0 0 0 0]/F 2>>'

/**
 * An update of a file, to be read behind it, by which PDFium can tell what belongs to hidden layers: it has no way to ask for that.
 * The layers in contents say so, and forms and annotations are empty.
 *
 * @returns undefined when nothing is hidden
 */
export function writeHiddenUpdate(
  file: FileBytes,
  password: string | undefined,
): Buffer | undefined {
  const structure = openStructure(file, password)
  const hidden = findHiddenParts(structure)
  if (hidden === undefined) return undefined
  const objects = new Map([
    ...Array.from(hidden.memberships, (number) => [number, writeValue(HIDDEN_RULE)] as const),
    ...Array.from(hidden.holders, ([number, value]) => [number, writeValue(value)] as const),
    ...Array.from(hidden.forms, (number) => [number, EMPTY_FORM] as const),
    ...Array.from(hidden.annotations, (number) => [number, HIDDEN_ANNOTATION] as const),
  ])
  return objects.size === 0 ? undefined : writeUpdate(file.size, structure, objects)
}
