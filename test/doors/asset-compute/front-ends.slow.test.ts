import assert from 'node:assert/strict'
import type { ServiceDatabase } from '../../../src/database/service-database.ts'
import { createServiceTables, SERVICE_CHANGES } from '../../../src/database/service-schema.ts'
import type { ServiceTables } from '../../../src/database/service-tables.ts'
import { openJournal } from '../../../src/doors/asset-compute/journal.ts'
import { openRegistrations } from '../../../src/doors/asset-compute/registrations.ts'
import { usePostgres } from '../../support/use-postgres.ts'

const CLIENT = { clientId: 'client', orgId: 'org', tokenId: 'token' }

describe('a journal at several front ends', () => {
  const never = new AbortController().signal
  const postgres = usePostgres()
  let url: string

  beforeEach(async () => {
    url = await postgres.createDatabase()
  })

  function open(): Promise<ServiceDatabase> {
    return postgres
      .connect(url, () => undefined)
      .open<ServiceTables>('service', [createServiceTables, ...SERVICE_CHANGES])
  }

  async function openBoth() {
    const [here, there] = [await open(), await open()]
    const { id } = await openRegistrations(here).register(CLIENT)
    const append = (n: number, visibleAt = 0) =>
      here.write((tables) =>
        openJournal(here, Date.now).append(tables, {
          registrationId: id,
          tokenId: CLIENT.tokenId,
          visibleAt,
          event: { n },
        }),
      )
    return { id, there, append }
  }

  it('wakes readers at one with what came at another', async () => {
    const { id, there, append } = await openBoth()
    const reader = openJournal(there, Date.now)
    for (const n of [1, 2]) {
      const word = reader.listen(id, never)
      const { events, last } = await reader.read(id, n - 1)
      assert.deepEqual([events, last], [[], n - 1])
      await append(n)
      await word.within(60_000)
      assert.deepEqual((await reader.read(id, n - 1)).last, n)
    }
  })

  it('wakes readers to look when the connection was lost by which they hear', async () => {
    const { id, there } = await openBoth()
    const word = openJournal(there, Date.now).listen(id, never)
    await postgres.cutConnections(url, 'darkroom listening')
    await word.within(60_000)
  })

  it('goes on with latest where a reader was at another one', async () => {
    const { id, there, append } = await openBoth()
    const registrations = openRegistrations(there)
    const found = async () => (await registrations.byId(id)) ?? assert.fail()
    await append(1)
    await append(2)
    assert.equal(await openJournal(there, Date.now).latestFor(await found(), CLIENT.tokenId), 0)
    await openJournal(await open(), Date.now).delivered(id, CLIENT.tokenId, 1)
    assert.equal(await openJournal(there, Date.now).latestFor(await found(), CLIENT.tokenId), 1)
  })
})
