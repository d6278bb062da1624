import { parentPort } from 'node:worker_threads'
import type { ConversionRequest, Reply } from './convert.ts'
import { convertHere, loadDecoder } from './decode.ts'

if (parentPort === null) throw new Error('This module runs in a thread.')
const port = parentPort

await loadDecoder()
port.on('message', (request: ConversionRequest) => {
  const conversion = convertHere(request)
  const reply: Reply = { conversion, heldBytes: process.memoryUsage().external }
  port.postMessage(reply)
})
