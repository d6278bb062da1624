/** Does as it is told, for the test of processes that do work. */

import { isRecord } from '../../src/base/json.ts'
import { endHere, listenToParent } from '../../src/tasks/child.ts'

const parent = listenToParent({
  hear(work, bytes) {
    const act = isRecord(work) ? work['act'] : undefined
    if (act === 'exit') process.exit(1)
    if (act !== 'be silent') parent.send({ pid: process.pid, bytes: bytes?.length })
  },
  ended: endHere,
})
