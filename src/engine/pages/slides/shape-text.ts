import type { PageMark } from '../drawing/page.ts'
import { attributeOf, childOf, type Element } from '../element.ts'
import type { DrawingTools } from './drawing-tools.ts'
import { masterStyle } from './drawing-tools.ts'
import { makeElement } from './make-element.ts'
import { modelsOf, type TextClass, textClassOf } from './placeholders.ts'
import { readTextBox, setTextBox } from './text/text-box.ts'
import { type LevelStyle, lettersStyle, listStyle } from './text/text-style.ts'

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
  const properties = bodies
    .map((each) => childOf(each, 'bodyPr'))
    .filter((each) => each !== undefined)
  const textClass = textClassOf(shape)
  const styles = [
    ...bodies.map((each) => listStyle(childOf(each, 'lstStyle'))),
    ...fontReference(childOf(childOf(shape, 'style'), 'fontRef')),
    ...(textClass === undefined ? [] : [masterStyle(tools, MASTER_STYLES[textClass])]),
    listStyle(tools.deck.textStyle),
  ]
  const { fonts, theme, part, slideNumber } = tools
  const context = { context: part, theme, styles, slideNumber }
  return setTextBox(body, readTextBox(properties), box, { fonts, context }).marks
}

/** What a style says of letters. */
function fontReference(reference: Element | undefined): LevelStyle[] {
  if (reference === undefined) return []
  const index = attributeOf(reference, 'idx')
  const name = index === 'major' ? '+mj-lt' : '+mn-lt'
  const font = makeElement('latin', { typeface: name })
  const fill = makeElement('solidFill', {}, reference.children)
  return [
    lettersStyle({}, [
      ...(index === 'none' ? [] : [font]),
      ...(reference.children.length === 0 ? [] : [fill]),
    ]),
  ]
}
