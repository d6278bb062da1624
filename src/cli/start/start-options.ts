import { parseArguments } from '../arguments.ts'

/** What `npm start -- --help` prints. */
export const START_USAGE = `Usage: npm start -- [options]

Keeps the service up until Ctrl-C or SIGTERM. .env.example lists the settings.

  --assets DIR      serve the files of this folder at /is/image/darkroom/NAME; scene7.env in the state folder has the name
                    of the company, darkroom
  --open            open the developer page in the browser
  --watch           reload an action when its source is saved
  --inspect ACTION  run that action under Node's inspector, for a debugger to attach to 127.0.0.1:9229;
                    its time limit is then a day
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
  inspect: string | undefined
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
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help === true) return 'help'
  const { open = false, watch = false, inspect, assets } = values
  return { open, watch, inspect, assets }
}
