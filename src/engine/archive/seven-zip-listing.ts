import type { ArchiveEntry } from './archive-entry.ts'
import { cleanPath } from './paths.ts'

/** An entry, and what 7-Zip calls it. */
export interface ListedEntry extends ArchiveEntry {
  readonly name: string
}

/** Before the first entry; what stands above is about the archive as a whole. */
const START = '----------'

/** The mode of a file as `ls` shows it, at the end of the attributes, of archives that were made where there are modes. */
const MODE = /(?:^|\s)([-dlbcps])[-rwxsStT]{9}$/

/** Reads what `7z l -slt` says. */
export function readListing(lines: readonly string[]): ListedEntry[] {
  const start = lines.lastIndexOf(START)
  if (start === -1) return []
  const blocks: Map<string, string>[] = []
  let block: Map<string, string> | undefined
  for (const line of lines.slice(start + 1)) {
    const [, name, value = ''] = /^([^=]+?) = ?(.*)$/s.exec(line) ?? []
    if (line === '') block = undefined
    else if (block === undefined && name === 'Path') blocks.push((block = new Map()))
    if (name !== undefined && !block?.has(name)) block?.set(name, value)
  }
  return blocks.map((each, index) => describe(each, index + 1))
}

function describe(block: ReadonlyMap<string, string>, number: number): ListedEntry {
  const name = block.get('Path') ?? ''
  const size = Number.parseInt(block.get('Size') ?? '', 10)
  const kind = kindOf(block)
  const isKnown = Number.isSafeInteger(size) && size >= 0
  return {
    number,
    name,
    path: cleanPath(name),
    size: isKnown ? size : 0,
    kind: isKnown || kind !== 'file' ? kind : 'unclear',
  }
}

function kindOf(block: ReadonlyMap<string, string>): ArchiveEntry['kind'] {
  const attributes = block.get('Attributes') ?? ''
  const mode = MODE.exec(attributes)?.[1]
  if (block.get('Folder') === '+' || mode === 'd' || attributes.startsWith('D')) return 'folder'
  const isLink = ['Symbolic Link', 'Hard Link', 'Copy Link'].some((each) => block.get(each))
  // Among the letters of Windows, L is that of a reparse point.
  if (isLink || mode === 'l' || /^[A-Z]*L/.test(attributes)) return 'link'
  if (mode !== undefined && mode !== '-') return 'device'
  const isPart = block.get('Alternate Stream') === '+' || block.get('Anti') === '+'
  return isPart ? 'unclear' : 'file'
}
