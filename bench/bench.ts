/**
 * `npm run bench`: what the service takes, each time beside a yardstick of the same run. `--write` also writes the page
 * that has the figures of `images`.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { measureAccepting } from './accepting.ts'
import { measureActivation } from './activation.ts'
import { measureDocuments } from './documents.ts'
import { measureFixtures } from './fixtures.ts'
import { measureImages } from './images.ts'
import { measureJournal } from './journal.ts'
import { describeMachine } from './machine.ts'
import type { Finding } from './measure.ts'
import { measurePage } from './page.ts'
import { measureColdActivation, measureStart } from './starting.ts'

type Bench = (folder: string, options: { write: boolean }) => Promise<Finding[]>

const BENCHES: Record<string, Bench> = {
  activation: measureActivation,
  accepting: measureAccepting,
  journal: measureJournal,
  start: measureStart,
  cold: measureColdActivation,
  page: measurePage,
  images: measureImages,
  documents: measureDocuments,
  fixtures: measureFixtures,
}

const options = { write: process.argv.includes('--write') }
const asked = process.argv.slice(2).filter((name) => name !== '--write')
const unknown = asked.find((name) => !(name in BENCHES))
if (unknown !== undefined) {
  console.error(`There is no benchmark ${unknown}; there are ${Object.keys(BENCHES).join(', ')}.`)
  process.exit(2)
}

console.log(`${describeMachine()}\n`)
for (const [name, measure] of Object.entries(BENCHES)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  const folder = await mkdtemp(path.join(tmpdir(), 'darkroom-bench-'))
  try {
    for (const finding of await measure(folder, options)) {
      console.log(`${verdict(finding)}  ${finding.what}`)
      console.log(
        `         ${finding.measured}; ${finding.baseline}: ${finding.distance} (goal: ${finding.goal})\n`,
      )
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

function verdict({ reached }: Finding): string {
  if (reached === undefined) return 'no goal'
  return reached ? 'reached' : 'MISSED '
}
