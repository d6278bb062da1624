import { execFile } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Where the folder of a task is, as a program in the sandbox sees it. */
const WORK = '/work'

/** The folder for temporary files within that of a task. */
export const TEMPORARY = 'tmp'

/** What starts and ends in the sandbox takes some thirty milliseconds. */
const PROBE_MS = 10_000

/** What LibreOffice reads of a system besides itself: libraries, fonts, and its own settings where Debian keeps them. */
const READ = [
  '/etc/fonts',
  '/etc/libreoffice',
  '/etc/ld.so.cache',
  '/etc/alternatives',
  '/var/lib/libreoffice',
  '/var/cache/fontconfig',
  '/usr/share/fonts',
]

/** Folders that are links into /usr on most systems of today. */
const SYSTEM = ['lib', 'lib32', 'lib64', 'bin']

/** How a program is started, and where it then finds the folder of its task. */
export interface Start {
  readonly command: string
  readonly args: readonly string[]
  readonly work: string
}

/** Starts programs that see one folder. */
export interface Sandbox {
  /**
   * @param folder - all that the program may write, with one {@link TEMPORARY} in it
   * @param environment - all that it gets to see of one; HOME and TMPDIR are within the folder
   */
  readonly start: (
    folder: string,
    program: string,
    args: (work: string) => readonly string[],
    environment: Readonly<Record<string, string>>,
  ) => Start
}

/**
 * Makes the sandbox of bubblewrap: no network, no processes but its own, and of the disk the program, the libraries and
 * fonts of the system and the folder of a task. It ends with whoever has started it.
 *
 * @param folder - of a task, to try it with
 * @returns undefined where it cannot be had, as in a container that forbids user namespaces
 */
export async function openSandbox(bwrap: string, folder: string): Promise<Sandbox | undefined> {
  const sandbox: Sandbox = {
    start: (work, program, args, environment) => ({
      command: bwrap,
      args: [...confine(work, program, environment), '--', program, ...args(WORK)],
      work: WORK,
    }),
  }
  const { command, args } = sandbox.start(folder, '/bin/sh', () => ['-c', ':'], {})
  try {
    await run(command, args, { timeout: PROBE_MS, killSignal: 'SIGKILL' })
    return sandbox
  } catch {
    return undefined
  }
}

function confine(
  folder: string,
  program: string,
  environment: Readonly<Record<string, string>>,
): string[] {
  const home = dirname(dirname(realpathSync(program)))
  const readable = [...READ, ...(home.startsWith('/usr/') ? [] : [home])]
  const mounts: readonly (readonly string[])[] = [
    ['--ro-bind', '/usr', '/usr'],
    ...SYSTEM.map((name) => ['--ro-bind-try', `/${name}`, `/${name}`]),
    ...readable.map((path) => ['--ro-bind-try', path, path]),
    ['--proc', '/proc'],
    ['--dev', '/dev'],
    ['--bind', folder, WORK],
    ['--bind', join(folder, TEMPORARY), '/tmp'],
    // What could be written beside these would be memory without a limit.
    ['--remount-ro', '/'],
    ['--remount-ro', '/dev'],
  ]
  const variables = { ...environment, HOME: WORK, TMPDIR: '/tmp' }
  return [
    '--unshare-all',
    '--die-with-parent',
    '--new-session',
    '--clearenv',
    ...mounts.flat(),
    '--chdir',
    WORK,
    ...Object.entries(variables).flatMap(([name, value]) => ['--setenv', name, value]),
  ]
}

/** Starts a program that sees all that its user may see, with the same arguments. */
export const NO_SANDBOX: Sandbox = {
  start: (folder, program, args) => ({ command: program, args: args(folder), work: folder }),
}
