import assert from 'node:assert/strict'
import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { checkGivenCertificate } from '../../src/cli/doctor/check-given-certificate.ts'
import { type Examined, examine } from '../../src/cli/doctor/examine.ts'
import type { Finding } from '../../src/cli/doctor/finding.ts'
import { repair } from '../../src/cli/doctor/repair.ts'
import { STATE_DATABASES } from '../../src/compose/state-files.ts'
import { ON_THIS_MACHINE } from '../../src/config.ts'
import { openSqliteFile } from '../../src/home/sqlite-file.ts'
import { openStateFolder } from '../../src/home/state-folder.ts'
import { openCertificates } from '../../src/http/certificate-files.ts'
import type { Certificates } from '../../src/http/certificates-schema.ts'
import { makeCertificates } from '../../src/http/certificates.ts'
import { findOnPath } from '../../src/programs/programs.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const PROJECT = path.resolve('.')
const MINUTE_MS = 60_000
const PART = 'objects/parts/01d2935a-75c2-4489-8719-3a6f36d996ab'

/** Ways in which a home is not as it should be, and what is said of it. */
const WRONG: readonly (readonly [string, (home: string) => void, RegExp])[] = [
  [
    'a database that is none',
    (home) => writeFileSync(path.join(home, 'gateway.sqlite'), 'hello '.repeat(1000)),
    /gateway\.sqlite cannot be read \(file is not a database\); it should be brought back by npm run restore/,
  ],
  [
    'a database that was cut',
    (home) => truncateSync(path.join(home, 'gateway.sqlite'), 3 * 4096),
    /gateway\.sqlite (?:is damaged|cannot be read) \(.+\); it should be brought back by npm run restore/,
  ],
  [
    'a database of a newer version',
    (home) => {
      const database = new DatabaseSync(path.join(home, 'devtool.sqlite'))
      database.exec('PRAGMA user_version = 99')
      database.close()
    },
    /devtool\.sqlite was made by a newer version of Darkroom \(99, known are \d+\); it should be used with that one/,
  ],
  [
    'an object without its file',
    (home) => rmSync(path.join(home, PART)),
    /01d2935a\S+, a file of an object, is missing or has another size, as 1 of 3; it should be brought back/,
  ],
  [
    'an object with a longer file',
    (home) => appendFileSync(path.join(home, PART), 'x'),
    /is missing or has another size, as 1 of 3/,
  ],
  [
    'credentials that are no JSON',
    (home) => writeFileSync(path.join(home, 'credentials.json'), '{"storageSecret":"secret'),
    /credentials\.json is damaged \(it is no JSON\); npm run restore should bring it back/,
  ],
  [
    'credentials that lack a member',
    (home) => writeFileSync(path.join(home, 'credentials.json'), '{"storageSecret":"secret"}'),
    /credentials\.json is damaged \(members are missing or of another kind\)/,
  ],
  [
    'a backup that was not restored to its end',
    (home) => mkdirSync(path.join(home, 'restoring')),
    /has a backup in it that was not restored to its end; all that is in it should be deleted/,
  ],
  [
    'a file that was written in the future',
    (home) => utimesSync(path.join(home, 'console.json'), 4e9, 4e9),
    /The clock says 2\S+Z, but \S+console\.json was written at 2096\S+; it should be set/,
  ],
]

/** What can be mended, and what is said of it before. */
const MENDED: readonly (readonly [string, (home: string) => void, RegExp])[] = [
  [
    'a folder that is open to others',
    (home) => chmodSync(home, 0o755),
    /^wrong: Other users of the machine can get at 1 file in the state folder, such as \S+; they should be for their owner alone/,
  ],
  [
    'a file that is open in a closed folder',
    (home) => chmodSync(path.join(home, 'console.json'), 0o644),
    /^remark: Other users of the machine are named in the modes of 1 file/,
  ],
  [
    'certificates that are none',
    (home) => writeFileSync(path.join(home, 'certificates.json'), '{}'),
    /^wrong: \S+certificates\.json is damaged; it should be made anew\.$/,
  ],
  [
    'another authority than that of the certificate',
    (home) => writeFileSync(path.join(home, 'ca.pem'), 'x'),
    /^wrong: \S+ca\.pem is not the authority of the certificate, so that programs trust another/,
  ],
  [
    'a database that is mostly empty',
    (home) => {
      const database = new DatabaseSync(path.join(home, 'gateway.sqlite'))
      database.exec('CREATE TABLE filling (bytes BLOB)')
      database.exec('PRAGMA synchronous = OFF; INSERT INTO filling VALUES (zeroblob(25000000))')
      database.exec('DROP TABLE filling')
      database.close()
    },
    /^remark: \S+gateway\.sqlite has 2\d\.\d MB in it that are empty, of 2\d\.\d MB\.$/,
  ],
  [
    'files that no object has',
    (home) => writeFileSync(path.join(home, 'objects/parts/unknown'), 'x', { mode: 0o600 }),
    /^remark: 1 file in \S+parts, such as unknown, is not a file of an object, .* the next start sets it aside\.$/,
  ],
  [
    'files that were not written to their end',
    (home) => {
      writeFileSync(path.join(home, 'objects/parts/a.unfinished'), 'x', { mode: 0o600 })
      writeFileSync(path.join(home, 'accounts.json.12.draft'), 'x', { mode: 0o600 })
      utimesSync(path.join(home, 'accounts.json.12.draft'), 1e9, 1e9)
    },
    /^remark: 2 files that were not written to their end are left, such as \S+accounts\.json\.12\.draft/,
  ],
  [
    'a folder of a backup that was killed',
    (home) => {
      mkdirSync(path.join(home, 'darkroom-own-x'), { mode: 0o700 })
      writeFileSync(path.join(home, 'darkroom-own-x/process.lock'), '', { mode: 0o600 })
    },
    /^remark: 1 folder of commands that were killed is left, such as \S+darkroom-own-x/,
  ],
]

const DAY_MS = 24 * 60 * MINUTE_MS
const TEAM = { address: '0.0.0.0', url: 'https://darkroom.example.com' }

/** What is said of certificates of one's own, which are good for 820 days; each differs in one thing from one that is as it should be. */
const GIVEN: readonly (readonly [
  what: string,
  changed: {
    cert?: (own: Certificates, other: Certificates) => string
    key?: (own: Certificates, other: Certificates) => string
    mode?: number
    place?: { address?: string; url?: string | undefined }
    days?: number
  },
  said: RegExp | undefined,
])[] = [
  ['is as it should be', {}, undefined],
  ['is for the name that it has first', { place: { url: undefined } }, undefined],
  ['has a key that its group has as well', { mode: 0o640 }, undefined],
  ['is none', { cert: () => 'x' }, /^wrong: The file of DARKROOM_TLS_CERT must have certificates/],
  ['is empty', { cert: () => '' }, /^wrong: The file of DARKROOM_TLS_CERT must have certificates/],
  ['has no key', { key: () => '' }, /^wrong: The file of DARKROOM_TLS_KEY must have a key in PEM/],
  [
    'has another key',
    { key: (_, { key }) => key },
    /^wrong: The key in .* is not that of the first/,
  ],
  ['is over', { days: 821 }, /^wrong: The certificate in .* is good from .* to .* only/],
  ['is yet to come', { days: -2 }, /^wrong: The certificate in .* is good from .* to .* only/],
  [
    'ends soon',
    { days: 810 },
    /^remark: The certificate in .* is good until 20\S+, which is in 9 days; it should be renewed/,
  ],
  [
    'is for another host',
    { place: { url: 'https://else.example.com' } },
    /^wrong: .* is not for else\.example\.com/,
  ],
  [
    'is for another address',
    { place: { url: 'https://10.0.0.1:9443' } },
    /^wrong: .* is not for 10\.0\.0\.1/,
  ],
  [
    'is not for this machine, which alone is to connect',
    { place: { address: '127.0.0.1', url: undefined } },
    /^wrong: .* is not for localhost/,
  ],
  ['has a key for everybody', { mode: 0o644 }, /^wrong: All users .* can get at .*key\.pem/],
  [
    'is without who signed it',
    { cert: ({ cert }) => cert },
    /^wrong: .* that of "CN=Darkroom local CA" must follow, or clients and the workers/,
  ],
]

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = []
  for await (const item of items) collected.push(item)
  return collected
}

/** Copies a home; folders are made for whom the umask says otherwise. */
function copyClosed(from: string, to: string): void {
  cpSync(from, to, { recursive: true })
  for (const name of ['', ...readdirSync(to, { recursive: true, encoding: 'utf8' })]) {
    const file = path.join(to, name)
    chmodSync(file, statSync(file).mode & 0o700)
  }
}

/** In place of bubblewrap where it works, and where it does not. */
const [TRUE, FALSE] = ['true', 'false'].map((name) => findOnPath([name], process.env))

describe('npm run doctor', () => {
  const folder = useTemporaryFolder()
  let number = 0
  let home: string
  let own: Certificates
  let other: Certificates

  before(async () => {
    own = await makeCertificates(Date.now(), ['darkroom.example.com'])
    other = await makeCertificates(Date.now(), ['darkroom.example.com'])
    const good = folder.pathTo('good')
    cpSync('test/homes/0.1.0', good, { recursive: true })
    for (const { name, migrations } of STATE_DATABASES) {
      mkdirSync(path.join(good, path.dirname(name)), { recursive: true })
      openSqliteFile(path.join(good, name), { migrations, synchronous: 'NORMAL' }).close()
    }
    await openCertificates(good, Date.now())
    mkdirSync(folder.pathTo('temporary'))
  })
  beforeEach(() => {
    number += 1
    home = folder.pathTo(`home-${number}`)
    copyClosed(folder.pathTo('good'), home)
  })

  const look = (changed: Partial<Examined> = {}): Promise<Finding[]> =>
    collect(
      examine({
        project: PROJECT,
        home,
        place: ON_THIS_MACHINE,
        storage: undefined,
        database: undefined,
        elsewhere: undefined,
        apiHostOfAio: undefined,
        deployable: [],
        bwrap: TRUE,
        temporary: folder.pathTo('temporary'),
        nodeVersion: process.versions.node,
        now: Date.now,
        ...changed,
      }),
    )
  /** All but what is as it should be. */
  async function notable(changed: Partial<Examined> = {}): Promise<string[]> {
    const findings = await look(changed)
    return findings
      .filter(({ state }) => state !== 'sound')
      .map(({ state, sentence }) => `${state}: ${sentence}`)
  }
  const mend = async () => collect(repair(home, await look(), async () => true))

  it('finds nothing wrong with a home that is sound', async () => {
    assert.deepEqual(await notable(), [])
  })

  it('changes nothing', async () => {
    const list = (): string[] =>
      readdirSync(home, { recursive: true, encoding: 'utf8' })
        .filter((name) => !/-(?:shm|wal|journal)$/.test(name))
        .map((name) => {
          const file = path.join(home, name)
          const found = statSync(file)
          return `${name} ${found.mode} ${found.isFile() ? readFileSync(file, 'hex') : ''}`
        })
    chmodSync(home, 0o755)
    const before = list()
    await look()
    assert.deepEqual(list(), before)
    assert.equal(statSync(home).mode & 0o777, 0o755)
  })

  for (const [what, damage, sentence] of WRONG) {
    it(`finds ${what}`, async () => {
      damage(home)
      const found = await notable()
      assert.equal(found.filter((each) => each.startsWith('wrong')).length, 1, found.join('\n'))
      assert.match(found.find((each) => each.startsWith('wrong')) ?? '', sentence)
      assert.doesNotMatch(found.join(), /secret[^s]/)
    })
  }

  for (const [what, damage, sentence] of MENDED) {
    it(`finds and mends ${what}`, async () => {
      damage(home)
      const before = await notable()
      assert.equal(before.length, 1, before.join('\n'))
      assert.match(before[0] ?? '', sentence)
      assert.deepEqual(
        (await mend()).map(({ outcome }) => outcome),
        ['done'],
      )
      const after = await notable()
      assert.deepEqual(
        after.filter((each) => !/-set-aside has 1 file/.test(each)),
        [],
      )
    })
  }

  it('mends nothing that nobody agrees to', async () => {
    chmodSync(home, 0o755)
    const repaired = await collect(repair(home, await look(), async () => false))
    assert.deepEqual(repaired, [{ action: 'Close 1 file to other users', outcome: 'declined' }])
    assert.equal(statSync(home).mode & 0o777, 0o755)
  })

  it('finds certificates that are past, or to come', async () => {
    const year = 365 * 24 * 60 * MINUTE_MS
    const [past] = await notable({ now: () => Date.now() + 3 * year })
    assert.match(past ?? '', /was good until 20\d\d-\d\d-\d\d; it should be made anew/)
    const found = await notable({ now: () => Date.now() - year })
    assert.match(found.join('\n'), /certificates\.json is not good before 20\S+Z/)
    assert.match(found.join('\n'), /The clock says/)
  })

  for (const [what, { cert, key, mode = 0o600, place, days = 0 }, said] of GIVEN) {
    it(`${said === undefined ? 'finds nothing wrong with' : 'tells of'} a certificate of one’s own that ${what}`, async () => {
      const tls = { cert: path.join(home, 'cert.pem'), key: path.join(home, 'key.pem') }
      writeFileSync(tls.cert, cert?.(own, other) ?? `${own.cert}\n${own.ca}`, { mode: 0o600 })
      writeFileSync(tls.key, key?.(own, other) ?? own.key)
      chmodSync(tls.key, mode)
      const given = { ...TEAM, ...place, tls }
      const findings = await collect(checkGivenCertificate(given, tls, Date.now() + days * DAY_MS))
      const told = findings
        .filter(({ state }) => state !== 'sound')
        .map(({ state, sentence }) => `${state}: ${sentence}`)
      if (said === undefined) return assert.deepEqual(told, [])
      assert.equal(told.length, 1, told.join('\n'))
      assert.match(told[0] ?? '', said)
      assert.doesNotMatch(told.join(), /PRIVATE KEY/)
    })
  }

  it('tells of files of a certificate that are not there, also before the first start', async () => {
    const tls = { cert: folder.pathTo('none.pem'), key: folder.pathTo('none-either.pem') }
    home = folder.pathTo('nowhere')
    const [first] = await notable({ place: { ...TEAM, tls, isTeam: true } })
    assert.match(
      first ?? '',
      /^wrong: The file of DARKROOM_TLS_CERT, \S+none\.pem, cannot be read: ENOENT\.$/,
    )
  })

  it('closes the key of a certificate of one’s own to all but its owner and group', async () => {
    const tls = { cert: path.join(home, 'cert.pem'), key: path.join(home, 'key.pem') }
    writeFileSync(tls.key, own.key)
    chmodSync(tls.key, 0o646)
    const findings = await collect(checkGivenCertificate(TEAM, tls, Date.now()))
    const repaired = await collect(repair(home, findings, async () => true))
    assert.deepEqual(
      repaired.map(({ outcome }) => outcome),
      ['done'],
    )
    assert.equal(statSync(tls.key).mode & 0o777, 0o640)
  })

  it('tells which service has the home, and mends nothing meanwhile that takes it alone', async () => {
    rmSync(path.join(home, 'ca.pem'))
    writeFileSync(path.join(home, 'objects/parts/just-written'), 'x', { mode: 0o600 })
    const state = await openStateFolder(home, { now: () => 0 })
    const findings = await look()
    const sentences = findings.map(({ sentence }) => sentence).join('\n')
    const since = `process ${process.pid}, since 1970-01-01T00:00:00.000Z`
    assert.ok(sentences.includes(`A service (${since}) has the state folder ${home}.`), sentences)
    // What comes just now is in no index yet.
    assert.doesNotMatch(sentences, /just-written/)
    assert.deepEqual(
      (await mend()).map(({ outcome }) => outcome),
      ['needs the service to be stopped'],
    )
    await state.close()
    assert.match(
      (await look()).map(({ sentence }) => sentence).join('\n'),
      new RegExp(`No service has the state folder .*; the last one \\(${since}\\) has ended`),
    )
  })

  it('tells of a home that is not there yet', async () => {
    home = folder.pathTo('nowhere')
    assert.deepEqual(await notable(), [
      `remark: There is no state folder ${home} yet; the first npm start makes it.`,
    ])
  })

  for (const [what, bwrap, why] of [
    ['is not installed', undefined, 'bubblewrap is not installed'],
    ['does not work', FALSE, 'bubblewrap does not work here (it ended with 1)'],
  ] as const) {
    it(`tells that deployed actions have no sandbox where bubblewrap ${what}`, async function () {
      if (process.platform !== 'linux') this.skip()
      assert.deepEqual(await notable({ bwrap }), [
        `remark: Deployed actions run with your rights and in no sandbox, since ${why}.`,
      ])
    })
  }

  it('tells of another Node.js, and of packages that are missing', async () => {
    assert.match(
      (await notable({ nodeVersion: '22.1.0' })).join(),
      /^wrong: Node\.js is 22\.1\.0, and/,
    )
    assert.match(
      (await notable({ nodeVersion: '99.1.0' })).join(),
      /^remark: Node\.js is 99\.1\.0, and/,
    )
    const project = folder.pathTo('project')
    mkdirSync(project, { recursive: true })
    writeFileSync(
      path.join(project, 'package.json'),
      '{"version":"1.0.0","dependencies":{"hono":"4.0.0"}}',
    )
    assert.match(
      (await notable({ project })).join(),
      /^wrong: 1 package of npm is not as in package\.json \(hono is missing and should be 4\.0\.0\); npm ci brings/,
    )
  })
})
