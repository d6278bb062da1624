/** `darkroom COMMAND`: all commands by one name, for the project of the folder where one stands. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod/mini'
import { nearestName } from '../base/nearest-name.ts'
import { useProject } from '../config.ts'
import { findProject } from '../runtime/deploy/app-config.ts'
import { UsageError } from './arguments.ts'
import { readCall } from './called-by.ts'
import { COMMANDS } from './commands.ts'

/** The help, of all {@link COMMANDS}. */
async function describeUsage(): Promise<string> {
  // Loaded only now: a command that runs has no use for what measures letters.
  const { formatColumns } = await import('./text-table.ts')
  const rows = COMMANDS.map(({ name, does }) => [`  ${name}`, does])
  return `Usage: darkroom COMMAND [options]

${formatColumns(['Commands:', ''], rows, 2).join('\n')}

  --project DIR  the folder of the project: its app.config.yaml or manifest.yml, its .env, its test cases and its state;
                 the nearest above the current folder unless given
  --version      print the version
  --help         print this; after a command, its options

Exit status: that of the command; 2 for a mistake in the call.`
}

const packageSchema = z.object({ version: z.string() })

function readVersion(): string {
  const file = path.join(import.meta.dirname, '../../package.json')
  return packageSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).version
}

/** @throws {UsageError} when there is no such folder */
function findFolder(project: string | undefined, folder: string): string {
  if (project === undefined) return findProject(folder) ?? folder
  if (existsSync(project) && statSync(project).isDirectory()) return findProject(project) ?? project
  throw new UsageError(`--project must be a folder, and there is no folder ${project}.`)
}

/** Runs a command as if it had been called itself. */
async function main([first, ...args]: readonly string[]): Promise<void> {
  if (first === '--version') return console.log(readVersion())
  if (first === undefined || first === '--help' || first === '-h') {
    return console.log(await describeUsage())
  }
  const command = COMMANDS.find(({ name }) => name === first)
  if (command === undefined) {
    const names = COMMANDS.map(({ name }) => name)
    const nearest = nearestName(first, [...names, '--version', '--help'])
    const told = nearest === undefined ? `only ${names.join(', ')}.` : `did you mean ${nearest}?`
    throw new UsageError(`There is no command ${JSON.stringify(first)}; ${told}`)
  }
  const call = readCall(args, process.env, process.cwd())
  useProject(findFolder(call.project, call.folder))
  process.chdir(call.folder)
  process.argv.splice(2, Number.POSITIVE_INFINITY, ...call.args)
  await command.run()
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
