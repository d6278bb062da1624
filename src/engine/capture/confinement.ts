import { execFile } from 'node:child_process'
import { lstatSync, readlinkSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BrowserProgram } from './browser-program.ts'

/**
 * What is around Chromium, besides its own sandbox: a view of the disk that has programs and fonts and a network that has the proxy,
 * both by bubblewrap; or nothing but the rights of a user who is not root.
 */
export type Confinement =
  | { readonly kind: 'bubblewrap'; readonly bwrap: string }
  | { readonly kind: 'user'; readonly uid: number | undefined }

/** What a command line is made of. */
export interface CommandLine {
  readonly command: string
  readonly args: readonly string[]
}

/** Where in the sandbox the folder of one capture is. */
export const INSIDE = '/capture'

/** Where the proxy listens, as Chromium sees it in the sandbox, whose network nobody else is in. */
export const BRIDGE_PORT = 3128

/** `nobody`, as Debian and most others number it. */
const NOBODY = 65_534

const PROBE_MS = 10_000

const LAUNCHER = fileURLToPath(new URL('./launcher.ts', import.meta.url))
const LAUNCHER_INSIDE = '/launcher.mts'

/** What programs and their libraries are in; what of it is not there is left out. */
const SHOWN = [
  '/usr',
  '/bin',
  '/sbin',
  '/lib',
  '/lib32',
  '/lib64',
  '/opt',
  '/nix/store',
  '/etc/alternatives',
  '/etc/chromium.d',
  '/etc/fonts',
  '/etc/ld.so.cache',
  '/etc/ssl/certs',
  '/etc/pki/tls/certs',
  '/var/cache/fontconfig',
]

const probes = new Map<string, Promise<boolean>>()

/**
 * Finds out what Chromium can be confined with: bubblewrap where it is there and works, which it does not in most containers, else
 * the rights of a user.
 */
export async function findConfinement(bwrap: string | undefined): Promise<Confinement> {
  if (bwrap !== undefined) {
    const probe = probes.get(bwrap) ?? tryBubblewrap(bwrap)
    probes.set(bwrap, probe)
    if (await probe) return { kind: 'bubblewrap', bwrap }
  }
  return { kind: 'user', uid: process.getuid?.() === 0 ? NOBODY : undefined }
}

function tryBubblewrap(bwrap: string): Promise<boolean> {
  const args = [...sandbox(undefined, undefined), process.execPath, '--version']
  return new Promise((resolve) => {
    execFile(bwrap, args, { timeout: PROBE_MS, killSignal: 'SIGKILL' }, (error) =>
      resolve(error === null),
    )
  })
}

/**
 * The command line that starts Chromium.
 *
 * @param options.folder - that of the capture; it has the socket of the proxy in it where Chromium has no network of its own
 */
export function confine(
  confinement: Confinement,
  program: BrowserProgram,
  args: readonly string[],
  folder: string,
): CommandLine {
  if (confinement.kind === 'bubblewrap') {
    const settings = { socket: join(INSIDE, 'proxy'), port: BRIDGE_PORT }
    return {
      command: confinement.bwrap,
      args: [
        ...sandbox(program, folder),
        process.execPath,
        LAUNCHER_INSIDE,
        JSON.stringify(settings),
        program.command,
        ...args,
      ],
    }
  }
  const { uid } = confinement
  if (uid === undefined) return { command: program.command, args }
  const settings = JSON.stringify({ uid, gid: uid })
  return { command: process.execPath, args: [LAUNCHER, settings, program.command, ...args] }
}

/** What bubblewrap is told: a disk without anything that is somebody's, and no network. */
function sandbox(program: BrowserProgram | undefined, folder: string | undefined): string[] {
  const node = realpathSync(process.execPath)
  return [
    '--unshare-all',
    '--uid',
    String(NOBODY),
    '--gid',
    String(NOBODY),
    '--die-with-parent',
    '--new-session',
    '--hostname',
    'capture',
    ...SHOWN.flatMap(show),
    '--proc',
    '/proc',
    '--dev',
    '/dev',
    '--tmpfs',
    '/tmp',
    // Behind what is empty, as they may be below it.
    ...bind(node, process.execPath),
    ...bind(LAUNCHER, LAUNCHER_INSIDE),
    ...(program === undefined
      ? []
      : bind(program.folder ?? dirname(realpathSync(program.command)))),
    ...(folder === undefined ? [] : ['--bind', folder, INSIDE]),
    '--chdir',
    '/',
    '--remount-ro',
    '/',
    '--',
  ]
}

function bind(from: string, to = from): string[] {
  return ['--ro-bind', from, to]
}

function show(path: string): string[] {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  if (stats === undefined) return []
  return stats.isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : bind(path)
}
