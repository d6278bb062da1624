/**
 * Stands for a service in suites that know nothing of clusters: two front ends behind one address, with a database of its own. The
 * arguments are those of `serve.ts`; where its objects are is in the environment, in `DARKROOM_TESTS_POSTGRES` what makes databases, and with
 * `DARKROOM_TESTS_PLATFORM` actions run on two API hosts.
 */
import { createHash } from 'node:crypto'
import { appendFileSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Client } from 'pg'
import { startCluster } from './cluster.ts'

const {
  DARKROOM_HOME: home = '',
  DARKROOM_PORT: port = '0',
  DARKROOM_TESTS_POSTGRES: postgres = '',
  NODE_EXTRA_CA_CERTS: authorities = '',
} = process.env

/** Of the state folder, which has a database of its own. */
const hash = createHash('sha256').update(home).digest('hex')

/** The database; made at the first start. */
async function openDatabase(): Promise<string> {
  const name = `home_${hash.slice(0, 16)}`
  const client = new Client(postgres)
  await client.connect()
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
  if (rowCount === 0) await client.query(`CREATE DATABASE ${name}`)
  await client.end()
  return new URL(name, postgres).href
}

const args = process.argv.slice(2)
const hasPlatform = process.env['DARKROOM_TESTS_PLATFORM'] !== undefined
const cluster = await startCluster({
  folder: home,
  port: Number(port),
  environment: {
    DATABASE_URL: await openDatabase(),
    DATABASE_KEY: hash,
    NODE_EXTRA_CA_CERTS: authorities,
  },
  args: hasPlatform ? [...args.filter((each) => !each.startsWith('--warm=')), '--warm='] : args,
  actionArgs: args.filter((each) => !each.startsWith('--assets=')),
  hasPlatform,
})
process.on('SIGTERM', () => {
  void cluster.close().then(() => {
    for (const { process: each } of cluster.frontEnds) process.stderr.write(each().errors())
    process.exit(0)
  })
})
// Who trusts the service trusts its store as well.
if (authorities !== '')
  appendFileSync(path.join(home, 'ca.pem'), `\n${readFileSync(authorities, 'utf8')}`)
console.log(`ready ${cluster.origin}`)
