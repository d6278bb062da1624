import { deflateSync } from 'node:zlib'
import { toNumber } from './number.ts'
import { type PageResources, writeContents } from './page-contents.ts'
import { openPageFont, type PageFont } from './page-fonts.ts'
import {
  MISSING_PICTURE,
  type PagePicture,
  PICTURE_OBJECTS,
  writePicture,
} from './page-pictures.ts'
import { writeShading } from './page-shadings.ts'
import type { Gradient, Page } from './page.ts'
import { assemblePdf, type PdfObjects, toBytes, toStream } from './pdf-objects.ts'

/** Pages as objects of a PDF file, but for the pictures on them, and the names of those. */
export interface WrittenPages {
  readonly objects: PdfObjects
  /** The number of the first object that each picture has. */
  readonly pictures: ReadonlyMap<string, number>
}

/** The shortest and the longest side of a page, in points; the latter is what PDF knows. */
const SHORTEST_SIDE = 1
const LONGEST_SIDE = 14_400

/** As many marks are drawn on a page, glyphs and steps of paths counted. */
const MOST_MARKS = 500_000

/** Before the objects of pages there are the catalogue, the list of pages, and what all of them refer to. */
const RESOURCES = 3

/** Writes pages as they stand in a PDF file, with all that is on them but the pictures. */
export function writePages(pages: readonly Page[]): WrittenPages {
  const objects: (Buffer | undefined)[] = [toBytes('<</Type/Catalog/Pages 2 0 R>>')]
  objects.length = RESOURCES
  const add = (object: Buffer): number => objects.push(object)
  const fonts = new Map<string, PageFont & { readonly name: string }>()
  const names = new Map<string, number>()
  const shadings: string[] = []
  const opacities = new Set<string>()

  const resources: PageResources = {
    font({ font, glyphs }) {
      const known = fonts.get(font)
      const opened = known ?? { ...openPageFont(font), name: `F${fonts.size}` }
      if (known === undefined) fonts.set(font, opened)
      opened.learn(glyphs)
      return opened
    },
    picture(name) {
      const number = names.get(name) ?? names.size
      names.set(name, number)
      return `P${number}`
    },
    shading: (gradient: Gradient) => `S${shadings.push(writeShading(gradient)) - 1}`,
    opacity(opacity) {
      const written = toNumber(opacity)
      opacities.add(written)
      return `G${written}`
    },
  }

  const kids = pages.map((page) => {
    const [width, height] = [page.width, page.height].map(toSide)
    const content = toBytes(writeContents(page, resources, MOST_MARKS))
    const contents = add(toStream('/Filter/FlateDecode', deflateSync(content, { level: 1 })))
    return add(
      toBytes(
        `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${width} ${height}]/Resources ${RESOURCES} 0 R/Contents ${contents} 0 R>>`,
      ),
    )
  })
  const fontNumbers = Array.from(fonts.values(), (font) => {
    const first = objects.length + 1
    objects.push(...font.write(first))
    return first
  })
  const pictures = new Map(
    Array.from(names.keys(), (name) => {
      const first = objects.length + 1
      objects.length += PICTURE_OBJECTS
      return [name, first] as const
    }),
  )
  const list = kids.map((each) => `${each} 0 R`).join(' ')
  objects[1] = toBytes(`<</Type/Pages/Kids[${list}]/Count ${kids.length}>>`)
  objects[RESOURCES - 1] = toBytes(
    `<</Font<<${references('F', fontNumbers)}>>/XObject<<${references('P', pictures.values())}>>/Shading<<${shadings
      .map((each, index) => `/S${index} ${each}`)
      .join(
        '',
      )}>>/ExtGState<<${Array.from(opacities, (each) => `/G${each}<</ca ${each}/CA ${each}>>`).join('')}>>>>`,
  )
  return { objects, pictures }
}

/**
 * Puts pages and the pictures on them together to a PDF file. A picture that is missing is a grey box.
 *
 * @param pictures - by the names that pages know them by
 */
export function finishPages(
  { objects, pictures: places }: WrittenPages,
  pictures: ReadonlyMap<string, PagePicture>,
): Buffer {
  const finished = [...objects]
  for (const [name, first] of places) {
    const picture = pictures.get(name)
    const written = picture === undefined ? MISSING_PICTURE : writePicture(picture, first)
    for (const [index, object] of written.entries()) finished[first - 1 + index] = object
  }
  return assemblePdf(finished)
}

function references(letter: string, numbers: Iterable<number>): string {
  return Array.from(numbers, (number, index) => `/${letter}${index} ${number} 0 R`).join('')
}

function toSide(length: number): string {
  return toNumber(Math.min(LONGEST_SIDE, Math.max(SHORTEST_SIDE, length)))
}
