/** The two that a process writes to. */
export type OutputStream = 'stdout' | 'stderr'

/** A line that never ends is taken for one at this length, in characters. */
const LONGEST_LINE = 10 * 1024 * 1024

/** A line may be written in so many pieces, each of which takes memory until it ends. */
const MOST_PIECES = 10_000

/** Makes lines of what is written in pieces. */
export interface OutputLines {
  /** Adds text as it was written; it need not end with a line. */
  write: (stream: OutputStream, text: string) => void
  /** Takes what has no end for a line. */
  flush: () => void
}

/**
 * Makes lines of the output of a process.
 *
 * @param add - is told each line, without its end; when it answers false, what else there is of the text is passed over
 */
export function createOutputLines(
  add: (stream: OutputStream, line: string) => boolean,
): OutputLines {
  const rest = { stdout: '', stderr: '' }
  const pieces = { stdout: 0, stderr: 0 }

  function clear(stream: OutputStream): void {
    rest[stream] = ''
    pieces[stream] = 0
  }

  function flush(stream: OutputStream): void {
    if (rest[stream] !== '') add(stream, rest[stream])
    clear(stream)
  }

  return {
    write(stream, text) {
      let from = 0
      for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
        const goesOn = add(stream, rest[stream] + text.slice(from, end))
        clear(stream)
        if (!goesOn) return
        from = end + 1
      }
      rest[stream] += text.slice(from)
      pieces[stream] += 1
      // What never becomes a line must not fill this process's memory either.
      if (rest[stream].length > LONGEST_LINE || pieces[stream] > MOST_PIECES) flush(stream)
    },
    flush() {
      flush('stdout')
      flush('stderr')
    },
  }
}
