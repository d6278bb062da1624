import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { presign, readJournal, register, sendProcess, trust, upload } from '../e2e/api-client.ts'
import { startServiceProcess, useHome } from '../e2e/service-process.ts'
import { HOLD_UPS, openStranger, signInAs } from './hold-ups.ts'

describe('a client who has everything wait', function () {
  this.timeout(120_000)
  const home = useHome()

  it('keeps no other from a rendition: drips, silence, workers without a word and endless drawings', async () => {
    const { origin } = await startServiceProcess({ home })
    trust(home)
    const stranger = await openStranger(home)
    try {
      const [busy, innocent] = [await signInAs('busy', home), await signInAs('innocent', home)]
      const [busyJournal, journal] = [
        await register(origin, busy),
        await register(origin, innocent),
      ]
      const target = await presign(origin, busy, 'made', 'w')
      const means = {
        stranger: stranger.origin,
        put: (name: string, content: string | Uint8Array<ArrayBuffer>) =>
          upload(origin, busy, name, content),
      }
      const kinds = await Promise.all(HOLD_UPS.map(({ requests }) => requests(means)))
      for (const { source, rendition } of kinds.flat()) {
        const renditions = [{ ...rendition, target }]
        assert.equal((await sendProcess(origin, busy, { source, renditions })).status, 200)
      }
      await stranger.asked('/drip', 2)
      await stranger.asked('/silent', 16)
      await stranger.asked('/mute', 16)

      const photo = await readFile('samples/harbour.jpg')
      const source = { url: await upload(origin, innocent, 'small.jpg', new Uint8Array(photo)) }
      const small = await presign(origin, innocent, 'small.png', 'w')
      const renditions = [{ fmt: 'png', width: 319, target: small }]
      await sendProcess(origin, innocent, { source, renditions })
      const [entry] = await readJournal(journal, innocent, 1)
      assert.equal(entry?.event.type, 'rendition_created', JSON.stringify(entry))
      // Nothing of what holds it up has ended, but for drawings and drips on a machine that is very slow.
      const events = await (await fetch(busyJournal, { headers: busy })).text()
      assert.doesNotMatch(events, /\/(?:silent|mute)/)
    } finally {
      stranger.close()
    }
  })
})
