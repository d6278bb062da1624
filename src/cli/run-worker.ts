/** `npm run run-worker`: runs a worker of a project on one file, as `aio asset-compute run-worker` does. */
import path from 'node:path'
import { connect } from '../client/service-client.ts'
import { readConfig } from '../config.ts'
import { workerUrl } from '../contract/actions.ts'
import { UsageError } from './arguments.ts'
import { prepareInspector } from './inspect-options.ts'
import { makeRenditions } from './make-renditions.ts'
import { startOwnService, withOwnService } from './own-service.ts'
import { printJson } from './print-json.ts'
import { readProjectActions, requireProject } from './project-actions.ts'
import { describeFailures, formatTable } from './rendition-outcome.ts'
import { RUN_WORKER_USAGE, readRunWorkerOptions } from './run-worker/run-worker-options.ts'
import { STANDARD_OUTPUT, writeOnlyFile } from './standard-output.ts'

/** @throws {UsageError} when it is not clear which is meant */
function selectAction(names: readonly string[], asked: string | undefined): string {
  const [only, another] = names
  if (only === undefined) throw new UsageError('The project has no action')
  if (asked !== undefined) return asked
  if (another !== undefined) throw new UsageError('Must specify worker to run using --action')
  return only
}

async function main(): Promise<number> {
  const options = readRunWorkerOptions(process.argv.slice(2))
  if (options === 'help') {
    console.log(RUN_WORKER_USAGE)
    return 0
  }
  // As the shell means them, before all else is relative to the project.
  const isPiped = options.out === STANDARD_OUTPUT
  const [file, folder] = [
    path.resolve(options.file),
    isPiped ? undefined : path.resolve(options.out),
  ]
  process.chdir(requireProject())
  const config = readConfig()
  const project = readProjectActions(config)
  const name = selectAction(project.names, options.action)
  const action = project.fullName(name)
  const inspect = options.inspect && (await prepareInspector(name, options.inspect))
  return withOwnService(
    (home) =>
      startOwnService(config, home, { manifest: project.manifest, warm: [action], inspect }),
    async (service, home, interrupted) => {
      const client = await connect(service.origin, home, interrupted)
      const renditions = options.renditions.map((rendition) => {
        const worker = workerUrl(service.origin, action, rendition)
        return worker === undefined ? rendition : { ...rendition, worker }
      })
      const sources = [{ file, title: options.file, within: '' }]
      const out = folder ?? path.join(home, 'renditions')
      const outcomes = await makeRenditions(
        client,
        { sources, renditions, out },
        () => undefined,
        interrupted,
      )
      if (isPiped) {
        for (const failure of describeFailures(outcomes)) console.error(failure)
        await writeOnlyFile(outcomes.flatMap(({ file: made }) => made ?? []))
      } else if (options.json) printJson(outcomes)
      else console.log(formatTable(outcomes, false))
      return outcomes.every(({ state }) => state === 'created') ? 0 : 1
    },
  )
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(`Error: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
