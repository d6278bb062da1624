import { tmpdir } from 'node:os'
import path from 'node:path'

/** For what a folder is there that lives no longer than some work of a process. */
export type PassingKind = 'capture' | 'command' | 'exiftool' | 'fonts' | 'sandbox'

const NAME = /^darkroom-(?:capture|command|exiftool|fonts|sandbox)-(\d+)-/

/**
 * What the path of such a folder begins with, for `mkdtemp`: it is below the system's folder for such things, where other users can
 * get if they have to, and says whose it is, since a process that is killed leaves it behind.
 */
export function passingPrefix(kind: PassingKind): string {
  return path.join(tmpdir(), `darkroom-${kind}-${process.pid}-`)
}

/** The process that has made a folder of this name; undefined when it is none of {@link passingPrefix}. */
export function makerOf(name: string): number | undefined {
  const [, pid] = NAME.exec(name) ?? []
  return pid === undefined ? undefined : Number(pid)
}
