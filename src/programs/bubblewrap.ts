import { lstatSync, readlinkSync } from 'node:fs'

/** The user and the group `nobody`, as almost all systems number them: who runs in a sandbox. */
export const NOBODY = 65_534

/** What a program in a sandbox has of the machine, besides programs, their libraries and fonts, which it reads. */
export interface SandboxView {
  /** What it sees where it is, and only reads; what of it is not there is left out. */
  readonly shown?: readonly string[]
  /** What it sees at another path, and only reads: outer paths by inner ones. */
  readonly placed?: Readonly<Record<string, string>>
  /** Folders that it writes to: outer paths by inner ones. */
  readonly writable: Readonly<Record<string, string>>
  /** Where it starts. */
  readonly folder: string
  /** All that it gets to see of one; that of bubblewrap itself unless given, which is in no arguments. */
  readonly environment?: Readonly<Record<string, string>>
  /** As many bytes has its /tmp, in memory; without them it has none but a writable folder. */
  readonly temporaryBytes?: number
  /** Whether it sees itself in /proc, and finds in /dev what most programs look for. */
  readonly hasProcesses?: boolean
  /** Whether it makes sandboxes of its own, as Chromium does. */
  readonly hasSandboxes?: boolean
  /** Whether it has the network of the machine; none unless given. */
  readonly hasNetwork?: boolean
}

/** Where programs and their libraries are; most of them are links into the first. */
const PROGRAMS = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64'] as const

/** How programs find their libraries and fonts. */
const SETTINGS = ['/etc/alternatives', '/etc/ld.so.cache', '/etc/fonts'] as const

const DEVICES = ['/dev/null', '/dev/zero', '/dev/random', '/dev/urandom'] as const

/** What of /proc is the system's and not that of a process: a root who has no rights left is still its owner, and could write to it. */
const OF_THE_SYSTEM = [
  '/proc/sys',
  '/proc/bus',
  '/proc/fs',
  '/proc/irq',
  '/proc/sysrq-trigger',
] as const

/**
 * The arguments of bubblewrap, with what is to run behind them, for a program that is nobody, has no network unless it is to have
 * one, no other processes in sight and no way to more rights, and ends with whoever has started it. The root folder is in memory,
 * and can be written to no more once it is complete.
 */
export function bubblewrap(view: SandboxView, run: readonly string[]): string[] {
  const { shown = [], placed = {}, writable, folder, environment } = view
  return [
    ['--unshare-all', '--unshare-user', '--die-with-parent', '--new-session', '--cap-drop', 'ALL'],
    view.hasNetwork === true ? ['--share-net'] : [],
    view.hasSandboxes === true ? [] : ['--disable-userns'],
    ['--uid', String(NOBODY), '--gid', String(NOBODY), '--hostname', 'sandbox'],
    environment === undefined ? [] : ['--clearenv'],
    ...Object.entries(environment ?? {}).map(([name, value]) => ['--setenv', name, value]),
    ...[...PROGRAMS, ...SETTINGS, ...shown].map(show),
    ...(view.hasProcesses === true
      ? [
          ['--proc', '/proc', '--dev', '/dev'],
          ...OF_THE_SYSTEM.map(show),
          // What is written there is memory without a limit, which Chromium shares among its processes.
          view.hasSandboxes === true ? [] : ['--remount-ro', '/dev'],
        ]
      : DEVICES.map((path) => ['--dev-bind', path, path])),
    view.temporaryBytes === undefined
      ? []
      : ['--size', String(view.temporaryBytes), '--tmpfs', '/tmp'],
    // Behind what is empty, as they may be below it, and each behind what it is in.
    ...[
      ...Object.entries(placed).map(([inner, outer]) => ['--ro-bind', outer, inner] as const),
      ...Object.entries(writable).map(([inner, outer]) => ['--bind', outer, inner] as const),
    ].toSorted(([, , one], [, , other]) => depthOf(one) - depthOf(other)),
    ['--chdir', folder, '--remount-ro', '/', '--', ...run],
  ].flat()
}

function depthOf(path: string): number {
  return path.split('/').length
}

/** A link is made anew: what it leads to is seen, or is not. */
function show(path: string): string[] {
  const facts = lstatSync(path, { throwIfNoEntry: false })
  if (facts === undefined) return []
  return facts.isSymbolicLink()
    ? ['--symlink', readlinkSync(path), path]
    : ['--ro-bind', path, path]
}
