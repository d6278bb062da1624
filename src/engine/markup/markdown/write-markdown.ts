import { stringify } from 'yaml'
import { type Block, type Inline, type List, type RichText, type Table } from '../rich-text.ts'
import { placesOf } from '../table-grid.ts'
import { fenceOf } from './escape.ts'
import { placesWithin } from './places.ts'
import { type LineWriting, writeLine } from './write-line.ts'

/**
 * A text in Markdown as GitHub reads it (CommonMark with tables). What is known about it is before it in YAML. Cells that reach over
 * several places are in the first of them.
 */
export function writeMarkdown(text: RichText): string {
  const { title, author, language: lang, blocks } = text
  const known = Object.entries({ title, author, lang }).filter(([, value]) => value)
  const front = known.length === 0 ? '' : `---\n${stringify(Object.fromEntries(known))}---\n\n`
  const body = writeBlocks(blocks, { lineBreak: '\\\n', places: placesWithin(blocks) })
  return `${front}${body}\n`
}

function writeBlocks(blocks: readonly Block[], writing: LineWriting): string {
  const written: string[] = []
  for (const [index, block] of blocks.entries()) {
    // Two lists of a kind behind each other would be one, and code behind one a part of it.
    if (block.kind === 'list' && blocks[index - 1]?.kind === 'list') written.push('<!-- -->')
    const one = writeBlock(block, writing)
    if (one !== '') written.push(one)
  }
  return written.join('\n\n')
}

function writeBlock(block: Block, writing: LineWriting): string {
  switch (block.kind) {
    case 'heading': {
      const line = writeLine(block.content, { ...writing, lineBreak: ' ' })
      // What follows the last space would be left out.
      return `${'#'.repeat(block.level)} ${line.replace(/#+$/, '\\$&')}`
    }
    case 'paragraph':
      return writeLine(block.content, writing)
    case 'code': {
      const fence = fenceOf(block.text)
      return `${fence}${block.language ?? ''}\n${block.text}\n${fence}`
    }
    case 'quote':
      return indent(writeBlocks(block.blocks, writing), '> ', '> ')
    case 'rule':
      return '---'
    case 'list':
      return writeList(block, writing)
    case 'table':
    default:
      return writeTable(block, writing)
  }
}

function writeList({ isOrdered, start, items }: List, writing: LineWriting): string {
  const isTight = items.every(([first, ...others]) => {
    const isLine = first === undefined || first.kind === 'paragraph' || first.kind === 'list'
    return isLine && others.every(({ kind }) => kind === 'list')
  })
  const written = items.map((blocks, index) => {
    const marker = isOrdered ? `${start + index}. ` : '- '
    const content = isTight
      ? blocks.map((block) => writeBlock(block, writing)).join('\n')
      : writeBlocks(blocks, writing)
    return indent(content, marker, ' '.repeat(marker.length)).trimEnd()
  })
  return written.join(isTight ? '\n' : '\n\n')
}

function indent(text: string, first: string, others: string): string {
  return text
    .split('\n')
    .map((line, index) => `${index === 0 ? first : others}${line}`.replace(/ +$/, ''))
    .join('\n')
}

function writeTable(table: Table, writing: LineWriting): string {
  const rows = placesOf(table).map((places) =>
    places.flatMap((place) => {
      const content = place?.isStart === true ? writeCell(place.cell.blocks, writing) : ''
      return [content, ...Array<string>((place?.cell.columns ?? 1) - 1).fill('')]
    }),
  )
  const columns = rows.reduce((most, cells) => Math.max(most, cells.length), 0)
  const hasHead = table.rows[0]?.every(({ isHeader }) => isHeader) === true
  const all = hasHead ? rows : [[], ...rows]
  const lines = all.map((cells) => {
    const filled = Array.from({ length: columns }, (_, index) => cells[index] ?? '')
    return `| ${filled.join(' | ')} |`
  })
  return [...lines.slice(0, 1), `|${' --- |'.repeat(columns)}`, ...lines.slice(1)].join('\n')
}

/** A cell has one line only. */
function writeCell(blocks: readonly Block[], writing: LineWriting): string {
  return linesOf(blocks)
    .map((content) => writeLine(content, { ...writing, lineBreak: '<br>' }))
    .filter((line) => line !== '')
    .join('<br>')
    .replace(/\n/g, ' ')
    .replaceAll('|', '\\|')
}

/** The lines of what is in a cell, without what a cell cannot have. */
function linesOf(blocks: readonly Block[]): (readonly Inline[])[] {
  return blocks.flatMap((block): (readonly Inline[])[] => {
    switch (block.kind) {
      case 'heading':
      case 'paragraph':
        return [block.content]
      case 'code':
        return block.text
          .split('\n')
          .map((text) => [{ kind: 'text', text, marks: ['code'] }] satisfies Inline[])
      case 'quote':
        return linesOf(block.blocks)
      case 'list':
        return block.items.flatMap((item, index) => {
          const [first = [], ...others] = linesOf(item)
          const marker = block.isOrdered ? `${block.start + index}. ` : '• '
          return [[{ kind: 'text', text: marker, marks: [] }, ...first], ...others]
        })
      case 'table':
        return block.rows.flatMap((cells) => cells.flatMap((cell) => linesOf(cell.blocks)))
      case 'rule':
      default:
        return []
    }
  })
}
