import type { Attributes } from '../../../packages/markup.ts'
import type { Package } from '../../../packages/package.ts'
import { unescapeString } from '../../text/xlsx-tables.ts'
import type { CellFont } from './cell-look.ts'
import type { RichRun } from './sheet-contents.ts'

/** How texts are pronounced, which does not belong to them. */
const SKIPPED: ReadonlySet<string> = new Set(['rPh', 'phoneticPr'])

/** A property of letters, such as that they are bold. */
export interface LetterProperty {
  readonly name: string
  readonly attributes: Attributes
}

/**
 * Reads those strings of a workbook that are wanted.
 *
 * @param wanted - their numbers
 * @param readFont - what the properties of letters change of the font of a cell
 */
export async function readStrings(
  parts: Package,
  part: string,
  wanted: ReadonlySet<number>,
  readFont: (properties: readonly LetterProperty[]) => Partial<CellFont>,
): Promise<ReadonlyMap<number, readonly RichRun[]>> {
  const strings = new Map<number, readonly RichRun[]>()
  let index = -1
  let isWanted = false
  let runs: RichRun[] = []
  let properties: LetterProperty[] | undefined
  let inProperties = false
  let inText = false
  let text = ''
  await parts.parse(
    part,
    {
      open(name, attributes) {
        if (name === 'si') {
          index += 1
          isWanted = wanted.has(index)
          runs = []
          properties = undefined
        }
        if (!isWanted) return
        if (inProperties) properties?.push({ name, attributes })
        if (name === 'rPr') {
          properties = []
          inProperties = true
        }
        if (name === 't') {
          inText = true
          text = ''
        }
      },
      close(name) {
        if (!isWanted) return
        if (name === 'rPr') inProperties = false
        if (name === 't') {
          inText = false
          const font = properties && readFont(properties)
          runs.push({ text: unescapeString(text), font })
        }
        if (name === 'r') properties = undefined
        if (name === 'si') strings.set(index, runs)
      },
      text(piece) {
        if (inText) text += piece
      },
    },
    SKIPPED,
  )
  return strings
}
