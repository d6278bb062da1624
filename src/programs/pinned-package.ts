import { posix } from 'node:path'

/** A package of npm without dependencies, as it is and stays. */
export interface PinnedPackage {
  readonly name: string
  readonly version: string
  /** The hash of what the registry has, as npm writes it into its lock. */
  readonly integrity: string
}

/** What the folder of a package is called among those of others: another version is in another one. */
export function folderOfPackage({ name, version }: PinnedPackage): string {
  return `${posix.basename(name)}-${version}`
}
