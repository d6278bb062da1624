import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { PDFDocument } from '@cantoo/pdf-lib'
import { familyOfProcess } from '../../src/programs/process-family.ts'
import { trust } from '../e2e/api-client.ts'
import { signInToPage } from '../e2e/developer-page.ts'
import { readJobsEnv } from '../e2e/jobs-env.ts'
import { type ServiceProcess, startServiceProcess, useHome } from '../e2e/service-process.ts'
import { commandLineOf } from '../support/command-line.ts'

/** So that it is found wherever it comes. */
const MARK = 'TellNobody'

/** Where nobody answers. */
const NOWHERE = 'https://127.0.0.1:1'

const secretOf = (what: string): string => `${MARK}-${what}-0123456789abcdef`
const basicOf = (user: string, what: string): string =>
  `Basic ${Buffer.from(`${user}:${secretOf(what)}`).toString('base64')}`
const pem = (kind: string, what: string): string =>
  `-----BEGIN ${kind}PRIVATE KEY-----\n${secretOf(what)}\n-----END ${kind}PRIVATE KEY-----`

/** Tasks that are told secrets, and what becomes of them. */
async function tasks() {
  const document = await PDFDocument.create()
  document.addPage()
  const pdf = Buffer.from(await document.save()).toString('base64')
  const s3 = { bucket: 'bucket', region: 'eu-west-1', access_key_id: 'AKIA', endpoint: NOWHERE }
  const sftp = { operation: 'import/sftp', host: '127.0.0.1', port: 1, username: 'a', file: '/b' }
  return {
    pdf: { operation: 'import/base64', file: pdf, filename: 'a.pdf' },
    encrypt: { operation: 'pdf/encrypt', input: 'pdf', set_password: secretOf('encrypt') },
    decrypt: { operation: 'pdf/decrypt', input: 'encrypt', password: secretOf('encrypt') },
    picture: {
      operation: 'convert',
      input: 'encrypt',
      output_format: 'png',
      password: secretOf('wrong'),
    },
    's3-key': { operation: 'import/s3', ...s3, key: 'a', secret_access_key: secretOf('s3') },
    's3-token': {
      operation: 'export/s3',
      input: 'pdf',
      ...s3,
      key: 'a',
      secret_access_key: 'b',
      session_token: secretOf('s3-token'),
    },
    'sftp-password': { ...sftp, password: secretOf('sftp') },
    'sftp-key': { ...sftp, private_key: pem('OPENSSH ', 'sftp-key') },
    google: {
      operation: 'import/google-cloud-storage',
      project_id: 'a',
      bucket: 'bucket',
      client_email: 'a@example.com',
      private_key: pem('', 'google'),
      file: 'a',
    },
    openstack: {
      operation: 'import/openstack',
      auth_url: `${NOWHERE}/v3`,
      username: 'a',
      password: secretOf('openstack'),
      region: 'a',
      container: 'b',
      file: 'c',
    },
    'url-query': { operation: 'import/url', url: `${NOWHERE}/a?key=${secretOf('query')}` },
    'url-user': { operation: 'import/url', url: `https://a:${secretOf('user')}@127.0.0.1:1/a` },
    'url-headers': {
      operation: 'import/url',
      url: `${NOWHERE}/a`,
      headers: { Cookie: secretOf('cookie') },
    },
  }
}

/** Wrong secrets, at each door. */
const WRONG: readonly (readonly [door: string, at: string, init: RequestInit])[] = [
  ['jobs', '/v2/jobs', { headers: { authorization: `Bearer ${secretOf('key')}` } }],
  ['requests', '/process', { headers: { authorization: `Bearer ${secretOf('token')}` } }],
  [
    'IMS',
    '/ims/token/v4',
    {
      body: new URLSearchParams({
        client_id: 'a',
        client_secret: secretOf('client'),
        grant_type: 'client_credentials',
      }),
    },
  ],
  [
    'OpenWhisk',
    '/api/v1/namespaces/_/actions',
    { headers: { authorization: basicOf('a', 'openwhisk') } },
  ],
  ['assets', '/scene7/assets/darkroom', { headers: { authorization: basicOf('a', 'assets') } }],
  [
    'SOAP',
    '/scene7/services/IpsApiService',
    {
      headers: { 'content-type': 'text/xml' },
      body: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><authHeader xmlns="http://www.scene7.com/IpsApi/xsd"><user>darkroom</user><password>${secretOf('soap')}</password></authHeader></s:Header><s:Body><getCompanyInfoParam xmlns="http://www.scene7.com/IpsApi/xsd/2014-04-03"><companyName>darkroom</companyName></getCompanyInfoParam></s:Body></s:Envelope>`,
    },
  ],
  ['the page', `/devtool/?key=${secretOf('page')}`, { headers: { accept: 'text/html' } }],
  ['the storage', `/storage/objects/a?permissions=r&signature=${secretOf('signature')}`, {}],
]

describe('what must stay secret at every door', function () {
  this.timeout(300_000)
  const home = useHome()
  let service: ServiceProcess
  /** All that was answered. */
  const answers: string[] = []
  /** The arguments of processes that had a secret among them. */
  const commandLines = new Set<string>()
  let watch: NodeJS.Timeout

  after(() => clearInterval(watch))
  before(async () => {
    const assets = path.join(home, 'assets')
    mkdirSync(assets)
    service = await startServiceProcess({
      home,
      command: [process.execPath, 'src/cli/start.ts', `--assets=${assets}`],
      environment: { LOG_LEVEL: 'debug' },
    })
    trust(home)
  })

  async function ask(at: string, init: RequestInit): Promise<string> {
    const answer = await fetch(`${service.origin}${at}`, init)
    const text = await answer.text()
    answers.push(text)
    return text
  }

  it('is in no answer and no event of tasks that are told it', async () => {
    const pid = service.child.pid ?? 0
    watch = setInterval(() => {
      for (const line of familyOfProcess(pid).map(commandLineOf)) {
        if (line.includes(MARK)) commandLines.add(line)
      }
    }, 50)
    const authorization = `Bearer ${readJobsEnv(home).CLOUDCONVERT_API_KEY}`
    const headers = { authorization, 'content-type': 'application/json' }
    const wanted = await tasks()
    const body = JSON.stringify({ tasks: wanted })
    const created = await ask('/v2/jobs', { method: 'POST', headers, body })
    const { data } = JSON.parse(created)
    assert.ok(data, created)
    const ended = JSON.parse(await ask(`/v2/jobs/${data.id}/wait`, { headers })).data
    const states: [string, string][] = ended.tasks.map(
      ({ name, status }: Record<'name' | 'status', string>) => [name, status],
    )
    const finished = states.filter(([, status]) => status === 'finished').map(([name]) => name)
    assert.deepEqual(finished.toSorted(), ['decrypt', 'encrypt', 'pdf'], JSON.stringify(ended))
    assert.equal(states.length, Object.keys(wanted).length)
  })

  for (const [door, at, init] of WRONG) {
    it(`is in no answer of ${door} to a wrong one`, async () => {
      const method = init.body === undefined ? 'GET' : 'POST'
      assert.doesNotMatch(await ask(at, { method, ...init }), new RegExp(MARK))
    })
  }

  it('is in no arguments of processes, no line of the log, and no file of the state folder', async () => {
    // What the owner has shown the page before is as secret.
    const { cookie } = await signInToPage(home)
    service.child.kill('SIGTERM')
    assert.equal(await service.exited, 0)
    const logged = service.output() + service.errors()
    assert.match(logged, /debug: .* answered 401/)
    for (const text of [...answers, logged, ...commandLines]) assert.ok(!text.includes(MARK), text)
    assert.ok(!logged.includes(cookie.split('=')[1] ?? assert.fail('there is a cookie')))
    const told = readdirSync(home, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => path.join(parentPath, name))
      .filter((file) => readFileSync(file).includes(MARK))
    assert.deepEqual(told, [])
  })
})
