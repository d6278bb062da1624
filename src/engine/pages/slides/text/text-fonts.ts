import { attributeOf, type Element } from '../../element.ts'
import type { Theme, ThemeFont } from '../theme.ts'

/** Fonts of a theme, by what stands for them (ECMA-376, part 1, 20.1.4.1.16). */
const OF_THEME: ReadonlyMap<
  string,
  readonly [font: keyof Theme['fonts'], script: keyof ThemeFont]
> = new Map([
  ['+mj-lt', ['major', 'latin']],
  ['+mn-lt', ['minor', 'latin']],
  ['+mj-ea', ['major', 'eastAsian']],
  ['+mn-ea', ['minor', 'eastAsian']],
  ['+mj-cs', ['major', 'complex']],
  ['+mn-cs', ['minor', 'complex']],
])

/** The name of the font that an element names; undefined when it names none. */
export function fontNamed(element: Element | undefined, theme: Theme): string | undefined {
  const name = attributeOf(element, 'typeface')
  if (name === undefined || name === '') return undefined
  const [font, script] = OF_THEME.get(name) ?? []
  return font === undefined || script === undefined ? name : theme.fonts[font][script]
}
