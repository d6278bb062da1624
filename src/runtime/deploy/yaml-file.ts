import { readFileSync } from 'node:fs'
import { parse, YAMLParseError } from 'yaml'

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

/**
 * Reads a YAML file.
 *
 * @param called - what the file is called in a sentence
 * @throws {YamlMistake} one sentence for what is no YAML
 * @throws {Error} what the system says for what cannot be read
 */
export function readYaml(file: string, called: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error
    // The lines after the first one draw a picture of the place.
    const [what = ''] = error.message.split(':\n')
    throw new YamlMistake(`${called} is not YAML: ${what}.`, file, error)
  }
}
