import assert from 'node:assert/strict'
import { type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, writeSync } from 'node:fs'
import * as z from 'zod/mini'

const paramsSchema = z.looseObject({ act: z.optional(z.string()) })

/** Where the runtime and the process of an action speak with each other. */
const CHANNEL = 3

const LONG = Buffer.alloc(1024 * 1024, 'x')

const acts: Record<string, () => unknown> = {
  /** What no channel of Node.js ever says. */
  garbage: () => forever(() => write(CHANNEL, 'garbage\n{"cmd":"NODE_HANDLE"}\n[]\n')),
  emptyLines: () => forever(() => write(CHANNEL, '\n'.repeat(100_000))),
  /** A frame that is announced as long as can be said. */
  announceMuch: () => forever(() => write(CHANNEL, Buffer.alloc(8, 255))),
  /** No line and no frame ends. */
  endless: () => forever(() => setInterval(() => write(CHANNEL, LONG), 0)),
  /** A letter, but none of the runner's. */
  unknownJson: () => forever(() => write(CHANNEL, Buffer.from('00000002000000007b7d', 'hex'))),
  returnHuge: () => ({ text: '"'.repeat(1_500_000) }),
  hangUp: () => forever(() => closeSync(CHANNEL)),
  loop() {
    for (;;);
  },
  /** A program in a session of its own. */
  apart: () => startPrograms(`stay()`, { detached: true }),
  /** Its parent has gone besides. */
  apartFromParent: () => startPrograms(`start('stay()', { detached: true })`, { detached: true }),
  /** Its parent has gone, and there is nothing of the action in its environment. */
  withoutEnvironment: () => startPrograms(`start('stay()', { env: {} })`),
  /** As much memory as no action may have, in a program. */
  memoryApart: () =>
    forever(() => startPrograms(`hold = Buffer.alloc(4e8, 1); stay()`, { detached: true })),
}

/** Does what it is asked for. */
export async function main(raw: unknown): Promise<unknown> {
  const { act } = paramsSchema.parse(raw)
  return act === undefined ? { pid: process.pid } : acts[act]?.()
}

function forever(begin: () => unknown): Promise<never> {
  void begin()
  return new Promise(() => undefined)
}

function write(to: number, what: string | Buffer): void {
  try {
    writeSync(to, typeof what === 'string' ? Buffer.from(what) : what)
  } catch {
    // Nobody reads so much so soon, or any more.
  }
}

/** What programs begin with. */
const PROLOGUE = `
  const [, prologue] = process.argv
  const start = (code, options) => {
    require('child_process').spawn(process.execPath, ['-e', prologue + code, prologue], { stdio: 'inherit', ...options })
      .once('spawn', () => process.exit())
  }
  const stay = () => {
    console.log(process.pid)
    setInterval(() => {}, 1000)
  };`

/** Starts a program, and perhaps others by it; resolves with the number of the one that stays. */
async function startPrograms(code: string, options: SpawnOptions = {}): Promise<{ pid: number }> {
  const child = spawn(process.execPath, ['-e', PROLOGUE + code, PROLOGUE], {
    ...options,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  assert.ok(child.stdout)
  const [text]: unknown[] = await once(child.stdout.setEncoding('utf8'), 'data')
  return { pid: Number(text) }
}
