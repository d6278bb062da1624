import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import path from 'node:path'
import { isRecord } from '../../src/base/json.ts'
import { readManifest } from '../../src/runtime/deploy/manifest.ts'
import type { Activation } from '../../src/runtime/run/activation.ts'
import { createRuntime, type Runtime } from '../../src/runtime/run/runtime.ts'

/** The key of the namespace `space`. */
export const API_KEY = 'user:password'

/** Opens the namespace `space` with the actions of a manifest in test/actions. */
export function openHost(
  manifest = 'host.yml',
  options: Partial<Parameters<typeof createRuntime>[0]> = {},
): Runtime {
  return createRuntime({
    namespace: 'space',
    apiKey: API_KEY,
    actions: readManifest(path.resolve('test/actions', manifest)),
    environment: () => ({ PATH: process.env['PATH'] ?? '', __OW_API_HOST: 'https://host.test' }),
    bindParams: (params) => params,
    clientOf: ({ client }) => String(client),
    directory: process.cwd(),
    now: Date.now,
    // However slow the machine is, there are no more processes than are asked for.
    longWorkMs: 2 ** 30,
    precedence: { begin: () => () => undefined, hasMuch: () => false },
    ...options,
  })
}

/** A host for the tests of the enclosing `describe`; whatever still runs after them is killed. */
export function useHost(manifest?: string): { host: () => Runtime } {
  let host: Runtime | undefined
  before(() => {
    host = openHost(manifest)
  })
  after(() => host?.stop(0))
  return {
    host: () => {
      assert.ok(host)
      return host
    },
  }
}

/** Runs an action of the package `test` to its end. */
export async function runAction(
  host: Runtime,
  action: string,
  params: Record<string, unknown> = {},
): Promise<Activation> {
  return host.invoke(`test/${action}`, params).ended
}

/** The result of an activation, an object. */
export function resultOf({ response }: Activation): Record<string, unknown> {
  assert.ok(isRecord(response.result))
  return response.result
}

/** The id of the process that an activation ran in, when it was asked to `tell`. */
export function pidOf(activation: Activation): number {
  const { pid } = resultOf(activation)
  assert.ok(typeof pid === 'number', JSON.stringify(activation))
  return pid
}

/** An activation's log without the times. */
export function linesOf({ logs }: Activation): string[] {
  return logs.map((line) => line.replace(/^\S+ /, ''))
}

/** Whether a process is alive. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Whether a process that is no child of this one has ended; its new parent may not have noticed yet. */
export function isGone(pid: number): boolean {
  if (!isAlive(pid)) return true
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return !isAlive(pid)
  }
}

/** Has a server listen at any free port; resolves with its origin. */
export async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  return `http://127.0.0.1:${address.port}`
}

/** Where actions wait until a test lets them go on: URLs that answer when they are opened. */
export interface Gates {
  /** A URL to wait at. */
  url: (name: string) => string
  /** Resolves when somebody waits at the gate. */
  arrival: (name: string) => Promise<void>
  /** Lets those who wait go on, and everybody who comes later. */
  open: (name: string) => void
  /** Ends the connections of those who still wait. */
  close: () => Promise<void>
}

/** Opens {@link Gates} of its own. */
export async function openGates(): Promise<Gates> {
  const gates = new Map<
    string,
    { arrived: PromiseWithResolvers<void>; isOpen: boolean; waiting: ServerResponse[] }
  >()
  const gate = (name: string) => {
    const found = gates.get(name)
    if (found !== undefined) return found
    const made = { arrived: Promise.withResolvers<void>(), isOpen: false, waiting: [] }
    gates.set(name, made)
    return made
  }
  const server = createServer((request, response) => {
    const { arrived, isOpen, waiting } = gate((request.url ?? '').slice(1))
    if (isOpen) response.end()
    else waiting.push(response)
    arrived.resolve()
  })
  const origin = await listen(server)
  return {
    url: (name) => `${origin}/${name}`,
    arrival: (name) => gate(name).arrived.promise,
    open(name) {
      const opened = gate(name)
      opened.isOpen = true
      for (const response of opened.waiting) response.end()
    },
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** {@link Gates} for the tests of the enclosing `describe`. */
export function useGates(): { gates: () => Gates } {
  let gates: Gates | undefined
  before(async () => {
    gates = await openGates()
  })
  after(() => gates?.close())
  return {
    gates: () => {
      assert.ok(gates)
      return gates
    },
  }
}
