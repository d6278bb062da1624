import { assemblePdf } from '../../pages/pdf-file.ts'
import type { Extent } from '../composition.ts'
import type { PlacedLetters } from './lay-out.ts'

/** Where a line below letters is, and how thick; in parts of the size of the font, downwards from the baseline. */
const UNDERLINE = { from: 0.1, thick: 0.05 }

/** A page of PDF with a text on it: letters are data there, and no markup. */
export function writeTextPage(
  placed: readonly PlacedLetters[],
  {
    page,
    scale,
    down,
  }: {
    /** In units of the page, each of which becomes a pixel. */
    readonly page: Extent
    /** How many units a point has. */
    readonly scale: number
    /** How far below the top of the page the text begins, in units. */
    readonly down: number
  },
): Buffer {
  const fonts = [...new Set(placed.map(({ style }) => style.font.name))]
  const alphas = [...new Set(placed.map(({ style }) => style.colour.alpha))]
  const content = placed.map((letters) => {
    const { style, x, baseline, codes, width, stretch } = letters
    const { size, colour } = style
    const y = page.height - down - baseline * scale
    const components = [colour.red, colour.green, colour.blue].map((value) => real(value / 255))
    const state = `/A${alphas.indexOf(colour.alpha)} gs ${components.join(' ')} rg`
    const font = `/F${fonts.indexOf(style.font.name)} ${real(size * scale)} Tf ${real(stretch * scale)} Tw`
    const text = `BT ${font} ${real(x * scale)} ${real(y)} Td <${Buffer.from(codes).toString('hex')}> Tj ET`
    const thick = UNDERLINE.thick * size * scale
    const low = y - UNDERLINE.from * size * scale - thick
    const line = `${real(x * scale)} ${real(low)} ${real(width * scale)} ${real(thick)} re f`
    return style.underline ? `${state} ${text} ${line}` : `${state} ${text}`
  })
  const stream = content.join('\n')
  const fontObjects = fonts.map((name) => {
    return `<</Type/Font/Subtype/Type1/BaseFont/${name}/Encoding/WinAnsiEncoding>>`
  })
  const named = fonts.map((_, index) => `/F${index} ${5 + index} 0 R`).join('')
  const states = alphas.map((alpha, index) => `/A${index}<</ca ${real(alpha / 255)}>>`).join('')
  return assemblePdf([
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${page.width} ${page.height}]/Contents 4 0 R/Resources<</Font<<${named}>>/ExtGState<<${states}>>>>>>`,
    `<</Length ${stream.length}>>stream\n${stream}\nendstream`,
    ...fontObjects,
  ])
}

function real(value: number): string {
  return value.toFixed(4)
}
