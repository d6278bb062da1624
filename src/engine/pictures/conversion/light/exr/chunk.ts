import type { ExrChannel, ExrWindow } from './header.ts'

/** The samples of a channel in a row. */
export interface ExrRun {
  readonly channel: ExrChannel
  /** The row in which they are. */
  readonly y: number
  /** How many there are. */
  readonly count: number
}

/** What is packed in a chunk. */
export interface ExrChunk {
  readonly channels: readonly ExrChannel[]
  readonly window: ExrWindow
  readonly runs: readonly ExrRun[]
  /** How long it is when it is not packed, in bytes. */
  readonly length: number
}

/** What is packed in a chunk that has a part of a picture. */
export function chunkOf(channels: readonly ExrChannel[], window: ExrWindow): ExrChunk {
  const runs = runsOf(channels, window)
  const length = runs.reduce((sum, { channel, count }) => sum + channel.bytes * count, 0)
  return { channels, window, runs, length }
}

/** The runs of samples of a chunk in the order in which they come when they are not packed: row by row, channel by channel. */
function runsOf(
  channels: readonly ExrChannel[],
  { left, top, right, bottom }: ExrWindow,
): ExrRun[] {
  const runs: ExrRun[] = []
  for (let y = top; y <= bottom; y += 1) {
    for (const channel of channels) {
      if (y % channel.down !== 0) continue
      runs.push({ channel, y, count: countMultiples(left, right, channel.across) })
    }
  }
  return runs
}

/** How many multiples of a number there are from one to another, both included. */
export function countMultiples(from: number, to: number, of: number): number {
  return Math.floor(to / of) - Math.ceil(from / of) + 1
}
