'use strict'

const { Args, Command, Flags } = require('@oclif/core')
const { delegate } = require('../../delegate.cjs')

/** `aio asset-compute run-worker`. What is declared here is for aio's help; src/cli/run-worker.ts reads the arguments. */
class RunWorker extends Command {
  static description = 'Run a worker on a file through the local service'
  static args = {
    file: Args.string({ required: true, description: 'The source' }),
    rendition: Args.string({
      required: true,
      description: 'Where to write the rendition; with --data, the folder of the renditions',
    }),
  }
  static flags = {
    action: Flags.string({
      char: 'a',
      description: 'The worker to run, by its name in the manifest; not needed if there is one',
    }),
    param: Flags.string({
      char: 'p',
      multiple: true,
      description: '<key> <value> - an instruction; may be repeated',
    }),
    paramFile: Flags.string({ char: 'P', description: 'A JSON file of instructions' }),
    data: Flags.string({
      char: 'd',
      description: 'The whole of the parameters as JSON, for several renditions',
    }),
    inspect: Flags.boolean({ description: "Run the worker under Node's inspector" }),
    'inspect-brk': Flags.boolean({ description: 'The same, and stop before its first line' }),
    verbose: Flags.boolean({ char: 'v', description: 'Print what the worker logs' }),
  }

  async run() {
    process.exitCode = await delegate('run-worker', this.argv)
  }
}

module.exports = RunWorker
