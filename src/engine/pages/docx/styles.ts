import { addTo } from '../../../packages/limited-list.ts'
import { attributeOf, childOf, childrenOf, type Element } from '../element.ts'
import { joinTabs, type ParagraphLook, readParagraphLook } from './paragraph-look.ts'
import { type RunLook, readRunLook, type ThemeFonts } from './run-look.ts'

/** How something looks by its style. */
export interface StyleLook {
  readonly run: RunLook
  readonly paragraph: ParagraphLook
}

/** The styles of a document. */
export interface Styles {
  /** How all looks. */
  readonly usual: StyleLook
  /** How what is in a style looks, those that it is based on included; the usual one of paragraphs where none is told. */
  readonly paragraph: (id: string | undefined) => StyleLook
  readonly character: (id: string | undefined) => StyleLook
  /** The elements of a style of tables, that which it is based on most first. */
  readonly table: (id: string | undefined) => readonly Element[]
}

/** Styles that one is based on; more are a circle. */
const MOST_BASES = 30

const NOTHING: StyleLook = { run: {}, paragraph: {} }

/** Reads the styles of a document (ECMA-376, part 1, 17.7). */
export function readStyles(styles: Element | undefined, theme: ThemeFonts): Styles {
  const list: Element[] = []
  for (const style of childrenOf(styles, 'style')) addTo(list, style)
  const byId = new Map(list.map((style) => [attributeOf(style, 'styleId') ?? '', style]))
  const usualIds = new Map(
    list
      .filter((style) => /^(1|true|on)$/.test(attributeOf(style, 'default') ?? ''))
      .map((style) => [attributeOf(style, 'type') ?? '', attributeOf(style, 'styleId') ?? '']),
  )
  const looks = new Map<string, StyleLook>()
  const defaults = childOf(styles, 'docDefaults')
  const usual = {
    run: readRunLook(childOf(childOf(defaults, 'rPrDefault'), 'rPr'), theme),
    paragraph: readParagraphLook(childOf(childOf(defaults, 'pPrDefault'), 'pPr')),
  }

  /** A style and those that it is based on, the last of them first. */
  function chainOf(id: string): readonly Element[] {
    const chain: Element[] = []
    let style = byId.get(id)
    while (style !== undefined && chain.length < MOST_BASES && !chain.includes(style)) {
      chain.unshift(style)
      style = byId.get(attributeOf(childOf(style, 'basedOn'), 'val') ?? '')
    }
    return chain
  }

  function lookOf(id: string): StyleLook {
    const known = looks.get(id)
    if (known !== undefined) return known
    const look = chainOf(id).reduce((sum, style) => joinLooks(sum, readLook(style, theme)), NOTHING)
    looks.set(id, look)
    return look
  }

  const toId = (id: string | undefined, type: string): string =>
    id !== undefined && byId.has(id) ? id : (usualIds.get(type) ?? '')
  return {
    usual,
    paragraph: (id) => lookOf(toId(id, 'paragraph')),
    character: (id) => (id === undefined ? NOTHING : lookOf(id)),
    table: (id) => chainOf(toId(id, 'table')),
  }
}

/** Reads the look that a style or a part of one has. */
export function readLook(style: Element, theme: ThemeFonts): StyleLook {
  return {
    run: readRunLook(childOf(style, 'rPr'), theme),
    paragraph: readParagraphLook(childOf(style, 'pPr')),
  }
}

/** Lays one look over another. */
export function joinLooks(one: StyleLook, over: StyleLook): StyleLook {
  return {
    run: { ...one.run, ...over.run },
    paragraph: joinParagraphLooks(one.paragraph, over.paragraph),
  }
}

/** Lays the look of a paragraph over another, whose tab stops stay. */
export function joinParagraphLooks(one: ParagraphLook, over: ParagraphLook): ParagraphLook {
  const tabs = joinTabs(over.tabs, one.tabs)
  return { ...one, ...over, ...(tabs && { tabs }) }
}
