import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { CaseRunner } from '../cases/case-runner.ts'
import type { Mocks } from '../cases/run-cases.ts'
import type { ReadyCase } from '../cases/test-case.ts'
import { makeTestFolders, type TestFolders } from '../cases/test-mode/test-folders.ts'
import { createTestModeRunner } from '../cases/test-mode/test-mode-runner.ts'
import { connect } from '../client/service-client.ts'
import type { Inspected } from '../compose/service-actions.ts'
import type { Service } from '../compose/service.ts'
import type { Config } from '../config.ts'
import { workerUrl } from '../contract/actions.ts'
import type { StartMocked } from '../doors/page/cases/case-service.ts'
import { startOwnService } from './own-service.ts'
import type { ProjectActions } from './project-actions.ts'
import { startMocks } from './test-worker/run-mocks.ts'

/** A service whose actions are led to the mocks of cases. */
export interface ServiceWithMocks extends Service {
  readonly mocks: Mocks
}

/** What such a service is started with. */
interface MockedContext {
  readonly config: Config
  readonly project: Pick<ProjectActions, 'manifest' | 'fullName'>
  /** Further variables that the processes of its actions have. */
  readonly environment?: Readonly<Record<string, string>>
  /** The action to debug, if any. */
  readonly inspect?: Inspected | undefined
  /** Whether it is known from which files its actions were loaded. */
  readonly watch?: boolean
}

/**
 * Starts a service with the actions of the project, whose processes are led to the mocks of the cases.
 *
 * @param home - a folder that is there, for the state of the service
 */
export async function startWithMocks(
  home: string,
  cases: readonly ReadyCase[],
  { config, project, environment = {}, inspect, watch = false }: MockedContext,
): Promise<ServiceWithMocks> {
  const files = cases.flatMap((each) => each.mocks)
  const mocks = await startMocks(files, home)
  const options = [environment, mocks.environment].map(({ NODE_OPTIONS }) => NODE_OPTIONS)
  const actionEnvironment = {
    ...config.actionEnvironment,
    ...environment,
    NODE_OPTIONS: options.filter((each) => each !== undefined).join(' '),
  }
  const service = await startOwnService({ ...config, actionEnvironment }, home, {
    manifest: project.manifest,
    alone: true,
    inspect,
    watch,
    warm: cases.slice(0, 1).map(({ action }) => project.fullName(action)),
  })
  async function stop(graceMs?: number): Promise<void> {
    await service.stop(graceMs)
    await mocks.close()
  }
  let stopped: Promise<void> | undefined
  return { ...service, mocks, stop: (graceMs) => (stopped ??= stop(graceMs)) }
}

/**
 * Makes what runs cases in test mode on a service, whose actions have the environment of the folders.
 *
 * @param out - a folder for the renditions that are made
 */
export function createTestRunner(
  service: Pick<Service, 'invoke'>,
  project: Pick<ProjectActions, 'fullName'>,
  { folders, out }: { readonly folders: TestFolders; readonly out: string },
): CaseRunner {
  return createTestModeRunner({
    folders,
    out,
    invoke: (action, params) => service.invoke(project.fullName(action), params).ended,
  })
}

/** What starts the services on which the developer page runs cases with mocks, or in test mode. */
export function createStartMocked(context: MockedContext): StartMocked {
  return async (home, cases, isTestMode) => {
    await mkdir(home, { recursive: true })
    const folders = isTestMode ? await makeTestFolders(path.join(home, 'files')) : undefined
    const environment = folders?.environment ?? {}
    const service = await startWithMocks(home, cases, { ...context, environment })
    const { origin, onActivationEnd, mocks, stop } = service
    return {
      ...(folders !== undefined && {
        testRunner: (out: string) => createTestRunner(service, context.project, { folders, out }),
      }),
      workerUrl: (action, instructions) => workerUrl(origin, action, instructions),
      connect: () => connect(origin, home),
      onActivationEnd,
      mocks,
      stop,
    }
  }
}
