import { parseArguments, UsageError } from '../arguments.ts'
import { INSPECT_OPTIONS, type Inspect, readInspect } from '../inspect-options.ts'

/** What `--help` prints. */
export const TEST_WORKER_USAGE = `Usage: npm run test-worker -- [TESTCASE] [options]

Runs the test cases of the project that this folder is in, as "aio asset-compute test-worker" does.

  TESTCASE                 the names of the cases to run, such as 'crop-*' or '!crop-*'; all of them unless given
  -a, --action ACTION      the action to test, by its name in the manifest; all of them unless given
  -u, --updateRenditions   make the renditions of failing cases the expected ones
      --test-mode          run them as Adobe's command does: the worker sees WORKER_TEST_MODE, and file names instead of
                           URLs; for workers that are written for it
      --watch              stay, and run again what is concerned when a worker, a case or a mock is saved
      --inspect            run the action under Node's inspector, for a debugger to attach to 127.0.0.1:9229; it is never
                           ended for the time that it takes then
      --inspect-brk        the same, and stop before its first line until one is attached
  -v, --verbose            print what the worker logged in each failing case
      --json               print JSON: how each case ended; all else goes to the standard error
  -h, --help               print this

Exit status: 0 when all is as expected, 1 when cases failed, 2 when there were errors in them, 3 for a mistake in the call
or in the project, and when there is nothing to run.`

/** What the command was asked to do. */
export interface TestWorkerOptions {
  /** A glob of the names of cases, or of those not to run after a `!`. */
  readonly testCase: string | undefined
  readonly action: string | undefined
  readonly updateRenditions: boolean
  /** Whether workers see that they are tested, as those do that Adobe's command runs. */
  readonly testMode: boolean
  readonly verbose: boolean
  readonly json: boolean
  /** Whether it goes on for what is saved. */
  readonly watch: boolean
  /** How the action is debugged, if it is. */
  readonly inspect: Inspect | undefined
}

/**
 * Reads the command line.
 *
 * @returns the options, or `'help'`
 * @throws {UsageError}
 */
export function readTestWorkerOptions(args: string[]): TestWorkerOptions | 'help' {
  const { values, positionals } = parseArguments({
    args,
    allowPositionals: true,
    options: {
      action: { type: 'string', short: 'a' },
      updateRenditions: { type: 'boolean', short: 'u' },
      'test-mode': { type: 'boolean' },
      verbose: { type: 'boolean', short: 'v' },
      json: { type: 'boolean' },
      watch: { type: 'boolean' },
      ...INSPECT_OPTIONS,
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help === true) return 'help'
  const [testCase, second] = positionals
  if (second !== undefined) {
    throw new UsageError(
      `There is more than one TESTCASE: ${positionals.join(', ')}; --help tells the options.`,
    )
  }
  if (values.watch === true && values.updateRenditions === true) {
    throw new UsageError(
      '--updateRenditions takes what a case makes for what is expected, and with --watch would do so at every save.',
    )
  }
  if (values.watch === true && values.json === true) {
    throw new UsageError('--json prints what came of one run, and --watch has no end of runs.')
  }
  return {
    testCase,
    action: values.action,
    updateRenditions: values.updateRenditions === true,
    testMode: values['test-mode'] === true,
    verbose: values.verbose === true,
    json: values.json === true,
    watch: values.watch === true,
    inspect: readInspect(values),
  }
}
