/** `npm run bench`: what the service takes, each time beside a yardstick of the same run. */
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { measureAccepting } from './accepting.ts'
import { measureActivation } from './activation.ts'
import { measureJournal } from './journal.ts'
import type { Finding } from './measure.ts'
import { measureColdActivation, measureStart } from './starting.ts'

const BENCHES: Record<string, (folder: string) => Promise<Finding[]>> = {
  activation: measureActivation,
  accepting: measureAccepting,
  journal: measureJournal,
  start: measureStart,
  cold: measureColdActivation,
}

const asked = process.argv.slice(2)
const unknown = asked.find((name) => !(name in BENCHES))
if (unknown !== undefined) {
  console.error(`There is no benchmark ${unknown}; there are ${Object.keys(BENCHES).join(', ')}.`)
  process.exit(2)
}

console.log(
  `${cpus().length} cores, ${cpus()[0]?.model ?? 'of unknown kind'}, Node ${process.version}\n`,
)
for (const [name, measure] of Object.entries(BENCHES)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  const folder = await mkdtemp(path.join(tmpdir(), 'darkroom-bench-'))
  try {
    for (const finding of await measure(folder)) {
      console.log(`${finding.reached ? 'reached' : 'MISSED '}  ${finding.what}`)
      console.log(
        `         ${finding.measured}; ${finding.baseline}: ${finding.distance} (goal: ${finding.goal})\n`,
      )
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}
