import { INSTRUCTIONS } from '../../../contract/instructions/table.ts'

/** What is within the instruction of a page. */
const OF_PAGES = ['waitForElement']

/** What instructions are called whose names have capitals; this door has an underscore before each of these letters. */
const CAPITALISED = [...Object.keys(INSTRUCTIONS), ...OF_PAGES].filter((name) => /[A-Z]/.test(name))

/** What somebody wrote is quoted, and stays; so does what is a part of another word. */
const NAMED = new RegExp(
  `"(?:[^"\\\\]|\\\\.)*"|(?<![\\w./-])(?:${CAPITALISED.join('|')})(?![\\w/-])`,
  'g',
)

/** A sentence of an action, with the names that options of tasks have: `target_size` where it says `targetSize`. */
export function inWordsOfTasks(sentence: string): string {
  return sentence.replaceAll(NAMED, (found) =>
    found.startsWith('"')
      ? found
      : found.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  )
}
