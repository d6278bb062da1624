/** Files of the state folder that rows of a database name. */
export interface NamedFiles {
  /** What each of them is, as in "a file of an object". */
  readonly what: string
  /** The database, relative to the state folder. */
  readonly database: string
  /** The folder that they are in, and nothing else, relative to the state folder. */
  readonly folder: string
  /** Selects the `name` of each in that folder, and its `size` in bytes. */
  readonly query: string
}

/** What a backup has to know of the files in a state folder; paths are relative to it, with slashes. */
export interface HomeFiles {
  /** The SQLite files that there may be; those that others refer to come last. */
  readonly databases: readonly string[]
  readonly named: readonly NamedFiles[]
  /** Whether a file, or a folder with all that is in it, belongs to the running service or can be made again. */
  readonly isPassing: (path: string) => boolean
}
