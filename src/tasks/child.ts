import { type ChildProcess, spawn } from 'node:child_process'
import { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { type Channel, type ChannelListener, type LetterLimits, openChannel } from './channel.ts'

/** The file descriptor of its end of the channel in a process that {@link startChild} has started. */
const CHANNEL = 3

/** How a process of Node.js is started. */
export interface ChildOptions {
  /** The module that runs in it, which calls {@link listenToParent} when it has something to say or to hear. */
  readonly module: URL
  readonly args?: readonly string[]
  /** Options for Node.js itself; none of those of this process. */
  readonly flags?: readonly string[]
  /** The whole environment. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The folder that it finds itself in; that of this process unless given. */
  readonly folder?: string
  /** Has it started by another program, such as one that makes a sandbox: a whole command line out of that of Node.js. */
  readonly startedBy?: ((run: readonly string[]) => readonly string[]) | undefined
  /** Whether it leads a session and a group of its own, which can be ended as a whole. */
  readonly leads?: boolean
  readonly stdout: 'ignore' | 'pipe'
  readonly stderr: 'ignore' | 'pipe' | 'inherit'
  /** The longest letters that are taken from it. */
  readonly limits: LetterLimits
}

/** A process of Node.js, and the channel to it. */
export interface Child extends Channel {
  readonly process: ChildProcess
  /** Says whether it keeps this process from ending by itself, as it does at first. */
  readonly hold: (isHeld: boolean) => void
}

/**
 * Starts a process of Node.js that runs a module of the house, with a {@link openChannel channel} that withstands whatever code
 * runs beside or in place of that module.
 *
 * @param listener - is told of a violation, too, and then should end the process
 * @throws {Error} for an environment that the system refuses, or when no more files can be opened; what else keeps it from being
 *   started is an 'error' of the process
 */
export function startChild(options: ChildOptions, listener: ChannelListener): Child {
  const { module, args = [], flags = [], environment, leads = false, limits } = options
  const { startedBy = (run) => run } = options
  const [command = '', ...words] = startedBy([
    process.execPath,
    ...flags,
    fileURLToPath(module),
    ...args,
  ])
  const child = spawn(command, words, {
    env: { ...environment },
    cwd: options.folder,
    detached: leads,
    stdio: ['ignore', options.stdout, options.stderr, 'overlapped'],
  })
  // There is none, whatever the types say, when the limit of open files is reached.
  const stream = child.stdio?.[CHANNEL]
  if (!(stream instanceof Socket)) {
    // It is told so later as well, when nobody knows the process.
    child.on('error', () => undefined)
    throw new Error('no more files can be opened')
  }
  return {
    process: child,
    ...openChannel(stream, { ...listener, limits }),
    hold(isHeld) {
      for (const each of [child, stream]) {
        if (isHeld) each.ref()
        else each.unref()
      }
    },
  }
}

/** Opens the channel to the process that has started this one by {@link startChild}; it keeps this one from ending by itself. */
export function listenToParent(listener: ChannelListener): Channel {
  return openChannel(new Socket({ fd: CHANNEL, readable: true, writable: true }), {
    ...listener,
    limits: { json: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY },
  })
}

/**
 * Ends this process at once, whatever native code runs in it: a process that exits waits for that first, which may take minutes.
 */
export function endHere(): never {
  process.kill(process.pid, 'SIGKILL')
  throw new Error('unreachable: the signal has ended this process')
}
