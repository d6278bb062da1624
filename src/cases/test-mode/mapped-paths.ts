/** Where the files of a case are in test mode: the folders in place of those that Adobe's SDK has there, by their paths. */
export interface MappedFolders {
  /** Of the files of the case. */
  readonly '/in': string
  /** Of the renditions. */
  readonly '/out': string
}

/** Functions whose first two arguments are paths; of all others it is the first alone. */
const OF_TWO = /^(?:copyFile|cp|link|rename|symlink)(?:Sync)?$/

/**
 * The arguments of a function of `node:fs`, with the path of a folder in place of `/in` or `/out`.
 *
 * @param name - that of the function
 */
export function mapPaths(
  name: string,
  args: readonly unknown[],
  folders: MappedFolders,
): readonly unknown[] {
  const paths = OF_TWO.test(name) ? 2 : 1
  return args.map((arg, at) => (at < paths ? mapPath(arg, folders) : arg))
}

function mapPath(given: unknown, folders: MappedFolders): unknown {
  if (typeof given !== 'string') return given
  const [, root = '', rest = ''] = /^(\/in|\/out)(\/.*)?$/s.exec(given) ?? []
  if (root === '/in' || root === '/out') return folders[root] + rest
  return given
}
