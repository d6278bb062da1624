'use strict'

const { Args, Command, Flags } = require('@oclif/core')
const { delegate } = require('../../delegate.cjs')

/** `aio asset-compute test-worker`. What is declared here is for aio's help; src/cli/test-worker.ts reads the arguments. */
class TestWorker extends Command {
  static description = 'Run the test cases of the workers through the local service'
  static aliases = ['asset-compute:tw']
  static args = {
    testCase: Args.string({
      description: 'Test cases to run, as a glob pattern; all of them unless given',
    }),
  }
  static flags = {
    action: Flags.string({
      char: 'a',
      description: 'The worker to test, by its name in the manifest; all of them unless given',
    }),
    updateRenditions: Flags.boolean({
      char: 'u',
      description: 'Take the renditions of failing cases as the expected ones from now on',
    }),
    'test-mode': Flags.boolean({
      description: "Run them as Adobe's command does: with WORKER_TEST_MODE and names of files",
    }),
    watch: Flags.boolean({
      description: 'Stay, and run again what is concerned when files are saved',
    }),
    inspect: Flags.boolean({ description: "Run the worker under Node's inspector" }),
    'inspect-brk': Flags.boolean({ description: 'The same, and stop before its first line' }),
    verbose: Flags.boolean({ char: 'v', description: 'Print what the workers log' }),
  }

  async run() {
    process.exitCode = await delegate('test-worker', this.argv)
  }
}

module.exports = TestWorker
