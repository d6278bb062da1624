import { type Document, type Element, isCDATA, isTag } from 'domhandler'
import { DomUtils } from 'htmlparser2'
import { judge, type Screen } from './svg-conditions.ts'
import { decodeText, localName } from './svg-document.ts'
import { readRules, readStyle, type Rule } from './svg-rules.ts'
import { select } from './svg-selectors.ts'
import { hasVariables } from './what-svg-has.ts'

/** The most elements of a drawing of which each is matched against each rule. */
const MOST_ELEMENTS = 50_000

/** The most rules, likewise. */
const MOST_RULES = 2000

/** Deeper within each other nobody writes layers. */
const MOST_LAYERS = 4

/** A declaration, and how much it counts beside others of its property: the parts from the first on. */
interface Weighed {
  readonly property: string
  readonly value: string
  readonly weight: readonly number[]
}

/** What counts of all that is declared of an element, by properties. Variables are among them. */
export type Declared = ReadonlyMap<string, string>

/**
 * Finds what is declared of each element of a drawing by rules and by attributes, as far as it counts (CSS Cascading and Inheritance 5,
 * section 6). Of attributes that are no `style` those with variables are told alone: others stand where they are.
 *
 * @returns undefined when it has more elements or rules than can be matched
 */
export function cascade(
  document: Document,
  screen: Screen,
): ReadonlyMap<Element, Declared> | undefined {
  const elements = DomUtils.filter(isTag, document).filter(isTag)
  const rules = readRules(sheetsOf(document, screen), screen)
  if (elements.length > MOST_ELEMENTS || rules.length > MOST_RULES) return undefined
  const all = new Map(elements.map((element) => [element, readAttributes(element)]))
  for (const [order, rule] of rules.entries()) {
    for (const element of select(rule.text, document)) {
      const own = all.get(element)
      for (const { property, value, isImportant } of rule.declarations)
        own?.push({ property, value, weight: weigh(rule, order, isImportant) })
    }
  }
  return new Map([...all].map(([element, weighed]) => [element, pickWinners(weighed)]))
}

/** The style sheets of a drawing that are for such a screen. */
export function sheetsOf(document: Document, screen: Screen): string[] {
  return DomUtils.filter(isTag, document)
    .filter(isTag)
    .filter((element) => localName(element) === 'style' && isFor(screen, element))
    .map((element) => textOf(element))
}

function isFor(screen: Screen, { attribs }: Element): boolean {
  const { media = '', type = '' } = attribs
  const isCss = type === '' || type.trim().toLowerCase() === 'text/css'
  return isCss && judge('media', media, screen) === true
}

/** The text of a sheet, which may stand in a section of characters, in which nothing is escaped. */
export function textOf(element: Element): string {
  const text = DomUtils.textContent(element)
  return element.children.some(isCDATA) ? text : decodeText(text)
}

/** Whether a declaration is important, is in an attribute, its layers, and what its selector counts; the last one wins. */
function weigh({ layers, specificity }: Rule, order: number, isImportant: boolean): number[] {
  // What is in no layer counts more than what is, and less where it is important.
  const within = Array.from({ length: MOST_LAYERS }, (_, depth) => {
    const number = layers[depth] ?? Number.MAX_SAFE_INTEGER
    return isImportant ? -number : number
  })
  return [isImportant ? 1 : 0, 0, ...within, ...specificity, order]
}

/** Attributes count less than any rule, and the attribute `style` more. */
function readAttributes({ attribs }: Element): Weighed[] {
  const attributes = Object.entries(attribs)
    .filter(([name, value]) => name !== 'style' && hasVariables(value))
    .map(([property, value]) => ({ property, value: decodeText(value), weight: [-1] }))
  const { style } = attribs
  if (style === undefined) return attributes
  const styled = readStyle(decodeText(style)).map(({ property, value, isImportant }, order) => ({
    property,
    value,
    weight: [isImportant ? 1 : 0, 1, order],
  }))
  return [...attributes, ...styled]
}

function pickWinners(all: readonly Weighed[]): Declared {
  const winners = new Map<string, Weighed>()
  for (const each of all) {
    const other = winners.get(each.property)
    if (other !== undefined && compare(each.weight, other.weight) < 0) continue
    // In the order in which they count, since one may be for several.
    winners.delete(each.property)
    winners.set(each.property, each)
  }
  return new Map([...winners.values()].map(({ property, value }) => [property, value]))
}

function compare(one: readonly number[], other: readonly number[]): number {
  for (let index = 0; index < Math.max(one.length, other.length); index += 1) {
    const difference = (one[index] ?? 0) - (other[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
