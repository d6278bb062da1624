import type { Excess, ProgramLimits } from '../../programs/program-limits.ts'
import type { FileNames } from './arguments.ts'
import type { Engine } from './codecs.ts'

/** The FFmpeg of the machine, or the embedded one. */
export interface FFmpeg {
  readonly engine: Engine
  /**
   * Runs it once. It is gone when this resolves, and within a second of the signal, with whose reason it then rejects.
   *
   * @param toArguments - makes its arguments of what it has to call the files
   */
  readonly run: (
    call: FFmpegCall,
    toArguments: (names: FileNames) => string[],
  ) => Promise<FFmpegEnd>
}

/** One run of FFmpeg. */
export interface FFmpegCall {
  readonly source: string
  /** The file to write; a run that only looks at its source leaves it empty or does not make it. */
  readonly made: string
  readonly signal: AbortSignal
  readonly limits: ProgramLimits
  /** Is told up to which second something has been made. */
  readonly onProgress: (seconds: number) => void
}

/** How a run has ended. */
export interface FFmpegEnd {
  /** Undefined when it was ended, or crashed. */
  readonly code: number | undefined
  /** Why it was ended, if it was. */
  readonly excess: Excess | undefined
  /** What it said, from the beginning and from the end. */
  readonly log: string
  /** The last second that {@link FFmpegCall.onProgress} was told; 0 when it was told none. */
  readonly reached: number
}
