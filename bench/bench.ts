/** `npm run bench`: what the service takes, each time beside a yardstick of the same run. */
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { measureAccepting } from './accepting.ts'
import { measureActivation } from './activation.ts'
import { measureCases } from './cases.ts'
import { measureConverters } from './converters.ts'
import { measureDocuments } from './documents.ts'
import { measureExport } from './export.ts'
import { measureFairness } from './fairness.ts'
import { measureImages } from './images.ts'
import { measureJobs } from './jobs.ts'
import { measureJournal } from './journal.ts'
import { measureLoading, measureWholeProcess } from './loading.ts'
import type { Finding } from './measure.ts'
import { measurePage } from './page.ts'
import { measureRate } from './rate.ts'
import { measureScale } from './scale.ts'
import { measureServing } from './serving.ts'
import { measureColdActivation, measureStart } from './starting.ts'

const BENCHES: Record<string, (folder: string) => Promise<Finding[]>> = {
  activation: measureActivation,
  accepting: measureAccepting,
  rate: measureRate,
  journal: measureJournal,
  start: measureStart,
  cold: measureColdActivation,
  loading: measureLoading,
  whole: measureWholeProcess,
  page: measurePage,
  large: (folder) => measureImages('large', folder),
  single: (folder) => measureImages('single', folder),
  huge: (folder) => measureImages('huge', folder),
  many: (folder) => measureImages('many', folder),
  documents: measureDocuments,
  converters: measureConverters,
  cases: measureCases,
  jobs: measureJobs,
  serving: measureServing,
  export: measureExport,
  fairness: measureFairness,
  scale: measureScale,
}

/** What fills the disk, and is measured only when it is asked for. */
const LARGE = new Set(['scale'])

const asked = process.argv.slice(2)
const unknown = asked.find((name) => !(name in BENCHES))
if (unknown !== undefined) {
  console.error(`There is no benchmark ${unknown}; there are ${Object.keys(BENCHES).join(', ')}.`)
  process.exit(2)
}

const model = cpus()[0]?.model ?? 'of unknown kind'
console.log(`${cpus().length} cores, ${model}, Node ${process.version}\n`)
for (const [name, measure] of Object.entries(BENCHES)) {
  if (asked.length > 0 ? !asked.includes(name) : LARGE.has(name)) continue
  const folder = await mkdtemp(path.join(tmpdir(), 'darkroom-bench-'))
  try {
    for (const finding of await measure(folder)) {
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
