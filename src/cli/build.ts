/** `npm run build`: what `aio app build` zips, one folder an action. */
import path from 'node:path'
import { buildAction, inMegabytes } from '../build/build-action.ts'
import { builtFolder } from '../build/layout.ts'
import { listActions } from '../build/list-actions.ts'
import { createZipMeasure } from '../build/zipped-size.ts'
import { projectFolder } from '../config.ts'
import { findProject } from '../runtime/deploy/app-config.ts'
import { manifestOf, readResidentActions } from '../runtime/deploy/manifest.ts'
import { parseArguments, UsageError } from './arguments.ts'
import { printJson } from './print-json.ts'
import { requireProject } from './project-actions.ts'

const USAGE = `Usage: npm run build -- [NAME...]

Builds the actions of the manifest, or only those named, for Adobe I/O Runtime.

  --json  print JSON: what became of each; all else goes to the standard error
  --help  print this

Exit status: 0 when all were built, 1 when one could not be, 2 for a mistake in the call.`

const PROJECT = findProject(projectFolder()) ?? projectFolder()

/** @throws {UsageError} when there is no action of such a name */
function chooseActions(names: readonly string[]): readonly string[] {
  const actions = listActions(PROJECT)
  const resident = readResidentActions(manifestOf(PROJECT))
  const staying = names.find((name) => resident.some((each) => path.basename(each) === name))
  if (staying !== undefined) {
    throw new UsageError(
      `${staying} is not built: it lives in the local service, whose registrations and journal it answers from. What is deployed is ${actions.join(', ')}.`,
    )
  }
  const unknown = names.find((name) => !actions.includes(name))
  if (unknown !== undefined) {
    throw new UsageError(
      `There is no action ${JSON.stringify(unknown)}; ${path.basename(manifestOf(PROJECT))} has ${actions.join(', ')}.`,
    )
  }
  return names.length === 0 ? actions : [...new Set(names)]
}

async function main(): Promise<number> {
  const { values, positionals } = parseArguments({
    allowPositionals: true,
    options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help === true) {
    console.log(USAGE)
    return 0
  }
  requireProject()
  const names = chooseActions(positionals)
  // The standard output of --json is JSON alone.
  const tell = values.json === true ? console.error : console.log
  const started = performance.now()
  const measure = createZipMeasure()
  const built = await Promise.all(
    names.map(async (name) => {
      const folder = builtFolder(PROJECT, name)
      try {
        const bytes = await buildAction({ project: PROJECT, name, folder, measure })
        tell(`${name}: ${path.relative(PROJECT, folder)}, ${inMegabytes(bytes)} zipped`)
        return { name, folder, bytes }
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        console.error(reason)
        return { name, error: reason }
      }
    }),
  )
  const count = built.filter((each) => 'bytes' in each).length
  const seconds = (performance.now() - started) / 1000
  tell(`${count} of ${names.length} actions built in ${seconds.toFixed(1)} s`)
  if (values.json === true) printJson(built)
  return count === names.length ? 0 : 1
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = error instanceof UsageError ? 2 : 1
}
