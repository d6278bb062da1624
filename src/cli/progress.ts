import { logUpdateStderr } from 'log-update'

/** What a command shows on its standard error while it runs. */
export interface Progress<Item> {
  /** @param changed - the one that has ended, or is worth a line where no person watches */
  show: (items: readonly Item[], changed: Item | undefined) => void
  /** Takes away what a person watched; the command's report follows. */
  end: () => void
}

/** What is to be known of what a command does one after the other or side by side. */
export interface ProgressWords<Item> {
  /** One line about it. */
  readonly describe: (item: Item) => string
  /** How it is; undefined while it has not ended. */
  readonly endOf: (item: Item) => 'done' | 'failed' | undefined
}

/** Where progress is shown, and by which clock. */
interface Surroundings {
  /** Whether a person watches. */
  readonly isLive: boolean
  readonly print: (line: string) => void
  /** Shows lines in place of those before. */
  readonly draw: (lines: string) => void
  readonly clear: () => void
  /** In milliseconds. */
  readonly now: () => number
}

const OF_PROCESS: Surroundings = {
  isLive: process.stderr.isTTY,
  print: console.error,
  draw: logUpdateStderr,
  clear: () => logUpdateStderr.clear(),
  now: () => performance.now(),
}

/** Of more than these a person reads how many have ended, and not each. */
const MOST_LISTED = 12

/** Where no person watches, this many lines tell of many items, unless they take long: then there is one every so many milliseconds. */
const LINES = 10
const LINE_MS = 30_000

/** What has lasted so long is worth an estimate, in milliseconds. */
const LONG_MS = 5_000

/**
 * Shows items to a person at a terminal, and plain lines elsewhere: each of a few, and of many how many have ended and how long the
 * others will take. Shows nothing beside JSON, and to who wants it quiet.
 */
export function createProgress<Item>(
  { describe, endOf }: ProgressWords<Item>,
  { json, quiet = false }: { json: boolean; quiet?: boolean },
  { isLive, print, draw, clear, now }: Surroundings = OF_PROCESS,
): Progress<Item> {
  if (json || quiet) return { show: () => undefined, end: () => undefined }
  const startedAt = now()
  let told = { at: startedAt, ended: 0 }

  function showMany(items: readonly Item[], hasEnded: boolean): void {
    const count = countEnded(items, endOf)
    const line = describeCount(count, now() - startedAt)
    if (isLive) return draw(line)
    const isWorthIt = count.ended - told.ended >= items.length / LINES || now() - told.at >= LINE_MS
    if (!hasEnded || !isWorthIt || count.ended === items.length) return
    told = { at: now(), ended: count.ended }
    print(line)
  }

  return {
    show(items, changed) {
      if (items.length > MOST_LISTED) showMany(items, changed !== undefined)
      else if (isLive) draw(items.map(describe).join('\n'))
      else if (changed !== undefined) print(describe(changed))
    },
    end() {
      if (isLive) clear()
    },
  }
}

/** How many of some items have ended, and how. */
export interface EndedCount {
  readonly total: number
  readonly ended: number
  readonly failed: number
}

/** Counts the items that have ended. */
export function countEnded<Item>(
  items: readonly Item[],
  endOf: ProgressWords<Item>['endOf'],
): EndedCount {
  const ends = items.map(endOf).filter((end) => end !== undefined)
  const failed = ends.filter((end) => end === 'failed').length
  return { total: items.length, ended: ends.length, failed }
}

function describeCount({ total, ended, failed }: EndedCount, milliseconds: number): string {
  const left =
    ended > 0 && ended < total && milliseconds >= LONG_MS
      ? [`about ${describeDuration((milliseconds * (total - ended)) / ended)} left`]
      : []
  return [`${ended} of ${total}`, ...(failed > 0 ? [`${failed} failed`] : []), ...left].join(', ')
}

/** As exactly as an estimate can be: `40 s`, `12 min`, `3 h`. */
function describeDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000
  if (seconds < 90) return `${Math.max(5, Math.round(seconds / 5) * 5)} s`
  return seconds < 90 * 60 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`
}

/**
 * The last line of a command that writes files: where they are, and how many of those that were wanted.
 *
 * @param folder - where they go
 */
export function tellWritten(folder: string, { total, ended, failed }: EndedCount): string {
  const place = folder.endsWith('/') ? folder : `${folder}/`
  const made = `written to ${place}: ${ended - failed} of ${total}`
  return failed === 0 ? made : `${made}, ${failed} failed`
}

/** The last line of a command that was interrupted. */
export function tellStopped(folder: string, count: EndedCount): string {
  return `Stopped; ${tellWritten(folder, count)}`
}
