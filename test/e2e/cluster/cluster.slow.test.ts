import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { builtInAction } from '../../../src/contract/actions.ts'
import { type PostgresCluster, startPostgres } from '../../support/postgres.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { skipWithout } from '../../support/tools.ts'
import { presign, readPage, register, sendProcess, signIn, trust, upload } from '../api-client.ts'
import { createClient } from '../cloudconvert-client.cjs'
import { type ElsewhereServer, runElsewhere } from '../elsewhere-server.ts'
import { readJobsEnv } from '../jobs-env.ts'
import { drawPhoto } from '../photo.ts'
import { type Cluster, startCluster } from './cluster.ts'

const WORKER = builtInAction('worker')

describe('two front ends on one PostgreSQL and one bucket, with two OpenWhisk API hosts', function () {
  this.timeout(120_000)
  const folder = useTemporaryFolder()
  let postgres: PostgresCluster
  let elsewhere: ElsewhereServer
  let cluster: Cluster
  let home: string
  let database: string
  let headers: Record<string, string>
  let journal: string

  before(async function () {
    skipWithout(this, 'PostgreSQL')
    home = folder.pathTo('cluster')
    postgres = await startPostgres()
    elsewhere = await runElsewhere(folder.pathTo('elsewhere'))
    database = await postgres.createDatabase()
    cluster = await startCluster({
      folder: home,
      environment: {
        ...elsewhere.environment,
        DATABASE_URL: database,
        DATABASE_KEY: randomBytes(32).toString('hex'),
      },
      args: ['--warm='],
      actionArgs: [`--warm=${WORKER}`],
      hasPlatform: true,
    })
    trust(home)
    trust(folder.pathTo('elsewhere'))
    headers = await signIn(cluster.origin, home)
    journal = await register(cluster.origin, headers)
  })
  after(async () => {
    await cluster?.close()
    await elsewhere?.close()
    postgres?.stop()
  })

  /**
   * Asks for renditions of a photo, by one request after the other; resolves with the names of those that are accepted. A request whose
   * answer is another one may be accepted as well.
   */
  async function send(...names: readonly string[]): Promise<readonly string[]> {
    const { origin } = cluster
    const source = await upload(origin, headers, 'photo.jpg', await drawPhoto(60, 40))
    const accepted: string[] = []
    for (const name of names) {
      const target = await presign(origin, headers, name, 'w')
      const renditions = [{ name, fmt: 'png', width: 20, target }]
      const { status } = await sendProcess(origin, headers, { source, renditions })
      if (status === 200) accepted.push(name)
    }
    return accepted
  }

  /** Resolves when each of these has its one event, and its bytes are there. */
  async function assertMade(names: readonly string[]): Promise<void> {
    const made: string[] = []
    let next = journal
    while (!names.every((name) => made.includes(name))) {
      const page = await readPage(next, headers)
      for (const { event } of page.entries) {
        assert.equal(event.type, 'rendition_created', JSON.stringify(event))
        made.push(Object(event['rendition']).name)
      }
      next = page.next
    }
    assert.equal(new Set(made).size, made.length)
    for (const name of names) {
      const answer = await fetch(await presign(cluster.origin, headers, name, 'r'))
      assert.equal((await sharp(await answer.arrayBuffer()).metadata()).width, 20)
    }
  }

  it('end each rendition in one event, whichever of them is asked', async () => {
    const names = ['a', 'b', 'c', 'd']
    assert.deepEqual(await send(...names), names)
    await assertMade(names)
  })

  it('do so when all connections to the database are cut meanwhile', async () => {
    const sending = send('e', 'f', 'g', 'h')
    await postgres.cutConnections(database, 'darkroom')
    await assertMade(await sending)
  })

  it('refuse nobody while one is asked to end and comes back', async () => {
    const names = ['i', 'j', 'k', 'l', 'm', 'n']
    const [first] = cluster.frontEnds
    const [accepted, code] = await Promise.all([send(...names), first?.stop()])
    assert.equal(code, 0)
    assert.deepEqual(accepted, names)
    await first?.start()
    await assertMade(names)
  })

  it('make a picture by a job that is created, waited for and exported through any of them', async () => {
    const { CLOUDCONVERT_API_KEY: key, CLOUDCONVERT_REGION: region } = readJobsEnv(home)
    const client = createClient(key, region)
    const { id } = await client.jobs.create({
      tasks: {
        given: {
          operation: 'import/base64',
          file: Buffer.from(await drawPhoto(60, 40)).toString('base64'),
          filename: 'photo.jpg',
        },
        made: { operation: 'convert', input: 'given', output_format: 'webp', width: 30 },
        exported: { operation: 'export/url', input: 'made' },
      },
    })
    const job = await client.jobs.wait(id)
    const [file] = client.jobs.getExportUrls(job)
    const answer = await fetch(file?.url ?? assert.fail(JSON.stringify(job.tasks)))
    const { width, format } = await sharp(await answer.arrayBuffer()).metadata()
    assert.deepEqual([width, format], [30, 'webp'])
  })
})
