/**
 * The container of an action, as far as the action can tell: what apache/openwhisk-runtime-nodejs does with `POST /init` and
 * `POST /run` (core/nodejsActionBase: app.js, runner.js, src/service.js). It uses nothing but Node.js, listens on a free port
 * of this machine and prints `ready PORT`.
 */
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { json } from 'node:stream/consumers'
import { inflateRawSync } from 'node:zlib'

type Properties = Readonly<Record<string, unknown>>
type Main = (params: unknown) => unknown

/** What is refused, with the status of the answer. */
class Refusal extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

const END_OF_ACTIVATION = 'XXX_THE_END_OF_A_WHISK_ACTIVATION_XXX'

let state: 'ready' | 'starting' | 'running' | 'stopped' = 'ready'
let action: Main | undefined

async function initialize(body: Properties): Promise<unknown> {
  if (action !== undefined) throw new Refusal(403, 'Cannot initialize the action more than once.')
  if (state !== 'ready') throw new Refusal(403, `System not ready, status is ${state}.`)
  const { main, code, binary, env } = propertiesOf(body['value'])
  if (typeof main !== 'string' || typeof code !== 'string' || binary !== true) {
    throw new Refusal(403, 'Missing main/no code to execute.')
  }
  state = 'starting'
  for (const [name, value] of Object.entries(propertiesOf(env))) process.env[name] = inText(value)
  try {
    action = load(Buffer.from(code, 'base64'), main)
  } catch (error) {
    state = 'stopped'
    console.error('Error during initialization:', error)
    markEnd()
    const told = error instanceof Error ? error.stack : String(error)
    throw new Refusal(502, `Initialization has failed due to: ${told}`)
  }
  state = 'ready'
  return { OK: true }
}

function load(archive: Buffer, main: string): Main {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'action-')))
  unzip(archive, folder)
  process.chdir(folder)
  const handler: unknown = createRequire(path.join(folder, 'init.js'))(folder)[main]
  if (typeof handler !== 'function')
    throw new Error(`Action entrypoint '${main}' is not a function.`)
  return (params) => Reflect.apply(handler, undefined, [params])
}

async function run(body: Properties): Promise<unknown> {
  if (action === undefined) throw new Refusal(403, 'System not initialized.')
  if (state !== 'ready') throw new Refusal(403, `System not ready, status is ${state}.`)
  state = 'running'
  for (const [name, value] of Object.entries(body)) {
    if (typeof value === 'string') process.env[`__OW_${name.toUpperCase()}`] = value
  }
  try {
    const result = await resultOf(action, body['value'])
    state = 'ready'
    if (typeof result === 'object') return result
    throw new Refusal(502, 'The action did not return a dictionary.')
  } catch (error) {
    if (error instanceof Refusal) throw error
    state = 'stopped'
    console.error(error)
    throw new Refusal(502, `An error has occurred: ${String(error)}`)
  } finally {
    markEnd()
  }
}

/** A promise that is rejected is a result, unlike an error that is thrown before there is a promise. */
async function resultOf(main: Main, params: unknown): Promise<unknown> {
  const promise = main(params)
  try {
    return (await promise) ?? {}
  } catch (error) {
    return { error: error instanceof Error ? { name: error.name, message: error.message } : error }
  }
}

function markEnd(): void {
  console.log(END_OF_ACTIVATION)
  console.error(END_OF_ACTIVATION)
}

function unzip(archive: Buffer, folder: string): void {
  const end = archive.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  let entry = archive.readUInt32LE(end + 16)
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const method = archive.readUInt16LE(entry + 10)
    const size = archive.readUInt32LE(entry + 20)
    const [name = 0, extra = 0, comment = 0] = [28, 30, 32].map((at) =>
      archive.readUInt16LE(entry + at),
    )
    const local = archive.readUInt32LE(entry + 42)
    const file = path.join(folder, archive.toString('utf8', entry + 46, entry + 46 + name))
    const isFolder = file.endsWith(path.sep)
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
    const content = archive.subarray(start, start + size)
    mkdirSync(isFolder ? file : path.dirname(file), { recursive: true })
    if (!isFolder) writeFileSync(file, method === 0 ? content : inflateRawSync(content))
    entry += 46 + name + extra + comment
  }
}

function propertiesOf(value: unknown): Properties {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function inText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

async function answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
  try {
    const body = propertiesOf(await json(request))
    return { status: 200, body: await (request.url === '/init' ? initialize(body) : run(body)) }
  } catch (error) {
    const status = error instanceof Refusal ? error.status : 500
    return { status, body: { error: error instanceof Error ? error.message : String(error) } }
  }
}

const server = createServer((request, response) => {
  void answer(request).then(({ status, body }) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
  )
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address !== null) console.log(`ready ${address.port}`)
})
