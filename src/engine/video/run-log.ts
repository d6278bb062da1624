/** As much of what FFmpeg says is kept, in characters: what it finds at first, and why it fails at last. */
const KEPT_FIRST = 100_000
const KEPT_LAST = 20_000

/** Collects what FFmpeg says. */
export interface RunLog {
  readonly add: (text: string) => void
  readonly text: () => string
}

/** Makes a log that does not grow with a source that has a complaint for each of its pictures. */
export function createRunLog(): RunLog {
  let first = ''
  let last = ''
  return {
    add(text) {
      const room = KEPT_FIRST - first.length
      first += text.slice(0, room)
      last = (last + text.slice(room)).slice(-KEPT_LAST)
    },
    text: () => first + last,
  }
}

/** The seconds that a line of `-progress` tells; undefined for what tells none. */
export function readProgress(line: string): number | undefined {
  const microseconds = /^out_time_us=(\d+)$/.exec(line.trim())?.[1]
  return microseconds === undefined ? undefined : Number(microseconds) / 1_000_000
}
