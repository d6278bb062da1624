/** `npm run new-worker`: the beginning of a worker of one's own, which works. */
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { readCase } from '../cases/test-case.ts'
import { readConfig } from '../config.ts'
import { acceptRenditions } from './accept-renditions.ts'
import { parseArguments, UsageError } from './arguments.ts'
import { drawSource } from './new-worker/first-source.ts'
import { addToManifest } from './new-worker/manifest-entry.ts'
import { actionTemplate } from './new-worker/template.ts'
import { INTERRUPTIONS } from './own-service.ts'

const USAGE = `Usage: npm run new-worker -- NAME

Lays down a worker that works, to be changed into what it is meant to be: actions/NAME/index.ts, its entry in
manifest.yml, and a first test case in test/asset-compute/NAME/.

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

async function main(): Promise<number> {
  const name = readName()
  if (name === undefined) {
    console.log(USAGE)
    return 0
  }
  const action = path.join('actions', name)
  const cases = path.join('test', 'asset-compute', name)
  for (const folder of [action, cases]) {
    if (existsSync(folder)) throw new UsageError(`${folder} is there already.`)
  }
  // What may refuse comes before anything is written.
  readConfig()
  const manifest = readFileSync('manifest.yml', 'utf8')
  const added = addToManifest(manifest, name)
  const source = await drawSource()

  function undo(): void {
    for (const folder of [action, cases]) rmSync(folder, { recursive: true, force: true })
    writeFileSync('manifest.yml', manifest)
  }
  process.once('exit', undo)
  // Nothing is awaited from here until withOwnService listens, so that an interruption in between is for it to see.
  for (const signal of INTERRUPTIONS.keys()) process.on(signal, () => undefined)
  const folder = path.join(cases, FIRST_CASE)
  mkdirSync(action)
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(action, 'index.ts'), actionTemplate(name))
  writeFileSync('manifest.yml', added)
  writeFileSync(path.join(folder, 'file.png'), source)
  writeFileSync(path.join(folder, 'params.json'), '{ "fmt": "png", "width": 40 }\n')
  symlinkSync('../../validate', path.join(folder, 'validate'))

  const first = readCase(folder)
  const problems = first.state === 'ready' ? await acceptRenditions([first]) : [first.reason]
  if (problems.length > 0) throw new Error(problems.join('\n'))
  process.off('exit', undo)
  console.log(`${path.join(action, 'index.ts')}  the worker
manifest.yml  its entry
${folder}${path.sep}  its first test case

npm run test-worker -- -a ${name}    runs its test cases
npm start -- --watch    serves it, and reloads it when you save it
docs/write-a-worker.md tells how to go on, up to AEM.`)
  return 0
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = error instanceof UsageError ? 2 : 1
}
