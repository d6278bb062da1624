import type { Matrix, Page, PageMark } from '../../../../src/engine/pages/drawing/page.ts'
import { createPageFonts } from '../../../../src/engine/pages/paragraphs/page-fonts.ts'
import { layOutXlsx } from '../../../../src/engine/pages/sheets/lay-out-xlsx.ts'
import { findMainPart } from '../../../../src/packages/opc.ts'
import { withPackage } from '../../../../src/packages/package.ts'
import type { Parts } from '../../../support/zip.ts'
import { type Links, office, relationships } from '../../text/documents.ts'

/** A workbook of sheets given as what is in their elements, with what else is in it. */
export interface WorkbookParts {
  readonly sheets: readonly string[]
  /** How sheets are hidden, by their number. */
  readonly states?: Readonly<Record<number, string>>
  readonly styles?: string
  readonly strings?: string
  readonly names?: string
  /** What the first sheet refers to, and the parts of that. */
  readonly links?: Links
  readonly parts?: Parts
}

/** Writes a workbook. */
export function workbook({
  sheets,
  states = {},
  styles = '',
  strings = '',
  names = '',
  links = [],
  parts = {},
}: WorkbookParts): Buffer {
  const listed = sheets.map(
    (_, index) =>
      `<sheet name="S${index}" state="${states[index] ?? 'visible'}" r:id="r${index}"/>`,
  )
  return office(
    'xl/workbook.xml',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
    {
      'xl/workbook.xml': `<workbook xmlns:r="r"><sheets>${listed.join('')}</sheets><definedNames>${names}</definedNames></workbook>`,
      'xl/_rels/workbook.xml.rels': relationships([
        ...sheets.map((_, index) => [`r${index}`, 'worksheet', `s${index}.xml`] as const),
        ['strings', 'sharedStrings', 'strings.xml'],
        ['styles', 'styles', 'styles.xml'],
      ]),
      'xl/strings.xml': `<sst>${strings}</sst>`,
      'xl/styles.xml': `<styleSheet>${styles}</styleSheet>`,
      ...Object.fromEntries(
        sheets.map((content, index) => [
          `xl/s${index}.xml`,
          `<worksheet xmlns:r="r">${content}</worksheet>`,
        ]),
      ),
      'xl/_rels/s0.xml.rels': relationships(links),
      ...parts,
    },
  )
}

/** A cell with a text, or with a number. */
export function cell(reference: string, value: string | number, look = 0): string {
  const type = typeof value === 'number' ? 'n' : 'str'
  return `<c r="${reference}" t="${type}" s="${look}"><v>${value}</v></c>`
}

/** Rows of cells, one in each. */
export function rows(...cells: readonly string[]): string {
  return `<sheetData>${cells.map((each, index) => `<row r="${index + 1}">${each}</row>`).join('')}</sheetData>`
}

/** Styles with such looks behind the usual one, with a font of Arial in 10 points. */
export function stylesOf(
  looks: readonly string[],
  more: {
    readonly fonts?: string
    readonly fills?: string
    readonly borders?: string
    readonly others?: string
  } = {},
): string {
  const { fonts = '', fills = '', borders = '', others = '' } = more
  return `<fonts><font><sz val="10"/><name val="Arial"/></font>${fonts}</fonts><fills><fill/>${fills}</fills><borders><border/>${borders}</borders><cellXfs><xf/>${looks.join('')}</cellXfs>${others}`
}

const fonts = createPageFonts([])

/** The pages of a workbook, as many as are wanted. */
export async function pagesOf(parts: WorkbookParts, count = 20): Promise<readonly Page[]> {
  const { pages } = await pagesAndRemarks(parts, count)
  return pages
}

/** The pages of a workbook, and what is told of them. */
export async function pagesAndRemarks(
  parts: WorkbookParts,
  count = 20,
): Promise<{ readonly pages: readonly Page[]; readonly remarks: readonly string[] }> {
  const remarks: string[] = []
  const tools = { fonts, count, remark: (sentence: string) => void remarks.push(sentence) }
  const pages = await withPackage(workbook(parts), async (opened) => {
    const main = await findMainPart(opened)
    return layOutXlsx(opened, main?.name ?? '', tools)
  })
  return { pages, remarks }
}

/** What is seen on a page; lengths are in points, colours in six digits. */
export interface Seen {
  /** Texts with where they begin, in the order of what is drawn. */
  readonly texts: readonly SeenText[]
  readonly fills: readonly SeenBox[]
  readonly lines: readonly (SeenBox & { readonly thick: number })[]
  readonly pictures: readonly (Omit<SeenBox, 'colour'> & { readonly name: string })[]
}

interface SeenText {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly size: number
  readonly colour: string
}

interface SeenBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly colour: string
}

/** Tells what is seen on a page. */
export function seenOn(page: Page | undefined): Seen {
  const seen = {
    texts: new Array<SeenText>(),
    fills: new Array<SeenBox>(),
    lines: new Array<Seen['lines'][number]>(),
    pictures: new Array<Seen['pictures'][number]>(),
  }
  const look = (marks: readonly PageMark[], matrix: Matrix): void => {
    const [scale] = matrix
    for (const mark of marks) {
      if (mark.kind === 'group') {
        look(mark.marks, multiply(matrix, mark.matrix ?? [1, 0, 0, 1, 0, 0]))
      } else if (mark.kind === 'text') {
        const [x, y] = at(matrix, mark.glyphs[0]?.x ?? 0, mark.glyphs[0]?.y ?? 0)
        const text = mark.glyphs.map(({ letters }) => letters).join('')
        seen.texts.push({
          text,
          x,
          y,
          size: round(mark.size.y * scale),
          colour: digits(mark.colour),
        })
      } else if (mark.kind === 'picture') {
        const [x, y] = at(matrix, mark.x, mark.y)
        const size = { width: round(mark.width * scale), height: round(mark.height * scale) }
        seen.pictures.push({ name: mark.name, x, y, ...size })
      } else {
        const points = mark.path.steps.flatMap(([, ...numbers]) => {
          const [x, y] = numbers.slice(-2)
          return x === undefined || y === undefined ? [] : [at(matrix, x, y)]
        })
        const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
        const [x, y] = [Math.min(...xs), Math.min(...ys)]
        const box = { x, y, width: round(Math.max(...xs) - x), height: round(Math.max(...ys) - y) }
        const { fill, stroke } = mark
        if (fill && 'red' in fill) seen.fills.push({ ...box, colour: digits(fill) })
        if (stroke) seen.lines.push({ ...box, colour: digits(stroke.colour), thick: stroke.width })
      }
    }
  }
  look(page?.marks ?? [], [1, 0, 0, 1, 0, 0])
  return seen
}

function digits({ red, green, blue }: { red: number; green: number; blue: number }): string {
  return [red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')
}

/** A length without what counting in halves has left. */
export function round(length: number): number {
  return Math.round(length * 100) / 100
}

function at([a, b, c, d, e, f]: Matrix, x: number, y: number): readonly [number, number] {
  return [round(a * x + c * y + e), round(b * x + d * y + f)]
}

function multiply([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix {
  return [
    a * g + c * h,
    b * g + d * h,
    a * i + c * j,
    b * i + d * j,
    a * k + c * l + e,
    b * k + d * l + f,
  ]
}
