'use strict'

const { spawn } = require('node:child_process')
const { existsSync } = require('node:fs')
const { createRequire } = require('node:module')
const { constants } = require('node:os')
const path = require('node:path')

const ignore = () => undefined

/** The folder of Darkroom: the repository that this is in, or the package of the project where one stands. */
function findDarkroom() {
  const repository = path.join(__dirname, '..')
  if (existsSync(path.join(repository, 'bin', 'darkroom.cjs'))) return repository
  for (const from of [path.join(process.cwd(), 'package.json'), __filename]) {
    try {
      return path.dirname(createRequire(from).resolve('darkroom/package.json'))
    } catch {
      // Then it is where the plugin is, or nowhere.
    }
  }
  throw new Error(
    `The commands of aio asset-compute are those of darkroom, which is not installed in ${process.cwd()}; npm install --save-dev darkroom brings it.`,
  )
}

/** The Node.js that a project brings, if it brings one: it need not be the one that runs `aio`. */
function findNode(folder) {
  // That in .bin is a script on Windows, which cannot be spawned.
  const place = process.platform === 'win32' ? ['node', 'bin', 'node.exe'] : ['.bin', 'node']
  const node = path.join(folder, 'node_modules', ...place)
  if (existsSync(node)) return node
  const above = path.dirname(folder)
  return above === folder ? undefined : findNode(above)
}

/**
 * Runs a command of Darkroom.
 *
 * @param {string} command - such as `test-worker`
 * @param {readonly string[]} args
 * @returns {Promise<number>} its exit status; 128 and the number of the signal that ended it
 */
exports.delegate = async (command, args) => {
  const darkroom = findDarkroom()
  const node = findNode(darkroom) ?? findNode(process.cwd()) ?? process.execPath
  const program = path.join(darkroom, 'bin', 'darkroom.cjs')
  const child = spawn(node, [program, command, ...args], { stdio: 'inherit' })
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
