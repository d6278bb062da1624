import assert from 'node:assert/strict'
import type { DevtoolRequest, Rendition } from '../../../../src/doors/page/api.ts'
import { openPageDatabase } from '../../../../src/doors/page/page-database.ts'
import { openHistory } from '../../../../src/doors/page/requests/request-history.ts'
import { createRuns } from '../../../../src/doors/page/requests/runs.ts'
import { createUpdates } from '../../../../src/doors/page/update-channel.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'

const ID = '7d3c3f0e-6a50-4f0e-9d0c-1f4f1f0c9a11'
const WANTED = { run: ID, sources: ['a', 'b', 'c'], renditions: [{ fmt: 'png' }] }

function requestOf(run: string, position: number, state: Rendition['state']): DevtoolRequest {
  return {
    id: `${run} ${position}`,
    sentAt: position,
    run: { id: run, position, renditions: 3 },
    files: [],
    renditions: [{ instructions: {}, state, worker: 'worker', spans: [] }],
    activations: [],
    body: {},
  }
}

describe('a run of the developer page', () => {
  const folder = useTemporaryFolder()
  let opened = 0

  /** Sends each request when it is let; what the service is told to end is noted. */
  function open() {
    opened += 1
    const database = openPageDatabase(folder.pathTo(`page${opened}.sqlite`))
    const history = openHistory(database, createUpdates())
    const cancelled: string[][] = []
    const gates = WANTED.sources.map(() => Promise.withResolvers<void>())
    const states: Rendition['state'][] = ['created', 'running', 'queued']
    const runs = createRuns({
      history,
      async send({ id, sources }, signal) {
        const sent: DevtoolRequest[] = []
        for (const position of sources.keys()) {
          if (signal.aborted) break
          const request = requestOf(id, position, states[position] ?? 'queued')
          history.begin(request)
          await gates[position]?.promise
          history.accept(request.id)
          sent.push(request)
        }
        return sent
      },
      cancel: async (requestIds) => void cancelled.push([...requestIds]),
    })
    return {
      runs,
      history,
      cancelled,
      gates,
      release: () => gates.forEach((gate) => gate.resolve()),
    }
  }

  it('has an id, which is given or made', async () => {
    const { runs, release } = open()
    release()
    const named = await runs.start(WANTED)
    assert.deepEqual([...new Set(named.map(({ run }) => run.id))], [ID])
    const [other] = await runs.start({ sources: ['a'], renditions: [{}] })
    assert.match(other?.run.id ?? '', /^[\da-f-]{36}$/)
    assert.notEqual(other?.run.id, ID)
  })

  it('is no second one of an id, whether the first is being sent or known', async () => {
    const { runs, release } = open()
    const first = runs.start(WANTED)
    const refusal = {
      status: 409,
      message: `There is a run ${ID} already; each needs an id of its own.`,
    }
    await assert.rejects(runs.start(WANTED), refusal)
    release()
    await first
    await assert.rejects(runs.start(WANTED), refusal)
  })

  it('has what has not ended of it ended when it is stopped, and nothing else', async () => {
    const { runs, cancelled, release } = open()
    release()
    await runs.start(WANTED)
    await runs.start({ ...WANTED, run: '11111111-6a50-4f0e-9d0c-1f4f1f0c9a11' })
    await runs.stop(ID)
    assert.deepEqual(cancelled, [[`${ID} 1`, `${ID} 2`]])
  })

  it('is sent no further when it is stopped meanwhile, and what is on its way is ended as well', async () => {
    const { runs, history, cancelled, gates } = open()
    const started = runs.start(WANTED)
    gates[0]?.resolve()
    await gates[0]?.promise
    const stopped = runs.stop(ID)
    gates[1]?.resolve()
    await stopped
    const sent = (await started).map(({ run }) => run.position)
    assert.ok(!sent.includes(2), sent.join())
    assert.deepEqual(cancelled.flat(), sent.includes(1) ? [`${ID} 1`] : [])
    // Nobody waits for what was never sent.
    const told = history.run(ID).map(({ run }) => run.renditions)
    assert.deepEqual(
      told,
      sent.map(() => sent.length),
    )
  })

  it('is stopped and forgotten when it is removed', async () => {
    const { runs, history, cancelled, release } = open()
    release()
    await runs.start(WANTED)
    await runs.remove(ID)
    assert.deepEqual(cancelled, [[`${ID} 1`, `${ID} 2`]])
    assert.deepEqual(history.run(ID), [])
  })

  it('answers 404 when there is none', async () => {
    const { runs } = open()
    const refusal = { status: 404, message: 'There is no run "x" any more.' }
    await assert.rejects(runs.stop('x'), refusal)
    await assert.rejects(runs.remove('x'), refusal)
    assert.throws(() => runs.find('x'), refusal)
  })
})
