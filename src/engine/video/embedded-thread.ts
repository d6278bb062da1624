import { openSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import createFFmpegCore from '@ffmpeg/core'
import type { EmbeddedMessage, EmbeddedTask } from './embedded-message.ts'
import { lendFile } from './lent-file.ts'
import { enlargeStack } from './wasm-stack.ts'

const task: EmbeddedTask = workerData

function tell(message: EmbeddedMessage): void {
  parentPort?.postMessage(message)
}

// What it looks for since it was made for browsers; it reaches the network by a WebSocket, if there is one.
Object.assign(globalThis, {
  self: globalThis,
  location: { href: import.meta.url },
  importScripts: () => undefined,
  WebSocket: undefined,
})

let exported: WebAssembly.Instance['exports'] = {}
const core = await createFFmpegCore({
  instantiateWasm(imports, use) {
    const instance = new WebAssembly.Instance(task.code, imports)
    use(instance)
    exported = instance.exports
    return exported
  },
})
const { _malloc: allocate } = core
enlargeStack(exported, allocate)
core.setLogger(({ type, message }) =>
  tell({ from: type === 'stdout' ? 'stdout' : 'stderr', line: message }),
)
lendFile(core, '/source', openSync(task.source, 'r'))
lendFile(core, '/made', openSync(task.made, 'w+'))
try {
  tell({ code: core.exec(...task.args) })
} catch (error) {
  // A trap, as with codecs that it cannot write: what a crash is to a program.
  tell({ from: 'stderr', line: String(error) })
}
