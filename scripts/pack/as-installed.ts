import { COMMANDS } from '../../src/cli/commands.ts'

const NAMES = COMMANDS.map(({ name }) => name).join('|')

/** A command as it is called in the repository; `[-- --option]` in its usage as well. */
const SCRIPT = new RegExp(`\\bnpm (?:run )?(${NAMES})(?![\\w-])( \\[)?(?: ?-- ?)?`, 'g')

/** Has a text call the commands as they are called where Darkroom is a package, `npx darkroom NAME` for `npm run NAME --`. */
export function asInstalled(text: string): string {
  return text
    .replaceAll(SCRIPT, (whole, name: string, bracket = '') => {
      const space = bracket === '' && whole.endsWith(' ') ? ' ' : ''
      return `npx darkroom ${name}${bracket}${space}`
    })
    .replaceAll(/\bnpm ci\b/g, 'npm install')
}
