import assert from 'node:assert/strict'
import {
  type BegunTaskActivation,
  openTaskActivations,
  type TaskActivationSource,
} from '../../../../src/doors/page/jobs/task-activations.ts'
import { openPageDatabase, type PageDatabase } from '../../../../src/doors/page/page-database.ts'
import type { FinishedActivation } from '../../../../src/doors/page/requests/assignments.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'

const HOUR_MS = 60 * 60 * 1000

const ended = (activationId: string, start: number, logs: string[] = []): FinishedActivation => ({
  activationId,
  name: 'worker',
  start,
  end: start + 5,
  response: { status: 'success' },
  logs,
})

/** Resolves once what has happened is noted. */
const noted = () => new Promise<void>((resolve) => void setImmediate(resolve))

describe('The activations of tasks', () => {
  const folder = useTemporaryFolder()
  let files = 0
  let file: string
  let database: PageDatabase
  let touched: string[]
  let begin: (activation: BegunTaskActivation, params: unknown) => void
  let end: (activation: FinishedActivation, params: unknown) => void
  let warnings: string[]

  function open() {
    database = openPageDatabase(file)
    touched = []
    warnings = []
    const activations: TaskActivationSource = {
      onActivationBegin: (listener) => void (begin = listener),
      onActivationEnd: (listener) => void (end = listener),
    }
    return openTaskActivations({
      database,
      activations,
      jobs: { hasTask: async (id) => id.startsWith('task'), touch: (id) => void touched.push(id) },
      log: { warn: (message) => void warnings.push(message) },
    })
  }

  beforeEach(() => {
    file = folder.pathTo(`${files++}.sqlite`)
  })
  afterEach(() => database.close())

  it('are those that run and those that have ended, and each is told of', async () => {
    const activations = open()
    const params = { requestId: 'task-1' }
    begin({ activationId: 'a', name: 'dx/worker', start: 10 }, params)
    begin({ activationId: 'b', name: 'dx/worker', start: 11 }, params)
    await noted()
    assert.deepEqual(activations.running('task-1'), [
      { id: 'a', action: 'worker', start: 10 },
      { id: 'b', action: 'worker', start: 11 },
    ])
    end(ended('a', 10, ['hello']), params)
    await noted()
    assert.deepEqual(activations.running('task-1'), [{ id: 'b', action: 'worker', start: 11 }])
    assert.deepEqual(activations.ended('task-1'), [
      { id: 'a', action: 'worker', start: 10, end: 15, status: 'success' },
    ])
    assert.deepEqual(touched, ['task-1', 'task-1', 'task-1'])
  })

  it('keep their logs, also when the service is started anew', async () => {
    open()
    end(ended('a', 10, ['hello']), { requestId: 'task-1' })
    await noted()
    database.close()
    const activations = open()
    assert.deepEqual(activations.logOf('task-1', 'a'), ['hello'])
    assert.equal(activations.logOf('task-2', 'a'), undefined)
    assert.equal(activations.logOf('task-1', 'b'), undefined)
  })

  it('are not those of requests that are no tasks', async () => {
    const activations = open()
    for (const params of [{ requestId: 'other' }, {}, undefined]) {
      begin({ activationId: 'a', name: 'worker', start: 1 }, params)
      end(ended('a', 1), params)
    }
    await noted()
    assert.deepEqual([activations.running('other'), activations.ended('other')], [[], []])
    assert.deepEqual(touched, [])
  })

  it('are forgotten with their tasks, and after two days', async () => {
    const activations = open()
    end(ended('a', 0), { requestId: 'task-1' })
    end(ended('b', 0), { requestId: 'task-2' })
    await noted()
    activations.forget(['task-1'])
    assert.deepEqual(activations.ended('task-1'), [])
    assert.equal(activations.ended('task-2').length, 1)
    end(ended('c', 49 * HOUR_MS), { requestId: 'task-3' })
    await noted()
    assert.deepEqual(activations.ended('task-2'), [])
  })

  it('are no matter of the runtime when they cannot be noted', async () => {
    open()
    database.close()
    end(ended('a', 0), { requestId: 'task-1' })
    await noted()
    assert.match(warnings[0] ?? '', /^The developer page could not note an activation of task-1: /)
  })

  it('are not noted once the page is closed', async () => {
    const activations = open()
    activations.close()
    end(ended('a', 0), { requestId: 'task-1' })
    await noted()
    assert.deepEqual(activations.ended('task-1'), [])
  })
})
