import { cpus } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { repeatable } from './capacity/day.ts'
import { type Kind, KINDS } from './capacity/kinds.ts'
import { type MeasuredService, startMeasuredService } from './capacity/service.ts'
import { type Arrival, simulate } from './capacity/simulate.ts'
import { type Finding, median, quantile, times } from './measure.ts'

const WARM_UP = 3
const ALONE = 10

/** How much of the processors the work takes that comes while it is measured, from 0 to 1. */
const LOAD = 0.6
const SECONDS = 60

/** How far the model may be from what is measured. */
const MOST_TIMES = 1.5

interface Measured {
  readonly kind: Kind
  /** What it takes of a processor, in seconds. */
  readonly core: number
  /** From being asked for to the last event, where nothing else is asked for, in seconds. */
  readonly alone: number
}

/**
 * What an asset of each kind takes, and how long assets wait that come at random, beside what the model of `npm run capacity` says they do.
 */
export async function measureCapacity(folder: string): Promise<Finding[]> {
  const service = await startMeasuredService(folder, KINDS)
  try {
    const kinds: Measured[] = []
    for (const kind of KINDS) kinds.push(await measureAlone(service, kind))
    const day = arrive(kinds)
    const simulated = simulate(day.arrivals, cpus().length)
    const modelled = Array.from(
      simulated.waits,
      (wait, index) => wait + (day.of[index]?.alone ?? 0),
    )
    const measured = await send(service, day)
    const [ours, theirs] = [quantile(measured, 0.95), quantile(modelled, 0.95)]
    const ratio = Math.max(ours / theirs, theirs / ours)
    return [
      ...kinds.map(({ kind, core, alone }) => ({
        what: `a ${kind.title}`,
        measured: `${core.toFixed(3)} s of a core`,
        baseline: `${kind.coreSeconds} s in the model`,
        distance: `${times(core / kind.coreSeconds)}, ${alone.toFixed(2)} s until it is there`,
        goal: 'none',
        reached: undefined,
      })),
      {
        what: `${measured.length} assets that come at random within ${SECONDS} s, of ${LOAD * 100} % of the processors`,
        measured: `half within ${median(measured).toFixed(2)} s, 95 of 100 within ${ours.toFixed(2)} s`,
        baseline: `the model: ${median(modelled).toFixed(2)} and ${theirs.toFixed(2)} s`,
        distance: times(ours / theirs),
        goal: `within ${MOST_TIMES} ×`,
        reached: ratio <= MOST_TIMES,
      },
    ]
  } finally {
    await service.stop()
  }
}

async function measureAlone(service: MeasuredService, kind: Kind): Promise<Measured> {
  const once = async (): Promise<number> => {
    const asked = Date.now()
    const id = await service.ask(kind)
    const ready = (await service.collect()).get(id)
    if (ready === undefined) throw new Error(`There is no event of ${kind.name}.`)
    return (ready - asked) / 1000
  }
  for (let run = 0; run < WARM_UP; run += 1) await once()
  const before = service.processorTime()
  const took: number[] = []
  for (let run = 0; run < ALONE; run += 1) took.push(await once())
  const core = (service.processorTime() - before) / ALONE / 1000
  return { kind, core, alone: median(took) }
}

interface Arrivals {
  readonly arrivals: readonly Arrival[]
  /** The kind of each. */
  readonly of: readonly Measured[]
}

/** Assets that come independently of each other. */
function arrive(kinds: readonly Measured[]): Arrivals {
  const random = repeatable()
  const mean = kinds.reduce((sum, { kind, core }) => sum + kind.share * core, 0)
  const aSecond = (LOAD * cpus().length) / mean
  const arrivals: Arrival[] = []
  const of: Measured[] = []
  for (let at = 0; ;) {
    at -= Math.log(1 - random()) / aSecond
    if (at > SECONDS) return { arrivals, of }
    let rest = random()
    const measured = kinds.find(({ kind }) => (rest -= kind.share) < 0) ?? kinds[0]
    if (measured === undefined) throw new RangeError('There is no kind.')
    arrivals.push({ at, work: measured.core })
    of.push(measured)
  }
}

/** Asks for assets when it is their time; resolves with how long each took, in seconds. */
async function send(service: MeasuredService, { arrivals, of }: Arrivals): Promise<number[]> {
  const start = Date.now()
  const asked = await Promise.all(
    arrivals.map(async ({ at }, index) => {
      await sleep(at * 1000)
      const due = start + at * 1000
      const kind = of[index]?.kind
      if (kind === undefined) throw new RangeError('There is no kind.')
      return { due, id: await service.ask(kind) }
    }),
  )
  const ready = await service.collect()
  return asked.map(({ due, id }) => ((ready.get(id) ?? Number.NaN) - due) / 1000)
}
