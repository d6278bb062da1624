import path from 'node:path'
import { acceptRendition } from '../cases/accept-rendition.ts'
import { createCaseRunner } from '../cases/case-runner.ts'
import { CASES_AT_ONCE } from '../cases/run-cases.ts'
import type { ReadyCase } from '../cases/test-case.ts'
import { connect } from '../client/service-client.ts'
import { readConfig } from '../config.ts'
import { workerUrl } from '../contract/actions.ts'
import { createQueue } from '../tasks/queue.ts'
import { startOwnService, withOwnService } from './own-service.ts'
import type { ProjectActions } from './project-actions.ts'

/**
 * Makes the rendition of each case that has one and writes it as the expected one.
 *
 * @param project - whose actions make them
 * @returns one sentence for every case whose rendition was not made
 */
export async function acceptRenditions(
  cases: readonly ReadyCase[],
  project: Pick<ProjectActions, 'manifest' | 'fullName'>,
): Promise<string[]> {
  const { manifest, fullName } = project
  const wanted = cases.filter(({ errorReason }) => errorReason === undefined)
  const warm = wanted.slice(0, 1).map(({ action }) => fullName(action))
  return withOwnService(
    (home) => startOwnService(readConfig(), home, { manifest, warm }),
    async ({ origin }, home, interrupted) => {
      const runner = createCaseRunner(await connect(origin, home, interrupted), {
        out: path.join(home, 'renditions'),
        workerUrl: ({ action, instructions }) => workerUrl(origin, fullName(action), instructions),
      })
      const queue = createQueue(CASES_AT_ONCE)
      const accepting = wanted.map((each) =>
        queue.run(0, async () => {
          const outcome = await runner.run(each)
          if (outcome.state !== 'created') return [`${each.name}: ${JSON.stringify(outcome)}`]
          await acceptRendition(each, outcome.file)
          return []
        }),
      )
      try {
        return (await Promise.all(accepting)).flat()
      } finally {
        runner.end()
      }
    },
  )
}
