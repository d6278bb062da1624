/** Does one activation of the built action that is named, with the parameters that follow, and ends. */
import { createRequire } from 'node:module'
import * as z from 'zod/mini'

const [, , module = '', params = ''] = process.argv
const loaded: unknown = createRequire(import.meta.url)(module)
const { main } = z.object({ main: z.function() }).parse(loaded)
// The SDK tells of each step, which goes to nobody here.
console.log = () => undefined
console.error = () => undefined
const result: unknown = await Promise.resolve(Reflect.apply(main, undefined, [JSON.parse(params)]))
process.stdout.write(JSON.stringify(result), () => process.exit())
