/** `npm run add`: brings what makes more conversions possible, and is too large for everybody to have. */
import { readConfig } from '../config.ts'
import { howToInstall, PROGRAM_IDS, PROGRAMS } from '../programs/programs.ts'
import { EXTRAS, type Extra, OF_THE_SYSTEM } from './add/extras.ts'
import { fetchPackages } from './add/fetch-packages.ts'
import { parseArguments, UsageError } from './arguments.ts'
import { printJson } from './print-json.ts'
import { formatColumns } from './text-table.ts'

const USAGE = `Usage: npm run add -- [NAME [PART...]]

Fetches something from npm that conversions can be made with, in the one version that is known to work, without running a
script of it: "npm run add -- ocr eng deu" brings text recognition for English and German. It goes to a folder below extras/,
or where its variable says, which npm ci leaves alone. Without a name, tells what there is.

  --json  print JSON: what there is, or what came
  --help  print this

Exit status: 0 when it is there; 1 when it could not be fetched, or comes with the system instead; 2 for a mistake in the
call.`

const ALL: Readonly<Record<string, Extra>> = EXTRAS

async function main(): Promise<number> {
  const { values, positionals } = parseArguments({
    options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  })
  if (values.help === true) {
    console.log(USAGE)
    return 0
  }
  const [name, ...parts] = positionals
  const { added } = readConfig()
  const isJson = values.json === true
  if (name === undefined) {
    if (isJson) printJson(listed(added))
    else list(added)
    return 0
  }
  const extra = Object.hasOwn(ALL, name) ? ALL[name] : undefined
  const folder = added[name]
  if (extra === undefined || folder === undefined) return refuse(name)
  const packages = extra.packages(parts)
  const tell = isJson ? console.error : console.log
  tell(`Fetching ${name}, ${extra.size} …`)
  const fetched = await fetchPackages(packages, folder)
  if (isJson) {
    printJson({ name, folder, there: extra.there(folder) ?? null, fetched: fetched.length })
    return 0
  }
  const told = `in ${folder}: ${extra.there(folder)}.`
  console.log(
    fetched.length === 0
      ? `All of it was there already, ${told}`
      : `It is ${told} A service that runs finds it when it is started again.`,
  )
  return 0
}

/** What there is to be added, and what of it is there. */
function listed(added: Readonly<Record<string, string>>) {
  return Object.entries(ALL).map(([name, { size, licence, purpose, there }]) => ({
    name,
    there: there(added[name] ?? '') ?? null,
    size,
    licence,
    purpose,
  }))
}

function list(added: Readonly<Record<string, string>>): void {
  const rows = listed(added).map(({ name, there, size, licence, purpose }) => [
    name,
    there ?? 'not there',
    size,
    licence,
    purpose,
  ])
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
