import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Readable, Writable } from 'node:stream'
import type { CommandLine } from './confinement.ts'

/** How much of what Chromium writes to its standard error is kept, in characters. */
const LOG_LENGTH = 20_000

/** A Chromium that starts, or runs. */
export interface BrowserProcess {
  /** What it is told by, and what it answers with: JSON, each ended by a zero byte. */
  readonly commands: Writable
  readonly answers: Readable
  /** Resolves when it has been started, and its way to the proxy is open; rejects when there will be none. */
  readonly ready: Promise<void>
  /** Ends it; resolves with the end of what it wrote to its standard error, and why it did not start if so. */
  readonly end: () => Promise<string>
}

/** Starts Chromium, which ends with this process at the latest. */
export function startBrowser(
  { command, args, uid, isBridged }: CommandLine,
  environment: Readonly<Record<string, string>>,
): BrowserProcess {
  const child = spawn(command, args, {
    env: { ...environment },
    ...(uid !== undefined && { uid, gid: uid }),
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe', isBridged ? 'pipe' : 'ignore'],
  })
  const kill = (): void => void child.kill('SIGKILL')
  process.once('exit', kill)
  const log = readLog(child)
  const commands = child.stdio[3]
  const answers = child.stdio[4]
  if (!(commands instanceof Writable && answers instanceof Readable)) {
    throw new Error(`There is no process of ${command}.`)
  }
  // It is gone, which its answers tell by their end.
  commands.on('error', () => undefined)
  answers.on('error', () => undefined)
  const ready = waitUntilReady(child, isBridged)
  // Whoever waits for it hears of it, which begins only later.
  ready.catch(() => undefined)
  return {
    commands,
    answers,
    ready,
    end() {
      kill()
      return log
    },
  }
}

function readLog(child: ChildProcess): Promise<string> {
  let log = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log = `${log}${text}`.slice(-LOG_LENGTH)
  })
  return new Promise((resolve) => {
    child.on('error', (error) => resolve(`${log}\n${error.message}`))
    child.on('close', () => resolve(log))
  })
}

async function waitUntilReady(child: ChildProcess, isBridged: boolean): Promise<void> {
  await once(child, 'spawn')
  const bridge = child.stdio.at(5)
  if (!isBridged || !(bridge instanceof Readable)) return
  const told = Promise.withResolvers<void>()
  bridge.once('data', () => told.resolve())
  bridge.once('error', told.reject)
  bridge.once('close', () =>
    told.reject(new Error('The way from Chromium to its proxy did not open.')),
  )
  await told.promise
}
