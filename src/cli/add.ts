/** `npm run add`: brings what makes more conversions possible, and is too large for everybody to have. */
import { readConfig } from '../config.ts'
import { howToInstall, PROGRAM_IDS, PROGRAMS } from '../programs/programs.ts'
import { EXTRAS, type Extra, OF_THE_SYSTEM } from './add/extras.ts'
import { fetchPackages } from './add/fetch-packages.ts'
import { parseArguments, UsageError } from './arguments.ts'
import { formatColumns } from './text-table.ts'

const USAGE = `Usage: npm run add -- [NAME [PART...]]

Fetches something from npm that conversions can be made with, in the one version that is known to work, without running a
script of it: "npm run add -- ocr eng deu" brings text recognition for English and German. It goes to a folder below extras/,
or where its variable says, which npm ci leaves alone. Without a name, tells what there is.

  --help  print this

Exit status: 0 when it is there; 1 when it could not be fetched, or comes with the system instead; 2 for a mistake in the
call.`

const ALL: Readonly<Record<string, Extra>> = EXTRAS

async function main(): Promise<number> {
  const { values, positionals } = parseArguments({
    options: { help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  })
  if (values.help === true) {
    console.log(USAGE)
    return 0
  }
  const [name, ...parts] = positionals
  const { added } = readConfig()
  if (name === undefined) {
    list(added)
    return 0
  }
  const extra = Object.hasOwn(ALL, name) ? ALL[name] : undefined
  const folder = added[name]
  if (extra === undefined || folder === undefined) return refuse(name)
  const packages = extra.packages(parts)
  console.log(`Fetching ${name}, ${extra.size} …`)
  const fetched = await fetchPackages(packages, folder)
  const told = `in ${folder}: ${extra.there(folder)}.`
  console.log(
    fetched.length === 0
      ? `All of it was there already, ${told}`
      : `It is ${told} A service that runs finds it when it is started again.`,
  )
  return 0
}

function list(added: Readonly<Record<string, string>>): void {
  const rows = Object.entries(ALL).map(([name, { size, licence, purpose, there }]) => {
    const has = there(added[name] ?? '')
    return [name, has ?? 'not there', size, licence, purpose]
  })
  const head = ['Name', 'There', 'Size', 'Licence', 'For']
  for (const line of formatColumns(head, rows, head.length)) console.log(line)
  const others = Object.keys(OF_THE_SYSTEM).join(' and ')
  console.log(`\nWhat is there for ${others} comes with the system; npm run doctor tells how.`)
}

/** @throws {UsageError} when there is no such thing at all */
function refuse(name: string): number {
  const known = Object.hasOwn(OF_THE_SYSTEM, name) ? OF_THE_SYSTEM[name] : undefined
  const program = known?.program ?? PROGRAM_IDS.find((id) => id === name)
  if (program === undefined) {
    const names = [...Object.keys(ALL), ...Object.keys(OF_THE_SYSTEM)].join(', ')
    throw new UsageError(`There is no ${JSON.stringify(name)} to be added; there is ${names}.`)
  }
  const command = howToInstall(program, process.platform)
  const why = known === undefined ? '' : `, since ${known.reason}`
  console.error(`${PROGRAMS[program].title} comes with the system${why}: ${command}`)
  return 1
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = error instanceof UsageError ? 2 : 1
}
