/** A process of a pool that a file has taken over: it writes what the work says to its channel. */
import { writeSync } from 'node:fs'
import { listenToParent } from '../../src/tasks/child.ts'

const service = listenToParent({
  hear(said) {
    const { work } = JSON.parse(JSON.stringify(said))
    if (work === 'tell') service.send({ outcome: 'done', result: process.pid, held: 0 })
    else if (typeof work === 'string') writeSync(3, work)
    else service.send(work)
  },
  ended: () => process.exit(),
})
