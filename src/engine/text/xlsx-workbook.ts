import { addTo } from '../../packages/limited-list.ts'
import { readAttribute, readPrefixed } from '../../packages/markup.ts'
import { readRelationships } from '../../packages/opc.ts'
import type { Package } from '../../packages/package.ts'

/** A sheet of a workbook. */
export interface XlsxSheet {
  readonly name: string
  /** The part that has it. */
  readonly part: string
  /** Which sheet it is, those included that are not here, counted from 0. */
  readonly index: number
  readonly isHidden: boolean
  /** Whether it is all one chart. */
  readonly isChart: boolean
}

/** A name that a workbook gives to places in it, such as what is printed. */
export interface DefinedName {
  readonly name: string
  /** The index of the sheet that it is about. */
  readonly sheet: number
  readonly formula: string
}

/** What a workbook consists of. */
export interface XlsxWorkbook {
  /** In their order, hidden ones included. */
  readonly sheets: readonly XlsxSheet[]
  readonly names: readonly DefinedName[]
  /** Whether days are counted from 1904 rather than 1900. */
  readonly from1904: boolean
  /** The part that has what sheets share, by what it is for. */
  readonly find: (purpose: 'sharedStrings' | 'styles' | 'theme') => string | undefined
}

/**
 * Reads what a workbook consists of.
 *
 * @param main - the name of its main part
 */
export async function readXlsxWorkbook(parts: Package, main: string): Promise<XlsxWorkbook> {
  const listed: (Pick<XlsxSheet, 'name' | 'index' | 'isHidden'> & { readonly id: string })[] = []
  const names: DefinedName[] = []
  let from1904 = false
  let index = 0
  let name: Omit<DefinedName, 'formula'> | undefined
  let formula = ''
  await parts.parse(main, {
    open(element, attributes) {
      if (element === 'sheet') {
        const id = readPrefixed(attributes, 'id')
        const isHidden = /hidden/i.test(readAttribute(attributes, 'state') ?? '')
        if (id !== undefined) {
          addTo(listed, { id, index, isHidden, name: readAttribute(attributes, 'name') ?? '' })
        }
        index += 1
      }
      if (element === 'workbookPr') {
        from1904 = /^(1|true|on)$/.test(readAttribute(attributes, 'date1904') ?? '')
      }
      if (element === 'definedName') {
        formula = ''
        name = {
          name: readAttribute(attributes, 'name') ?? '',
          sheet: Number(readAttribute(attributes, 'localSheetId') ?? -1),
        }
      }
    },
    close(element) {
      if (element !== 'definedName' || name === undefined) return
      if (name.sheet >= 0) addTo(names, { ...name, formula })
      name = undefined
    },
    text(text) {
      if (name !== undefined) formula += text
    },
  })
  const links = await readRelationships(parts, main)
  const sheets = listed.flatMap(({ id, ...sheet }) => {
    const link = links.find((each) => each.id === id && /^(work|chart)sheet$/.test(each.type))
    return link ? [{ ...sheet, part: link.target, isChart: link.type === 'chartsheet' }] : []
  })
  return {
    sheets,
    names,
    from1904,
    find: (purpose) =>
      links.find(({ type, target }) => type === purpose && parts.has(target))?.target,
  }
}
