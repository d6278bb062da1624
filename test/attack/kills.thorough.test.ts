import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import { builtInAction } from '../../src/contract/actions.ts'
import { familyOfProcess } from '../../src/programs/process-family.ts'
import {
  presign,
  readJournal,
  register,
  sendProcess,
  signIn,
  trust,
  upload,
} from '../e2e/api-client.ts'
import { drawPhoto } from '../e2e/photo.ts'
import { type ServiceProcess, startServiceProcess, useHome } from '../e2e/service-process.ts'
import { amountOf } from '../support/amounts.ts'
import { commandLineOf, kill } from '../support/command-line.ts'

const KILLS = amountOf({ thoroughly: 20, usually: 4 })
const CLIENTS = 8

/** How long the service lives between two kills, in milliseconds, and how often a worker is killed. */
const LIFE_MS = 1500
const WORKER_LIFE_MS = 700

const WARM = [builtInAction('worker')]

describe('a service under parallel clients', function () {
  this.timeout(1_800_000)
  const home = useHome()
  let service: ServiceProcess
  let headers: Record<string, string>
  let journal: string
  let source: string
  let target: string
  /** The names of the renditions of requests that were answered with 200. */
  const accepted: string[] = []
  /** Those of requests that were not answered: the service may have them or not. */
  const unknown: string[] = []

  before(async () => {
    service = await startServiceProcess({ home, warm: WARM })
    trust(home)
    headers = await signIn(service.origin, home)
    journal = await register(service.origin, headers)
    source = await upload(service.origin, headers, 'source.jpg', await drawPhoto(200, 150))
    target = await presign(service.origin, headers, 'target', 'w')
  })

  /** Eight clients that send one request after the other until `isOver`, whatever becomes of them. */
  function sendUntil(kind: string, isOver: () => boolean): Promise<unknown> {
    let next = 0
    async function client(): Promise<void> {
      while (!isOver()) {
        const name = `${kind}-${next}.png`
        next += 1
        const renditions = [{ name, fmt: 'png', width: 40, target }]
        try {
          const answer = await sendProcess(service.origin, headers, { source, renditions })
          await answer.text()
          assert.ok(answer.status === 200 || answer.status === 503, `${answer.status}`)
          if (answer.status === 200) accepted.push(name)
        } catch (error) {
          if (error instanceof assert.AssertionError) throw error
          unknown.push(name)
          await delay(20)
        }
      }
    }
    return Promise.all(Array.from({ length: CLIENTS }, client))
  }

  async function assertEndedOnce(): Promise<void> {
    const entries = await readJournal(journal, headers, accepted.length)
    const names = entries.map(({ event }) => String(Object(event['rendition']).name))
    const found = new Set(names)
    assert.equal(found.size, names.length, 'none is doubled')
    const lost = accepted.filter((name) => !found.has(name))
    // Those that were taken though the answer was lost come in between.
    for (let wanted = names.length; lost.length > 0;) {
      wanted += 1
      const more = await readJournal(journal, headers, wanted)
      const known = new Set(more.map(({ event }) => String(Object(event['rendition']).name)))
      lost.splice(0, lost.length, ...lost.filter((name) => !known.has(name)))
      assert.ok(known.size <= accepted.length + unknown.length)
    }
  }

  it(`loses and doubles nothing when it is killed ${KILLS} times`, async () => {
    let isOver = false
    const port = Number(new URL(service.origin).port)
    const sending = sendUntil('killed', () => isOver)
    for (let times = 0; times < KILLS; times += 1) {
      await delay(LIFE_MS)
      service.child.kill('SIGKILL')
      await service.exited
      service = await startServiceProcess({ home, port, warm: WARM })
    }
    isOver = true
    await sending
    await assertEndedOnce()
    console.error(`      ${accepted.length} accepted under ${KILLS} kills`)
  })

  it('ends each rendition though its workers are killed again and again', async function () {
    if (process.platform !== 'linux') this.skip()
    let killed = 0
    const sending = sendUntil('worker', () => killed >= KILLS)
    while (killed < KILLS) {
      await delay(WORKER_LIFE_MS)
      const pid = service.child.pid ?? 0
      const workers = familyOfProcess(pid).filter((each) =>
        commandLineOf(each).includes('/runtime/run/'),
      )
      for (const worker of workers) kill(worker)
      killed += 1
    }
    await sending
    await assertEndedOnce()
    console.error(`      ${accepted.length} ended, workers killed ${KILLS} times`)
  })
})
