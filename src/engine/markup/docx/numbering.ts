import { WORD } from './fixed-parts.ts'

/** The levels that Word has. */
export const LIST_LEVELS = 9

const BULLETS = ['•', '◦', '▪']
const NUMBERS = ['decimal', 'lowerLetter', 'lowerRoman']

/** As far as a level of a list is from the edge, in twentieths of a point. */
export const LEVEL_INDENT = 720

/** The lists of a document: each numbered one counts by itself. */
export interface Numbering {
  /** The number of a list, by which its items name it. */
  add(list: { readonly isOrdered: boolean; readonly start: number; readonly level: number }): number
  write(): string
}

/** See {@link Numbering}. */
export function createNumbering(): Numbering {
  // All with bullets are one.
  const lists = ['<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>']
  return {
    add({ isOrdered, start, level }) {
      if (!isOrdered) return 1
      const id = lists.length + 1
      lists.push(
        `<w:num w:numId="${id}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="${level}"><w:startOverride w:val="${start}"/></w:lvlOverride></w:num>`,
      )
      return id
    },
    write: () =>
      `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:numbering xmlns:w="${WORD}">${writeKind(0, (level) => ['bullet', BULLETS[level % 3] ?? ''])}${writeKind(1, (level) => [NUMBERS[level % 3] ?? '', `%${level + 1}.`])}${lists.join('')}</w:numbering>`,
  }
}

function writeKind(id: number, look: (level: number) => readonly [string, string]): string {
  const levels = Array.from({ length: LIST_LEVELS }, (_, level) => {
    const [format, text] = look(level)
    return `<w:lvl w:ilvl="${level}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="${LEVEL_INDENT * (level + 1)}" w:hanging="360"/></w:pPr></w:lvl>`
  })
  return `<w:abstractNum w:abstractNumId="${id}"><w:multiLevelType w:val="hybridMultilevel"/>${levels.join('')}</w:abstractNum>`
}
