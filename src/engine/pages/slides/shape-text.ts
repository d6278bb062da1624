import type { PageMark } from '../drawing/page.ts'
import type { DrawingTools } from './drawing-tools.ts'
import { masterStyle } from './drawing-tools.ts'
import { attributeOf, childOf, type Element } from './element.ts'
import { modelsOf, type TextClass, textClassOf } from './placeholders.ts'
import { readTextBox, setTextBox, type TextBoxLook } from './text/text-box.ts'
import { lettersStyle, type LevelStyle, listStyle } from './text/text-style.ts'

const MASTER_STYLES: Readonly<Record<TextClass, string>> = {
  title: 'titleStyle',
  body: 'bodyStyle',
  other: 'otherStyle',
}

/** The size of a box of text, in points. */
interface Size {
  readonly width: number
  readonly height: number
}

/**
 * Sets the text of a shape into a box.
 *
 * @returns marks whose places are those within the box, turned as its text is
 */
export function drawShapeText(shape: Element, box: Size, tools: DrawingTools): readonly PageMark[] {
  const body = childOf(shape, 'txBody')
  if (body === undefined) return []
  const models = modelsOf(shape, tools).map((model) => childOf(model.shape, 'txBody'))
  const bodies = [body, ...models].filter((each) => each !== undefined)
  const properties = bodies.map((each) => childOf(each, 'bodyPr')).filter((each) => each !== undefined)
  const textClass = textClassOf(shape)
  const styles = [
    ...bodies.map((each) => listStyle(childOf(each, 'lstStyle'))),
    ...fontReference(childOf(childOf(shape, 'style'), 'fontRef')),
    ...(textClass === undefined ? [] : [masterStyle(tools, MASTER_STYLES[textClass])]),
    listStyle(tools.deck.textStyle),
  ]
  return drawText(body, { look: readTextBox(properties), styles, box }, tools)
}

/** Sets a text into a box, see {@link drawShapeText}. */
export function drawText(
  body: Element,
  {
    look,
    styles,
    box,
  }: { readonly look: TextBoxLook; readonly styles: readonly LevelStyle[]; readonly box: Size },
  tools: DrawingTools,
): readonly PageMark[] {
  const { fonts, theme, part, slideNumber } = tools
  const { width, height } = box
  const context = { context: part, theme, styles, slideNumber }
  const inner = look.turned === 0 ? box : { width: height, height: width }
  const { marks } = setTextBox(body, look, inner, { fonts, context })
  if (marks.length === 0 || look.turned === 0) return marks
  const matrix = look.turned === 90 ? ([0, 1, -1, 0, width, 0] as const) : ([0, -1, 1, 0, 0, height] as const)
  return [{ kind: 'group', matrix, marks }]
}

/** What a style says of letters. */
function fontReference(reference: Element | undefined): LevelStyle[] {
  if (reference === undefined) return []
  const index = attributeOf(reference, 'idx')
  const name = index === 'major' ? '+mj-lt' : '+mn-lt'
  const font: Element = { name: 'latin', attributes: { typeface: name }, children: [], text: '' }
  const fill: Element = { name: 'solidFill', attributes: {}, children: reference.children, text: '' }
  return [
    lettersStyle({}, [
      ...(index === 'none' ? [] : [font]),
      ...(reference.children.length === 0 ? [] : [fill]),
    ]),
  ]
}
