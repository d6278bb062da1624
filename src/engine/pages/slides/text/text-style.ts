import { childOf, type Element } from '../../element.ts'
import { makeElement } from '../make-element.ts'

/** What says how paragraphs of a level look, 0 the first: an element such as `lvl1pPr`. */
export type LevelStyle = (level: number) => Element | undefined

/** The styles of a list, such as those of a shape or of a master's titles. */
export function listStyle(list: Element | undefined): LevelStyle {
  return (level) => childOf(list, `lvl${level + 1}pPr`) ?? childOf(list, 'defPPr')
}

/** A style of every level, whose letters look as elements within a `defRPr` say. */
export function lettersStyle(
  attributes: Element['attributes'],
  children: readonly Element[],
): LevelStyle {
  const letters = makeElement('defRPr', attributes, children)
  const style = makeElement('pPr', {}, [letters])
  return () => style
}
