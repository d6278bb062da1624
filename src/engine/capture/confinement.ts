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

/** How Chromium is started. */
export interface CommandLine {
  readonly command: string
  readonly args: readonly string[]
  /** Whose rights it has, where they are not those of who starts it. */
  readonly uid?: number | undefined
  /** Whether there is a bridge beside it, which tells by the descriptor behind Chromium's two that it leads to the proxy. */
  readonly isBridged: boolean
}

/** Where in the sandbox the folder of one capture is. */
export const INSIDE = '/capture'

/** Where the proxy listens, as Chromium sees it in the sandbox, whose network nobody else is in. */
export const BRIDGE_PORT = 3128

const PROBE_MS = 10_000

const BRIDGE = fileURLToPath(new URL('./bridge.ts', import.meta.url))
const BRIDGE_INSIDE = '/bridge.mjs'

/** Starts the first four words beside the others, which take longer to start; the descriptors of each are its own. */
const BESIDE = '"$1" "$2" "$3" "$4" 3<&- 4>&- & shift 4; exec "$@" 5>&-'

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
 * @param options.folder - that of the capture; it has the socket of the proxy in it where Chromium has no network of its own
 * @param options.hasNetwork - whether it gets to the proxy in bubblewrap; there is no network at all without
 * @param options.environment - all that Chromium gets to see of one, in bubblewrap; elsewhere it is that of who runs the line
 */
export function confine(
  confinement: Confinement,
  program: BrowserProgram,
  args: readonly string[],
  options: {
    readonly folder: string
    readonly hasNetwork: boolean
    readonly environment: Readonly<Record<string, string>>
  },
): CommandLine {
  const browser = [program.command, ...args]
  if (confinement.kind === 'user') {
    return { command: program.command, args, uid: confinement.uid, isBridged: false }
  }
  const { folder, hasNetwork: isBridged, environment } = options
  const bridge = [process.execPath, BRIDGE_INSIDE, join(INSIDE, 'proxy'), String(BRIDGE_PORT)]
  const run = isBridged ? ['/bin/sh', '-c', BESIDE, 'sh', ...bridge, ...browser] : browser
  const view = viewOf(program, folder, environment)
  return { command: confinement.bwrap, args: bubblewrap(view, run), isBridged }
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
      [BRIDGE_INSIDE]: BRIDGE,
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
