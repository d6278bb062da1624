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
import { findWorkerPlace, type WorkerPlace } from './new-worker/worker-place.ts'
import { INTERRUPTIONS } from './own-service.ts'
import { printJson } from './print-json.ts'
import { readProjectActions } from './project-actions.ts'

const USAGE = `Usage: npm run new-worker -- NAME [--json]

Lays down a worker that works, to be changed into what it is meant to be: actions/NAME/index.ts, its entry in the
manifest, and a first test case in test/asset-compute/NAME/. In a folder that is in no project, a project begins.

  NAME    lower-case letters, digits and hyphens, beginning with a letter
  --json  print JSON: the files that were written
  --help  print this

Exit status: 0 when it is there, 1 when it could not be made, 2 for a mistake in the call.`

/** Adobe I/O Runtime takes more, but this is also the name of a folder and of a part of a URL. */
const NAME = /^[a-z]([a-z0-9-]{0,60}[a-z0-9])?$/

const FIRST_CASE = 'grey'

/** Reads the name of the worker, or that help is asked for. */
function readCall(): { name: string; json: boolean } | 'help' {
  const { values, positionals } = parseArguments({
    allowPositionals: true,
    options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help === true) return 'help'
  const [name, second] = positionals
  if (name === undefined || second !== undefined) {
    throw new UsageError(`It takes one NAME.\n\n${USAGE}`)
  }
  if (!NAME.test(name)) {
    throw new UsageError(
      `A name has lower-case letters, digits and hyphens and begins with a letter, but this is ${JSON.stringify(name)}.`,
    )
  }
  return { name, json: values.json === true }
}

/** Whether there is anything of this name, be it a link that leads nowhere. */
function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined
}

/** What was laid down, each relative to the project. */
interface LaidDown {
  readonly module: string
  readonly manifest: string
  readonly firstCase: string
  /** What the project lacked. */
  readonly others: readonly string[]
}

/**
 * Lays down a worker in the current folder, with the rendition that it makes as the expected one of its first case; or nothing, when
 * something fails or it is interrupted.
 *
 * @throws {Error} one sentence
 */
async function layDown(name: string, place: WorkerPlace): Promise<LaidDown> {
  const action = path.join('actions', name)
  const cases = path.join(place.cases, name)
  for (const folder of [action, cases]) {
    if (existsSync(folder)) throw new UsageError(`${folder} is there already.`)
  }
  // What may refuse comes before anything is written.
  const config = readConfig()
  const { file: manifest } = place.manifest
  const present = place.files[manifest] ?? readFileSync(manifest, 'utf8')
  const module = path.join(action, 'index.ts')
  const files: Record<string, string> = {
    ...place.files,
    [manifest]: addToManifest(present, name, place.manifest),
    [module]: actionTemplate(name, place.imports),
  }
  for (const [file, text] of Object.entries(place.beside)) files[path.join(action, file)] = text
  const source = await drawSource()
  const validate = path.join(place.cases, 'validate')
  const lacksValidate = place.validate !== undefined && !isThere(validate)
  const made = [action, cases, ...Object.keys(place.files), ...(lacksValidate ? [validate] : [])]

  function undo(): void {
    for (const each of made) rmSync(each, { recursive: true, force: true })
    if (!made.includes(manifest)) writeFileSync(manifest, present)
  }
  process.once('exit', undo)
  // Nothing is awaited from here until withOwnService listens, so that an interruption in between is for it to see.
  for (const signal of INTERRUPTIONS.keys()) process.on(signal, () => undefined)
  const firstCase = path.join(cases, FIRST_CASE)
  mkdirSync(action, { recursive: true })
  mkdirSync(firstCase, { recursive: true })
  for (const [file, text] of Object.entries(files)) writeFileSync(file, text)
  writeFileSync(path.join(firstCase, 'file.png'), source)
  writeFileSync(path.join(firstCase, 'params.json'), '{ "fmt": "png", "width": 40 }\n')
  if (lacksValidate) symlinkSync(place.validate, validate)
  symlinkSync('../../validate', path.join(firstCase, 'validate'))

  const first = readCase(firstCase)
  const project = readProjectActions(config, place.project)
  const problems =
    first.state === 'ready' ? await acceptRenditions([first], project) : [first.reason]
  if (problems.length > 0) throw new Error(problems.join('\n'))
  process.off('exit', undo)
  const others = Object.keys(place.files).filter((file) => file !== manifest)
  return { module, manifest, firstCase, others }
}

async function main(): Promise<number> {
  const call = readCall()
  if (call === 'help') {
    console.log(USAGE)
    return 0
  }
  const place = findWorkerPlace(projectFolder())
  useProject(place.project)
  process.chdir(place.project)
  const laidDown = await layDown(call.name, place)
  if (call.json) {
    printJson({ project: place.project, ...laidDown })
    return 0
  }
  const { module, manifest, firstCase, others } = laidDown
  console.log(`${module}  the worker
${manifest}  its entry
${firstCase}${path.sep}  its first test case
${others.map((file) => `${file}  of the project that begins\n`).join('')}
${place.call.test} -a ${call.name}    runs its test cases
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
