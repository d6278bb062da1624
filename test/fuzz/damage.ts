import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { isReason } from '../../src/base/errors.ts'
import { isRecord } from '../../src/base/json.ts'
import { readSourceActions } from '../../src/build/source-actions.ts'
import type { Activation } from '../../src/runtime/run/activation.ts'
import { createRuntime, type Runtime } from '../../src/runtime/run/runtime.ts'
import { seedOf } from '../support/amounts.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { createDice, mutate } from './mutation.ts'

const CASES = 'test/asset-compute'

// Another seed makes other files; this one makes the same ones in every run.
const SEED = seedOf(1)

/** Small files only: it is the decoders that are tried, not their patience. */
const MOST_BYTES = 64 * 1024

/** The sources of an action's cases, in groups; those for which `groupOf` has no name are left out. */
export function readSeeds(
  action: string,
  groupOf: (file: Buffer, extension: string) => string | undefined,
): Partial<Record<string, Buffer[]>> {
  const folder = path.join(CASES, action)
  const files = readdirSync(folder)
    .flatMap((name) =>
      readdirSync(path.join(folder, name)).map((file) => path.join(folder, name, file)),
    )
    .filter((file) => path.basename(file).startsWith('file.'))
    .map((file) => ({ bytes: readFileSync(file), extension: path.extname(file).slice(1) }))
    .filter(({ bytes }) => bytes.length <= MOST_BYTES)
  const groups: Partial<Record<string, Buffer[]>> = {}
  for (const { bytes, extension } of files) {
    const group = groupOf(bytes, extension)
    if (group !== undefined) (groups[group] ??= []).push(bytes)
  }
  return groups
}

/** What is done with damaged files. */
export interface DamageRun {
  readonly action: string
  /** Undamaged files; none is a failure. */
  readonly seeds: readonly Buffer[] | undefined
  readonly count: number
  readonly rendition: Readonly<Record<string, unknown>>
  /** Whether the rendition is made of the file twice, in place of its source. */
  readonly isMerged?: boolean
  /** What the request says of its source. */
  readonly source?: Readonly<Record<string, unknown>>
}

/** Processes of actions for the tests of the enclosing `describe`. */
export function useDamage() {
  const folder = useTemporaryFolder()
  let host: Runtime
  let processes = 0

  before(() => {
    host = createRuntime({
      namespace: 'space',
      apiKey: 'user:password',
      actions: readSourceActions('manifest.yml'),
      environment() {
        processes += 1
        return {
          PATH: process.env['PATH'] ?? '',
          __OW_API_HOST: 'https://host.test',
          WORKER_BASE_DIRECTORY: folder.pathTo('work'),
          OPENWHISK_NEWRELIC_DISABLE_METRICS: 'true',
          OPENWHISK_NEWRELIC_DISABLE_ALL_INSTRUMENTATION: 'true',
          ASSET_COMPUTE_SDK_DISABLE_CGROUP_METRICS: 'true',
        }
      },
      bindParams: (params) => params,
      clientOf: () => '',
      directory: process.cwd(),
      // On a busy machine all work is long: none starts beside it, so that each that starts is for one that has ended.
      longWorkMs: 3_600_000,
      now: Date.now,
    })
  })
  after(() => host.stop(0))

  function render(
    file: Buffer,
    { action, rendition, source, isMerged }: DamageRun,
  ): Promise<Activation> {
    const url = `data:application/octet-stream;base64,${file.toString('base64')}`
    return host.invoke(`dx-asset-compute-worker-1/${action}`, {
      source: { url, name: 'source', ...source },
      renditions: [
        {
          ...rendition,
          ...(isMerged && { files: [url, url] }),
          target: {},
          embedBinaryLimit: 32_768,
        },
      ],
      requestId: 'request1',
    }).ended
  }

  return {
    /** How many processes were started until now. */
    processes: () => processes,
    /**
     * Has renditions made of damaged files; each has to end in a rendition or a documented reason.
     *
     * @returns the outcomes that there were: `created`, or reasons
     */
    async run(damage: DamageRun): Promise<ReadonlySet<string>> {
      const { seeds = [], count } = damage
      assert.ok(seeds.length > 0, 'no case has such a source')
      const dice = createDice(SEED)
      const mutated = Array.from({ length: count }, () =>
        mutate(seeds[dice(seeds.length)] ?? assert.fail(), dice),
      )
      const outcomes = new Set<string>()
      await eachAtOnce(mutated, 2 * availableParallelism(), async (file, index) => {
        const activation = await render(file, damage)
        const reason = reasonOf(activation)
        outcomes.add(reason)
        assert.ok(
          reason === 'created' || isReason(reason),
          `file ${index} of seed ${SEED}: ${JSON.stringify(activation.response)}`,
        )
      })
      return outcomes
    },
  }
}

/** Why the rendition failed, or `created`; `none` when the activation did not come to its end. */
function reasonOf({ response }: Activation): string {
  if (!isRecord(response.result)) return response.status
  const { error: whole, renditionErrors } = response.result
  if (response.success && renditionErrors === undefined) return 'created'
  const [error]: unknown[] = Array.isArray(renditionErrors) ? renditionErrors : [whole]
  return isRecord(error) && typeof error['reason'] === 'string' ? error['reason'] : 'none'
}

async function eachAtOnce<T>(
  items: readonly T[],
  limit: number,
  task: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const entries = items.entries()
  await Promise.all(
    Array.from({ length: limit }, async () => {
      for (const [index, item] of entries) await task(item, index)
    }),
  )
}
