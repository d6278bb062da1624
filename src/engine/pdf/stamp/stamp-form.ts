import { writeDictionary, writeNumber } from './syntax.ts'
import type { Update } from './update.ts'

/** A text as the operators that draw it, in a font that readers of PDF have built in. */
interface TextInk {
  readonly kind: 'text'
  /** Between `BT` and `ET` and around them, with the font as `/F`. */
  readonly content: string
  /** The name of the font (ISO 32000-1, 9.6.2.2). */
  readonly font: string
}

/** A picture, which is drawn into the whole box. */
interface PictureInk {
  readonly kind: 'picture'
  /** In pixels. */
  readonly width: number
  readonly height: number
  /** 8-bit RGB, compressed by zlib. */
  readonly colours: Uint8Array
  /** How much each pixel covers of what is behind it, 8 bits compressed by zlib; undefined when all cover all. */
  readonly alpha?: Uint8Array | undefined
}

/** What is put on pages. */
export interface StampForm {
  readonly ink: TextInk | PictureInk
  /** What of it is seen, in units of its own. */
  readonly box: readonly [left: number, bottom: number, right: number, top: number]
  /** From 0 to 1. */
  readonly opacity: number
}

/** Adds the form that draws a stamp (ISO 32000-1, 8.10) and tells its number. */
export function addForm(update: Update, { ink, box, opacity }: StampForm): number {
  const state = writeNumber(opacity)
  const resources = new Map([['ExtGState', `<</G<</ca ${state}/CA ${state}>>>>`]])
  let content = '/G gs\n'
  if (ink.kind === 'text') {
    const font = `<</Type/Font/Subtype/Type1/BaseFont/${ink.font}/Encoding/WinAnsiEncoding>>`
    resources.set('Font', `<</F ${update.add(font)} 0 R>>`)
    content += ink.content
  } else {
    const [left, bottom, right, top] = box
    const place = [right - left, 0, 0, top - bottom, left, bottom].map(writeNumber).join(' ')
    resources.set('XObject', `<</P ${addPicture(update, ink)} 0 R>>`)
    content += `${place} cm\n/P Do`
  }
  const data = Buffer.from(content, 'latin1')
  const form = writeDictionary([
    ['Type', '/XObject'],
    ['Subtype', '/Form'],
    ['BBox', `[${box.map(writeNumber).join(' ')}]`],
    // Its parts cover each other before the whole is faded.
    ['Group', '<</S/Transparency>>'],
    ['Resources', writeDictionary(resources)],
    ['Length', String(data.length)],
  ])
  return update.add(form, data)
}

function addPicture(update: Update, ink: PictureInk): number {
  const facts = [
    ['Type', '/XObject'],
    ['Subtype', '/Image'],
    ['Width', String(ink.width)],
    ['Height', String(ink.height)],
    ['BitsPerComponent', '8'],
    ['Filter', '/FlateDecode'],
  ] as const
  const mask =
    ink.alpha &&
    update.add(
      writeDictionary([
        ...facts,
        ['ColorSpace', '/DeviceGray'],
        ['Length', String(ink.alpha.length)],
      ]),
      ink.alpha,
    )
  const picture = writeDictionary([
    ...facts,
    ['ColorSpace', '/DeviceRGB'],
    ...(mask === undefined ? [] : [['SMask', `${mask} 0 R`] as const]),
    ['Length', String(ink.colours.length)],
  ])
  return update.add(picture, ink.colours)
}
