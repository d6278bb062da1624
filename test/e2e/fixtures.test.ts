import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import sharp from 'sharp'
import { drafts } from '../../scripts/fixtures.ts'
import { connect } from '../../src/cli/process/service-client.ts'
import { type CaseOutcome, checkOutcome, readCases, runCases } from '../fixtures/cases.ts'
import { useTemporaryFolder } from '../fixtures/temporary-folder.ts'
import { useRegisteredService } from './registered-service.ts'

const FOLDER = join(import.meta.dirname, '../asset-compute')

describe('the cases in test/asset-compute', function () {
  this.timeout(240_000)
  const { home, origin } = useRegisteredService()
  const folder = useTemporaryFolder()
  const cases = readCases(FOLDER)
  let outcomes: ReadonlyMap<string, CaseOutcome>

  before(async () => {
    outcomes = await runCases(await connect(origin(), home), cases, folder.pathTo(''))
  })

  it('are all there that scripts/fixtures.ts draws', () => {
    const names = cases.map(({ name }) => name)
    assert.deepEqual(
      Object.keys(drafts).filter((name) => !names.includes(name)),
      [],
    )
  })

  for (const each of cases) {
    it(each.name, async () => {
      const outcome = outcomes.get(each.name) ?? assert.fail('the case has an outcome')
      assert.deepEqual(await checkOutcome(each, outcome), [])
    })
  }
})

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
