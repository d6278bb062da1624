/** A function that WebAssembly calls; see the documentation of WASI preview 1 for the arguments of each. */
type SystemCall = (...args: (number | bigint)[]) => number
type SystemCalls = Readonly<Record<string, SystemCall>>

/** What {@link confine} lets a program do. */
export interface Confinement {
  /** The descriptors of the folders that it may write in. */
  readonly writable: ReadonlySet<number>
  /** The descriptor of a folder in which it sees one file alone, under whatever name it asks for. */
  readonly single: number
  /** The name that this file has. */
  readonly name: string
}

const NOT_PERMITTED = 63
/** Of `oflags`: create, exclusive and truncate. */
const CREATING = 0b1101
/**
 * By the numbers of their bits: to read, seek, tell and set flags of a file, to open and list a folder, to read links, to
 * learn sizes by path or by descriptor, and to wait.
 */
const READING_RIGHTS = [1, 2, 3, 5, 13, 14, 15, 18, 21, 27]
const READING = READING_RIGHTS.reduce((rights, bit) => rights | (1n << BigInt(bit)), 0n)

/** The functions that change a folder; the position of the argument with its descriptor. */
const CHANGING: Readonly<Record<string, readonly number[]>> = {
  path_create_directory: [0],
  path_remove_directory: [0],
  path_unlink_file: [0],
  path_filestat_set_times: [0],
  path_rename: [0, 3],
}

/**
 * Keeps a program from writing where it has only to read, which WASI of Node has no way to say, and from making links,
 * which it could leave a folder with.
 *
 * @param calls - the functions that WASI offers
 * @param place - writes the name of the single file into the memory of the program, and returns where
 */
export function confine(
  calls: SystemCalls,
  { writable, single, name }: Confinement,
  place: (name: string) => number,
): SystemCalls {
  const nameBytes = Buffer.byteLength(name)

  const guarded = Object.entries(CHANGING).map(([call, positions]): [string, SystemCall] => [
    call,
    (...args) => {
      const isAllowed = positions.every((position) => writable.has(Number(args[position])))
      return isAllowed ? run(calls, call, args) : NOT_PERMITTED
    },
  ])

  return {
    ...calls,
    ...Object.fromEntries(guarded),
    path_link: () => NOT_PERMITTED,
    path_symlink: () => NOT_PERMITTED,
    path_filestat_get(folder = 0, flags = 0, path = 0, length = 0, ...rest) {
      const named = folder === single ? [place(name), nameBytes] : [path, length]
      return run(calls, 'path_filestat_get', [folder, flags, ...named, ...rest])
    },
    path_open(folder = 0, flags = 0, path = 0, length = 0, open = 0, ...rest) {
      if (writable.has(Number(folder))) {
        return run(calls, 'path_open', [folder, flags, path, length, open, ...rest])
      }
      if (Number(open) & CREATING) return NOT_PERMITTED
      const named = folder === single ? [place(name), nameBytes] : [path, length]
      const [rights = 0n, inherited = 0n, ...others] = rest
      const reading = [BigInt(rights) & READING, BigInt(inherited) & READING]
      return run(calls, 'path_open', [folder, flags, ...named, open, ...reading, ...others])
    },
  }
}

function run(calls: SystemCalls, name: string, args: readonly (number | bigint)[]): number {
  const call = calls[name]
  return call === undefined ? NOT_PERMITTED : call(...args)
}
