import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseEnv } from 'node:util'
import { prepare } from '../../deploy/compose/prepare.ts'
import { splitCertificates } from '../../src/http/authorities.ts'
import { makeCertificates } from '../../src/http/certificates.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { foldersIn } from './prepared.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const NOW = Date.UTC(2026, 5, 1)

describe('what compose.yaml prepares', () => {
  const folder = useTemporaryFolder()
  const given = new Map<string, number>()
  const of = (name: string, file: string): string =>
    readFileSync(folder.pathTo(`${name}/${file}`), 'utf8')
  const variablesOf = (name: string) => parseEnv(of(name, '.env'))

  async function run(options: { host?: string; own?: string; now?: number } = {}): Promise<void> {
    const { host = 'darkroom.test', own = 'nothing', now = NOW } = options
    const where = foldersIn(folder)
    await prepare(
      { ...where, host, port: 8443, own: folder.pathTo(own) },
      { now, give: async (name, user) => void given.set(path.basename(name), user) },
    )
  }

  /** Whether a service has been told the authority of a certificate. */
  const isTold = (name: string, certificate: X509Certificate): boolean =>
    splitCertificates(of(name, 'ca.pem')).some((pem) =>
      certificate.checkIssued(new X509Certificate(pem)),
    )

  /** Puts a certificate of one's own into a folder. */
  async function put(name: string, hosts: readonly string[], files = ['cert.pem', 'key.pem']) {
    const { cert, key } = await makeCertificates(NOW, hosts)
    mkdirSync(folder.pathTo(name))
    for (const file of files)
      writeFileSync(folder.pathTo(`${name}/${file}`), file === 'key.pem' ? key : cert)
    return { cert, key }
  }

  before(() => run())

  it('is a folder for each service, of its user, which nobody else can read', () => {
    assert.deepEqual(Object.fromEntries(given), {
      front: 1000,
      runtime: 1000,
      runtimeHome: 1000,
      store: 1000,
      postgres: 999,
      balancer: 99,
    })
    for (const name of given.keys()) {
      for (const file of readdirSync(folder.pathTo(name))) {
        assert.equal(statSync(folder.pathTo(`${name}/${file}`)).mode & 0o077, 0, `${name}/${file}`)
      }
    }
  })

  it('is the same key for those who share one, and a password nobody else has', () => {
    const [front, runtime, store] = ['front', 'runtime', 'store'].map(variablesOf)
    assert.ok(front && runtime && store)
    assert.equal(front['AWS_SECRET_ACCESS_KEY'], store['GARAGE_DEFAULT_SECRET_KEY'])
    assert.equal(front['AWS_ACCESS_KEY_ID'], store['GARAGE_DEFAULT_ACCESS_KEY'])
    assert.equal(runtime['AWS_SECRET_ACCESS_KEY'], front['AWS_SECRET_ACCESS_KEY'])
    assert.equal(
      front['DATABASE_URL'],
      `postgres://darkroom:${of('postgres', 'password')}@postgres/darkroom?sslmode=verify-full`,
    )
    assert.match(front['DATABASE_KEY'] ?? '', /^[0-9a-f]{64}$/)
    const { runtimeKey } = JSON.parse(of('runtimeHome', 'credentials.json'))
    assert.equal(front['AIO_RUNTIME_AUTH'], runtimeKey)
    assert.equal(front['LOCAL_RUNTIME_URL'], `https://${runtimeKey}@runtime.darkroom.test:8443`)
  })

  it('tells what runs the code of others nothing of the database', () => {
    assert.deepEqual(Object.keys(variablesOf('runtime')), [
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
    ])
  })

  it('has a certificate for all names, by an authority that all are told', () => {
    const certificate = new X509Certificate(of('front', 'cert.pem'))
    for (const host of [
      'darkroom.test',
      'store.darkroom.test',
      'runtime.darkroom.test',
      'postgres',
    ])
      assert.equal(certificate.checkHost(host), host)
    for (const name of ['front', 'runtime', 'balancer']) assert.ok(isTold(name, certificate), name)
  })

  it('has another one of what runs the code of others, which is for that alone', () => {
    const certificate = new X509Certificate(of('runtime', 'cert.pem'))
    assert.equal(certificate.checkHost('runtime.darkroom.test'), 'runtime.darkroom.test')
    for (const host of ['darkroom.test', 'store.darkroom.test', 'postgres'])
      assert.equal(certificate.checkHost(host), undefined)
    for (const name of ['front', 'runtime', 'balancer']) assert.ok(isTold(name, certificate), name)
    assert.notEqual(of('runtime', 'key.pem'), of('front', 'key.pem'))
  })

  it('stays as it is at the next start', async () => {
    const before = ['front', 'runtime', 'store'].map((name) => of(name, '.env'))
    const certificate = of('front', 'cert.pem')
    await run({ now: NOW + DAY_MS })
    assert.deepEqual(
      ['front', 'runtime', 'store'].map((name) => of(name, '.env')),
      before,
    )
    assert.equal(of('front', 'cert.pem'), certificate)
  })

  for (const [when, options] of [
    ['the host is another', { host: 'other.test' }],
    ['it expires within a month', { now: NOW + 800 * DAY_MS }],
  ] as const) {
    it(`has another certificate when ${when}`, async () => {
      await run()
      const before = of('front', 'cert.pem')
      await run(options)
      assert.notEqual(of('front', 'cert.pem'), before)
      assert.equal(of('balancer', 'shown.pem').includes(of('front', 'key.pem')), true)
    })
  }

  it('has settings of one’s own go before what it makes, for front ends alone', async () => {
    mkdirSync(folder.pathTo('set'))
    writeFileSync(
      folder.pathTo('set/settings.env'),
      'SMTP_URL=smtps://mail.test\nDATABASE_URL=postgres://ann@db.test/darkroom\n',
    )
    await run({ own: 'set' })
    const { SMTP_URL, DATABASE_URL, DATABASE_KEY } = variablesOf('front')
    assert.deepEqual(
      [SMTP_URL, DATABASE_URL],
      ['smtps://mail.test', 'postgres://ann@db.test/darkroom'],
    )
    assert.match(DATABASE_KEY ?? '', /^[0-9a-f]{64}$/)
    assert.equal(variablesOf('runtime')['SMTP_URL'], undefined)
  })

  describe('with a certificate of one’s own', () => {
    it('shows it to clients, and has the services trust it', async () => {
      const { cert, key } = await put('own', ['darkroom.test', '*.darkroom.test'])
      await run({ own: 'own' })
      assert.equal(of('balancer', 'shown.pem'), `${cert}\n${key}`)
      assert.ok(of('front', 'ca.pem').includes(cert))
      assert.ok(!of('front', 'cert.pem').includes(cert))
    })

    it('refuses one that is not for all names', async () => {
      await put('short', ['darkroom.test'])
      await assert.rejects(run({ own: 'short' }), {
        message:
          'The certificate in own/cert.pem must be for darkroom.test, store.darkroom.test, runtime.darkroom.test; it is not for store.darkroom.test.',
      })
    })

    it('refuses one without its key', async () => {
      await put('keyless', ['darkroom.test'], ['cert.pem'])
      await assert.rejects(run({ own: 'keyless' }), {
        message: 'The folder own must have both cert.pem and key.pem, or neither.',
      })
    })
  })
})
