/** `npm run scale`: how many machines a day of assets takes, by a model of it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArguments, UsageError } from '../src/cli/arguments.ts'
import { formatColumns } from '../src/cli/text-table.ts'
import { median, quantile } from './measure.ts'
import { makeDay } from './sizing/day.ts'
import { KINDS, SPREAD } from './sizing/kinds.ts'
import { makeSamples, type MeasuredService, openMeasuredService } from './sizing/measured.ts'
import { work } from './sizing/queue.ts'
import { createRandom } from './sizing/random.ts'
import { findSizes } from './sizing/sizes.ts'

const USAGE = `Usage: npm run scale -- [--day] [--assets N] [options]
       npm run scale -- --measure
       npm run scale -- --check

Tells how many machines it takes to make what AEM asks for of all assets that arrive in a day, how long these wait for a processor, and
what that costs: by a model in which assets come as people upload them, and whichever has come first goes first.

  --assets N   how many assets there are on that day (default: 1000000)
  --cores N    how many processors a machine has (default: 8)
  --wait N     for how many seconds 95 of 100 assets may wait (default: 10)
  --price N    what a machine costs an hour, in any currency (default: 0.4)
  --measure    measure here what an asset of each kind takes of a processor
  --check      send assets to a service on this machine, and compare how long they take with what the model says
  --help       print this`

/** Which day it is; another one is as likely. */
const SEED = 1

/** How often each kind is measured, and what is not counted before. */
const ROUNDS = 20
const WARM_UP = 4

/** What is sent for the comparison: so many pictures, which have so much of the processors busy. */
const CHECKED = 80
const CHECKED_LOAD = 0.5

const CHECKED_KIND = 'picture of 2 megapixels'

async function main(): Promise<void> {
  const { values } = parseArguments({
    options: {
      day: { type: 'boolean' },
      assets: { type: 'string', default: '1000000' },
      cores: { type: 'string', default: '8' },
      wait: { type: 'string', default: '10' },
      price: { type: 'string', default: '0.4' },
      measure: { type: 'boolean' },
      check: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help === true) return console.log(USAGE)
  if (values.measure === true) return withService(measure)
  if (values.check === true) return withService(check)
  simulate({
    assets: toNumber('assets', values.assets, /^[1-9]\d{0,7}$/),
    cores: toNumber('cores', values.cores, /^[1-9]\d{0,2}$/),
    wait: toNumber('wait', values.wait, /^\d{1,5}(\.\d+)?$/),
    price: toNumber('price', values.price, /^\d{1,5}(\.\d+)?$/),
  })
}

function toNumber(name: string, text: string, form: RegExp): number {
  if (form.test(text)) return Number(text)
  throw new UsageError(`--${name} must be a number, and it is ${JSON.stringify(text)}.`)
}

function simulate(asked: { assets: number; cores: number; wait: number; price: number }): void {
  const { assets, cores, wait, price } = asked
  const arrivals = makeDay({ assets, kinds: KINDS, spread: SPREAD, random: createRandom(SEED) })
  const seconds = arrivals.reduce((sum, each) => sum + each.seconds, 0) / assets
  console.log(
    `${assets.toLocaleString('en')} assets in a day, each ${seconds.toFixed(2)} s of a processor; machines of ${cores} at ${price} an hour\n`,
  )
  const rows = findSizes(arrivals, asked).map((size) => [
    `${size.machines}${size.waits[1] <= wait ? '' : ' (too few)'}`,
    percent(size.load),
    percent(size.busiestLoad),
    ...size.waits.map(duration),
    size.cost.toFixed(2),
    size.costOfThousand.toFixed(4),
  ])
  const head = [
    'machines',
    'busy',
    'at most',
    'half wait',
    '95 %',
    '99 %',
    'longest',
    'cost',
    'of 1000',
  ]
  console.log(formatColumns(head, rows, head.length).join('\n'))
}

const percent = (share: number): string => `${Math.round(share * 100)} %`

function duration(seconds: number): string {
  if (seconds < 100) return `${seconds.toFixed(1)} s`
  return seconds < 6000 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`
}

async function withService(
  use: (service: MeasuredService, samples: Record<string, readonly string[]>) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'darkroom-scale-'))
  const service = await openMeasuredService(folder)
  try {
    await use(service, await makeSamples(folder))
  } finally {
    await service.stop()
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

/** What an asset takes where nothing else is asked for, in seconds. */
interface Alone {
  /** Of a processor. */
  readonly seconds: number
  /** Until its last rendition is there; less, where actions work beside each other. */
  readonly until: number
}

async function measureAlone(service: MeasuredService, files: readonly string[]): Promise<Alone> {
  const sources = await Promise.all(files.map(service.put))
  let before = 0
  const times: number[] = []
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    if (round === 0) before = service.taken()
    const time = await service.make(sources.at(round % sources.length) ?? '')
    if (round >= 0) times.push(time)
  }
  return { seconds: (service.taken() - before) / ROUNDS, until: median(times) }
}

async function measure(
  service: MeasuredService,
  samples: Record<string, readonly string[]>,
): Promise<void> {
  for (const { name } of KINDS) {
    const { seconds, until } = await measureAlone(service, samples[name] ?? [])
    console.log(
      `${name}: ${seconds.toFixed(3)} s of a processor, there after ${until.toFixed(2)} s`,
    )
  }
}

async function check(
  service: MeasuredService,
  samples: Record<string, readonly string[]>,
): Promise<void> {
  const files = samples[CHECKED_KIND] ?? []
  const { seconds, until } = await measureAlone(service, files)
  const sources = await Promise.all(files.map(service.put))
  const cores = availableParallelism()
  // As many processes as there will be.
  await Promise.all(sources.map(service.make))
  const random = createRandom(SEED)
  let at = 0
  const arrivals = Array.from({ length: CHECKED }, () => {
    at += random.exponential(seconds / (cores * CHECKED_LOAD))
    return { at, seconds }
  })
  const before = service.taken()
  const start = performance.now()
  const measured = await Promise.all(
    arrivals.map(async ({ at: due }, index) => {
      await delay(Math.max(0, due * 1000 - (performance.now() - start)))
      return service.make(sources[index % sources.length] ?? '')
    }),
  )
  const taken = service.taken() - before
  const model = [...work(arrivals, cores).waits].map((wait) => wait + until)
  const rows = (
    [
      ['half', 0.5],
      ['95 %', 0.95],
    ] as const
  ).map(([title, share]) => [
    `${title} take at most`,
    `${quantile(model, share).toFixed(2)} s`,
    `${quantile(measured, share).toFixed(2)} s`,
  ])
  rows.unshift([
    'of the processors',
    `${(seconds * CHECKED).toFixed(1)} s`,
    `${taken.toFixed(1)} s`,
  ])
  console.log(
    `${CHECKED} pictures that have ${percent(CHECKED_LOAD)} of ${cores} processors busy\n`,
  )
  console.log(formatColumns(['', 'model', 'measured'], rows, 3).join('\n'))
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = error instanceof UsageError ? 2 : 1
}
