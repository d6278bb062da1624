import { type ParseArgsConfig, parseArgs } from 'node:util'

/** A mistake in the call of a command, told in one sentence; the command's exit status says that it was one. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/**
 * Reads a command line as `parseArgs` of node:util does.
 *
 * @throws {UsageError} one sentence
 */
export function parseArguments<Config extends ParseArgsConfig>(config: Config) {
  try {
    return parseArgs(config)
  } catch (error) {
    const [sentence] = (error instanceof Error ? error.message : String(error)).split(
      /(?<=\.) |\. /,
    )
    throw new UsageError(`${sentence?.replace(/\.$/, '')}; --help tells the options.`, {
      cause: error,
    })
  }
}
