import { selectAll } from 'css-select'
import * as css from 'css-tree'
import { type ChildNode, type Document, type Element, isTag } from 'domhandler'
import { DomUtils } from 'htmlparser2'
import { parseSvg, printSvg } from './svg-document.ts'
import { endOfBrackets } from './svg-styles.ts'
import { hasVariables } from './what-svg-has.ts'

/** The most elements of a drawing of which each is matched against each rule. */
const MOST_ELEMENTS = 50_000

/** The most rules, likewise. */
const MOST_RULES = 2000

/** The longest value that comes of variables within variables, in characters. */
const LONGEST_VALUE = 10_000

/** A declaration, and how much it counts beside others of its property: the parts from the first on. */
interface Declared {
  readonly property: string
  readonly value: string
  readonly weight: readonly number[]
}

/** Values by the names of variables, which begin with two hyphens. */
type Variables = ReadonlyMap<string, string>

/**
 * Puts values in the place of variables (CSS Custom Properties Level 1), of which librsvg knows nothing: what has none would be
 * black. Rules that count under conditions alone, such as `@media`, are left out.
 *
 * @returns the drawing, as it was when it has more elements or rules than can be matched
 */
export function resolveVariables(svg: string): string {
  const document = parseSvg(svg)
  const declared = collectDeclarations(document)
  if (declared === undefined) return svg
  for (const child of document.children) resolveIn(child, new Map(), declared)
  return printSvg(document)
}

/** What rules and attributes declare of each element; undefined when that is too much. */
function collectDeclarations(document: Document): Map<Element, Declared[]> | undefined {
  const elements = DomUtils.filter(isTag, document).filter(isTag)
  const rules = elements
    .filter((element) => localName(element) === 'style')
    .flatMap((element) => readRules(DomUtils.textContent(element)))
  if (elements.length > MOST_ELEMENTS || rules.length > MOST_RULES) return undefined
  const declared = new Map(elements.map((element) => [element, readAttributes(element)]))
  for (const [order, { selector, specificity, declarations }] of rules.entries()) {
    for (const element of select(selector, document)) {
      const own = declared.get(element)
      for (const { property, value, isImportant } of declarations) {
        const weight = [isImportant ? 1 : 0, 0, ...specificity, order]
        own?.push({ property, value, weight })
      }
    }
  }
  return declared
}

function localName({ name }: Element): string {
  return name.slice(name.indexOf(':') + 1)
}

interface Rule {
  readonly selector: string
  readonly specificity: readonly [ids: number, classes: number, types: number]
  readonly declarations: readonly {
    readonly property: string
    readonly value: string
    readonly isImportant: boolean
  }[]
}

function readRules(sheet: string): Rule[] {
  const rules: Rule[] = []
  const tree = css.parse(sheet, { parseValue: false, parseCustomProperty: false })
  if (tree.type !== 'StyleSheet') return rules
  for (const rule of tree.children) {
    if (rule.type !== 'Rule' || rule.prelude.type !== 'SelectorList') continue
    const declarations = readDeclarations(rule.block)
    for (const selector of rule.prelude.children) {
      rules.push({
        selector: css.generate(selector),
        specificity: specificityOf(selector),
        declarations,
      })
    }
  }
  return rules
}

function readDeclarations(block: css.Block | css.DeclarationList): Rule['declarations'] {
  return [...block.children].flatMap((each) =>
    each.type === 'Declaration'
      ? {
          property: each.property.startsWith('--') ? each.property : each.property.toLowerCase(),
          value: css.generate(each.value).trim(),
          isImportant: each.important !== false,
        }
      : [],
  )
}

/** Selectors Level 4, section 17. */
function specificityOf(selector: css.CssNode): Rule['specificity'] {
  const counts: [number, number, number] = [0, 0, 0]
  css.walk(selector, ({ type }) => {
    if (type === 'IdSelector') counts[0] += 1
    else if (['ClassSelector', 'AttributeSelector', 'PseudoClassSelector'].includes(type)) {
      counts[1] += 1
    } else if (type === 'TypeSelector' || type === 'PseudoElementSelector') counts[2] += 1
  })
  return counts
}

/** The elements that a selector means; none when nobody knows what it means. */
function select(selector: string, document: Document): readonly Element[] {
  try {
    return selectAll<ChildNode | Document, Element>(selector, document, {
      xmlMode: true,
      adapter: { ...DomUtils, isTag },
    })
  } catch {
    return []
  }
}

/** Attributes count less than any rule, and the attribute `style` more. */
function readAttributes({ attribs }: Element): Declared[] {
  const attributes = Object.entries(attribs)
    .filter(([name, value]) => name !== 'style' && hasVariables(value))
    .map(([property, value]) => ({ property, value, weight: [-1] }))
  const { style } = attribs
  if (style === undefined) return attributes
  const list = css.parse(style, {
    context: 'declarationList',
    parseValue: false,
    parseCustomProperty: false,
  })
  if (list.type !== 'DeclarationList') return attributes
  const styled = readDeclarations(list).map(({ property, value, isImportant }, order) => ({
    property,
    value,
    weight: [isImportant ? 1 : 0, 1, 0, 0, 0, order],
  }))
  return [...attributes, ...styled]
}

/** Puts values into an element and those in it, which have its variables. */
function resolveIn(
  node: ChildNode,
  inherited: Variables,
  declared: ReadonlyMap<Element, readonly Declared[]>,
): void {
  if (!isTag(node)) return
  const winners = new Map<string, Declared>()
  for (const each of declared.get(node) ?? []) {
    const other = winners.get(each.property)
    if (other === undefined || compare(each.weight, other.weight) >= 0)
      winners.set(each.property, each)
  }
  const own = [...winners.values()]
  const variables = defineVariables(own, inherited)
  const resolved = own
    .filter(({ property, value }) => !property.startsWith('--') && hasVariables(value))
    .flatMap(({ property, value }) => {
      const result = substitute(value, (name) => variables.get(name))
      return result === undefined ? [] : [`${property}:${result}`]
    })
  if (resolved.length > 0) {
    const { style = '' } = node.attribs
    node.attribs['style'] = [style.replace(/;\s*$/, ''), ...resolved]
      .filter((part) => part !== '')
      .join(';')
      .replaceAll('"', "'")
  }
  for (const child of node.children) resolveIn(child, variables, declared)
}

/** The variables that an element has: its own, which may be made of others of it, and those of what it is in. */
function defineVariables(own: readonly Declared[], inherited: Variables): Variables {
  const told = new Map(
    own
      .filter(({ property }) => property.startsWith('--'))
      .map((each) => [each.property, each.value]),
  )
  if (told.size === 0) return inherited
  const all = new Map(inherited)
  const open = new Set<string>()
  const define = (name: string): string | undefined => {
    const value = told.get(name)
    if (value === undefined) return all.get(name)
    // What is made of itself has no value, nor has what is made of that.
    if (open.has(name)) return undefined
    open.add(name)
    const result = substitute(value, define)
    told.delete(name)
    if (result === undefined) all.delete(name)
    else all.set(name, result)
    return result
  }
  // Whoever is defined is none of them any more.
  for (const name of Array.from(told.keys())) define(name)
  return all
}

function compare(one: readonly number[], other: readonly number[]): number {
  for (let index = 0; index < Math.max(one.length, other.length); index += 1) {
    const difference = (one[index] ?? 0) - (other[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/**
 * A value with those of variables in their place.
 *
 * @returns undefined when a variable has no value and nothing is said that stands for it
 */
function substitute(
  value: string,
  valueOf: (name: string) => string | undefined,
): string | undefined {
  let result = ''
  let rest = value
  for (;;) {
    const start = rest.search(/var\(\s*--/)
    if (start === -1) break
    const inside = start + 'var('.length
    const end = endOfBrackets(rest, inside)
    if (end === undefined) return undefined
    const [, name = '', otherwise] =
      /^\s*(--[^\s,)]+)\s*(?:,([^]*))?$/.exec(rest.slice(inside, end)) ?? []
    const used =
      valueOf(name) ?? (otherwise === undefined ? undefined : substitute(otherwise, valueOf))
    if (used === undefined) return undefined
    result += rest.slice(0, start) + used.trim()
    rest = rest.slice(end + 1)
    if (result.length > LONGEST_VALUE) return undefined
  }
  return result + rest
}
