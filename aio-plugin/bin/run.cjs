#!/usr/bin/env node
'use strict'

const { delegate } = require('../delegate.cjs')

const COMMANDS = ['test-worker', 'run-worker']

const USAGE = `Usage: adobe-asset-compute COMMAND [options]

  test-worker  run the test cases of the workers
  run-worker   run a worker on a file

Each of them tells more with --help. As commands of aio they are called "aio asset-compute COMMAND".`

async function main([first = '--help', ...rest]) {
  if (['-h', '--help', 'help'].includes(first)) {
    console.log(USAGE)
    return 0
  }
  // The name under which aio and the published program know a command is taken as well.
  const [command = '', ...args] = first === 'asset-compute' ? rest : [first, ...rest]
  const name = command.replace(/^asset-compute:/, '').replace(/^tw$/, 'test-worker')
  if (COMMANDS.includes(name)) return delegate(name, args)
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
