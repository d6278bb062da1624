import { attributeOf, childOf, childrenOf, type Element } from '../element.ts'
import { toPoints, toShare } from './measures.ts'

/** What a style says of something, such as of letters: attributes by their names without prefixes, and elements. */
export interface Properties {
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
}

/** The kinds of properties, by the elements that they are in. */
export type PropertiesKind =
  | 'text'
  | 'paragraph'
  | 'graphic'
  | 'table'
  | 'table-column'
  | 'table-row'
  | 'table-cell'
  | 'section'
  | 'drawing-page'
  | 'page-layout'
  | 'header-footer'
  | 'chart'

/** How something looks: what its style says, with those that it is based on. */
export type Look = Readonly<Partial<Record<PropertiesKind, Properties>>>

/** The styles of a part: of the content, or of master pages, which have some of their own. */
export interface OdfStyles {
  /** How something of a family looks; by default where there is no style of the name. */
  readonly look: (family: string, name: string | undefined) => Look
  /** The styles that one is based on, itself first. */
  readonly chain: (family: string, name: string | undefined) => readonly Element[]
  readonly listStyle: (name: string | undefined) => Element | undefined
  /** What has a name to be referred to by, such as a gradient, by its kind. */
  readonly named: (kind: string, name: string | undefined) => Element | undefined
  /** The name of a font, by what a document calls it. */
  readonly font: (name: string) => string
}

/** What the style of the numbers of headings is called among those of lists. */
export const OUTLINE = ' outline'

/** Styles that one is based on; more are a circle. */
const MOST_BASES = 30

const KINDS: ReadonlyMap<string, PropertiesKind> = new Map(
  (
    [
      'text',
      'paragraph',
      'graphic',
      'table',
      'table-column',
      'table-row',
      'table-cell',
      'section',
      'drawing-page',
      'page-layout',
      'header-footer',
      'chart',
    ] as const
  ).map((kind) => [`${kind}-properties`, kind]),
)

/** The attribute that says that letters have the colour that the window has for them. */
const OF_WINDOW = 'use-window-font-color'

/** Lays one look over another. */
export function joinLooks(under: Look, over: Look): Look {
  const joined: Partial<Record<PropertiesKind, Properties>> = { ...under }
  for (const [, kind] of KINDS) {
    const [one, other] = [under[kind], over[kind]]
    if (other !== undefined) joined[kind] = one === undefined ? other : joinProperties(one, other)
  }
  return joined
}

function joinProperties(under: Properties, over: Properties): Properties {
  const attributes = { ...under.attributes, ...over.attributes }
  // A size may be told as a share of that of what is below.
  const share = toShare(over.attributes['font-size'])
  if (share !== undefined) {
    const size = toPoints(under.attributes['font-size']) ?? 12
    attributes['font-size'] = `${size * share}pt`
  }
  // A colour that is told goes before that of the window, which is told below.
  if (over.attributes['color'] !== undefined && over.attributes[OF_WINDOW] === undefined) {
    delete attributes[OF_WINDOW]
  }
  const own = new Set(over.children.map(({ name }) => name))
  return {
    attributes,
    children: [...under.children.filter(({ name }) => !own.has(name)), ...over.children],
  }
}

/** The look that elements of properties within an element say. */
export function readLook(element: Element | undefined): Look {
  const look: Partial<Record<PropertiesKind, Properties>> = {}
  for (const child of element?.children ?? []) {
    const kind = KINDS.get(child.name)
    if (kind === undefined) continue
    const attributes: Record<string, string> = {}
    for (const [name, value] of Object.entries(child.attributes)) {
      attributes[name.slice(name.indexOf(':') + 1)] = value
    }
    look[kind] = { attributes, children: child.children }
  }
  return look
}

/** The value that a look has; undefined when it says nothing. */
export function valueOf(look: Look, kind: PropertiesKind, name: string): string | undefined {
  const attributes = look[kind]?.attributes
  return attributes !== undefined && Object.hasOwn(attributes, name) ? attributes[name] : undefined
}

/** An element among the properties of a look. */
export function partOf(look: Look, kind: PropertiesKind, name: string): Element | undefined {
  return childOf(look[kind], name)
}

/**
 * Reads styles (OpenDocument 1.3, part 3, 16).
 *
 * @param common - the part of those that are common
 * @param own - the part of what is to be drawn, which has some of its own
 */
export function createOdfStyles(common: Element | undefined, own: Element | undefined): OdfStyles {
  const styles = new Map<string, Element>()
  const lists = new Map<string, Element>()
  const named = new Map<string, Element>()
  const fonts = new Map<string, string>()
  const holders = [
    childOf(common, 'font-face-decls'),
    childOf(own, 'font-face-decls'),
    childOf(common, 'styles'),
    childOf(own, 'automatic-styles'),
  ]
  for (const element of holders.flatMap((holder) => holder?.children ?? [])) {
    const name = attributeOf(element, 'name') ?? ''
    const family = attributeOf(element, 'family') ?? ''
    if (element.name === 'style') styles.set(`${family} ${name}`, element)
    else if (element.name === 'default-style') styles.set(`${family} `, element)
    else if (element.name === 'list-style') lists.set(name, element)
    else if (element.name === 'outline-style') lists.set(OUTLINE, element)
    else if (element.name === 'font-face') fonts.set(name, familyOf(element) ?? name)
    else named.set(`${element.name} ${name}`, element)
  }
  const looks = new Map<string, Look>()

  function chain(family: string, name: string | undefined): readonly Element[] {
    const found: Element[] = []
    let style = name === undefined ? undefined : styles.get(`${family} ${name}`)
    while (style !== undefined && found.length < MOST_BASES && !found.includes(style)) {
      found.push(style)
      const parent = attributeOf(style, 'parent-style-name')
      style = parent === undefined ? undefined : findParent(family, parent)
    }
    return found
  }

  /** Styles of placeholders may be based on those of shapes. */
  function findParent(family: string, name: string): Element | undefined {
    return (
      styles.get(`${family} ${name}`) ??
      (family === 'presentation' ? styles.get(`graphic ${name}`) : undefined)
    )
  }

  return {
    chain,
    look(family, name) {
      const key = `${family} ${name ?? ''}`
      const known = looks.get(key)
      if (known !== undefined) return known
      const base = styles.get(`${family === 'presentation' ? 'graphic' : family} `)
      const look = chain(family, name)
        .toReversed()
        .reduce((sum, style) => joinLooks(sum, readLook(style)), readLook(base))
      looks.set(key, look)
      return look
    },
    listStyle: (name) => (name === undefined ? undefined : lists.get(name)),
    named: (kind, name) => (name === undefined ? undefined : named.get(`${kind} ${name}`)),
    font: (name) => fonts.get(name) ?? name,
  }
}

function familyOf(face: Element): string | undefined {
  const [first] = (attributeOf(face, 'font-family') ?? '').split(',')
  return first?.trim().replaceAll(/^['"]|['"]$/g, '') || undefined
}

/** The name of the font of letters; undefined when nothing is said. */
export function fontOf(look: Look, styles: OdfStyles): string | undefined {
  const name = valueOf(look, 'text', 'font-name')
  if (name !== undefined && name !== '') return styles.font(name)
  const [first] = (valueOf(look, 'text', 'font-family') ?? '').split(',')
  return first?.trim().replaceAll(/^['"]|['"]$/g, '') || undefined
}

/** The master pages of a document by their names, and the elements that say how pages are. */
export interface MasterPages {
  readonly first: Element | undefined
  readonly find: (name: string | undefined) => Element | undefined
  readonly layoutOf: (master: Element | undefined) => Element | undefined
}

function byName(list: readonly Element[], name: string | undefined): Element | undefined {
  return list.find((each) => name !== undefined && attributeOf(each, 'name') === name)
}

/** Reads the master pages of the part of styles. */
export function readMasterPages(common: Element | undefined): MasterPages {
  const masters = childrenOf(childOf(common, 'master-styles'), 'master-page')
  const layouts = ['automatic-styles', 'styles'].flatMap((holder) =>
    childrenOf(childOf(common, holder), 'page-layout'),
  )
  return {
    first: byName(masters, 'Standard') ?? byName(masters, 'Default') ?? masters[0],
    find: (name) => byName(masters, name),
    layoutOf: (master) => byName(layouts, attributeOf(master, 'page-layout-name')),
  }
}
