import type { Rgba } from '../../engine/layers/composition.ts'
import { toRgba } from '../to-rgba.ts'
import type { RtfBytes } from './rtf-bytes.ts'
import type { RtfToken } from './rtf-tokens.ts'

/** What `\cf` and `\f` refer to by number. */
export interface RtfTables {
  readonly colours: Map<number, Rgba>
  readonly fonts: Map<number, string>
}

/** Reads a table token by token. */
export type ReadTable = (token: RtfToken) => void

const INKS = ['cyan', 'magenta', 'yellow', 'black'] as const

/** Reads entries that each end with `;`: of components of a colour, or nothing, which is the default colour. */
export function readColours(colours: Map<number, Rgba>, type: 'rgb' | 'cmyk'): ReadTable {
  let index = 0
  let components = new Map<string, number>()
  return (token) => {
    if (token.kind === 'word') components.set(token.word, token.number ?? 0)
    if (token.kind !== 'text') return
    for (const character of token.text) {
      if (character !== ';') continue
      if (components.size > 0) colours.set(index, colourOf(components, type))
      index += 1
      components = new Map()
    }
  }
}

function colourOf(components: ReadonlyMap<string, number>, type: 'rgb' | 'cmyk'): Rgba {
  const component = (name: string, most: number): number =>
    Math.min(most, Math.max(0, components.get(name) ?? 0))
  if (type === 'cmyk') {
    const inks = INKS.map((name) => component(name, 100))
    return toRgba({ type, components: inks, alpha: 1, ofSource: false })
  }
  return {
    red: component('red', 255),
    green: component('green', 255),
    blue: component('blue', 255),
    alpha: 255,
  }
}

/** Reads entries such as `{\f1\fcharset0 Arial;}`, with or without their braces. */
export function readFonts(fonts: Map<number, string>, bytes: RtfBytes): ReadTable {
  let index: number | undefined
  let name = ''
  return (token) => {
    if (token.kind === 'word' && token.word === 'f') {
      index = token.number ?? 0
      name = ''
    }
    if (token.kind === 'word' && index !== undefined && /^(?:fcharset|cpg)$/.test(token.word)) {
      bytes.noteFont(index, token.word, token.number)
    }
    if (token.kind !== 'text' || index === undefined) return
    const end = token.text.indexOf(';')
    name += end === -1 ? token.text : token.text.slice(0, end)
    if (name.trim() !== '') fonts.set(index, name.trim())
    if (end !== -1) index = undefined
  }
}
