/** `npm run build`: what `aio app build` zips, one folder an action. */
import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { buildAction, inMegabytes } from '../build/build-action.ts'
import { keepRecordsOf } from '../build/build-record.ts'
import { createFingerprints } from '../build/fingerprints.ts'
import { builtFolder } from '../build/layout.ts'
import { listActions } from '../build/list-actions.ts'
import { type WriteZip, zipAction } from '../build/zip-action.ts'
import { createZipMeasure } from '../build/zipped-size.ts'
import { projectFolder } from '../config.ts'
import { findProject } from '../runtime/deploy/app-config.ts'
import { manifestOf, readResidentActions } from '../runtime/deploy/manifest.ts'
import { parseArguments, UsageError } from './arguments.ts'
import { printJson } from './print-json.ts'
import { requireProject } from './project-actions.ts'

const USAGE = `Usage: npm run build -- [NAME...] [options]

Builds the actions of the manifest, or only those named, for Adobe I/O Runtime. One that nothing has changed of is left as it is;
node_modules/.cache/darkroom/builds/ has what is known of each.

  --zip DIR  zip them too, as DIR/PACKAGE/NAME.zip; aio app build has it done so
  --json     print JSON: what became of each; all else goes to the standard error
  --help     print this

Exit status: 0 when all were built, 1 when one could not be, 2 for a mistake in the call.`

const PROJECT = findProject(projectFolder()) ?? projectFolder()

/** @throws {UsageError} when there is no action of such a name */
function chooseActions(names: readonly string[], actions: readonly string[]): readonly string[] {
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

const writeZip: WriteZip = async (to, files) => {
  // Loaded only when there is something to zip.
  const { ZipFile } = await import('yazl')
  const zip = new ZipFile()
  for (const { file, name } of files) zip.addFile(file, name, { compressionLevel: 9 })
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(to))
}

/** Where the archives of an action go, by the names that it is deployed under. */
function archivesOf(folder: string, names: readonly string[] = []): string[] {
  return names.map((name) => path.join(folder, `${name}.zip`))
}

async function main(): Promise<number> {
  const { values, positionals } = parseArguments({
    allowPositionals: true,
    options: {
      zip: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help === true) {
    console.log(USAGE)
    return 0
  }
  requireProject()
  const actions = listActions(PROJECT)
  const names = chooseActions(positionals, [...actions.keys()])
  // The standard output of --json is JSON alone.
  const tell = values.json === true ? console.error : console.log
  const started = performance.now()
  const [measure, fingerprint] = [createZipMeasure(), createFingerprints()]
  const built = await Promise.all(
    names.map(async (name) => {
      const folder = builtFolder(PROJECT, name)
      try {
        const action = { project: PROJECT, name, folder }
        const { bytes, content, isUnchanged } = await buildAction({
          ...action,
          measure,
          fingerprint,
        })
        const where = `${path.relative(PROJECT, folder)}, ${inMegabytes(bytes)} zipped`
        tell(`${name}: ${where}${isUnchanged ? ', unchanged' : ''}`)
        const archives = values.zip === undefined ? [] : archivesOf(values.zip, actions.get(name))
        for (const to of archives) await zipAction({ ...action, content, to, writeZip })
        return { name, folder, bytes, isUnchanged }
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        console.error(reason)
        return { name, error: reason }
      }
    }),
  )
  await keepRecordsOf(PROJECT, [...actions.keys()])
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
