import { createProgramWords } from '../../programs/program-words.ts'

/** As much of what FFmpeg says is kept, in characters: what it finds at first, and why it fails at last. */
const KEPT = { first: 100_000, last: 20_000 } as const

/** What a run of FFmpeg tells. */
export interface FFmpegNews {
  /** Takes what comes of `-progress` on the standard output, in any pieces. */
  readonly onOutput: (text: string) => void
  /** Takes what it says of itself. */
  readonly onErrors: (text: string) => void
  /** What it has said of itself, from the beginning and from the end. */
  readonly log: () => string
  /** Up to which second something has been made; 0 when it has told none. */
  readonly reached: () => number
}

/** @param onProgress - is told up to which second something has been made */
export function createFFmpegNews(onProgress: (seconds: number) => void): FFmpegNews {
  const words = createProgramWords(KEPT)
  let reached = 0
  let begun = ''
  return {
    onOutput(text) {
      const lines = `${begun}${text}`.split('\n')
      begun = lines.pop() ?? ''
      for (const line of lines) {
        const microseconds = /^out_time_us=(\d+)\s*$/.exec(line)?.[1]
        if (microseconds === undefined) continue
        reached = Math.max(reached, Number(microseconds) / 1_000_000)
        onProgress(reached)
      }
    },
    onErrors: words.add,
    log: words.text,
    reached: () => reached,
  }
}
