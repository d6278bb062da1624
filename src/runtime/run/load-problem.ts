import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { callsIn, type Place, placeBefore } from './stack-calls.ts'

const MISSING = /^Cannot find (?:module|package) '(.+)' imported from (.+)$/

/**
 * Finds where the mistake is that keeps an action from being loaded.
 *
 * @param error - what was thrown
 * @param options.house - the folder of what runs the action, whose files are not the action's
 * @param options.latest - the file that was loaded last, as far as that is known
 * @returns undefined when nobody can tell
 */
export function findPlace(
  error: unknown,
  { house, latest }: { house: string; latest: string },
): Place | undefined {
  if (!(error instanceof Error)) return undefined
  const { stack = '', message } = error
  return (
    placeBefore(stack) ??
    placeOfImport(message) ??
    (error instanceof SyntaxError ? placeOfSyntax(latest) : undefined) ??
    placeInStack(stack, house)
  )
}

/** What is missing is named in the line that imports it. */
function placeOfImport(message: string): Place | undefined {
  const [, wanted, file] = MISSING.exec(message) ?? []
  if (wanted === undefined || file === undefined) return undefined
  const name = path.basename(wanted)
  const at = linesOf(file).findIndex(
    (line) => line.includes(name) && /\b(?:import|from|require)\b/.test(line),
  )
  return at === -1 ? undefined : { file, line: at + 1 }
}

function placeInStack(stack: string, house: string): Place | undefined {
  return callsIn(stack).find(
    ({ file }) => !file.includes(`${path.sep}node_modules${path.sep}`) && !file.startsWith(house),
  )
}

/** Of an ECMAScript module Node.js tells only when it is asked to check that alone. */
function placeOfSyntax(file: string): Place | undefined {
  try {
    execFileSync(process.execPath, ['--check', file], { stdio: ['ignore', 'ignore', 'pipe'] })
    return undefined
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : ''
    return placeBefore(said)
  }
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/)
  } catch {
    return []
  }
}

/** So many lines before and after that of a mistake are shown. */
const AROUND = 2

/** A line is shown up to this length, in characters. */
const LONGEST_LINE = 160

/** The lines about a place, each with its number, and that of the place marked; none when the file cannot be read. */
export function excerpt({ file, line }: Place): string[] {
  const first = Math.max(line - AROUND, 1)
  const shown = linesOf(file).slice(first - 1, line + AROUND)
  const width = String(first + shown.length - 1).length
  return shown.map((text, index) => {
    const number = first + index
    const mark = number === line ? '>' : ' '
    return `${mark} ${String(number).padStart(width)} | ${text.slice(0, LONGEST_LINE)}`.trimEnd()
  })
}
