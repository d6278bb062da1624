import { parseArguments, UsageError } from '../arguments.ts'

/** What `--help` prints. */
export const TEST_WORKER_USAGE = `Usage: npm run test-worker -- [TESTCASE] [options]

Runs the test cases of the project that this folder is in, as "aio asset-compute test-worker" does.

  TESTCASE                 the names of the cases to run, such as 'crop-*' or '!crop-*'; all of them unless given
  -a, --action ACTION      the action to test, by its name in the manifest; all of them unless given
  -u, --updateRenditions   make the renditions of failing cases the expected ones
      --test-mode          run them as Adobe's command does: the worker sees WORKER_TEST_MODE, and file names instead of
                           URLs; for workers that are written for it
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
  return {
    testCase,
    action: values.action,
    updateRenditions: values.updateRenditions === true,
    testMode: values['test-mode'] === true,
    verbose: values.verbose === true,
    json: values.json === true,
  }
}
