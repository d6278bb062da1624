import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import {
  type Contender,
  createBareSharp,
  createEngine,
  createSdkPostProcessing,
} from './contenders.ts'
import type { ImageMagick } from './imagemagick.ts'
import type { Request } from './job.ts'
import { expectSamePictures } from './likeness.ts'
import { type ContenderName, type Result, sumUp, type TaskResult } from './results.ts'
import { requestsOf, type Task } from './tasks.ts'
import { type Player, takeTurns } from './turns.ts'

const WARM_UP_ROUNDS = 3

/** How often each way to use bare sharp is tried: a share of the rounds, but at least as often. */
const TRIES = { share: 1 / 5, least: 3 }

/**
 * Has every contender do a task, by turns.
 *
 * @param options.folder - for the renditions
 * @param options.service - one that runs; it is left running
 */
export async function measureTask(options: {
  task: Task
  folder: string
  service: Contender
  imageMagick: ImageMagick
}): Promise<TaskResult> {
  const { task, service, imageMagick } = options
  const { fresh } = task
  const requests = {
    bare: await ask(options, 'bare'),
    engine: await ask(options, 'engine'),
    service: await ask(options, 'service'),
    sdk: await ask(options, 'sdk'),
  }
  const tries = Math.max(TRIES.least, Math.ceil(task.rounds * TRIES.share))
  const bare = await createBareSharp({ requests: requests.bare, tries, fresh })
  const engine = createEngine({ fresh })
  const sdk = imageMagick.installed ? createSdkPostProcessing(imageMagick) : undefined
  const players = new Map<ContenderName, Player>()

  /** Warms a contender up, looks at its pictures, and lets it play. */
  async function admit(name: ContenderName, contender: Contender): Promise<void> {
    const slow = name === 'sdk'
    const run = () => contender.render(requests[name])
    for (let round = 0; round < (slow || fresh ? 1 : WARM_UP_ROUNDS); round += 1) await run()
    await contender.collect?.(requests[name])
    await expectSamePictures(requests.bare, requests[name], { sameEncoder: !slow })
    players.set(name, { run, rounds: slow ? task.slowRounds : task.rounds })
  }

  let sdkFailure: string | undefined
  try {
    await admit('bare', bare)
    await admit('engine', engine)
    if (task.throughTheService) await admit('service', service)
    if (sdk !== undefined) {
      await admit('sdk', sdk).catch((error: unknown) => {
        sdkFailure = `fails: ${shorten(error)}`
      })
    }
    const costs = await takeTurns(players)
    const resultOf = (name: ContenderName, otherwise = 'not measured'): Result => {
      const rounds = costs.get(name)
      return rounds === undefined ? { known: false, why: otherwise } : sumUp(rounds)
    }
    return {
      task,
      tuning: bare.tuning,
      results: {
        bare: resultOf('bare'),
        engine: resultOf('engine'),
        service: resultOf('service'),
        sdk: resultOf(
          'sdk',
          imageMagick.installed ? sdkFailure : `${imageMagick.missing} is not installed`,
        ),
      },
    }
  } finally {
    await Promise.all([bare.end(), engine.end(), sdk?.end()])
  }
}

async function ask(
  { task, folder }: { task: Task; folder: string },
  name: ContenderName,
): Promise<Request[]> {
  const own = path.join(folder, task.name, name)
  await mkdir(own, { recursive: true })
  return requestsOf(task, own)
}

/** What ImageMagick says, without the command and the places in files and code. */
function shorten(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return /convert\S*: ([^`'"]+?) [`'"]/.exec(message)?.[1] ?? message.split('\n')[0] ?? message
}
