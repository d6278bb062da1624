import { fileURLToPath } from 'node:url'

/** Where in a file something is. */
export interface Place {
  /** An absolute path. */
  readonly file: string
  /** The first line is 1. */
  readonly line: number
}

/** A file as stacks name it: a path or a URL. */
const FILE = String.raw`((?:file:\/\/\/?)?(?:[A-Za-z]:)?[/\\].+?|file:\/\/\/[A-Za-z]:.+?)`

const CALL = new RegExp(String.raw`^ +at (?:.*?[ (])??${FILE}:(\d+):\d+\)?$`, 'gm')

/** Node.js puts the place of a mistake in the syntax before what it says of it. */
const HEAD = new RegExp(String.raw`^${FILE}:(\d+)\n`)

/** The calls of a stack, or of several in a text, that are in files; the innermost first. */
export function callsIn(text: string): Place[] {
  return Array.from(text.matchAll(CALL), ([, file = '', line]) => toPlace(file, line))
}

/** The place that a stack begins with; undefined when it does with something else. */
export function placeBefore(stack: string): Place | undefined {
  const [, file, line] = HEAD.exec(stack) ?? []
  return file === undefined ? undefined : toPlace(file, line)
}

function toPlace(file: string, line: string | undefined): Place {
  return { file: file.startsWith('file:') ? fileURLToPath(file) : file, line: Number(line) }
}
