import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { type CaseOutcome, createCaseRunner } from '../../src/cases/case-runner.ts'
import { CASES_AT_ONCE } from '../../src/cases/run-cases.ts'
import { isReady, type ReadyCase, readAllCases } from '../../src/cases/test-case.ts'
import { judge } from '../../src/cases/verdict.ts'
import { connect } from '../../src/client/service-client.ts'
import { WORKER_PACKAGE, workerUrl } from '../../src/contract/actions.ts'
import { createQueue } from '../../src/tasks/queue.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { useRegisteredService } from './registered-service.ts'

const FOLDER = join(import.meta.dirname, '../asset-compute')

describe('the cases in test/asset-compute', function () {
  this.timeout(300_000)
  const { home, origin } = useRegisteredService()
  const folder = useTemporaryFolder()
  const all = readAllCases(FOLDER)
  const cases = all.filter(isReady)
  const outcomes = new Map<string, CaseOutcome>()

  before(async () => {
    const runner = createCaseRunner(await connect(origin(), home), {
      out: folder.pathTo(''),
      workerUrl: ({ action, instructions }) =>
        workerUrl(origin(), `${WORKER_PACKAGE}/${action}`, instructions),
    })
    const queue = createQueue(CASES_AT_ONCE)
    await Promise.all(
      cases.map((each) =>
        queue.run(0, async () => outcomes.set(each.name, await runner.run(each))),
      ),
    )
    runner.end()
  })

  it('can all be run', () => {
    assert.deepEqual(
      all.filter((each) => !isReady(each)),
      [],
    )
  })

  it('say what comes of them: a rendition, or the reason why there is none', () => {
    const silent = cases.filter(
      ({ rendition, errorReason }) => rendition === undefined && errorReason === undefined,
    )
    assert.deepEqual(
      silent.map(({ name }) => name),
      [],
    )
  })

  for (const each of cases) {
    it(each.name, async () => {
      const outcome = outcomes.get(each.name) ?? assert.fail('the case has an outcome')
      const verdict = await judge(each, outcome)
      const good = each.errorReason === undefined ? 'passed' : 'expected-error'
      assert.equal(verdict.state, good, JSON.stringify(verdict))
      if (outcome.state === 'created') await checkPromises(each, outcome)
    })
  }
})

/** What the instructions of a case promise of its rendition, whatever the expected one looks like. */
async function checkPromises(
  { instructions }: ReadyCase,
  { file, embedded }: CaseOutcome & { state: 'created' },
): Promise<void> {
  const { size } = await stat(file)
  const { fmt, jpegSize, embedBinaryLimit: limit } = instructions
  const isJpeg = typeof fmt === 'string' && /^jpe?g$/i.test(fmt)
  if (isJpeg && Number(jpegSize) > 0) assert.ok(size <= Number(jpegSize), `${size} bytes`)
  assert.equal(embedded, limit !== undefined && size <= Number(limit), 'whether it is in the event')
}

describe('validate', () => {
  const folder = useTemporaryFolder()
  const validate = join(FOLDER, 'worker/width-only/validate')

  it('exits with 0 for renditions that are alike', async () => {
    const [one, other] = [folder.pathTo('one.png'), folder.pathTo('other.png')]
    await picture(40).png().toFile(one)
    await picture(40).png({ compressionLevel: 9 }).toFile(other)
    assert.deepEqual(await run(validate, one, other), { code: 0, stderr: '' })
  })

  it('exits with 1 and says what is different', async () => {
    const [one, other] = [folder.pathTo('wide.png'), folder.pathTo('narrow.png')]
    await picture(40).png().toFile(one)
    await picture(39).png().toFile(other)
    const stderr = 'width is 39 pixels, expected 40 pixels\n'
    assert.deepEqual(await run(validate, one, other), { code: 1, stderr })
  })

  it('exits with 2 when it is called wrongly', async () => {
    const stderr = 'Usage: validate EXPECTED ACTUAL\n'
    assert.deepEqual(await run(validate, folder.pathTo('one.png')), { code: 2, stderr })
    assert.equal((await run(validate, folder.pathTo('no.png'), folder.pathTo('one.png'))).code, 2)
  })
})

function picture(width: number) {
  return sharp({ create: { width, height: 30, channels: 3, background: 'teal' } })
}

function run(command: string, ...args: string[]): Promise<{ code: number | null; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(command, args, (_error, _stdout, stderr) => {
      resolve({ code: child.exitCode, stderr })
    })
  })
}
