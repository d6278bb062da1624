import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { graphOf } from './rooms/graph.ts'
import { readHouse } from './rooms/imports.ts'
import { drawRooms } from './rooms/picture.ts'
import { breaches } from './rooms/rules.ts'
import { ROOMS } from './rooms/table.ts'

const USAGE = `Usage: npm run rooms

Draws docs/images/rooms.svg of what the files of src/, actions/ and page/ import. With --check it says instead what breaks
the rules of scripts/rooms/table.ts, and whether the picture is that of today.`

const root = path.join(import.meta.dirname, '..')
const picture = path.join(root, 'docs/images/rooms.svg')

function main(args: readonly string[]): number {
  const check = args[0] === '--check'
  if (args.length > 1 || (args.length === 1 && !check)) {
    console.error(USAGE)
    return 2
  }
  const house = readHouse(root)
  const found = breaches(house, ROOMS)
  if (found.length === 0) {
    const drawn = drawRooms(graphOf(house, ROOMS))
    if (!check) writeFileSync(picture, drawn)
    else if (drawn !== readFileSync(picture, 'utf8'))
      found.push('docs/images/rooms.svg is not up to date: npm run rooms draws it anew.')
  }
  for (const sentence of found) console.error(sentence)
  return found.length === 0 ? 0 : 1
}

process.exitCode = main(process.argv.slice(2))
