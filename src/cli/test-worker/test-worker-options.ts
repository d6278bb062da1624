import { parseArguments, UsageError } from '../arguments.ts'

/** What `--help` prints. */
export const TEST_WORKER_USAGE = `Usage: npm run test-worker -- [TESTCASE] [options]

Runs the cases in test/asset-compute of the project in this folder, as "aio asset-compute test-worker" does.

  TESTCASE                 the names of the cases to run, such as 'crop-*' or '!crop-*'; all of them unless given
  -a, --action ACTION      the action to test, by its name in manifest.yml; all of them unless given
  -u, --updateRenditions   make the renditions of failing cases the expected ones
  -v, --verbose            print what the worker logged in each failing case
  -h, --help               print this

Exit status: 0 when all is as expected, 1 when cases failed, 2 when there were errors in them, 3 for a mistake in the call
or in the project.`

/** What the command was asked to do. */
export interface TestWorkerOptions {
  /** A glob of the names of cases, or of those not to run after a `!`. */
  readonly testCase: string | undefined
  readonly action: string | undefined
  readonly updateRenditions: boolean
  readonly verbose: boolean
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
      verbose: { type: 'boolean', short: 'v' },
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
    verbose: values.verbose === true,
  }
}
