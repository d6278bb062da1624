import { type ParseArgsConfig, parseArgs } from 'node:util'
import { nearestName } from '../base/nearest-name.ts'

/** A mistake in the call of a command, told in one sentence; the command's exit status says that it was one. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/**
 * Reads a command line as `parseArgs` of node:util does.
 *
 * @throws {UsageError} one sentence, with the nearest name for an option that is not known
 */
export function parseArguments<Config extends ParseArgsConfig>(config: Config) {
  try {
    return parseArgs(config)
  } catch (error) {
    const [first = ''] = (error instanceof Error ? error.message : String(error)).split(
      /(?<=\.) |\. /,
    )
    const sentence = first.replace(/\.$/, '')
    const unknown = /^Unknown option '--(.+)'$/.exec(sentence)?.[1]
    const nearest = unknown && nearestName(unknown, Object.keys(config.options ?? {}))
    const told = nearest ? `did you mean --${nearest}?` : '--help tells the options.'
    throw new UsageError(`${sentence}; ${told}`, { cause: error })
  }
}
