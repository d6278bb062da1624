/**
 * The process of an action: loads the module named on the command line once, then runs its `main` for every message
 * of the runtime. Written after the contract of openwhisk-runtime-nodejs (src/service.js, runner.js).
 *
 * With a second argument the first is the folder of a deployed action, and the second the function in it.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { realpathSync } from 'node:fs'
import { createRequire, flushCompileCache, setSourceMapsSupport } from 'node:module'
import path from 'node:path'
import { StringDecoder } from 'node:string_decoder'
import { inspect } from 'node:util'
import { tellNearbyService } from '../../base/nearby-service.ts'
import { loadPackagesLate } from '../../base/required/late-loading.ts'
import { endSession } from '../../programs/process-session.ts'
import { endHere, listenToParent } from '../../tasks/child.ts'
import { createExchanges, type Exchanges, watchRequests } from './exchanges.ts'
import { excerpt, findPlace } from './load-problem.ts'
import { loadedModules } from './loaded-modules.ts'
import { createNearbyAsks } from './nearby-asks.ts'
import { createPrintedBy } from './printed-by.ts'
import { readMark } from './process-mark.ts'
import { loadProjectModule } from './project-module.ts'
import {
  frameEnd,
  frameText,
  LARGEST_RESULT_BYTES,
  LONGEST_PROBLEM,
  MOST_MODULES,
  type ProcessMessage,
  type RunMessage,
  runtimeMessageSchema,
} from './protocol.ts'

/** The activation that code runs for. Bytes it prints may end within a character, hence the decoders. */
const activation = new AsyncLocalStorage<{
  id: string
  decoders: { stdout: StringDecoder; stderr: StringDecoder }
  exchanges: Exchanges
}>()

watchRequests(() => activation.getStore()?.exchanges)

/** The folder of the house, whose own files are none of the action's. */
const HOUSE = path.resolve(import.meta.dirname, '../..') + path.sep
const isPrintedByAction = createPrintedBy(HOUSE)

// The stacks of errors then name the files that a bundle was made of.
setSourceMapsSupport(true)

for (const name of ['stdout', 'stderr'] as const) {
  const stream = process[name]
  const write = stream.write.bind(stream)
  stream.write = (
    chunk: string | Uint8Array,
    encoding?: BufferEncoding | ((error?: Error | null) => void),
    callback?: (error?: Error | null) => void,
  ): boolean => {
    const done = typeof encoding === 'function' ? encoding : callback
    const running = activation.getStore()
    if (running === undefined) return write(chunk, done)
    const text = typeof chunk === 'string' ? chunk : running.decoders[name].write(chunk)
    return write(frameText(running.id, text, isPrintedByAction(text)), done)
  }
}

const loaded = Promise.withResolvers<Main>()
const session = { leader: process.pid, variable: readMark(process.env) }
const runtime = listenToParent({
  hear(said) {
    const message = runtimeMessageSchema.parse(said)
    if (message.type === 'run') void loaded.promise.then((main) => run(main, message))
    else nearby.hear(message)
  },
  // Whoever started this process is gone, so nobody waits for what it does, or what it has started.
  ended() {
    endSession(session)
    // In a sandbox the session that it is in has another leader.
    endHere()
  },
})

function tell(message: ProcessMessage): void {
  runtime.send(message)
}

const nearby = createNearbyAsks({
  ask: (ask, body) => runtime.send(ask, body),
  current: () => activation.getStore(),
})

/** Tells how a run has ended; what nobody would take is not sent. */
function tellEnd(type: 'returned' | 'threw', activationId: string, json: string): void {
  const bytes = Buffer.byteLength(json)
  if (bytes > LARGEST_RESULT_BYTES) tell({ type: 'oversized', activationId, bytes })
  else tell({ type, activationId, json })
}

/** What of a thrown value the caller gets to see: an object that JSON can carry, without the stack. */
function serializeError(thrown: unknown): string {
  const plain = thrown instanceof Error ? { name: thrown.name, message: thrown.message } : undefined
  try {
    const whole = plain === undefined ? thrown : Object.assign({ ...plain }, thrown)
    return JSON.stringify(whole) ?? JSON.stringify(String(thrown))
  } catch {
    // Such as an error that leads back to itself by way of a request.
    return JSON.stringify(plain ?? String(thrown))
  }
}

function endLogs(activationId: string): void {
  // Outside the activation's context, so that the frame is not framed again.
  activation.exit(() => {
    process.stdout.write(frameEnd(activationId))
    process.stderr.write(frameEnd(activationId))
  })
}

async function run(main: Main, message: RunMessage): Promise<void> {
  const { activationId, params, environment } = message
  Object.assign(process.env, environment)
  tell({ type: 'began', activationId })
  const decoders = { stdout: new StringDecoder(), stderr: new StringDecoder() }
  const exchanges = createExchanges((exchange) => {
    tell({ type: 'exchange', activationId, exchange })
  })
  await activation.run({ id: activationId, decoders, exchanges }, async () => {
    try {
      const result = await main(params)
      // What JSON cannot say, such as a function, is no dictionary and neither is null.
      const json = JSON.stringify(result === undefined ? {} : result) ?? 'null'
      exchanges.close()
      endLogs(activationId)
      tellEnd('returned', activationId, json)
    } catch (error) {
      console.error(error)
      exchanges.close()
      endLogs(activationId)
      tellEnd('threw', activationId, serializeError(error))
    }
  })
}

type Main = (params: object) => unknown

async function loadMain(file: string): Promise<Main> {
  // What was deployed knows connections alone.
  tellNearbyService(nearby.service)
  loadPackagesLate()
  const module = await loadProjectModule(file)
  const main = memberOf(module, 'main') ?? memberOf(memberOf(module, 'default'), 'main')
  return toMain(main, `${file} exports no function named main`)
}

/** Loads a deployed action as OpenWhisk's runtime does: its folder is required, or the module in it that is named. */
function loadDeployed(given: string, handler: string): Main {
  const folder = realpathSync(given)
  const dot = handler.lastIndexOf('.')
  const [module, name] = [handler.slice(0, Math.max(dot, 0)), handler.slice(dot + 1)]
  const require = createRequire(path.join(folder, 'index.js'))
  const exported: unknown = require(path.join(folder, module))
  return toMain(memberOf(exported, name), `The action exports no function named ${name}`)
}

function toMain(main: unknown, otherwise: string): Main {
  if (typeof main !== 'function') throw new Error(otherwise)
  return (params): unknown => Reflect.apply(main, undefined, [params])
}

function memberOf(value: unknown, key: string): unknown {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return undefined
  return Reflect.get(value, key)
}

// Ctrl-C reaches every process of the terminal; when this one ends is for the runtime to say.
process.on('SIGINT', () => undefined)

/** How much of a stack is looked through for the place of a mistake, in calls. */
const DEEPEST_STACK = 100

try {
  const [, , file = '', handler] = process.argv
  const usual = Error.stackTraceLimit
  Error.stackTraceLimit = DEEPEST_STACK
  const main = handler === undefined ? await loadMain(file) : loadDeployed(file, handler)
  Error.stackTraceLimit = usual
  loaded.resolve(main)
  tell({ type: 'ready', modules: loadedModules().slice(0, MOST_MODULES) })
  // Node writes its cache of compiled code when a process exits by itself, and this one is going to be killed.
  setImmediate(flushCompileCache)
} catch (error) {
  // It is told with its place as well.
  process.stderr.write(frameText('', `${inspect(error)}\n`, false))
  const modules = loadedModules()
  const [, , file = ''] = process.argv
  const place = findPlace(error, { house: HOUSE, latest: modules.at(-1) ?? file })
  tell({
    type: 'unloadable',
    message: (error instanceof Error ? error.message : String(error)).slice(0, LONGEST_PROBLEM),
    modules: modules.slice(0, MOST_MODULES),
    ...(place && { place: { ...place, excerpt: excerpt(place) } }),
  })
}
