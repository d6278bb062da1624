import { execFile } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { bubblewrap, type SandboxView } from '../../programs/bubblewrap.ts'

const run = promisify(execFile)

/** Where the folder of a task is, as a program in the sandbox sees it. */
const WORK = '/work'

/** The folder for temporary files within that of a task. */
export const TEMPORARY = 'tmp'

/** What starts and ends in the sandbox takes some thirty milliseconds. */
const PROBE_MS = 10_000

/** What LibreOffice reads of a system besides itself: its own settings where Debian keeps them, and what is known of fonts. */
const SHOWN = ['/etc/libreoffice', '/var/lib/libreoffice', '/var/cache/fontconfig'] as const

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
 * Makes the sandbox of bubblewrap: of the disk LibreOffice sees itself and the folder of a task.
 *
 * @param folder - of a task, to try it with
 * @returns undefined where it cannot be had, as in a container that forbids user namespaces
 */
export async function openSandbox(bwrap: string, folder: string): Promise<Sandbox | undefined> {
  const sandbox: Sandbox = {
    start: (work, program, args, environment) => ({
      command: bwrap,
      args: bubblewrap(viewOf(work, program, environment), [program, ...args(WORK)]),
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

function viewOf(
  folder: string,
  program: string,
  environment: Readonly<Record<string, string>>,
): SandboxView {
  const home = dirname(dirname(realpathSync(program)))
  return {
    shown: [...SHOWN, ...(`${home}/`.startsWith('/usr/') ? [] : [home])],
    writable: { [WORK]: folder, '/tmp': join(folder, TEMPORARY) },
    folder: WORK,
    environment: { ...environment, HOME: WORK, TMPDIR: '/tmp' },
    hasProcesses: true,
  }
}

/** Starts a program that sees all that its user may see, with the same arguments. */
export const NO_SANDBOX: Sandbox = {
  start: (folder, program, args) => ({ command: program, args: args(folder), work: folder }),
}
