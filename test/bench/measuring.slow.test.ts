import assert from 'node:assert/strict'
import { copyFile } from 'node:fs/promises'
import path from 'node:path'
import type { Contender } from '../../bench/images/contenders.ts'
import { measureTask } from '../../bench/images/measuring.ts'
import { requestsOf, type Task } from '../../bench/images/tasks.ts'
import { samplesFolder } from '../../scripts/samples.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const TASK: Task = {
  name: 'single',
  title: 'a sample',
  sources: [path.join(samplesFolder, 'harbour.jpg')],
  renditions: [{ fmt: 'png', width: 60, height: 60 }],
  rounds: 2,
  slowRounds: 1,
  fresh: false,
  throughTheService: true,
}

const NO_IMAGEMAGICK = { installed: false, missing: 'exiftool' } as const

describe('measureTask', function () {
  this.timeout(300_000)
  const folder = useTemporaryFolder()

  /** Delivers, when it is asked for them, the renditions that the engine has made. */
  function deliver(task: Task): Contender {
    return {
      render: async () => ({ ms: 1000 }),
      async collect(requests) {
        const made = requestsOf(task, folder.pathTo(path.join(task.name, 'engine')))
        for (const [index, { renditions }] of requests.entries()) {
          const [from, to] = [made[index]?.renditions[0], renditions[0]]
          assert.ok(from && to)
          await copyFile(from.path, to.path)
        }
      },
      end: () => Promise.reject(new Error('it was to be left running')),
    }
  }

  it('measures everybody who is there, and says why somebody is not', async () => {
    const { results, tuning } = await measureTask({
      task: TASK,
      folder: folder.pathTo(''),
      service: deliver(TASK),
      imageMagick: NO_IMAGEMAGICK,
    })
    assert.ok(results.bare.known && results.engine.known)
    assert.ok(results.engine.ms > 0)
    assert.deepEqual(results.service, { known: true, ms: 1000 })
    assert.deepEqual(results.sdk, { known: false, why: 'exiftool is not installed' })
    assert.ok([1, 2].includes(tuning.threads))
    assert.equal(tuning.atOnce, 1)
  })

  it('leaves the service out of a task that is not for it', async () => {
    const task: Task = { ...TASK, name: 'huge', fresh: true, throughTheService: false }
    const { results } = await measureTask({
      task,
      folder: folder.pathTo(''),
      service: deliver(task),
      imageMagick: NO_IMAGEMAGICK,
    })
    assert.ok(results.engine.known)
    assert.ok((results.engine.peakBytes ?? 0) > 20_000_000)
    assert.deepEqual(results.service, { known: false, why: 'not measured' })
  })
})
