/** One run of 7-Zip. */
export interface SevenZipTask {
  readonly args: readonly string[]
  /** The folders of this machine that it sees, by where it sees them, such as `/source`. */
  readonly folders: Readonly<Record<string, string>>
  /** Where it runs: one of them. */
  readonly at: string
  /** A list of names that `args` refer to as `/names`. */
  readonly names?: readonly string[] | undefined
  /** Where that goes which it writes to its standard output; without, that is told as lines. */
  readonly pieces?: readonly SevenZipPiece[] | undefined
}

/** Some bytes of the standard output. */
export interface SevenZipPiece {
  /** The file that they go into; undefined when nobody wants them. */
  readonly path: string | undefined
  /** How many there are. */
  readonly bytes: number
  /** Whether there may be fewer, and not one more. */
  readonly isLimit?: boolean
}

/** What has become of it. */
export interface SevenZipOutcome {
  /** That of the program: 0 when all is well, 1 with warnings. */
  readonly exitCode: number
  /** What it has said, unless that went into pieces. */
  readonly lines: readonly string[]
  readonly errors: readonly string[]
  /** How the pieces came out: as announced, with fewer bytes than that, or with more, which ended it. */
  readonly pieces: 'whole' | 'short' | 'exceeded'
}

/** What the thread does. */
export type SevenZipWork = (task: SevenZipTask) => Promise<SevenZipOutcome>
