import { readFileSync } from 'node:fs'
import { parse, YAMLParseError } from 'yaml'

/**
 * Reads a YAML file.
 *
 * @param called - what the file is called in a sentence
 * @throws {Error} one sentence for what is no YAML; what the system says for what cannot be read
 */
export function readYaml(file: string, called: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error
    // The lines after the first one draw a picture of the place.
    const [what = ''] = error.message.split(':\n')
    throw new Error(`${called} is not YAML: ${what}.`, { cause: error })
  }
}
