import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { basename } from 'node:path'
import { passingPrefix } from '../base/passing-folder.ts'
import { bubblewrap, NOBODY, type SandboxView } from './bubblewrap.ts'
import type { ProgramStart } from './run-program.ts'

/** As much as the programs of one sandbox may take. */
export const SANDBOX_LIMITS = {
  /** Seconds of a processor, of each process. */
  cpuSeconds: 900,
  /** Processes and threads. */
  processes: 128,
  /** Bytes of one file. */
  fileBytes: 4_000_000_000,
  /** Bytes of addresses of one process; most of them are never touched. */
  addressBytes: 4_000_000_000,
  openFiles: 256,
  /** Seconds after which it ends even where nobody is left who would end it. */
  wallSeconds: 600,
  /** Bytes of temporary files. */
  temporaryBytes: 256 * 1024 * 1024,
} as const

/** A program to run in a sandbox. */
export interface SandboxedProgram {
  readonly bwrap: string
  /** An absolute path. */
  readonly program: string
  readonly args: readonly string[]
  /** The folder that it sees as `/input`, and cannot write to. */
  readonly inputs: string
  /** The folder that it sees as `/output`, where alone it can leave anything. */
  readonly outputs: string
}

/** Where ImageMagick has its settings. */
const SHOWN = ['/etc/ImageMagick-6', '/etc/ImageMagick-7'] as const

/**
 * How a program is started that has nothing of the machine but its programs, its input and its output, within
 * {@link SANDBOX_LIMITS}.
 */
export function sandboxed(sandbox: SandboxedProgram): ProgramStart {
  const { bwrap, program, args, inputs, outputs } = sandbox
  const limits = SANDBOX_LIMITS
  const own = program.startsWith('/usr/') ? undefined : `/program/${basename(program)}`
  const view: SandboxView = {
    shown: SHOWN,
    placed: { '/input': inputs, ...(own !== undefined && { [own]: realpathSync(program) }) },
    writable: { '/output': outputs },
    folder: '/output',
    environment: { PATH: '/usr/bin', HOME: '/tmp', LANG: 'C.UTF-8' },
    temporaryBytes: limits.temporaryBytes,
  }
  return {
    command: bwrap,
    // A root is bound by no limit of processes.
    identity: process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : undefined,
    folder: '/',
    environment: {},
    args: bubblewrap(
      view,
      [
        ['/usr/bin/timeout', '--signal=KILL', String(limits.wallSeconds)],
        ['/usr/bin/prlimit', `--cpu=${limits.cpuSeconds}`, `--nproc=${limits.processes}`],
        [`--fsize=${limits.fileBytes}`, `--as=${limits.addressBytes}`],
        [`--nofile=${limits.openFiles}`, '--core=0', '--'],
        [own ?? program, ...args],
      ].flat(),
    ),
  }
}

/** How long the probe may take, in milliseconds. */
const PROBE_MS = 10_000

/** What probes have found, by the program that they tried: the machine does not change while the service runs. */
const probed = new Map<string, string | undefined>()

/**
 * Tries the sandbox once, with its full line: many a container and many a system forbid a part of it.
 *
 * @returns why there is none, to complete "… cannot make its sandbox here: …"; undefined when there is one
 */
export function sandboxProblem(bwrap: string): string | undefined {
  if (!probed.has(bwrap)) probed.set(bwrap, probe(bwrap))
  return probed.get(bwrap)
}

function probe(bwrap: string): string | undefined {
  const folder = mkdtempSync(passingPrefix('sandbox'))
  try {
    // Who tries it as nobody has to get there.
    chmodSync(folder, 0o755)
    if (process.getuid?.() === 0) chownSync(folder, NOBODY, NOBODY)
    const program = '/usr/bin/env'
    const sandbox = { bwrap, program, args: ['true'], inputs: folder, outputs: folder }
    const { command, args, identity, folder: cwd, environment: env } = sandboxed(sandbox)
    const { status, stderr, error } = spawnSync(command, args, {
      ...identity,
      cwd,
      env,
      encoding: 'utf8',
      timeout: PROBE_MS,
      killSignal: 'SIGKILL',
    })
    if (status === 0) return undefined
    return stderr.trim().split('\n').at(-1) || error?.message || 'it ended without a word'
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
