#!/usr/bin/env node
'use strict'

const { delegate } = require('../delegate.cjs')

/** The files of src/cli and the arguments that stand for each command. */
const COMMANDS = new Map([
  ['test-worker', ['test-worker']],
  ['run-worker', ['run-worker']],
  ['devtool', ['start', '--open']],
])

const USAGE = `Usage: adobe-asset-compute COMMAND [options]

  test-worker  run the test cases of the workers
  run-worker   run a worker on a file
  devtool      start the service and open its developer page

Each of them tells more with --help. As commands of aio they are called "aio asset-compute COMMAND".`

async function main([first = '--help', ...rest]) {
  if (['-h', '--help', 'help'].includes(first)) {
    console.log(USAGE)
    return 0
  }
  // The name under which aio and the published program know a command is taken as well.
  const [command = '', ...args] = first === 'asset-compute' ? rest : [first, ...rest]
  const name = command.replace(/^asset-compute:/, '').replace(/^tw$/, 'test-worker')
  const [file, ...given] = COMMANDS.get(name) ?? []
  if (file !== undefined) return delegate(file, [...given, ...args])
  console.error(`There is no command ${command || '""'}.\n\n${USAGE}`)
  return 2
}

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status
  },
  (error) => {
    console.error(error.message)
    process.exitCode = 3
  },
)
