/** `npm run capacity`: how many machines a day of uploads takes, by a model whose service times are measured. */
import { parseArgs } from 'node:util'
import { type Demand } from './capacity/day.ts'
import { KINDS } from './capacity/kinds.ts'
import { type Plan, planDay } from './capacity/plan.ts'

const USAGE = `npm run capacity -- [--assets 1000000] [--cores 4] [--wait 60] [--batch 20] [--mix ${KINDS.map(({ name, share }) => `${name}=${share * 100}`).join(',')}] [--price 0.20]

  --assets  how many are uploaded in a day
  --cores   of a machine
  --wait    the longest that 95 of 100 assets may wait for a processor, in seconds
  --batch   how many somebody uploads at once, on average
  --mix     the kinds of assets, in hundredths
  --price   of a machine and hour, in whatever currency`

interface Asked {
  readonly demand: Demand
  readonly cores: number
  readonly wait: number
  readonly price: number | undefined
}

function read(args: readonly string[]): Asked {
  const { values } = parseArgs({
    args: [...args],
    options: {
      assets: { type: 'string', default: '1000000' },
      cores: { type: 'string', default: '4' },
      wait: { type: 'string', default: '60' },
      batch: { type: 'string', default: '20' },
      mix: { type: 'string' },
      price: { type: 'string' },
    },
  })
  return {
    demand: {
      assets: count('assets', values.assets, 10_000_000),
      batch: count('batch', values.batch, 100_000),
      mix: readMix(values.mix),
    },
    cores: count('cores', values.cores, 1024),
    wait: positive('wait', values.wait),
    price: values.price === undefined ? undefined : positive('price', values.price),
  }
}

function positive(name: string, text: string): number {
  const value = Number(text)
  if (value > 0 && Number.isFinite(value)) return value
  throw new RangeError(`--${name} must be a number above 0, not "${text}".`)
}

function count(name: string, text: string, most: number): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0 && value <= most) return value
  throw new RangeError(`--${name} must be a whole number from 1 to ${most}, not "${text}".`)
}

function readMix(text: string | undefined): Demand['mix'] {
  if (text === undefined) return KINDS.map((kind) => [kind, kind.share])
  const mix = text.split(',').map((part) => {
    const [name = '', share = ''] = part.split('=')
    const kind = KINDS.find((known) => known.name === name.trim())
    if (kind === undefined) {
      const known = KINDS.map((each) => each.name).join(', ')
      throw new RangeError(`--mix knows no "${name}"; there are ${known}.`)
    }
    return [kind, positive(`mix ${kind.name}`, share)] as const
  })
  const all = mix.reduce((sum, [, share]) => sum + share, 0)
  return mix.map(([kind, share]) => [kind, share / all])
}

function tell({ demand, cores, wait, price }: Asked): void {
  const { assets, batch, mix } = demand
  console.log(`${assets.toLocaleString('en')} assets in a day, about ${batch} at once:\n`)
  for (const [{ title, coreSeconds }, share] of mix) {
    console.log(`${percent(share)}  ${title}, ${coreSeconds} s of a core each`)
  }
  const mean = mix.reduce((sum, [kind, share]) => sum + share * kind.coreSeconds, 0)
  console.log(`\nAn asset takes ${mean.toFixed(3)} s of a core on average.\n`)
  console.log(
    `${`${cores} ${cores === 1 ? 'core' : 'cores'} each`.padEnd(14)}   busy   half wait  95 of 100  99 of 100    longest${price === undefined ? '' : '   a thousand cost'}`,
  )
  const plans = planDay(demand, { cores, wait })
  for (const plan of plans) console.log(line(plan, assets, price))
  const machines = plans.at(-1)?.machines ?? 0
  console.log(
    `\nWith ${nameMachines(machines)} 95 of 100 wait at most ${wait} s for a processor. Uploads, and what runs elsewhere, are not in it.`,
  )
}

function line({ machines, busy, waits }: Plan, assets: number, price: number | undefined): string {
  const named = nameMachines(machines)
  const cost = price === undefined ? '' : ((machines * 24 * price * 1000) / assets).toFixed(4)
  return `${named.padEnd(14)} ${percent(busy).padStart(6)} ${waits.map((wait) => duration(wait).padStart(10)).join(' ')} ${cost.padStart(17)}`.trimEnd()
}

function nameMachines(machines: number): string {
  return `${machines} ${machines === 1 ? 'machine' : 'machines'}`
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`.padStart(5)
}

function duration(seconds: number): string {
  if (seconds < 100) return `${seconds.toFixed(1)} s`
  if (seconds < 6000) return `${(seconds / 60).toFixed(0)} min`
  return `${(seconds / 3600).toFixed(1)} h`
}

try {
  tell(read(process.argv.slice(2)))
} catch (error) {
  if (!(error instanceof Error)) throw error
  console.error(`${error.message}\n\n${USAGE}`)
  process.exitCode = 2
}
