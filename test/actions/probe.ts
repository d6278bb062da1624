import { spawn } from 'node:child_process'
import { writeSync } from 'node:fs'
import * as z from 'zod/mini'

const paramsSchema = z.looseObject({
  act: z.optional(z.string()),
  /** Printed first, in order. */
  prints: z._default(
    z.array(z.object({ stream: z.enum(['stdout', 'stderr']), text: z.string() })),
    [],
  ),
  /** The action goes on when this URL answers. */
  gate: z.optional(z.string()),
})

const held: unknown[] = []

/** What an action may do, good and bad. */
const acts: Record<string, (params: Record<string, unknown>) => unknown> = {
  tell: (params) => ({ pid: process.pid, env: { ...process.env }, params }),
  arguments: () => ({ result: process.execArgv }),
  exit: () => process.exit(7),
  exitAfterwards() {
    setImmediate(() => process.exit(7))
    return {}
  },
  throwLater: () => forever(() => void setTimeout(() => fail('thrown in a timer'))),
  rejectUnheard: () => forever(() => void Promise.reject(new Error('nobody listens'))),
  never: () => forever(() => void setInterval(() => undefined, 1000)),
  spin() {
    for (;;);
  },
  fillBuffers: () =>
    forever(() => void setInterval(() => held.push(Buffer.alloc(20_000_000, 'x')), 1)),
  fillHeap: () =>
    forever(() => void setInterval(() => held.push(Array.from({ length: 500_000 }, String)), 1)),
  spawnAndExit() {
    startGrandchild()
    process.exit(7)
  },
  spawnAndStay: () => forever(startGrandchild),
  spawnApart: () => forever(() => startGrandchild({ detached: true })),
  sendToHost() {
    process.send?.({ type: 'returned' })
    return { sent: process.send !== undefined }
  },
  sendNonsense: () => forever(sendNonsense),
  bytes() {
    const bytes = Buffer.from('grün\n')
    process.stdout.write(bytes.subarray(0, 3))
    process.stdout.write(bytes.subarray(3))
    return {}
  },
  fail: () => fail('as asked'),
  failWithCode: () => Promise.reject(Object.assign(new Error('as asked'), { code: 'E_ASKED' })),
  failWithResponse: () => Promise.reject(responseOf(404)),
  failInCircles() {
    const error = new Error('as asked')
    return Promise.reject(Object.assign(error, { request: { error } }))
  },
  failWithNothing: () => Promise.reject(undefined),
  returnError: () => ({ error: responseOf(418) }),
  returnNothing: () => undefined,
  returnNull: () => null,
  returnNumber: () => 5,
  returnText: () => 'text',
  returnArray: () => [1],
  returnFunction: () => () => 5,
  returnLarge: () => ({ text: 'x'.repeat(1024 * 1024) }),
  returnDeep: () => ({ deep: nested(1000) }),
  throwDeep: () => Promise.reject(nested(1001)),
  returnBigInt: () => ({ count: 5n }),
  returnCircular() {
    const result: Record<string, unknown> = {}
    result['self'] = result
    return result
  },
}

/** Does what it is asked for, once it has printed and waited. */
export async function main(raw: unknown): Promise<unknown> {
  const params = paramsSchema.parse(raw)
  for (const { stream, text } of params.prints) process[stream].write(text)
  if (params.gate !== undefined) await (await fetch(params.gate)).text()
  return acts[params.act ?? 'tell']?.(params)
}

function forever(begin: () => void): Promise<never> {
  begin()
  return new Promise(() => undefined)
}

function fail(message: string): never {
  throw new Error(message)
}

function responseOf(statusCode: number): object {
  return { statusCode, body: { message: 'as asked' } }
}

/** Tells the host what the runner never would, and exits. */
function sendNonsense(): void {
  const message = { type: 'returned', activationId: process.env['__OW_ACTIVATION_ID'], json: '{' }
  const json = Buffer.from(JSON.stringify(message))
  const head = Buffer.alloc(8)
  head.writeUInt32BE(json.length)
  writeSync(3, Buffer.concat([head, json]))
  process.exit()
}

/** Arrays in one another. */
function nested(levels: number): unknown {
  return Array.from({ length: levels }).reduce<unknown>((inner) => [inner], 0)
}

/** Starts a program that holds this process's output open for ever. */
function startGrandchild(options: { detached?: boolean } = {}): void {
  const { pid } = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
    ...options,
    stdio: 'inherit',
  })
  console.log(`grandchild ${pid}`)
}
