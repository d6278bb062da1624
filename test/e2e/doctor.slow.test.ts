import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as z from 'zod/mini'
import { presign, signIn, trust, upload } from './api-client.ts'
import { runCommand } from './command.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'

const reportSchema = z.object({
  findings: z.array(z.object({ state: z.string(), sentence: z.string() })),
})

describe('beside a service that runs', function () {
  this.timeout(120_000)
  const home = useHome()
  const restored = useHome()
  const folder = mkdtempSync(path.join(tmpdir(), 'darkroom-test-'))
  after(() => rmSync(folder, { recursive: true }))
  let service: ServiceProcess

  before(async () => {
    service = await startServiceProcess({ home, manifest: 'instant.yml', warm: [] })
    trust(home)
    await upload(service.origin, await signIn(service.origin, home), 'a.txt', 'hello')
  })

  it('npm run doctor finds nothing wrong, and tells as JSON which service that is', async () => {
    const { code, stdout, stderr } = await runCommand('doctor', ['--json'], {
      DARKROOM_HOME: home,
    })
    const { findings } = reportSchema.parse(JSON.parse(stdout))
    const sentences = findings.map(({ sentence }) => sentence)
    assert.deepEqual(
      findings.filter(({ state }) => state === 'wrong'),
      [],
    )
    assert.equal(code, 0, stderr)
    assert.ok(
      sentences.some((each) => each.startsWith(`A service (process ${service.child.pid}, since`)),
      sentences.join('\n'),
    )
  })

  it('npm run backup and restore make a home that another service starts in', async () => {
    const file = path.join(folder, 'backup.tar')
    const backup = await runCommand('backup', [file], { DARKROOM_HOME: home })
    assert.deepEqual([backup.code, backup.stderr], [0, ''])
    const restore = await runCommand('restore', [file], { DARKROOM_HOME: restored })
    assert.deepEqual([restore.code, restore.stderr], [0, ''])
    const again = await startServiceProcess({ home: restored, manifest: 'instant.yml', warm: [] })
    const headers = await signIn(again.origin, restored)
    const url = await presign(again.origin, headers, 'a.txt', 'r')
    assert.equal(await (await fetch(url)).text(), 'hello')
  })

  for (const [script, args, sentence] of [
    ['backup', [], /^It takes one file or folder\./],
    ['restore', [], /^It takes one file\./],
    ['doctor', ['--repair'], /^With --repair it takes --yes as well/],
  ] as const) {
    it(`npm run ${script} ${args.join(' ')} is a mistake in the call`, async () => {
      const { code, stderr } = await runCommand(script, args, { DARKROOM_HOME: home })
      assert.equal(code, 2)
      assert.match(stderr, sentence)
    })
  }
})
