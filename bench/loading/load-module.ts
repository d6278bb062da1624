/** Tells how long it takes to load the module that is named, in milliseconds. */
import { createRequire } from 'node:module'

const [, , module = ''] = process.argv
const require = createRequire(import.meta.url)
const start = performance.now()
require(module)
process.stdout.write(String(performance.now() - start), () => process.exit())
