import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { openServiceFile, type ServiceDatabase } from '../../../src/database/service-database.ts'
import { createRenditionOrders } from '../../../src/doors/asset-compute/asset-compute-door.ts'
import { openJournal } from '../../../src/doors/asset-compute/journal.ts'
import { openRegistrations } from '../../../src/doors/asset-compute/registrations.ts'
import { createSettling, failedEvent } from '../../../src/doors/asset-compute/rendition-events.ts'
import { DOOR, openAcceptedRequests } from '../../../src/doors/asset-compute/requests.ts'
import { openOrderStore } from '../../../src/orders/order-store.ts'
import { openOrders } from '../../../src/orders/orders.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { collectLog, fakeActions, MARKS, requestBody, tooMany } from './gateway-fixture.ts'

const client = { clientId: 'client', orgId: 'org', tokenId: 'token' }
const WORKER = 'https://worker.test/worker'

const identityHeaders = async () => ({})

/** Lets what waits for promises and for the disk go on. */
const turn = () => new Promise((resolve) => setImmediate(resolve))

const chooseWorker = ({ worker }: { worker?: string | undefined }) => worker ?? 'package/worker'

describe('Processing', () => {
  const folder = useTemporaryFolder()
  let files = 0
  let database: ServiceDatabase
  /** Called before each write; what it throws is what the disk says. */
  let onWrite: () => void
  let clockMs: number

  beforeEach(() => {
    database = openServiceFile(folder.pathTo(`${files++}.sqlite`))
    onWrite = () => {}
    clockMs = Date.UTC(2026, 0, 1)
  })
  afterEach(async () => {
    mock.timers.reset()
    await database.close()
  })

  const now = () => clockMs

  /**
   * Opens processing and accepts one request.
   *
   * @param worker - the URL of the custom worker that its rendition names
   */
  async function open(worker?: string) {
    const troubled: ServiceDatabase = {
      ...database,
      write: async (work) => {
        onWrite()
        return database.write(work)
      },
    }
    const log = collectLog()
    const actions = fakeActions()
    const processing = openOrders({
      database: troubled,
      actions: actions.client,
      isRunning: actions.isRunning,
      log,
      now,
      elapsed: now,
    })
    const requests = openAcceptedRequests(troubled, { orders: processing, chooseWorker, now })
    const journal = openJournal(troubled, now)
    const settle = createSettling({ database: troubled, orders: processing, requests, journal })
    const marks = MARKS
    processing.serve(
      DOOR,
      createRenditionOrders({ requests, settle, marks, identityHeaders, log, now }),
    )
    await processing.start()
    const { id } = await openRegistrations(database).register(client)
    const { source, renditions: asked } = requestBody()
    const renditions = asked.map((each) => ({ ...each, worker }))
    const [order] =
      (await requests.accept(id, client, 'request', { source, renditions })) ?? assert.fail()
    assert.ok(order)
    const request = (await requests.byOrder(order.id)) ?? assert.fail()
    const pending = () => openOrderStore(database, now).adopt()

    /** The messages of the events in the journal, once there are `count` of them; `meanwhile` is called until then. */
    async function messages(count: number, meanwhile = () => {}): Promise<unknown[]> {
      clockMs += 1000
      for (;;) {
        const { events } = await journal.read(id, 0)
        if (events.length >= count) {
          return events.map(({ json }) => /"errorMessage":"([^"]*)"/.exec(json)?.[1])
        }
        meanwhile()
        await turn()
      }
    }

    /** Has the request begun, and waits until its worker is called. */
    async function begin() {
      processing.begin(order ?? assert.fail())
      const start = await actions.first()
      await turn()
      return start
    }

    return {
      actions,
      log,
      settle,
      requests,
      journal,
      processing,
      request,
      pending,
      begin,
      messages,
    }
  }

  /** The disk refuses the next write, and only that. */
  function refuseOnce(): void {
    onWrite = () => {
      onWrite = () => {}
      throw new Error('database or disk is full')
    }
  }

  it('does not lose the failure of a start that the disk refused to note', async () => {
    const { actions, begin, messages, log } = await open()
    actions.answers.to = () => {
      refuseOnce()
      throw new Error('There is no such action.')
    }
    mock.timers.enable({ apis: ['setTimeout'] })
    await begin()
    actions.answers.to = () => Promise.reject(new Error('Still not.'))
    assert.deepEqual(await messages(1, () => mock.timers.tick(1000)), ['Still not.'])
    assert.match(log.lines.join('\n'), /tried again: Error: database or disk is full/)
  })

  it('does not lose the end of an activation that the disk refused to note', async () => {
    mock.timers.enable({ apis: ['setInterval'] })
    const { actions, begin, messages, processing, log } = await open()
    const { activationId } = await begin()
    actions.end(activationId, { error: 'It was killed.' })
    refuseOnce()
    await processing.activationEnded(activationId)
    assert.match(log.lines.join('\n'), /could not be reconciled: Error: database or disk is full/)
    assert.deepEqual(await messages(1, () => mock.timers.tick(5000)), ['It was killed.'])
  })

  for (const worker of [undefined, WORKER]) {
    it(`begins nothing twice when the disk refuses to count the try of ${worker ?? 'its own worker'}`, async () => {
      const { actions, begin, log } = await open(worker)
      mock.timers.enable({ apis: ['setTimeout'] })
      actions.answers.to = ({ activationId }) => {
        refuseOnce()
        return activationId
      }
      await begin()
      mock.timers.tick(1000)
      await turn()
      assert.equal(actions.starts.length, 1)
      assert.match(log.lines.join('\n'), /could not be counted: Error: database or disk is full/)
    })
  }

  it('begins nothing twice when nobody can tell whether a custom worker has ended', async () => {
    const { actions, begin, log } = await open(WORKER)
    mock.timers.enable({ apis: ['setTimeout'] })
    actions.client.ended = () => Promise.reject(new Error('connect ECONNREFUSED'))
    await begin()
    assert.match(log.lines.join('\n'), /could not be reconciled: Error: connect ECONNREFUSED/)
    mock.timers.tick(1000)
    await turn()
    assert.equal(actions.starts.length, 1)
  })

  it('stops in spite of a disk that refuses everything', async () => {
    const { actions, begin, processing, log } = await open()
    const { activationId } = await begin()
    actions.end(activationId, {})
    onWrite = () => {
      throw new Error('database or disk is full')
    }
    await processing.pause()
    await processing.finish()
    assert.match(log.lines.join('\n'), /could not be reconciled/)
  })

  it('fails the renditions of a worker elsewhere that is silent for a quarter of an hour', async () => {
    mock.timers.enable({ apis: ['setInterval'] })
    const { begin, messages } = await open(WORKER)
    await begin()
    clockMs += 15 * 60 * 1000 - 1
    mock.timers.tick(5000)
    await turn()
    clockMs -= 1000
    assert.deepEqual(await messages(0), [])
    clockMs += 1
    assert.deepEqual(await messages(1, () => mock.timers.tick(5000)), [
      'The worker reported nothing about this rendition within 15 minutes.',
    ])
  })

  const pauses: [title: string, retryAfter: string | undefined, ms: number][] = [
    ['the seconds that it asks for', '7', 7000],
    ['the time until the date that it names', 'Thu, 01 Jan 2026 00:00:09 GMT', 9000],
    ['a minute when it asks for more', '86400', 60_000],
    ['a minute when it asks for more than a timer can', '99999999999', 60_000],
    ['a second when it asks for nothing', undefined, 1000],
    ['a second when it asks for nonsense', 'soon', 1000],
    ['a second when it names a date gone by', 'Wed, 31 Dec 2025 00:00:00 GMT', 1000],
    ['a second when it asks for less than nothing', '-5', 1000],
  ]
  for (const [title, retryAfter, ms] of pauses) {
    it(`leaves a busy worker alone for ${title}`, async () => {
      const { actions, begin } = await open(WORKER)
      mock.timers.enable({ apis: ['setTimeout'] })
      actions.answers.to = ({ activationId }) => {
        if (actions.starts.length === 1) throw tooMany(retryAfter)
        return activationId
      }
      await begin()
      mock.timers.tick(ms - 1)
      await turn()
      assert.equal(actions.starts.length, 1)
      mock.timers.tick(1)
      await actions.started(2)
    })
  }

  it('leaves to the next start what a worker answers while the service stops', async () => {
    const { actions, begin, processing, messages, pending } = await open(WORKER)
    const answer = Promise.withResolvers<string>()
    actions.answers.to = () => answer.promise
    await begin()
    await processing.pause()
    answer.reject(new Error('the service stops'))
    await processing.finish()
    assert.deepEqual(await messages(0), [])
    assert.equal((await pending()).length, 1)
  })

  it('leaves a rendition pending whose event the disk refused', async () => {
    const { request, settle, requests, messages } = await open()
    const [{ instructions } = assert.fail()] = await requests.renditions(request.id)
    const failure = { reason: 'GenericError', message: 'It broke.' } as const
    const event = failedEvent(request, instructions, failure, clockMs)
    refuseOnce()
    await assert.rejects(settle(request, 0, event), /disk is full/)
    assert.deepEqual(await messages(0), [])
    assert.equal(await settle(request, 0, event), true)
    assert.equal(await settle(request, 0, event), false)
    assert.deepEqual(await messages(1), ['It broke.'])
  })

  it('accepts no request of a registration that is gone', async () => {
    const { requests, pending } = await open()
    const before = await pending()
    assert.equal(await requests.accept('gone', client, 'request', requestBody()), undefined)
    assert.deepEqual(await pending(), before)
  })
})
