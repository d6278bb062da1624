import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import * as z from 'zod/mini'
import { freePort } from '../../test/support/free-port.ts'

/** An object store in a process of its own. */
export interface Store {
  /** What has a service keep its objects there. */
  readonly environment: Readonly<Record<string, string>>
  readonly kill: () => Promise<void>
  /** Starts it again where it was. */
  readonly start: () => Promise<void>
}

/** Starts one, whose objects are in a folder. */
export async function startStore(folder: string): Promise<Store> {
  const port = await freePort()
  let child: ChildProcess

  async function start(): Promise<Record<string, string>> {
    const started = spawn(process.execPath, ['bench/chaos/serve-store.ts', folder, String(port)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    child = started
    for await (const line of createInterface({ input: started.stdout })) {
      return z.record(z.string(), z.string()).parse(JSON.parse(line))
    }
    throw new Error('The store ended before it listened.')
  }

  process.once('exit', () => child.kill('SIGKILL'))
  return {
    environment: await start(),
    async kill() {
      if (child.kill('SIGKILL')) await once(child, 'exit')
    },
    async start() {
      await start()
    },
  }
}
