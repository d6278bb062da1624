'use strict'

const { Command, Flags } = require('@oclif/core')
const { delegate } = require('../../delegate.cjs')

/** `aio asset-compute devtool`. What is declared here is for aio's help; src/cli/start.ts reads the arguments. */
class Devtool extends Command {
  static description = 'Start the local service and open its developer page in the browser'
  static flags = {
    watch: Flags.boolean({ description: 'Reload an action when its source is saved' }),
    inspect: Flags.string({ description: "Run that action under Node's inspector" }),
    'inspect-brk': Flags.string({ description: 'The same, and stop before its first line' }),
  }

  async run() {
    process.exitCode = await delegate('start', ['--open', ...this.argv])
  }
}

module.exports = Devtool
