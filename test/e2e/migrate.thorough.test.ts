import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { KEY } from '../identity/shared-database.ts'
import { type PostgresCluster, startPostgres } from '../support/postgres.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { skipWithout } from '../support/tools.ts'
import { presign, readJournal, register, signIn, trust } from './api-client.ts'
import { type ElsewhereServer, runElsewhere } from './elsewhere-server.ts'
import { startServiceProcess, useHome } from './service-process.ts'

const run = promisify(execFile)

describe('a service whose state was copied to PostgreSQL and S3', function () {
  this.timeout(120_000)
  const folder = useTemporaryFolder()
  const other = useHome()
  let cluster: PostgresCluster
  let bucket: ElsewhereServer
  let home: string
  let environment: Record<string, string>

  before(async function () {
    skipWithout(this, 'PostgreSQL')
    cluster = await startPostgres()
    bucket = await runElsewhere(folder.pathTo('elsewhere'))
    trust(folder.pathTo('elsewhere'))
    home = folder.pathTo('home')
    for (const older of ['0.1.0', '0.1.0-scene7']) {
      cpSync(`test/homes/${older}`, home, { recursive: true })
    }
    const { STORAGE_URL = '', ...others } = bucket.environment
    environment = {
      ...others,
      STORAGE_URL,
      DATABASE_URL: await cluster.createDatabase(),
      DATABASE_KEY: KEY,
    }
  })
  after(async () => {
    await bucket?.close()
    cluster?.stop()
  })

  const migrate = (...args: string[]) =>
    run(process.execPath, ['src/cli/migrate.ts', '--from', home, ...args], {
      env: { ...process.env, ...environment },
    })

  it('is the same at another front end, to its clients', async () => {
    const { stdout } = await migrate()
    assert.match(stdout, /^registrations\s+[0-9a-f]{16}\s+2$/m)
    assert.match(stdout, /^objects\s+1 MB\s+7$/m)
    assert.match(stdout, /All of it is in 127\.0\.0\.1:\d+\/test_\w+, and the same\./)
    mkdirSync(other, { recursive: true })
    const service = await startServiceProcess({ home: other, environment, warm: [] })
    // Its certificate is its own; what its clients know besides is as it was.
    trust(other)
    const before = JSON.parse(readFileSync(path.join(home, 'console.json'), 'utf8'))
    const now = JSON.parse(readFileSync(path.join(other, 'console.json'), 'utf8'))
    assert.deepEqual(
      now.project.workspace.details.credentials,
      before.project.workspace.details.credentials,
    )
    const headers = await signIn(service.origin, other)
    const journal = await register(service.origin, headers)
    assert.match(journal, /\/329e38c3-51aa-4d5c-9442-ba085370b7b8$/)
    assert.ok((await readJournal(journal, headers, 1)).length > 0)
    const url = await presign(service.origin, headers, 'assets/hello.txt', 'r')
    assert.equal(await (await fetch(url)).text(), 'hello\n')
    service.child.kill('SIGTERM')
    assert.equal(await service.exited, 0)
  })

  it('is not copied once more over what is there', async () => {
    await assert.rejects(migrate('--json'), {
      code: 1,
      stdout: '',
      stderr:
        /^The database \S+ is in use already: there are rows in its table secrets; it must be an empty one\.\n$/,
    })
  })
})
