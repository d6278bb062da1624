import type { Action } from './action.ts'
import { createOutputLines, type OutputStream } from './output-lines.ts'

/** A line that an action has printed, as it happens. */
export interface PrintedLine {
  /** Package and name. */
  readonly action: string
  /** Undefined while the action is loaded, and for what is printed between activations. */
  readonly activationId: string | undefined
  readonly stream: OutputStream
  readonly text: string
  /** Whether the code of the action has printed it, rather than the SDK; the stack of an error in that code is its own, too. */
  readonly isOwn: boolean
}

/** So many lines of an activation are told; its log has all of them. */
const MOST_TOLD = 1000

/** A line is told up to this length, in characters. */
const LONGEST_TOLD = 10_000

/** Tells the lines of an activation, or of a process, as they are printed. */
export interface LineTeller {
  write: (stream: OutputStream, text: string, isOwn: boolean) => void
  /** There will be no more. */
  end: () => void
}

/** Makes a {@link LineTeller}. Of what is printed without an end nobody is told more than {@link MOST_TOLD} lines. */
export function createLineTeller(
  { name }: Pick<Action, 'name'>,
  activationId: string | undefined,
  tell: (line: PrintedLine) => void,
): LineTeller {
  let told = 0

  const linesOf = (isOwn: boolean) =>
    createOutputLines((stream, line) => {
      if (told > MOST_TOLD) return false
      const text = told === MOST_TOLD ? 'More is in the log of the activation.' : line
      told += 1
      tell({ action: name, activationId, stream, text: text.slice(0, LONGEST_TOLD), isOwn })
      return true
    })

  const [own, others] = [linesOf(true), linesOf(false)]
  return {
    write(stream, text, isOwn) {
      if (told > MOST_TOLD) return
      const lines = isOwn ? own : others
      lines.write(stream, text)
    },
    end() {
      own.flush()
      others.flush()
    },
  }
}
