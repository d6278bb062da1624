import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import { builtInAction } from '../../src/contract/actions.ts'
import { amountOf } from '../support/amounts.ts'
import { presign, readJournal, register, sendProcess, signIn, trust, upload } from './api-client.ts'
import { drawPhoto } from './photo.ts'
import { startServiceProcess, useHome } from './service-process.ts'

const KILLS = amountOf({ thoroughly: 20, usually: 8 })
const REQUESTS_A_KILL = 5

/** Longest time the service lives between its start and its end, in milliseconds. */
const LONGEST_LIFE_MS = 500

/** All that these requests need; others would take their time to start in every life. */
const WARM = [builtInAction('worker')]

function alphabetically(a: string, b: string): number {
  return a.localeCompare(b)
}

describe('a service that is killed again and again', function () {
  this.timeout(300_000)
  const home = useHome()

  it(`ends each rendition of ${KILLS * REQUESTS_A_KILL} requests in exactly one event`, async () => {
    let service = await startServiceProcess({ home, warm: WARM })
    const { origin } = service
    const port = Number(new URL(origin).port)
    trust(home)
    const headers = await signIn(origin, home)
    const journal = await register(origin, headers)
    const source = await upload(origin, headers, 'source.jpg', await drawPhoto(200, 150))
    const target = await presign(origin, headers, 'target', 'w')

    const expected: string[] = []
    for (let round = 0; round < KILLS; round += 1) {
      for (let index = 0; index < REQUESTS_A_KILL; index += 1) {
        const names = [`${round}-${index}.png`, `${round}-${index}.jpg`]
        const renditions = names.map((name) => ({ name, fmt: name.slice(-3), width: 100, target }))
        const response = await sendProcess(origin, headers, { source, renditions })
        assert.equal(response.status, 200)
        expected.push(...names)
      }
      await delay(Math.random() * LONGEST_LIFE_MS)
      service.child.kill('SIGKILL')
      await service.exited
      service = await startServiceProcess({ home, port, warm: WARM })
    }

    const entries = await readJournal(journal, headers, expected.length)
    // Nothing may come after the last one, either: whatever still runs has ended when the service has stopped.
    service.child.kill('SIGTERM')
    assert.equal(await service.exited, 0)
    service = await startServiceProcess({ home, port })
    const afterwards = await readJournal(journal, headers, expected.length)
    service.child.kill('SIGTERM')
    await service.exited

    const names = afterwards.map(({ event }) => String(Object(event['rendition']).name))
    assert.deepEqual(names.toSorted(alphabetically), expected.toSorted(alphabetically))
    assert.deepEqual(afterwards, entries)
    const positions = entries.map(({ position }) => Number(position))
    assert.deepEqual(
      positions,
      positions.toSorted((a, b) => a - b),
    )
  })
})
