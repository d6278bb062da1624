import assert from 'node:assert/strict'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { type OpenedDoor, openDoor } from '../open-door.ts'
import { post } from './call-ips.ts'
import { LONG_MESSAGE, MANY_NAMES, XML_ATTACKS, type XmlAttack } from './xml-attacks.ts'

describe('a message that IPS should not like takes three times as long as an honest one of its length at most', function () {
  this.timeout(600_000)
  const temporary = useTemporaryFolder()
  let opened: OpenedDoor
  let honest = 0

  /** What the processors do for a message at the least, in milliseconds, and the bytes that it takes at the most. */
  async function measure({ body, headers }: Pick<XmlAttack, 'body' | 'headers'>) {
    const bytes = typeof body === 'string' ? new Uint8Array(Buffer.from(body)) : body
    const times: number[] = []
    let most = 0
    // What else the machine does at one time, it does not do each time.
    for (let run = 0; run < 5; run += 1) {
      const before = process.memoryUsage()
      const begun = process.cpuUsage()
      await post(opened.app, bytes, headers)
      const { user, system } = process.cpuUsage(begun)
      times.push((user + system) / 1000)
      const { heapUsed, external } = process.memoryUsage()
      most = Math.max(most, heapUsed - before.heapUsed + external - before.external)
    }
    return { took: Math.min(...times), most }
  }

  before(async () => {
    opened = await openDoor(temporary.pathTo('home'))
    honest = (await measure({ body: LONG_MESSAGE })).took
    console.log(`    ${honest.toFixed(1)} ms of a processor for ten thousand handles`)
  })
  after(() => opened.door.close?.())

  for (const { what, ...attack } of [
    ...XML_ATTACKS,
    { what: 'five hundred long names', body: MANY_NAMES },
  ]) {
    it(`such as ${what}`, async () => {
      const { took, most } = await measure(attack)
      const told = `${took.toFixed(1)} ms of a processor, ${(most / 1e6).toFixed(1)} MB`
      if (took > 10) console.log(`      ${told}`)
      assert.ok(took < 3 * honest, told)
      assert.ok(most < 50e6, told)
    })
  }
})
