import { selectAll } from 'css-select'
import * as css from 'css-tree'
import { type ChildNode, type Document, type Element, isTag } from 'domhandler'
import { DomUtils } from 'htmlparser2'
import { localName } from './svg-document.ts'
import { splitOutside } from './svg-styles.ts'

/** How much a selector counts: identifiers before classes before types (Selectors Level 4, section 17). */
export type Specificity = readonly [ids: number, classes: number, types: number]

/** The longest selector within which there are others, in characters. */
const LONGEST = 2000

const NOTHING: Specificity = [0, 0, 0]

/** Pseudo-classes that count as much as the selector among theirs that counts most; `:where` counts nothing. */
const OF_THEIRS: ReadonlySet<string> = new Set(['is', 'matches', 'not', 'has'])

/** The parts of a selector that count alike, whatever they say. */
const PLAIN: Partial<Readonly<Record<css.CssNode['type'], Specificity>>> = {
  IdSelector: [1, 0, 0],
  ClassSelector: [0, 1, 0],
  AttributeSelector: [0, 1, 0],
  PseudoElementSelector: [0, 0, 1],
}

/** Tells how much a selector counts. */
function specificityOf(selector: css.CssNode): Specificity {
  const plain = PLAIN[selector.type]
  if (plain !== undefined) return plain
  if (selector.type === 'TypeSelector') return selector.name.endsWith('*') ? NOTHING : [0, 0, 1]
  if (selector.type === 'Selector') return sum([...selector.children].map(specificityOf))
  if (selector.type === 'SelectorList') return mostOf([...selector.children])
  if (selector.type === 'Nth') return mostOf(selector.selector ? [selector.selector] : [])
  if (selector.type !== 'PseudoClassSelector') return NOTHING
  const name = selector.name.toLowerCase()
  if (name === 'where') return NOTHING
  const most = mostOf([...(selector.children ?? [])])
  return OF_THEIRS.has(name) ? most : sum([[0, 1, 0], name.startsWith('nth-') ? most : NOTHING])
}

/** As much as counts most of several selectors. */
function mostOf(selectors: readonly css.CssNode[]): Specificity {
  return selectors.map(specificityOf).toSorted(compare).at(-1) ?? NOTHING
}

function sum(parts: readonly Specificity[]): Specificity {
  return parts.reduce<Specificity>(
    ([ids, classes, types], part) => [ids + part[0], classes + part[1], types + part[2]],
    NOTHING,
  )
}

function compare(one: Specificity, other: Specificity): number {
  return one[0] - other[0] || one[1] - other[1] || one[2] - other[2]
}

/** A selector as it is written, and how much it counts. */
export interface ToldSelector {
  readonly text: string
  readonly specificity: Specificity
}

/**
 * The selectors of a rule, each with those of the rule that it is in (CSS Nesting): what has no `&` is within what that means.
 *
 * @param list - as the rule has it
 * @param outer - those of the rule that it is in
 * @returns none when nobody knows what they mean
 */
export function nestSelectors(
  list: string,
  outer: readonly ToldSelector[] | undefined,
): ToldSelector[] {
  // Each has all of those around it, which may be many times as many at each depth.
  if (outer?.some(({ text }) => text.length > LONGEST)) return []
  const parsed = parseSelectors(list)
  const counted = ofThose(outer)
  const all = outer === undefined ? ':root' : `:is(${outer.map(({ text }) => text).join()})`
  return parsed.map(({ text, specificity }) => {
    const times = text.split('&').length - 1
    const isWithin = times === 0 && outer !== undefined
    return {
      text: isWithin ? `${all} ${text}` : text.replaceAll('&', all),
      specificity: sum([
        specificity,
        ...Array.from({ length: isWithin ? 1 : times }, () => counted),
      ]),
    }
  })
}

/** As much as counts most of several. */
function ofThose(selectors: readonly ToldSelector[] = []): Specificity {
  return (
    selectors
      .map(({ specificity }) => specificity)
      .toSorted(compare)
      .at(-1) ?? NOTHING
  )
}

function parseSelectors(list: string): readonly ToldSelector[] {
  return splitOutside(list, ',').flatMap((part): ToldSelector[] => {
    const text = withoutPrefixes(part.trim())
    try {
      const tree = css.parse(text, { context: 'selector', onParseError: refuse })
      return [{ text, specificity: specificityOf(tree) }]
    } catch {
      return []
    }
  })
}

function refuse(error: Error): void {
  throw error
}

/** Namespaces that a selector names are taken for that of the drawing. */
function withoutPrefixes(selector: string): string {
  return selector.replaceAll(/(^|[\s>+~,(])(?:[\w-]+|\*)?\|(?=[\w*-])/g, '$1')
}

/** The elements that a selector means; none when nobody knows what it means. */
export function select(selector: string, document: Document): readonly Element[] {
  try {
    return selectAll<ChildNode | Document, Element>(selector, document, {
      xmlMode: true,
      adapter: { ...DomUtils, isTag, getName: localName },
    })
  } catch {
    return []
  }
}
