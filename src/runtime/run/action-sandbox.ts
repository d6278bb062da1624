import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { removeTree } from '../../home/remove-tree.ts'
import { bubblewrap, type SandboxView } from '../../programs/bubblewrap.ts'
import type { Action } from './action.ts'

/** Where the processes of deployed code run, if bubblewrap works here. */
export interface ActionSandbox {
  /** The path of bubblewrap. */
  readonly bwrap: string
  /** The folder in which each process gets one for itself; nobody else's is seen. */
  readonly work: string
}

/** What one process has of the machine. */
export interface SandboxPlace {
  /** The whole command line that starts a program in it. */
  readonly startedBy: (run: readonly string[]) => readonly string[]
  /** All that a program in it gets to see of an environment. */
  readonly environment: Readonly<Record<string, string>>
  /** Removes what has been left in it, when all that ran there has ended. */
  readonly remove: () => Promise<void>
}

/** A deployed action. */
export type DeployedAction = Action & Required<Pick<Action, 'deployed'>>

/** How code finds hosts, whom it trusts, and what time it is; where these are links, what they lead to is seen. */
const SETTINGS = [
  '/etc/resolv.conf',
  '/etc/hosts',
  '/etc/host.conf',
  '/etc/nsswitch.conf',
  '/etc/gai.conf',
  '/etc/services',
  '/etc/protocols',
  '/etc/localtime',
  '/etc/passwd',
  '/etc/group',
  '/etc/ssl/certs',
  '/etc/ssl/openssl.cnf',
  '/etc/pki/tls/certs',
  '/etc/pki/ca-trust/extracted',
  '/etc/ca-certificates',
  '/etc/mime.types',
  // All programs and libraries of NixOS.
  '/nix/store',
] as const

const PROGRAM_FOLDERS = ['/usr/local/bin', '/usr/bin', '/bin'] as const

const TEMPORARY = '/tmp'
const SHARED_MEMORY = '/dev/shm'

/** What starts and ends in the sandbox takes some fifty milliseconds. */
const PROBE_MS = 10_000

/**
 * Tries whether bubblewrap can hold deployed code here, which many containers and some systems forbid.
 *
 * @param options.bwrap - its path; undefined where it is not installed
 * @param options.work - see {@link ActionSandbox}
 * @returns the sandbox, or why there is none, to complete "…, since …"
 */
export async function findActionSandbox(options: {
  bwrap: string | undefined
  work: string
}): Promise<ActionSandbox | string> {
  const { bwrap, work } = options
  if (bwrap === undefined) {
    return process.platform === 'linux'
      ? 'bubblewrap is not installed'
      : 'there is no bubblewrap for this system'
  }
  const args = bubblewrap({ ...sharedView(), writable: {}, folder: '/' }, [
    process.execPath,
    '--version',
  ])
  return new Promise((resolve) => {
    const how = { env: {}, timeout: PROBE_MS, killSignal: 'SIGKILL' } as const
    execFile(bwrap, args, how, (error, _, stderr) => {
      const said =
        stderr.trim().split('\n').at(-1) || `it ended with ${error?.signal ?? error?.code}`
      resolve(error === null ? { bwrap, work } : `bubblewrap does not work here (${said})`)
    })
  })
}

/**
 * Makes the place of one process of a deployed action: it sees programs, the runner, its own code and a folder of its own, and writes
 * to that one, which has its temporary files as well, and to what Node keeps of its code. It has the network of the machine.
 *
 * @param environment - what the process would have without a sandbox
 * @throws {Error} when its folder cannot be made, in words without a path
 */
export function openPlace(
  { bwrap, work }: ActionSandbox,
  action: DeployedAction,
  environment: Readonly<Record<string, string>>,
): SandboxPlace {
  const own = path.join(work, randomUUID())
  const base = path.join(own, 'work')
  const temporary = path.join(own, 'tmp')
  const shared = path.join(own, 'shm')
  const { cache } = action.deployed
  makeFolders([base, temporary, shared, cache])
  const { placed, ...view } = sharedView()
  const given = [environment['NODE_EXTRA_CA_CERTS'] ?? '', path.dirname(action.file)]
  const ofAction: SandboxView = {
    ...view,
    placed: { ...placed, ...whereTheyAre(given) },
    writable: { [base]: base, [TEMPORARY]: temporary, [SHARED_MEMORY]: shared, [cache]: cache },
    folder: action.file,
  }
  return {
    startedBy: (run) => [bwrap, ...bubblewrap(ofAction, run)],
    environment: {
      ...environment,
      PATH: [path.dirname(process.execPath), ...PROGRAM_FOLDERS].join(':'),
      HOME: TEMPORARY,
      TMPDIR: TEMPORARY,
      WORKER_BASE_DIRECTORY: base,
    },
    remove: () => removeTree(own),
  }
}

/** What all processes see. */
function sharedView() {
  return {
    placed: whereTheyAre([...SETTINGS, ...runnerPlaces()]),
    hasProcesses: true,
    hasNetwork: true,
  }
}

/**
 * Where Node, the runner and the package that it imports are. Of what lies among the packages of a project, which lead to each other
 * by links, that is the folder of all of them.
 */
function runnerPlaces(): string[] {
  const house = path.resolve(import.meta.dirname, '../../..')
  const files = [
    process.execPath,
    path.join(house, 'src'),
    path.join(house, 'package.json'),
    fileURLToPath(import.meta.resolve('zod/mini')),
  ]
  return files.map((file) => {
    const at = file.indexOf(PACKAGES)
    return at === -1 ? file : file.slice(0, at + PACKAGES.length - 1)
  })
}

const PACKAGES = `${path.sep}node_modules${path.sep}`

/** What of some files and folders is there, each at its own place. */
function whereTheyAre(files: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    files.filter((file) => existsSync(file)).map((file) => [file, realpathSync(file)]),
  )
}

function makeFolders(folders: readonly string[]): void {
  try {
    for (const folder of folders) mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new Error(`no folder can be made for its process (${code})`, { cause: error })
  }
}
