/** The query of a request as a text of one command a line, and back. */
import { splitTexts } from '../../../src/image-serving/syntax/split-commands.ts'

/** A query with a command on each line; comments stay, and what is empty goes. */
export function toLines(query: string): string {
  return splitTexts(query)
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .join('\n')
}

/** The query that lines mean. Blanks within a value are written as a URL has them. */
export function toQuery(lines: string): string {
  return lines
    .split('\n')
    .map((line) => line.trim().replaceAll(/\s/g, '%20'))
    .filter((line) => line !== '')
    .join('&')
}

/**
 * Has every command on a line of its own, also where somebody has written or pasted several on one. The text stays as long as it was,
 * so that a cursor in it stays where it is, unless somebody has pasted a whole URL.
 */
export function breakLines(lines: string): string {
  return lines
    .split('\n')
    .flatMap((line) => splitTexts(line))
    .join('\n')
}

/** A request as it is typed or pasted: a whole URL, its path, or `ASSET?COMMANDS`. */
export interface TypedRequest {
  /** What is asked for, decoded, with its company where that is named; empty for nothing. */
  readonly object: string
  readonly query: string
}

/** Reads a request as somebody types or pastes it, whatever server it is meant for. */
export function readTyped(text: string): TypedRequest {
  const trimmed = text.trim().replace(/#.*$/s, '')
  const at = trimmed.indexOf('?')
  const path = at === -1 ? trimmed : trimmed.slice(0, at)
  const query = at === -1 ? '' : trimmed.slice(at + 1)
  const within = path.replace(/^(?:https?:)?\/\/[^/]*/i, '').replace(/^\/is\/image(?:\/|$)/i, '')
  return { object: decodePath(within.replace(/\/+$/, '')), query }
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
