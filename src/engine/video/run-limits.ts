import type { ProgramLimits } from '../../programs/program-limits.ts'

/** What a run of FFmpeg may take. The time is that of the action, less what the SDK takes for the upload. */
export const RUN_LIMITS: ProgramLimits = {
  longestMs: 55 * 60 * 1000,
  mostWrittenBytes: 2 * 1024 ** 3,
  mostMemoryBytes: 2 * 1024 ** 3,
  mostFiles: 1,
}
