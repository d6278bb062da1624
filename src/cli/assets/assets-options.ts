import { parseArguments, UsageError } from '../arguments.ts'
import { readCompany, readOrigin } from '../scene7/service-options.ts'
import { ASSETS_USAGE } from './usage.ts'

/** What `npm run assets` was asked to do. */
export interface AssetsCall {
  readonly command: 'add' | 'list' | 'remove'
  /** Files, folders and patterns to add, or names of assets to remove. */
  readonly subjects: readonly string[]
  /** Without slashes at its ends; empty for the topmost. */
  readonly folder: string
  /** Undefined for that of scene7.env. */
  readonly company: string | undefined
  /** The origin of a service; undefined for that of the state folder. */
  readonly url: string | undefined
  readonly json: boolean
}

/**
 * Reads the command line.
 *
 * @returns the call, or `'help'`
 * @throws {UsageError}
 */
export function readAssetsCall(args: string[]): AssetsCall | 'help' {
  const { values, positionals } = parseArguments({
    args,
    allowPositionals: true,
    options: {
      folder: { type: 'string' },
      company: { type: 'string' },
      url: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help === true) return 'help'
  const [command, ...subjects] = positionals
  if (command !== 'add' && command !== 'list' && command !== 'remove') {
    throw new UsageError(`It takes add, list or remove.\n\n${ASSETS_USAGE}`)
  }
  if (command === 'list' && subjects.length > 0) {
    throw new UsageError('list takes no names; --folder lists what is in a folder.')
  }
  if (command !== 'list' && subjects.length === 0) {
    const what = command === 'add' ? 'FILES to upload' : 'NAMES of assets to remove'
    throw new UsageError(`${command} needs ${what}.\n\n${ASSETS_USAGE}`)
  }
  if (command === 'remove' && values.folder !== undefined) {
    throw new UsageError('remove takes no --folder: the name of an asset is known without it.')
  }
  return {
    command,
    subjects,
    folder: readFolder(values.folder ?? ''),
    company: readCompany(values.company),
    url: readOrigin(values.url),
    json: values.json === true,
  }
}

function readFolder(text: string): string {
  const segments = text.split('/').filter((segment) => segment !== '')
  if (segments.every((segment) => segment !== '.' && segment !== '..')) return segments.join('/')
  throw new UsageError(`--folder must be a path such as summer/shoes, but it is ${quote(text)}.`)
}

function quote(text: string): string {
  return JSON.stringify(text)
}
