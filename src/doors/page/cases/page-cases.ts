import { realpath, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { ServiceError } from '../../../base/errors.ts'
import { acceptRendition } from '../../../cases/accept-rendition.ts'
import { drawDifference, drawPicture } from '../../../cases/difference-picture.ts'
import { findCase, type ReadyCase, readAllCases, type UnfitCase } from '../../../cases/test-case.ts'
import { createQueue } from '../../../tasks/queue.ts'
import type { SavedCase, TestCase } from '../api.ts'
import type { RequestFiles } from '../requests/request-files.ts'
import type { CancelRequests } from '../requests/runs.ts'
import type { Updates } from '../update-channel.ts'
import { createCaseRuns, isCaseUnderWay } from './case-runs.ts'
import type { CaseService, StartMocked } from './case-service.ts'
import { toTestCase, withoutNeedlessLog } from './case-view.ts'
import { writeSavedCase } from './saved-case.ts'

/** The longer side of pictures that are drawn for the page. */
const LONGEST_SIDE = 1600

/** A file of a case: its source, the expected rendition, and that of its last run. */
export type CaseFile = 'source' | 'expected' | 'actual'

/** The test cases of a project. What names a case throws a 404 when there is no such case. */
export interface Cases {
  /** All of them, as they are on the disk now; with the logs of those that are not as expected. */
  list: () => TestCase[]
  /** One, with the log of its last run. */
  case: (action: string, name: string) => TestCase
  /**
   * Begins to run cases, each as `ACTION/NAME`; those that are under way go on.
   *
   * @param isTestMode - whether they are run one after the other as Adobe's command does
   * @throws {ServiceError} 404 when one of them does not exist, and none is run
   */
  run: (names: readonly string[], isTestMode?: boolean) => void
  /** Ends those that are queued or running as stopped, and the activations that work for them; one of them where it is named. */
  interrupt: (only?: { readonly action: string; readonly name: string }) => Promise<void>
  /**
   * Makes the rendition of the last run the expected one.
   *
   * @throws {ServiceError} 409 when there is none, or the case wants none
   */
  accept: (action: string, name: string) => Promise<TestCase>
  /** See {@link writeSavedCase}. */
  save: (saved: SavedCase) => Promise<TestCase>
  /**
   * The path of a file.
   *
   * @throws {ServiceError} 404 when the case has none
   */
  file: (action: string, name: string, file: CaseFile) => Promise<string>
  /**
   * A file of a case, by its path, as a PNG.
   *
   * @throws {ServiceError} 404 when it cannot be drawn
   */
  picture: (file: string) => Promise<Buffer>
  /**
   * What is between the expected rendition and that of the last run, as a PNG.
   *
   * @throws {ServiceError} 404 when they are not both pictures
   */
  difference: (action: string, name: string) => Promise<Buffer>
  /** Begins no further case, waits for none, and ends what was started for them. */
  stop: () => Promise<void>
}

/**
 * Makes what the page does with test cases.
 *
 * @param options.folder - of the project's test cases; it need not exist
 * @param options.home - a folder for what is made in this life of the service; it is cleared
 * @param options.actions - those of the project, by package and name
 * @param options.service - runs the cases without mocks
 * @param options.startMocked - starts a service for the others
 * @param options.cancel - ends requests of the client that `options.service` connects
 * @param options.draw - has the service make a PNG of a file; throws a 404 when it cannot
 */
export async function createCases(options: {
  folder: string
  home: string
  actions: readonly string[]
  service: CaseService
  startMocked: StartMocked
  cancel: CancelRequests
  requests: RequestFiles
  draw: (file: string) => Promise<Buffer>
  updates: Updates
}): Promise<Cases> {
  const { folder, home, requests, draw } = options
  const actions = new Map(options.actions.map((action) => [path.basename(action), action]))
  await rm(home, { recursive: true, force: true })
  const runs = createCaseRuns({ ...options, fullName, folder: home })
  // Pictures are held decoded.
  const drawing = createQueue(1)

  function fullName(action: string): string {
    const found = actions.get(action)
    if (found !== undefined) return found
    const names = Array.from(actions.keys()).join(', ')
    throw new ServiceError(
      'not_found',
      `There is no action ${JSON.stringify(action)}, only ${names}.`,
    )
  }

  /** A case of an action that does not exist cannot be run. */
  function withAction(each: ReadyCase | UnfitCase): ReadyCase | UnfitCase {
    const { name, action } = each
    const reason = `manifest.yml has no action ${action}`
    return actions.has(action) ? each : { state: 'invalid', name, action, reason }
  }

  const view = (each: ReadyCase): TestCase => toTestCase(each, runs.of(each.name)?.result)

  function find(action: string, name: string): ReadyCase {
    const each = actions.has(action) ? findCase(folder, action, name) : undefined
    if (each === undefined) throw noCase(`${action}/${name}`)
    if (each.state === 'ready') return each
    throw new ServiceError(
      'not_found',
      `The test case ${each.name} is not fit to be run: ${each.reason}.`,
    )
  }

  async function findFile(action: string, name: string, file: CaseFile): Promise<string> {
    const each = find(action, name)
    const { source, rendition: expected } = each
    const found = { source, expected, actual: runs.of(each.name)?.actual }[file]
    // A rendition that was made is where it was put; what is in the project may be a link to anything.
    const real = file === 'actual' ? found : await resolveInside(folder, found)
    if (real !== undefined) return real
    throw new ServiceError('not_found', `The test case ${each.name} has no ${WORDS[file]}.`)
  }

  return {
    list: () =>
      readAllCases(folder).map((each) => {
        const result = runs.of(each.name)?.result
        return toTestCase(withAction(each), result && withoutNeedlessLog(result))
      }),
    case: (action, name) => view(find(action, name)),
    run(names, isTestMode) {
      const all = new Map(readAllCases(folder).map((each) => [each.name, withAction(each)]))
      runs.start(
        Array.from(new Set(names), (name) => {
          const each = all.get(name)
          if (each === undefined) throw noCase(name)
          return each
        }),
        isTestMode,
      )
    },
    interrupt: (only) => runs.interrupt(only && find(only.action, only.name).name),
    async accept(action, name) {
      const each = find(action, name)
      const run = runs.of(each.name)
      if (isCaseUnderWay(run)) {
        throw new ServiceError(
          'conflict',
          `${each.name} is running; accept its rendition when it has ended.`,
        )
      }
      if (each.errorReason !== undefined) {
        throw new ServiceError(
          'conflict',
          `${each.name} expects the error ${each.errorReason}; remove errorReason from its params.json to have a rendition expected.`,
        )
      }
      if (run?.actual === undefined) {
        throw new ServiceError('conflict', `There is no rendition of ${each.name}; run it first.`)
      }
      if (each.rendition !== undefined) await findFile(action, name, 'expected')
      await acceptRendition(each, run.actual)
      runs.accept(each)
      return view(find(action, name))
    },
    async save(saved) {
      fullName(saved.action)
      await writeSavedCase(folder, requests, saved)
      runs.forget(`${saved.action}/${saved.name}`)
      return view(find(saved.action, saved.name))
    },
    file: findFile,
    picture: async (file) =>
      (await drawing.run(0, () => drawPicture(file, LONGEST_SIDE))) ?? draw(file),
    async difference(action, name) {
      const expected = await findFile(action, name, 'expected')
      const actual = await findFile(action, name, 'actual')
      const picture = await drawing.run(0, () => drawDifference(expected, actual, LONGEST_SIDE))
      if (picture !== undefined) return picture
      // The service draws more.
      const [one, other] = await Promise.all([draw(expected), draw(actual)])
      const drawn = await drawing.run(0, () => drawDifference(one, other, LONGEST_SIDE))
      if (drawn !== undefined) return drawn
      throw new ServiceError(
        'not_found',
        `The renditions of ${action}/${name} are not both pictures that can be drawn here.`,
      )
    },
    stop: runs.stop,
  }
}

/** How the files of a case are called in sentences. */
const WORDS = {
  source: 'source',
  expected: 'expected rendition',
  actual: 'rendition of this life of the service',
} as const satisfies Record<CaseFile, string>

function noCase(name: string): ServiceError {
  return new ServiceError('not_found', `There is no test case ${JSON.stringify(name)}.`)
}

/** @returns where a file really is; undefined when that is not within `folder`, or it is no file */
async function resolveInside(
  folder: string,
  file: string | undefined,
): Promise<string | undefined> {
  if (file === undefined) return undefined
  const [inside, real] = await Promise.all([
    realpath(folder),
    realpath(file).catch(() => undefined),
  ])
  if (real === undefined || !real.startsWith(inside + path.sep)) return undefined
  return (await stat(real)).isFile() ? real : undefined
}
