import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { isReason } from '../../src/contract/errors.ts'
import { isRecord } from '../../src/contract/record.ts'
import type { Activation } from '../../src/host/activation.ts'
import { createHost, type Host } from '../../src/host/host.ts'
import { readManifest } from '../../src/host/manifest.ts'
import { identifyFormat, SOURCE_FORMATS } from '../../src/renditions/source-format.ts'
import { useTemporaryFolder } from '../fixtures/temporary-folder.ts'
import { createDice, mutate } from './mutation.ts'

const FILES_PER_FORMAT = 2000
const CASES = 'test/asset-compute/worker'

// Another seed makes other files; this one makes the same ones in every run.
const SEED = Number(process.env['FUZZ_SEED'] ?? 1)

/** Small pictures only: it is the decoders that are tried, not their patience. */
const MOST_BYTES = 64 * 1024

describe('a damaged source', function () {
  this.timeout(600_000)
  const folder = useTemporaryFolder()
  let host: Host
  let processes = 0

  before(() => {
    host = createHost({
      namespace: 'space',
      apiKey: 'user:password',
      actions: readManifest('manifest.yml'),
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
      directory: process.cwd(),
      now: Date.now,
    })
  })
  after(() => host.stop(0))

  const seeds = Object.groupBy(
    readdirSync(CASES)
      .flatMap((name) =>
        readdirSync(path.join(CASES, name)).map((file) => path.join(CASES, name, file)),
      )
      .filter((file) => path.basename(file).startsWith('file'))
      .map((file) => readFileSync(file))
      .filter((file) => file.length <= MOST_BYTES),
    (file) => identifyFormat(file)?.title ?? 'none',
  )

  for (const { title } of SOURCE_FORMATS) {
    it(`ends in a rendition or a documented reason: ${title}, ${FILES_PER_FORMAT} times`, async () => {
      const files = seeds[title] ?? assert.fail(`no case has a ${title} source`)
      const dice = createDice(SEED)
      const mutated = Array.from({ length: FILES_PER_FORMAT }, () =>
        mutate(files[dice(files.length)] ?? assert.fail(), dice),
      )
      const outcomes: string[] = []
      await eachAtOnce(mutated, 2 * availableParallelism(), async (file, index) => {
        const activation = await render(file)
        const reason = reasonOf(activation)
        outcomes.push(reason)
        assert.ok(
          reason === 'created' || isReason(reason),
          `file ${index} of seed ${SEED}: ${JSON.stringify(activation.response)}`,
        )
      })
      // Damage that nothing notices, or that everything notices, would try nothing.
      assert.ok(outcomes.some((outcome) => outcome === 'created'))
      assert.ok(outcomes.some((outcome) => outcome === 'SourceCorrupt'))
    })
  }

  it('ends no process of the action', () => {
    assert.ok(processes <= availableParallelism(), `${processes} processes were started`)
  })

  function render(file: Buffer): Promise<Activation> {
    const url = `data:application/octet-stream;base64,${file.toString('base64')}`
    return host.invoke('dx-asset-compute-worker-1/worker', {
      source: { url, name: 'source' },
      renditions: [{ fmt: 'png', width: 32, height: 32, target: {}, embedBinaryLimit: 32_768 }],
      requestId: 'request1',
    }).ended
  }
})

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
