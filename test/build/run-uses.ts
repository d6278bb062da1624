/**
 * Runs the action of a module with the parameters of the environment, and tells what came of it and what was loaded before.
 * A module of the project is loaded as the service loads it, any other as Adobe I/O Runtime does.
 */
import { createRequire } from 'node:module'
import path from 'node:path'
import { loadPackagesLate } from '../../src/base/required/late-loading.ts'

const [, , module = ''] = process.argv
const require = createRequire(import.meta.url)
if (module.endsWith('.cjs')) loadPackagesLate()
const { main } = require(module)
const loaded = Object.keys(require.cache).map(
  (file) => path.basename(path.dirname(file)) + '/' + path.basename(file),
)
console.log = () => undefined
const made = await main(JSON.parse(process.env['PARAMS'] ?? '{}'))
process.stdout.write(JSON.stringify({ made, loaded }), () => process.exit())
