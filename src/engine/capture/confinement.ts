import { execFile } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bubblewrap, NOBODY, type SandboxView } from '../../programs/bubblewrap.ts'
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

const PROBE_MS = 10_000

const LAUNCHER = fileURLToPath(new URL('./launcher.ts', import.meta.url))
const LAUNCHER_INSIDE = '/launcher.mts'

/** What browsers read besides what all programs do; what of it is not there is left out. */
const SHOWN = [
  '/opt',
  '/nix/store',
  '/etc/chromium.d',
  '/etc/ssl/certs',
  '/etc/pki/tls/certs',
  '/var/cache/fontconfig',
] as const

/** What Chromium keeps beside its profile: next to nothing. */
const TEMPORARY_BYTES = 256 * 1024 * 1024

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
  const args = bubblewrap(viewOf(undefined, undefined, {}), [process.execPath, '--version'])
  return new Promise((resolve) => {
    execFile(bwrap, args, { timeout: PROBE_MS, killSignal: 'SIGKILL' }, (error) =>
      resolve(error === null),
    )
  })
}

/**
 * The command line that starts Chromium.
 *
 * @param folder - that of the capture; it has the socket of the proxy in it where Chromium has no network of its own
 * @param environment - all that Chromium gets to see of one, in bubblewrap; elsewhere it is that of who runs the line
 */
export function confine(
  confinement: Confinement,
  program: BrowserProgram,
  args: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>>,
): CommandLine {
  if (confinement.kind === 'bubblewrap') {
    const settings = { socket: join(INSIDE, 'proxy'), port: BRIDGE_PORT }
    return {
      command: confinement.bwrap,
      args: bubblewrap(viewOf(program, folder, environment), [
        process.execPath,
        LAUNCHER_INSIDE,
        JSON.stringify(settings),
        program.command,
        ...args,
      ]),
    }
  }
  const { uid } = confinement
  if (uid === undefined) return { command: program.command, args }
  const settings = JSON.stringify({ uid, gid: uid })
  return { command: process.execPath, args: [LAUNCHER, settings, program.command, ...args] }
}

function viewOf(
  program: BrowserProgram | undefined,
  folder: string | undefined,
  environment: Readonly<Record<string, string>>,
): SandboxView {
  const home = program && (program.folder ?? dirname(realpathSync(program.command)))
  return {
    shown: SHOWN,
    placed: {
      [process.execPath]: realpathSync(process.execPath),
      [LAUNCHER_INSIDE]: LAUNCHER,
      ...(home !== undefined && { [home]: home }),
    },
    writable: folder === undefined ? {} : { [INSIDE]: folder },
    folder: '/',
    environment,
    temporaryBytes: TEMPORARY_BYTES,
    hasProcesses: true,
    hasSandboxes: true,
  }
}
