import type { Matrix, Page, PageMark, PathMark } from '../../../../src/engine/pages/drawing/page.ts'
import { createPageFonts } from '../../../../src/engine/pages/paragraphs/page-fonts.ts'
import { layOutPptx } from '../../../../src/engine/pages/slides/lay-out-pptx.ts'
import { findMainPart } from '../../../../src/packages/opc.ts'
import { withPackage } from '../../../../src/packages/package.ts'
import type { Parts } from '../../../support/zip.ts'
import { type Links, office, relationships } from '../../text/documents.ts'

const NAMESPACES =
  'xmlns:a="a" xmlns:p="p" xmlns:r="r" xmlns:c="c" xmlns:mc="mc" xmlns:dgm="dgm" xmlns:dsp="dsp"'

const MAIN = 'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml'

const THEME = `<a:theme ${NAMESPACES}><a:themeElements><a:clrScheme><a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1><a:lt1><a:srgbClr val="FFFFFF"/></a:lt1><a:dk2><a:srgbClr val="001122"/></a:dk2><a:lt2><a:srgbClr val="EEEEEE"/></a:lt2><a:accent1><a:srgbClr val="4472C4"/></a:accent1><a:accent2><a:srgbClr val="ED7D31"/></a:accent2><a:hlink><a:srgbClr val="0563C1"/></a:hlink></a:clrScheme><a:fontScheme><a:majorFont><a:latin typeface="Times New Roman"/></a:majorFont><a:minorFont><a:latin typeface="Arial"/></a:minorFont></a:fontScheme><a:fmtScheme><a:fillStyleLst><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:fillStyleLst><a:lnStyleLst><a:ln w="25400"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln></a:lnStyleLst><a:bgFillStyleLst><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>`

/** What a presentation has; of each part what is within its root, or within its list of shapes. */
export interface Presentation {
  /** Shapes of each slide, in their order. */
  readonly slides: readonly string[]
  /** Attributes of the first slide, and what is in front of its shapes. */
  readonly root?: string
  readonly background?: string
  readonly layout?: string
  readonly layoutRoot?: string
  readonly master?: string
  /** What is behind the shapes of the master. */
  readonly styles?: string
  readonly presentation?: string
  /** Of every slide. */
  readonly links?: Links
  readonly parts?: Parts
}

/** A presentation of 720 by 540 points, whose slides have a layout, a master and a theme. */
export function presentation({
  slides,
  root = '',
  background = '',
  layout = '',
  layoutRoot = '',
  master = '',
  styles = '',
  presentation: more = '',
  links = [],
  parts = {},
}: Presentation): Buffer {
  const names = slides.map((_, index) => `ppt/slides/s${index}.xml`)
  const ids = names.map((_, index) => `<p:sldId id="${256 + index}" r:id="s${index}"/>`)
  const drawn = (
    name: string,
    shapes: string,
    { attributes = '', before = '', behind = '' } = {},
  ) =>
    `<p:${name} ${NAMESPACES} ${attributes}><p:cSld>${before}<p:spTree>${shapes}</p:spTree></p:cSld>${behind}</p:${name}>`
  return office('ppt/deck.xml', MAIN, {
    'ppt/deck.xml': `<p:presentation ${NAMESPACES}><p:sldIdLst>${ids.join('')}</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/>${more}</p:presentation>`,
    'ppt/_rels/deck.xml.rels': relationships(
      names.map((_, index) => [`s${index}`, 'slide', `slides/s${index}.xml`] as const),
    ),
    ...Object.fromEntries(
      slides.flatMap((shapes, index) => [
        [
          `ppt/slides/s${index}.xml`,
          drawn('sld', shapes, index === 0 ? { attributes: root, before: background } : {}),
        ],
        [
          `ppt/slides/_rels/s${index}.xml.rels`,
          relationships([['layout', 'slideLayout', '/ppt/any/layout.xml'], ...links]),
        ],
      ]),
    ),
    'ppt/any/layout.xml': drawn('sldLayout', layout, { attributes: layoutRoot }),
    'ppt/any/_rels/layout.xml.rels': relationships([['m', 'slideMaster', 'master.xml']]),
    'ppt/any/master.xml': drawn('sldMaster', master, {
      behind: `<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2"/>${styles}`,
    }),
    'ppt/any/_rels/master.xml.rels': relationships([['t', 'theme', 'theme.xml']]),
    'ppt/any/theme.xml': THEME,
    ...parts,
  })
}

const POINT = 12_700

/** Where a shape is, in points. */
export function xfrm(
  [x, y, width, height]: readonly [number, number, number, number],
  attributes = '',
): string {
  const [left, top, wide, high] = [x, y, width, height].map((each) => each * POINT)
  return `<a:xfrm ${attributes}><a:off x="${left}" y="${top}"/><a:ext cx="${wide}" cy="${high}"/></a:xfrm>`
}

/** A shape that is filled with a colour, or with what is within `fill`. */
export function shape(
  box: readonly [number, number, number, number],
  {
    preset = 'rect',
    fill = '<a:solidFill><a:srgbClr val="FF0000"/></a:solidFill>',
    attributes = '',
    more = '',
    text = '',
  } = {},
): string {
  return `<p:sp><p:spPr>${xfrm(box, attributes)}<a:prstGeom prst="${preset}"/>${fill}${more}</p:spPr>${text}</p:sp>`
}

/** A placeholder of a kind with paragraphs. */
export function placeholder(
  kind: string,
  paragraphs: readonly string[],
  { box = '', body = '', list = '' } = {},
): string {
  const written = paragraphs.map((text) => `<a:p><a:r><a:t>${text}</a:t></a:r></a:p>`)
  return `<p:sp><p:nvSpPr><p:nvPr><p:ph ${kind}/></p:nvPr></p:nvSpPr><p:spPr>${box}</p:spPr><p:txBody><a:bodyPr ${body}/><a:lstStyle>${list}</a:lstStyle>${written.join('')}</p:txBody></p:sp>`
}

/** The body of a text. */
export function textBody(paragraphs: string, properties = ''): string {
  return `<p:txBody><a:bodyPr ${properties}/>${paragraphs}</p:txBody>`
}

let fonts: ReturnType<typeof createPageFonts> | undefined

/** The pages of a presentation. */
export function layOut(file: Buffer, count = 100): Promise<readonly Page[]> {
  fonts ??= createPageFonts([])
  const opened = fonts
  return withPackage(file, async (parts) => {
    const main = await findMainPart(parts)
    return layOutPptx(parts, main?.name ?? '', { fonts: opened, count })
  })
}

/** A mark that is no group, and where it is drawn on its page. */
export interface Placed {
  readonly mark: Exclude<PageMark, { readonly kind: 'group' }>
  readonly matrix: Matrix
}

/** All marks of a page that are no groups. */
export function marksOf(
  { marks }: Pick<Page, 'marks'>,
  around: Matrix = [1, 0, 0, 1, 0, 0],
): Placed[] {
  return marks.flatMap((mark) => {
    if (mark.kind !== 'group') return [{ mark, matrix: around }]
    const [a, b, c, d, e, f] = around
    const [g, h, i, j, k, l] = mark.matrix ?? [1, 0, 0, 1, 0, 0]
    const inner: Matrix = [
      a * g + c * h,
      b * g + d * h,
      a * i + c * j,
      b * i + d * j,
      a * k + c * l + e,
      b * k + d * l + f,
    ]
    return marksOf(mark, inner)
  })
}

/** Letters that stand together, with the left end of their baseline. */
export interface Line {
  readonly text: string
  readonly x: number
  readonly y: number
  /** Where its last letter begins. */
  readonly last: number
  readonly size: number
  readonly colour: string
  readonly font: string
}

/** The runs of letters on a page, in their order. */
export function linesOf(page: Page): Line[] {
  return marksOf(page).flatMap(({ mark, matrix: [a, b, c, d, e, f] }) => {
    if (mark.kind !== 'text') return []
    const [first] = mark.glyphs
    const { red, green, blue } = mark.colour
    const [x, y] = [first?.x ?? 0, first?.y ?? 0]
    return [
      {
        text: mark.glyphs.map(({ letters }) => letters).join(''),
        x: Math.round(a * x + c * y + e),
        y: Math.round(b * x + d * y + f),
        last: Math.round(a * (mark.glyphs.at(-1)?.x ?? 0) + c * y + e),
        size: Math.round(mark.size.y * 10) / 10,
        colour: [red, green, blue].map((each) => each.toString(16).padStart(2, '0')).join(''),
        font: mark.font.replace(/^.*\/|_.*$/g, ''),
      },
    ]
  })
}

/** The boxes around what is filled on a page but for its background: left, top, width, height, and the colour. */
export function boxesOf(page: Page): string[] {
  return marksOf(page)
    .slice(1)
    .flatMap(({ mark, matrix: [a, b, c, d, e, f] }) => {
      if (mark.kind !== 'path' || mark.fill === undefined) return []
      const places = mark.path.steps.flatMap(([, ...numbers]) =>
        Array.from({ length: numbers.length / 2 }, (_, index) => {
          const [x, y] = [numbers[index * 2] ?? 0, numbers[index * 2 + 1] ?? 0]
          return [a * x + c * y + e, b * x + d * y + f] as const
        }),
      )
      const [xs, ys] = [places.map(([x]) => x), places.map(([, y]) => y)]
      const [left, top] = [Math.min(...xs), Math.min(...ys)]
      const box = [left, top, Math.max(...xs) - left, Math.max(...ys) - top]
      return [`${box.map(Math.round).join(' ')} ${toHex(mark)}`]
    })
}

function toHex({ fill }: PathMark): string {
  if (fill === undefined) return 'none'
  if ('stops' in fill) return fill.kind
  return [fill.red, fill.green, fill.blue]
    .map((each) => each.toString(16).padStart(2, '0'))
    .join('')
}
