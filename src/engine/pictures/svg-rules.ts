import { judge, type Screen } from './svg-conditions.ts'
import { nestSelectors, type ToldSelector } from './svg-selectors.ts'
import {
  type Declaration,
  readDeclaration,
  readStatements,
  type Statement,
} from './svg-statements.ts'

/** What begins with an `@` and has rules that are read, or says nothing of elements. */
const READ: ReadonlySet<string> = new Set([
  'layer',
  'media',
  'supports',
  'charset',
  'namespace',
  'property',
])

/** Rules within each other, and conditions and layers, are no deeper. */
const DEEPEST = 8

/** A rule with one selector. */
export interface Rule extends ToldSelector {
  /** Of which layers within each other it is, by their numbers in the order in which they are named; none for what is in no layer. */
  readonly layers: readonly number[]
  readonly declarations: readonly Declaration[]
}

/** The layers that are named within one, which has a number among those beside it. */
interface Layer {
  readonly number: number
  readonly within: Map<string, Layer>
}

/** Where a rule stands. */
interface Place {
  /** The selectors of the rule that it is in. */
  readonly outer: readonly ToldSelector[] | undefined
  readonly layers: readonly Layer[]
  readonly depth: number
}

/**
 * Reads the rules of style sheets, those that are within others, in layers, or under conditions that are true of a picture on a screen
 * among them (CSS Nesting 1, CSS Cascading and Inheritance 5). What else begins with an `@` is left out.
 */
export function readRules(sheets: readonly string[], screen: Screen): Rule[] {
  const root: Layer = { number: 0, within: new Map() }
  const rules: Rule[] = []

  function layersOf(name: string, outer: readonly Layer[]): readonly Layer[] {
    const found = [...outer]
    for (const part of name.split('.')) {
      const { within } = found.at(-1) ?? root
      // Those without a name are each another.
      const key = part === '' ? ` ${within.size}` : part
      const layer = within.get(key) ?? { number: within.size, within: new Map<string, Layer>() }
      within.set(key, layer)
      found.push(layer)
    }
    return found
  }

  function readAt({ head, body }: Statement, place: Place): void {
    const [, name = '', said = ''] = /^@([\w-]+)\s*([^]*)$/.exec(head) ?? []
    if (name.toLowerCase() === 'layer') {
      if (body === undefined) {
        for (const each of said.split(',')) layersOf(each.trim(), place.layers)
      } else read(body, { ...place, layers: layersOf(said.trim(), place.layers) })
    } else if (body !== undefined && judge(name, said, screen) === true) read(body, place)
  }

  function read(css: string, { outer, layers, depth }: Place): void {
    if (depth > DEEPEST) return
    const place = { outer, layers, depth: depth + 1 }
    const numbers = layers.map(({ number }) => number)
    let declarations: Declaration[] = []
    for (const statement of readStatements(css)) {
      const declaration = outer && readDeclaration(statement)
      if (declaration === undefined) declarations = []
      else if (declarations.push(declaration) === 1) {
        for (const selector of outer ?? [])
          rules.push({ ...selector, layers: numbers, declarations })
      }
      if (declaration !== undefined) continue
      if (statement.head.startsWith('@')) readAt(statement, place)
      else if (statement.body !== undefined) {
        read(statement.body, { ...place, outer: nestSelectors(statement.head, outer) })
      }
    }
  }

  for (const sheet of sheets) read(sheet, { outer: undefined, layers: [], depth: 0 })
  return rules
}

/** Reads the declarations of an attribute `style`. */
export function readStyle(style: string): readonly Declaration[] {
  return readStatements(style).flatMap((statement) => readDeclaration(statement) ?? [])
}

/** The values that sheets say variables have where nothing declares them (CSS Properties and Values API 1). */
export function readInitialValues(sheets: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  for (const { head, body = '' } of sheets.flatMap(readStatements)) {
    const [, name] = /^@property\s+(--\S+)$/i.exec(head) ?? []
    const initial = readStyle(body).find(({ property }) => property === 'initial-value')
    if (name !== undefined && initial !== undefined) values.set(name, initial.value)
  }
  return values
}

/** What a sheet has beside rules, layers and conditions: fonts, animations and other sheets. */
export function withoutRules(sheet: string): string {
  return readStatements(sheet)
    .filter(({ head }) => {
      const [, name = ''] = /^@([\w-]+)/.exec(head) ?? []
      return name !== '' && !READ.has(name.toLowerCase())
    })
    .map(({ head, body }) => (body === undefined ? `${head};` : `${head}{${body}}`))
    .join('')
}
