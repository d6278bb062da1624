import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { openServiceFile } from '../src/database/service-database.ts'
import { createJournalRoutes, journalPath } from '../src/doors/asset-compute/journal-routes.ts'
import { openJournal } from '../src/doors/asset-compute/journal.ts'
import { openRegistrations } from '../src/doors/asset-compute/registrations.ts'
import { type Finding, median, ms, time } from './measure.ts'

const FEW = 1000
const MANY = 1_000_000
const READS = 300
const APPENDED_AT_ONCE = 20_000

const CLIENT = { clientId: 'client', orgId: 'org', tokenId: 'token' }

/** An event of the size that the SDK makes. */
const EVENT = {
  type: 'rendition_created',
  date: '2026-01-01T00:00:00.000Z',
  requestId: '0e2b8a3c-6c8e-4e0f-9a55-0a2f6f3a7b11',
  source:
    'https://localhost:9443/storage/objects/sources/harbour.jpg?expires=1&permissions=r&signature=0',
  rendition: { name: 'cq5dam.web.1280.1280.jpeg', fmt: 'jpeg', width: 1280, height: 1280 },
  metadata: {
    'repo:size': 123_456,
    'dc:format': 'image/jpeg',
    'tiff:ImageWidth': 1280,
    'tiff:ImageLength': 853,
  },
}

async function openFilled(folder: string, events: number) {
  mkdirSync(folder, { recursive: true })
  const database = openServiceFile(path.join(folder, `${events}.sqlite`))
  const registrations = openRegistrations(database)
  const journal = openJournal(database, Date.now)
  const registration = await registrations.register(CLIENT)
  for (let written = 0; written < events; written += APPENDED_AT_ONCE) {
    await database.write(async (tables) => {
      for (let index = 0; index < Math.min(APPENDED_AT_ONCE, events - written); index += 1) {
        await journal.append(tables, {
          registrationId: registration.id,
          tokenId: 'token',
          visibleAt: 0,
          event: EVENT,
        })
      }
    })
  }
  const routes = createJournalRoutes({
    journal,
    registrations,
    authenticate: async () => CLIENT,
    stopping: new AbortController().signal,
    now: Date.now,
  })
  const url = journalPath(registration)
  return {
    read: async (): Promise<void> => {
      const since = Math.floor(Math.random() * (events - 100))
      const response = await routes.request(`${url}?since=${since}&limit=100`)
      const { length } = await response.text()
      if (length < 100 * JSON.stringify(EVENT).length) throw new Error('The page is not full.')
    },
    close: database.close,
  }
}

/** Pages of 100 events out of a small and a large journal, by turns. */
export async function measureJournal(folder: string): Promise<Finding[]> {
  const few = await openFilled(folder, FEW)
  const many = await openFilled(folder, MANY)
  const times: { few: number[]; many: number[] } = { few: [], many: [] }
  for (let read = 0; read < READS; read += 1) {
    times.few.push(await time(few.read))
    times.many.push(await time(many.read))
  }
  await few.close()
  await many.close()
  const ratio = median(times.many) / median(times.few)
  return [
    {
      what: `journal, a page of 100 events out of ${MANY.toLocaleString('en')}`,
      measured: ms(median(times.many)),
      baseline: `${ms(median(times.few))} out of ${FEW.toLocaleString('en')}`,
      distance: `${ratio.toFixed(2)} ×`,
      goal: 'within 1.3 ×',
      reached: ratio <= 1.3,
    },
  ]
}
