/**
 * The process of an action: loads the module named on the command line once, then runs its `main` for every message
 * of the host. Written after the contract of openwhisk-runtime-nodejs (src/service.js, runner.js).
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { pathToFileURL } from 'node:url'
import { type ProcessMessage, frameEnd, frameText, runMessageSchema } from './protocol.ts'

const activation = new AsyncLocalStorage<string>()

for (const stream of [process.stdout, process.stderr]) {
  const write = stream.write.bind(stream)
  stream.write = (
    chunk: string | Uint8Array,
    encoding?: BufferEncoding | ((error?: Error | null) => void),
    callback?: (error?: Error | null) => void,
  ): boolean => {
    const done = typeof encoding === 'function' ? encoding : callback
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()
    const id = activation.getStore()
    return write(id === undefined ? text : frameText(id, text), done)
  }
}

function tell(message: ProcessMessage): void {
  process.send?.(message)
}

/** What of a thrown value the caller gets to see: an object that JSON can carry, without the stack. */
function serializeError(thrown: unknown): string {
  if (thrown instanceof Error) {
    return JSON.stringify(Object.assign({ name: thrown.name, message: thrown.message }, thrown))
  }
  return JSON.stringify(thrown) ?? JSON.stringify(String(thrown))
}

function endLogs(activationId: string): void {
  // Outside the activation's context, so that the frame is not framed again.
  activation.exit(() => {
    process.stdout.write(frameEnd(activationId))
    process.stderr.write(frameEnd(activationId))
  })
}

async function run(main: (params: object) => unknown, message: unknown): Promise<void> {
  const { activationId, params, environment } = runMessageSchema.parse(message)
  Object.assign(process.env, environment)
  await activation.run(activationId, async () => {
    try {
      const json = JSON.stringify((await main(params)) ?? {})
      endLogs(activationId)
      tell({ type: 'returned', activationId, json })
    } catch (error) {
      console.error(error)
      endLogs(activationId)
      tell({ type: 'threw', activationId, json: serializeError(error) })
    }
  })
}

async function loadMain(file: string): Promise<(params: object) => unknown> {
  const module: unknown = await import(pathToFileURL(file).href)
  const main = memberOf(module, 'main') ?? memberOf(memberOf(module, 'default'), 'main')
  if (typeof main !== 'function') throw new Error(`${file} exports no function named main`)
  return (params): unknown => Reflect.apply(main, undefined, [params])
}

function memberOf(value: unknown, key: string): unknown {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return undefined
  return Reflect.get(value, key)
}

// Ctrl-C reaches every process of the terminal; when this one ends is for the host to say.
process.on('SIGINT', () => undefined)

// Whoever started this process is gone, so nobody waits for what it does.
process.on('disconnect', () => process.exit(0))

try {
  const main = await loadMain(process.argv[2] ?? '')
  process.on('message', (message) => void run(main, message))
  tell({ type: 'ready' })
} catch (error) {
  console.error(error)
  tell({ type: 'unloadable', message: error instanceof Error ? error.message : String(error) })
}
