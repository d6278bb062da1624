import { writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parentPort, threadId } from 'node:worker_threads'
import type {
  Conversion,
  ConversionRequest,
} from '../../../../src/engine/pictures/conversion/conversion.ts'
import type { ThreadReply } from '../../../../src/tasks/thread.ts'

if (parentPort === null) throw new Error('This module runs in a thread.')
const port = parentPort

/** Whether something before has damaged what the decoder has in memory. */
let isLedAstray = false

port.on('message', ({ path, tiffPath }: ConversionRequest) => {
  writeFileSync(tiffPath, String(threadId))
  const name = basename(path)
  if (name === 'stuck') for (;;);
  if (name === 'exiting') process.exit()
  if (name === 'throwing') throw new Error('odd')
  if (name === 'trapping' || isLedAstray) throw new WebAssembly.RuntimeError('out of bounds')
  if (name === 'misleading') isLedAstray = true
  const reply: ThreadReply<Conversion> = {
    result: { outcome: 'converted' },
    heldBytes: name === 'heavy' ? 1e9 : 1e6,
  }
  port.postMessage(reply)
})
