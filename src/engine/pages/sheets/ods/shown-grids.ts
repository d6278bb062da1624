import { readAttribute } from '../../../../packages/markup.ts'
import type { Package } from '../../../../packages/package.ts'

/** Where LibreOffice keeps how a document was looked at. */
const SETTINGS = 'settings.xml'

/**
 * Tells which sheets show the grid of their cells on a screen: those of which the settings of a document do not say the opposite.
 *
 * @throws {@link OperationError} when the settings are damaged
 */
export async function readShownGrids(parts: Package): Promise<(sheet: string) => boolean> {
  const hidden = new Set<string>()
  let entry: string | undefined
  let item: string | undefined
  if (parts.has(SETTINGS)) {
    await parts.parse(SETTINGS, {
      open(name, attributes) {
        if (name === 'config-item-map-entry') entry = readAttribute(attributes, 'name')
        item = name === 'config-item' ? readAttribute(attributes, 'name') : undefined
      },
      close() {
        item = undefined
      },
      text(text) {
        if (item === 'ShowGrid' && entry !== undefined && text.trim() === 'false') hidden.add(entry)
      },
    })
  }
  return (sheet) => !hidden.has(sheet)
}
