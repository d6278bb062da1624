import type { Page, PageMark } from '../../../src/engine/pages/drawing/page.ts'
import type { LetterColour } from '../../../src/engine/typesetting/text-content.ts'

/** A piece of text as it stands on a page, in whole points. */
export interface DrawnText {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly size: number
  readonly font: string
  readonly colour: string
}

/** A box as it stands on a page, in whole points: filled, or a picture. */
export interface DrawnBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** The colour as hexadecimal digits, or the name of a picture. */
  readonly fill: string
}

interface Drawn {
  readonly texts: readonly DrawnText[]
  readonly boxes: readonly DrawnBox[]
}

/** Tells what is on a page, groups being moved only. */
export function drawnOn({ marks }: Pick<Page, 'marks'>): Drawn {
  const texts: DrawnText[] = []
  const boxes: DrawnBox[] = []
  collect(marks, 0, 0, { texts, boxes })
  return { texts, boxes }
}

/** The lines of a page from the top, with their pieces between blanks. */
export function linesOf(page: Pick<Page, 'marks'>): readonly string[] {
  const lines = Map.groupBy(drawnOn(page).texts, ({ y }) => y)
  return [...lines]
    .toSorted(([a], [b]) => a - b)
    .map(([, texts]) =>
      texts
        .toSorted((a, b) => a.x - b.x)
        .map(({ text }) => text)
        .join(' '),
    )
}

function collect(
  marks: readonly PageMark[],
  dx: number,
  dy: number,
  into: { readonly texts: DrawnText[]; readonly boxes: DrawnBox[] },
): void {
  for (const mark of marks) {
    if (mark.kind === 'group') {
      const [, , , , x = 0, y = 0] = mark.matrix ?? []
      collect(mark.marks, dx + x, dy + y, into)
    } else if (mark.kind === 'text') {
      const [first] = mark.glyphs
      into.texts.push({
        text: mark.glyphs.map(({ letters }) => letters).join(''),
        x: Math.round((first?.x ?? 0) + dx),
        y: Math.round((first?.y ?? 0) + dy),
        size: Math.round(mark.size.y * 10) / 10,
        font: mark.font.replace(/.*\//, '').replace(/\.ttf$/, ''),
        colour: hex(mark.colour),
      })
    } else if (mark.kind === 'picture') {
      into.boxes.push({ ...whole(mark, dx, dy), fill: mark.name })
    } else if (mark.fill !== undefined && 'red' in mark.fill) {
      const xs = mark.path.steps.flatMap((step) =>
        step[0] === 'M' || step[0] === 'L' ? [step[1]] : [],
      )
      const ys = mark.path.steps.flatMap((step) =>
        step[0] === 'M' || step[0] === 'L' ? [step[2]] : [],
      )
      const [x, y] = [Math.min(...xs), Math.min(...ys)]
      const box = { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
      into.boxes.push({ ...whole(box, dx, dy), fill: hex(mark.fill) })
    }
  }
}

function whole(
  { x, y, width, height }: Omit<DrawnBox, 'fill'>,
  dx: number,
  dy: number,
): Omit<DrawnBox, 'fill'> {
  return {
    x: Math.round(x + dx),
    y: Math.round(y + dy),
    width: Math.round(width),
    height: Math.round(height),
  }
}

function hex({ red, green, blue }: LetterColour): string {
  return Buffer.from([red, green, blue]).toString('hex')
}
