import type { Inspected } from '../../compose/service-actions.ts'
import { parseArguments, UsageError } from '../arguments.ts'
import { checkFolder } from '../files-of-call.ts'

/** What `npm start -- --help` prints. */
export const START_USAGE = `Usage: npm start -- [options]

Keeps the service up until Ctrl-C or SIGTERM. .env.example lists the settings.

  --assets DIR      serve the files of this folder at /is/image/darkroom/NAME; scene7.env in the state folder has the name
                    of the company, darkroom
  --open            open the developer page in the browser
  --watch           reload an action when what it is made of is saved, and tell at once why it cannot be loaded
  --inspect ACTION  run that action under Node's inspector, for a debugger to attach to 127.0.0.1:9229;
                    its time limit is then a day
  --inspect-brk ACTION
                    the same, and stop before its first line until one is attached
  --help            print this

Exit status: 0 when it was asked to stop, 1 when it could not start, 2 for a mistake in the call.`

/** How the service is started. */
export interface StartOptions {
  /** Whether the developer page is opened in the browser. */
  open: boolean
  /** Whether actions are reloaded when their source changes. */
  watch: boolean
  /** The folder whose files Image Serving shows by their names. */
  assets: string | undefined
  /** The action to debug, by its name in manifest.yml. */
  inspect: Inspected | undefined
}

/**
 * Reads the command line.
 *
 * @returns the options, or `'help'`
 * @throws {UsageError}
 */
export function readStartOptions(args: string[]): StartOptions | 'help' {
  const { values } = parseArguments({
    args,
    options: {
      assets: { type: 'string' },
      open: { type: 'boolean' },
      watch: { type: 'boolean' },
      inspect: { type: 'string' },
      'inspect-brk': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help === true) return 'help'
  const { open = false, watch = false, inspect, 'inspect-brk': stopped, assets } = values
  if (inspect !== undefined && stopped !== undefined) {
    throw new UsageError(
      '--inspect and --inspect-brk are for one action; only one of them can be given.',
    )
  }
  if (assets !== undefined) checkFolder('--assets', assets)
  const name = inspect ?? stopped
  const inspected = name === undefined ? undefined : { name, waits: stopped !== undefined }
  return { open, watch, inspect: inspected, assets }
}
