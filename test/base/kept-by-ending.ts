import { setImmediate as turn } from 'node:timers/promises'
import { createEnding } from '../../src/base/ending.ts'

/** Prints what an ending keeps of a result that nobody else has. */
const { unless } = createEnding()
const result = new WeakRef(await unless(Promise.resolve({})))
await turn()
if (gc === undefined) throw new Error('it needs --expose-gc')
gc()
console.log(result.deref())
await unless(Promise.resolve())
