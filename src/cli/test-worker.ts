/** `npm run test-worker`: runs the cases of a project's workers, as `aio asset-compute test-worker` does. */
import path from 'node:path'
import { acceptRendition } from '../cases/accept-rendition.ts'
import { collectActivations } from '../cases/case-activations.ts'
import { createCaseRunner } from '../cases/case-runner.ts'
import { countResults, type EndedCase } from '../cases/ended-case.ts'
import { CASES_AT_ONCE, runCases } from '../cases/run-cases.ts'
import { isReady } from '../cases/test-case.ts'
import { makeTestFolders } from '../cases/test-mode/test-folders.ts'
import { resultFiles, writeResults } from '../cases/write-results.ts'
import { connect } from '../client/service-client.ts'
import type { Inspected } from '../compose/service-actions.ts'
import type { LoadListener } from '../compose/service.ts'
import { type Config, readConfig } from '../config.ts'
import { workerUrl } from '../contract/actions.ts'
import { UsageError } from './arguments.ts'
import { prepareInspector } from './inspect-options.ts'
import { createTestRunner, startWithMocks } from './mocked-service.ts'
import { withOwnService } from './own-service.ts'
import { printJson } from './print-json.ts'
import {
  isOwnProject,
  type ProjectActions,
  readProjectActions,
  requireProject,
} from './project-actions.ts'
import { findSuites, type Suite } from './test-worker/find-suites.ts'
import { describeAction, describeAll, describeCase, TEST_MODE_HINT } from './test-worker/screen.ts'
import {
  readTestWorkerOptions,
  TEST_WORKER_USAGE,
  type TestWorkerOptions,
} from './test-worker/test-worker-options.ts'
import { watchSuites } from './test-worker/watch-suites.ts'

const start = performance.now()
const elapsed = (): number => performance.now() - start

/** Where the standard output is for JSON alone, all else goes to the other one. */
function teller({ json }: Pick<TestWorkerOptions, 'json'>): (text: string) => void {
  return json ? console.error : console.log
}

/** What a program is told of a case. */
function toJson(action: string, { name, verdict, milliseconds }: EndedCase): object {
  return {
    action,
    name,
    state: verdict.state,
    message: 'message' in verdict ? verdict.message : null,
    differences: 'differences' in verdict ? verdict.differences : [],
    milliseconds: milliseconds === undefined ? null : Math.round(milliseconds),
  }
}

/** What suites are run with. */
interface SuitesContext {
  readonly config: Config
  readonly project: ProjectActions
  readonly inspect: Inspected | undefined
  /** Is told from which files each action was loaded, or was to be. */
  readonly onLoad?: LoadListener
}

/** Runs all suites with one service, and tells the results of each as soon as they are there. */
async function runSuites(
  suites: readonly Suite[],
  options: TestWorkerOptions,
  { config, project, inspect, onLoad }: SuitesContext,
): Promise<EndedCase[]> {
  const cases = suites.flatMap((suite) => suite.cases)
  return withOwnService(
    async (home) => {
      const folders = options.testMode ? await makeTestFolders(path.join(home, 'files')) : undefined
      const environment = folders?.environment ?? {}
      const context = { config, project, environment, inspect, watch: options.watch }
      return { ...(await startWithMocks(home, cases.filter(isReady), context)), folders }
    },
    async ({ onActivationEnd, mocks, ...service }, home, interrupted) => {
      const out = path.join(home, 'renditions')
      const { folders } = service
      if (onLoad !== undefined) service.onLoad(onLoad)
      const runner =
        folders === undefined
          ? createCaseRunner(await connect(service.origin, home, interrupted), {
              out,
              workerUrl: ({ action, instructions }) =>
                workerUrl(service.origin, project.fullName(action), instructions),
            })
          : createTestRunner(service, project, { folders, out })
      const activations = collectActivations(onActivationEnd)
      const atOnce = options.testMode ? 1 : CASES_AT_ONCE
      const running = runCases(cases, { runner, activations, mocks, atOnce })
      const all: EndedCase[] = []
      try {
        for (const suite of suites) {
          const results = running.splice(0, suite.cases.length)
          all.push(...(await tellSuite(suite, results, { options, config, interrupted })))
        }
      } finally {
        runner.end()
      }
      return all
    },
  )
}

/** Tells the results of an action and writes them. */
async function tellSuite(
  { action, folder }: Suite,
  running: readonly Promise<EndedCase>[],
  {
    options,
    config,
    interrupted,
  }: { options: TestWorkerOptions; config: Config; interrupted: AbortSignal },
): Promise<EndedCase[]> {
  const begin = performance.now()
  const tell = teller(options)
  tell(`\nRunning tests in ${folder}\nTest cases:\n`)
  const results: EndedCase[] = []
  for (const each of running) {
    const result = await each
    interrupted.throwIfAborted()
    results.push(result)
    tell(describeCase(result, options))
    if (options.updateRenditions) await update(result, tell)
  }
  const milliseconds = performance.now() - begin
  const target = path.join(config.buildFolder, 'test-results', `test-${action}`)
  await writeResults(target, { action, results, milliseconds })
  const times = { test: milliseconds, total: elapsed() }
  tell(`\n${describeAction(results, resultFiles(target), times)}`)
  return results
}

async function update(
  { verdict, testCase, actual }: EndedCase,
  tell: (text: string) => void,
): Promise<void> {
  if (testCase === undefined || actual === undefined || !('differences' in verdict)) return
  // A rendition in place of an error is no better rendition.
  if (testCase.errorReason !== undefined) return
  const expected = await acceptRendition(testCase, actual)
  tell(`      Updating expected rendition ${path.relative('.', expected)}`)
}

/** Of several actions, it has to be said which one is debugged. */
async function prepareDebugging(
  suites: readonly Suite[],
  { inspect }: TestWorkerOptions,
): Promise<Inspected | undefined> {
  if (inspect === undefined) return undefined
  const [first, second] = suites
  if (first === undefined || second !== undefined) {
    throw new UsageError('--inspect is for one action; --action says which one.')
  }
  return prepareInspector(first.action, inspect)
}

async function main(): Promise<number> {
  const options = readTestWorkerOptions(process.argv.slice(2))
  if (options === 'help') {
    console.log(TEST_WORKER_USAGE)
    return 0
  }
  process.chdir(requireProject())
  const config = readConfig()
  const project = readProjectActions(config)
  const suites = findSuites(project, options)
  const tell = teller(options)
  const inspect = await prepareDebugging(suites, options)

  if (options.action === undefined) {
    tell(['Actions:', ...suites.map(({ action }) => `- ${action}`)].join('\n'))
  }
  if (options.watch) {
    return watchSuites({
      project,
      find: () => findSuites(project, options),
      run: async (chosen, onLoad) => {
        await runSuites(chosen, options, { config, project, inspect, onLoad })
      },
    })
  }
  const results = await runSuites(suites, options, { config, project, inspect })
  if (suites.length > 1) tell(`\n${describeAll(suites.length, results, elapsed())}`)
  if (options.json) {
    const actions = suites.flatMap(({ action, cases }) => cases.map(() => action))
    printJson(results.map((result, at) => toJson(actions[at] ?? '', result)))
  }
  const { run, failures, errors } = countResults(results)
  if (failures > 0 && !options.testMode && !isOwnProject('.')) tell(`\n${TEST_MODE_HINT}`)
  if (run === 0) throw new Error('None of the test cases has been run, since each was skipped')
  if (errors > 0) return 2
  return failures > 0 ? 1 : 0
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(`\nError: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 3
}
