/** `npm run new-worker`: the beginning of a worker of one's own, which works. */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { readCase } from '../cases/test-case.ts'
import { projectFolder, readConfig, useProject } from '../config.ts'
import { acceptRenditions } from './accept-renditions.ts'
import { parseArguments, UsageError } from './arguments.ts'
import { drawSource } from './new-worker/first-source.ts'
import { addToManifest } from './new-worker/manifest-entry.ts'
import { actionTemplate } from './new-worker/template.ts'
import { findWorkerPlace } from './new-worker/worker-place.ts'
import { INTERRUPTIONS } from './own-service.ts'
import { readProjectActions } from './project-actions.ts'

const USAGE = `Usage: npm run new-worker -- NAME

Lays down a worker that works, to be changed into what it is meant to be: actions/NAME/index.ts, its entry in the
manifest, and a first test case in test/asset-compute/NAME/. In a folder that is in no project, a project begins.

  NAME    lower-case letters, digits and hyphens, beginning with a letter
  --help  print this

Exit status: 0 when it is there, 1 when it could not be made, 2 for a mistake in the call.`

/** Adobe I/O Runtime takes more, but this is also the name of a folder and of a part of a URL. */
const NAME = /^[a-z]([a-z0-9-]{0,60}[a-z0-9])?$/

const FIRST_CASE = 'grey'

/** Reads the name of the worker, or that help is asked for. */
function readName(): string | undefined {
  const { values, positionals } = parseArguments({
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h' } },
  })
  if (values.help === true) return undefined
  const [name, second] = positionals
  if (name === undefined || second !== undefined) {
    throw new UsageError(`It takes one NAME.\n\n${USAGE}`)
  }
  if (!NAME.test(name)) {
    throw new UsageError(
      `A name has lower-case letters, digits and hyphens and begins with a letter, but this is ${JSON.stringify(name)}.`,
    )
  }
  return name
}

/** Whether there is anything of this name, be it a link that leads nowhere. */
function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined
}

async function main(): Promise<number> {
  const name = readName()
  if (name === undefined) {
    console.log(USAGE)
    return 0
  }
  const place = findWorkerPlace(projectFolder())
  useProject(place.project)
  process.chdir(place.project)
  const action = path.join('actions', name)
  const cases = path.join(place.cases, name)
  for (const folder of [action, cases]) {
    if (existsSync(folder)) throw new UsageError(`${folder} is there already.`)
  }
  // What may refuse comes before anything is written.
  const config = readConfig()
  const { file: manifestFile } = place.manifest
  const present = place.files[manifestFile] ?? readFileSync(manifestFile, 'utf8')
  const files = {
    ...place.files,
    [manifestFile]: addToManifest(present, name, place.manifest),
    [path.join(action, 'index.ts')]: actionTemplate(name, place.imports),
  }
  const source = await drawSource()
  const validate = path.join(place.cases, 'validate')
  const isValidateMissing = place.validate !== undefined && !isThere(validate)

  function undo(): void {
    const made = [
      action,
      cases,
      ...Object.keys(place.files),
      ...(isValidateMissing ? [validate] : []),
    ]
    for (const each of made) rmSync(each, { recursive: true, force: true })
    if (!(manifestFile in place.files)) writeFileSync(manifestFile, present)
  }
  process.once('exit', undo)
  // Nothing is awaited from here until withOwnService listens, so that an interruption in between is for it to see.
  for (const signal of INTERRUPTIONS.keys()) process.on(signal, () => undefined)
  const folder = path.join(cases, FIRST_CASE)
  mkdirSync(action, { recursive: true })
  mkdirSync(folder, { recursive: true })
  for (const [file, text] of Object.entries(files)) writeFileSync(file, text)
  writeFileSync(path.join(folder, 'file.png'), source)
  writeFileSync(path.join(folder, 'params.json'), '{ "fmt": "png", "width": 40 }\n')
  if (isValidateMissing) symlinkSync(place.validate, validate)
  symlinkSync('../../validate', path.join(folder, 'validate'))

  const first = readCase(folder)
  const project = readProjectActions(config, place.project)
  const problems =
    first.state === 'ready' ? await acceptRenditions([first], project) : [first.reason]
  if (problems.length > 0) throw new Error(problems.join('\n'))
  process.off('exit', undo)
  const others = Object.keys(place.files).filter((file) => file !== manifestFile)
  console.log(`${path.join(action, 'index.ts')}  the worker
${manifestFile}  its entry
${folder}${path.sep}  its first test case
${others.map((file) => `${file}  the project\n`).join('')}
${place.call.test} -a ${name}    runs its test cases
${place.call.start} --watch    serves it, and reloads it when you save it
${place.call.guide} tells how to go on, up to AEM.`)
  return 0
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = error instanceof UsageError ? 2 : 1
}
