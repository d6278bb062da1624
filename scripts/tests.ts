import { spawn } from 'node:child_process'
import path from 'node:path'

const PROJECT = path.join(import.meta.dirname, '..')

const SLOW = 'test/**/*.slow.test.ts'
const THOROUGH = 'test/**/*.thorough.test.ts'

/** What of the tests each set has, in the words of Mocha. */
const SETS = {
  fast: ['--jobs', '2', '--ignore', SLOW, '--ignore', THOROUGH, 'test/**/*.test.ts'],
  rest: ['--jobs', '3', SLOW],
  thorough: ['--jobs', '3', SLOW, THOROUGH],
  attack: ['--jobs', '2', '--config', 'test/attack/mocharc.yml'],
} as const

const USAGE = `Usage: node scripts/tests.ts ${Object.keys(SETS).join(' | ')} [MOCHA OPTION...]

Runs a set of the tests, several files at a time.`

function isSet(name: string | undefined): name is keyof typeof SETS {
  return name !== undefined && Object.hasOwn(SETS, name)
}

function main([set, ...options]: readonly string[]): void {
  if (!isSet(set)) {
    console.error(USAGE)
    process.exitCode = 2
    return
  }
  const mocha = path.join(PROJECT, 'node_modules/mocha/bin/mocha.js')
  const child = spawn(process.execPath, [mocha, '--parallel', ...SETS[set], ...options], {
    cwd: PROJECT,
    stdio: 'inherit',
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: path.join(PROJECT, 'node_modules/.cache/darkroom'),
      ...(set === 'thorough' && { DARKROOM_TESTS: 'thorough' }),
    },
  })
  // A terminal tells Ctrl-C to the tests as well, which then end on their own.
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.once('exit', (code) => {
    process.exitCode = code ?? 1
  })
}

main(process.argv.slice(2))
