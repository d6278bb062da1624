import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { ProgramStart } from './run-program.ts'

/** The user and the group `nobody`: who runs in the sandbox, and outside of it, too, where the service runs as root. */
export const NOBODY = 65_534

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

/** What of the machine is seen in the sandbox, read only, where it is there: programs, and how they find their parts. */
const SEEN = [
  '/etc/alternatives',
  '/etc/ld.so.cache',
  '/etc/fonts',
  '/etc/ImageMagick-6',
  '/etc/ImageMagick-7',
] as const

const DEVICES = ['/dev/null', '/dev/zero', '/dev/random', '/dev/urandom'] as const

/** The folders that are links to those below `/usr`, as all systems have it whose programs are there. */
const LINKS = ['bin', 'lib', 'lib32', 'lib64', 'sbin'] as const

/**
 * The line by which a program runs with nothing of the machine but its programs, without a network, without other
 * processes in sight, as nobody, without a way to more rights, and within {@link SANDBOX_LIMITS}. The root folder is in
 * memory, and can be written to no more once it is complete.
 */
export function sandboxed(sandbox: SandboxedProgram): ProgramStart {
  const { bwrap, program, args, inputs, outputs } = sandbox
  const limits = SANDBOX_LIMITS
  // A root is bound by no limit of processes.
  const identity = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : undefined
  const own = program.startsWith('/usr/') ? undefined : `/program/${basename(program)}`
  return {
    command: bwrap,
    identity,
    folder: '/',
    environment: {},
    args: [
      ['--unshare-all', '--unshare-user', '--disable-userns'],
      ['--die-with-parent', '--new-session', '--cap-drop', 'ALL'],
      ['--uid', String(NOBODY), '--gid', String(NOBODY), '--hostname', 'sandbox'],
      ['--clearenv', '--setenv', 'PATH', '/usr/bin', '--setenv', 'HOME', '/tmp'],
      ['--setenv', 'LANG', 'C.UTF-8'],
      ['--ro-bind', '/usr', '/usr'],
      ...LINKS.map((link) => ['--symlink', `usr/${link}`, `/${link}`]),
      ...SEEN.map((path) => ['--ro-bind-try', path, path]),
      ...DEVICES.map((path) => ['--dev-bind', path, path]),
      own === undefined ? [] : ['--ro-bind', realpathSync(program), own],
      ['--size', String(limits.temporaryBytes), '--tmpfs', '/tmp'],
      ['--ro-bind', inputs, '/input', '--bind', outputs, '/output'],
      ['--chdir', '/output', '--remount-ro', '/', '--'],
      ['/usr/bin/timeout', '--signal=KILL', String(limits.wallSeconds)],
      ['/usr/bin/prlimit', `--cpu=${limits.cpuSeconds}`, `--nproc=${limits.processes}`],
      [`--fsize=${limits.fileBytes}`, `--as=${limits.addressBytes}`],
      [`--nofile=${limits.openFiles}`, '--core=0', '--'],
      [own ?? program, ...args],
    ].flat(),
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
  const folder = mkdtempSync(join(tmpdir(), 'darkroom-sandbox-'))
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
