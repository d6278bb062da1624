/** A program and its arguments, as those of `node:child_process` take them. */
export interface ProgramCall {
  readonly command: string
  readonly args: readonly string[]
  readonly shell: boolean
}

/** What the shell of Windows takes as it is, as a word of its own. */
const PLAIN_WORD = /^[\w@./:\\=-]+$/

/**
 * How npm is called. On Windows it is a batch file, which nobody but the shell runs, and that is told one line.
 *
 * @param platform - as `process.platform` names it
 * @throws {TypeError} for a word that a shell would take for something else
 */
export function npmCall(args: readonly string[], platform = process.platform): ProgramCall {
  if (platform !== 'win32') return { command: 'npm', args, shell: false }
  const wrong = args.find((word) => !PLAIN_WORD.test(word))
  if (wrong !== undefined) throw new TypeError(`npm cannot be told ${JSON.stringify(wrong)} here`)
  return { command: ['npm', ...args].join(' '), args: [], shell: true }
}
