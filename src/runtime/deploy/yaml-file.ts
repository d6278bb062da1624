import { readFileSync } from 'node:fs'
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, YAMLParseError } from 'yaml'
import { isRecord } from '../../base/json.ts'

/** A YAML file that is none. */
export class YamlMistake extends Error {
  /** An absolute path. */
  readonly file: string
  /** The line of the mistake; the first is 1. */
  readonly line: number

  constructor(message: string, file: string, cause: YAMLParseError) {
    super(message, { cause })
    this.file = file
    this.line = cause.linePos?.[0].line ?? 1
  }
}

/** Where a member is written. */
export interface Written {
  /** What the file is called in a sentence. */
  readonly file: string
  /** The first is 1. */
  readonly line: number
}

/** Where the members of objects and arrays are written, by the object and the name or position. */
export type Lines = Map<unknown, ReadonlyMap<string, Written>>

/**
 * Reads a YAML file.
 *
 * @param called - what the file is called in a sentence
 * @param lines - is told where all that is in it is written
 * @throws {YamlMistake} one sentence for what is no YAML
 * @throws {Error} what the system says for what cannot be read
 */
export function readYaml(file: string, called: string, lines: Lines): unknown {
  const lineCounter = new LineCounter()
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter })
  try {
    const [mistake] = document.errors
    if (mistake !== undefined) throw mistake
    const content: unknown = document.toJS()
    note(document.contents, content)
    return content
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error
    // The lines after the first one draw a picture of the place.
    const [what = ''] = error.message.split(':\n')
    throw new YamlMistake(`${called} is not YAML: ${what}.`, file, error)
  }

  function note(node: unknown, value: unknown): void {
    // What has several names is the same object by each.
    if (lines.has(value)) return
    if (isAlias(node)) return note(node.resolve(document), value)
    const members = new Map<string, Written>()
    const add = (key: string, offset: number | undefined): void => {
      if (offset !== undefined)
        members.set(key, { file: called, line: lineCounter.linePos(offset).line })
    }
    if (isMap(node) && isRecord(value)) {
      lines.set(value, members)
      for (const { key, value: member } of node.items) {
        if (!isScalar(key)) continue
        add(String(key.value), key.range?.[0])
        note(member, value[String(key.value)])
      }
    } else if (isSeq(node) && Array.isArray(value)) {
      lines.set(value, members)
      for (const [index, item] of node.items.entries()) {
        const range = isMap(item) || isSeq(item) || isScalar(item) ? item.range : undefined
        add(String(index), range?.[0])
        note(item, value[index])
      }
    }
  }
}

/**
 * Tells where the last member of a path is written that is there; undefined when none is.
 *
 * @param root - where the path begins
 */
export function findLine(
  lines: Lines,
  root: unknown,
  path: readonly PropertyKey[],
): Written | undefined {
  let [value, found]: [unknown, Written | undefined] = [root, undefined]
  for (const key of path.map(String)) {
    found = lines.get(value)?.get(key) ?? found
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
  }
  return found
}

/** A place as editors and terminals open it: `ext.config.yaml:12`. */
export function formatPlace({ file, line }: Written): string {
  return `${file}:${line}`
}
