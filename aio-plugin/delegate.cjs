'use strict'

const { spawn } = require('node:child_process')
const { constants } = require('node:os')
const path = require('node:path')

const PROJECT = path.join(__dirname, '..')

const ignore = () => undefined

/**
 * Runs a command of the project on the Node.js that the project brings, which need not be the one that runs `aio`.
 *
 * @param {string} command - a file of src/cli, without its extension
 * @param {readonly string[]} args
 * @returns {Promise<number>} its exit status; 128 and the number of the signal that ended it
 */
exports.delegate = async (command, args) => {
  // That in .bin is a script on Windows, which cannot be spawned.
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const node = path.join(PROJECT, 'node_modules', 'node', 'bin', name)
  const file = path.join(PROJECT, 'src', 'cli', `${command}.ts`)
  const child = spawn(node, [file, ...args], { stdio: 'inherit' })
  // A terminal sends Ctrl-C to the command as well; what it then tidies up is waited for.
  const forward = () => child.kill('SIGTERM')
  process.on('SIGINT', ignore)
  process.on('SIGTERM', forward)
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (code, signal) =>
        resolve(code ?? 128 + (constants.signals[signal ?? 'SIGTERM'] ?? 0)),
      )
    })
  } finally {
    process.off('SIGINT', ignore)
    process.off('SIGTERM', forward)
  }
}
