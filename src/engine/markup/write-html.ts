import type { Block, Cell, Direction, Inline, List, Mark, RichText } from './rich-text.ts'

/** How a text becomes elements. All that is written is well-formed XML as well. */
export interface HtmlWriting {
  /** Where a link leads to; undefined where there is to be none. */
  readonly link?: (href: string) => string | undefined
  /** Where a picture is; undefined where its words are to stand for it. */
  readonly picture?: (src: string) => string | undefined
}

/** The elements of marks, the outermost first. */
const TAGS: readonly (readonly [Mark, string])[] = [
  ['mark', 'mark'],
  ['underline', 'u'],
  ['strike', 's'],
  ['strong', 'strong'],
  ['em', 'em'],
  ['sub', 'sub'],
  ['sup', 'sup'],
  ['code', 'code'],
]

/** A page by itself. */
export function writePage(text: RichText): string {
  const { title, author, language, direction } = text
  const lines = [
    '<!doctype html>',
    `<html${attribute('lang', language)}${attribute('dir', direction)}>`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    `<title>${escapeText(title ?? '')}</title>`,
    ...(author === undefined ? [] : [`<meta name="author"${attribute('content', author)}>`]),
    '</head>',
    '<body>',
    writeBlocks(text.blocks, {}),
    '</body>',
    '</html>',
  ]
  return `${lines.join('\n')}\n`
}

/** What is between the tags of `body`. */
export function writeBlocks(blocks: readonly Block[], writing: HtmlWriting): string {
  return blocks.map((block) => writeBlock(block, writing)).join('\n')
}

/** A text as XML has it, in attributes too. */
export function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

function writeBlock(block: Block, writing: HtmlWriting): string {
  switch (block.kind) {
    case 'heading':
    case 'paragraph': {
      const tag = block.kind === 'heading' ? `h${block.level}` : 'p'
      // The place of a heading is the heading.
      const [first, ...others] = block.content
      const isPlace = block.kind === 'heading' && first?.kind === 'anchor'
      const id = isPlace ? attribute('id', first.id) : ''
      const content = writeLine(isPlace ? others : block.content, writing)
      return `<${tag}${id}${attribute('dir', block.direction)}>${content}</${tag}>`
    }
    case 'code': {
      const { language } = block
      const named = attribute('class', language === undefined ? undefined : `language-${language}`)
      return `<pre><code${named}>${escapeText(block.text)}\n</code></pre>`
    }
    case 'quote':
      return `<blockquote>\n${writeBlocks(block.blocks, writing)}\n</blockquote>`
    case 'rule':
      return '<hr/>'
    case 'list':
      return writeList(block, writing)
    case 'table':
    default:
      return writeTable(block.rows, block.direction, writing)
  }
}

function writeList({ isOrdered, start, items, direction }: List, writing: HtmlWriting): string {
  const tag = isOrdered ? 'ol' : 'ul'
  const from = isOrdered && start !== 1 ? attribute('start', String(start)) : ''
  const written = items.map((blocks) => `<li>${writeTight(blocks, writing)}</li>`)
  return `<${tag}${from}${attribute('dir', direction)}>\n${written.join('\n')}\n</${tag}>`
}

/** Blocks of an item or a cell: a line by itself is no paragraph. */
function writeTight(blocks: readonly Block[], writing: HtmlWriting): string {
  const [first, ...others] = blocks
  const isTight =
    first?.kind === 'paragraph' &&
    first.direction === undefined &&
    others.every(({ kind }) => kind === 'list')
  if (!isTight) return writeBlocks(blocks, writing)
  const line = writeLine(first.content, writing)
  return others.length === 0 ? line : `${line}\n${writeBlocks(others, writing)}\n`
}

function writeTable(
  rows: readonly (readonly Cell[])[],
  direction: Direction | undefined,
  writing: HtmlWriting,
): string {
  const write = (cells: readonly Cell[]): string =>
    `<tr>${cells.map((cell) => writeCell(cell, writing)).join('')}</tr>`
  const found = rows.findIndex((cells) => !isHead(cells))
  const heads = rows.slice(0, found === -1 ? rows.length : found)
  const others = rows.slice(heads.length)
  const head = heads.length === 0 ? '' : `<thead>\n${heads.map(write).join('\n')}\n</thead>\n`
  const body = others.length === 0 ? '' : `<tbody>\n${others.map(write).join('\n')}\n</tbody>\n`
  return `<table${attribute('dir', direction)}>\n${head}${body}</table>`
}

function isHead(cells: readonly Cell[]): boolean {
  return cells.length > 0 && cells.every(({ isHeader }) => isHeader)
}

function writeCell({ blocks, isHeader, columns, rows }: Cell, writing: HtmlWriting): string {
  const tag = isHeader ? 'th' : 'td'
  const wide = columns === 1 ? '' : attribute('colspan', String(columns))
  const high = rows === 1 ? '' : attribute('rowspan', String(rows))
  return `<${tag}${wide}${high}>${writeTight(blocks, writing)}</${tag}>`
}

function writeLine(content: readonly Inline[], writing: HtmlWriting): string {
  let written = ''
  /** The elements that are open, as their start tags. */
  let open: readonly string[] = []

  function turnTo(wanted: readonly string[]): void {
    const differs = wanted.findIndex((tag, index) => tag !== open[index])
    const common = differs === -1 ? Math.min(wanted.length, open.length) : differs
    written += open.slice(common).toReversed().map(endTag).join('')
    written += wanted.slice(common).join('')
    open = wanted
  }

  for (const each of content) {
    if (each.kind === 'anchor') {
      turnTo([])
      written += `<span${attribute('id', each.id)}></span>`
    } else if (each.kind === 'break') {
      written += '<br/>'
    } else {
      const { link } = each
      const href = link === undefined ? undefined : (writing.link ?? String)(link)
      const marks = each.kind === 'text' ? each.marks : []
      turnTo([
        ...(href === undefined ? [] : [`<a${attribute('href', href)}>`]),
        ...TAGS.filter(([mark]) => marks.includes(mark)).map(([, tag]) => `<${tag}>`),
      ])
      written += each.kind === 'text' ? escapeText(each.text) : writePicture(each, writing)
    }
  }
  turnTo([])
  return written
}

function writePicture(
  { src, alt, width, height }: Extract<Inline, { kind: 'picture' }>,
  { picture = String }: HtmlWriting,
): string {
  const found = picture(src)
  if (found === undefined) return escapeText(alt)
  const wide = attribute('width', width === undefined ? undefined : String(width))
  const high = attribute('height', height === undefined ? undefined : String(height))
  return `<img src="${escapeText(found)}" alt="${escapeText(alt)}"${wide}${high}/>`
}

function endTag(startTag: string): string {
  return `</${/^<(\w+)/.exec(startTag)?.[1]}>`
}

function attribute(name: string, value: string | undefined): string {
  return value === undefined || value === '' ? '' : ` ${name}="${escapeText(value)}"`
}
