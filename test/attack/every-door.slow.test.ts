import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { request } from 'node:https'
import path from 'node:path'
import { SignJWT } from 'jose'
import { familyOfProcess } from '../../src/programs/process-family.ts'
import {
  presign,
  readConsole,
  readJournal,
  register,
  sendProcess,
  signIn,
  trust,
} from '../e2e/api-client.ts'
import { readJobsEnv } from '../e2e/jobs-env.ts'
import { type ServiceProcess, startServiceProcess, useHome } from '../e2e/service-process.ts'
import { commandLineOf } from '../support/command-line.ts'

const LEVELS = 5000
const DEEP_JSON = `${'{"a":'.repeat(LEVELS)}1${'}'.repeat(LEVELS)}`
const DEEP_LIST = `{"tasks":{"a":${'['.repeat(LEVELS)}${']'.repeat(LEVELS)}}}`
const DEEP_XML = `<a xmlns="b">${'<a>'.repeat(LEVELS)}${'</a>'.repeat(LEVELS)}</a>`
const ENVELOPE = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${DEEP_XML}</s:Body></s:Envelope>`
const SOAP = '/scene7/services/IpsApiService'
const WEB = '/api/v1/web/darkroom/dx-asset-compute-worker-1'

/** A message that only somebody gets an answer to. */
const asking = (user: string, password: string): string =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><authHeader xmlns="http://www.scene7.com/IpsApi/xsd"><user>${user}</user><password>${password}</password></authHeader></s:Header><s:Body><getCompanyInfoParam xmlns="http://www.scene7.com/IpsApi/xsd/2014-04-03"><companyName>darkroom</companyName></getCompanyInfoParam></s:Body></s:Envelope>`

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const basic = (whole: string): string => `Basic ${Buffer.from(whole).toString('base64')}`

const turnCase = (letter: string): string =>
  letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()

/** What is not a secret, and looks like it. */
const nearly = (secret: string): Readonly<Record<string, string>> => ({
  'cut off': secret.slice(0, -1),
  'with more': `${secret}a`,
  'begun later': secret.slice(1),
  'in other letters': secret.replaceAll(/[a-z]/gi, turnCase),
  twice: `${secret}${secret}`,
  'with a star': '*',
  'of nothing': '',
})

interface Attacked {
  readonly door: string
  readonly method?: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** With what it refuses. */
  readonly status: number
}

/** A real service with all of its doors, and whoever has credentials for them or none. */
describe('every door of a service', function () {
  this.timeout(300_000)
  const home = useHome()
  let service: ServiceProcess
  let headers: Record<string, string>
  let runtimeKey: string
  let jobsKey: string

  before(async () => {
    const assets = path.join(home, 'assets')
    await mkdir(assets)
    service = await startServiceProcess({ home, assets })
    trust(home)
    headers = await signIn(service.origin, home)
    runtimeKey = `Basic ${Buffer.from(readConsole(home).namespace.auth).toString('base64')}`
    jobsKey = `Bearer ${readJobsEnv(home).CLOUDCONVERT_API_KEY}`
  })

  function scene7Env(): Record<string, string> {
    const text = readFileSync(path.join(home, 'scene7.env'), 'utf8')
    const lines = text.matchAll(/^export (\w+)=(.*)$/gm)
    return Object.fromEntries(Array.from(lines, ([, name = '', value = '']) => [name, value]))
  }

  /** The arguments of all processes of the service, which others may see; nothing where the system does not tell. */
  function commandLines(): string {
    return familyOfProcess(service.child.pid ?? 0)
      .map(commandLineOf)
      .join(' ')
  }

  const doors = (): Attacked[] => {
    const json = { 'content-type': 'application/json' }
    const jobs = { ...json, authorization: jobsKey }
    const runtime = { ...json, authorization: runtimeKey }
    const asset = { ...json, ...headers }
    const actions = '/api/v1/namespaces/_/actions'
    const form = 'multipart/form-data; boundary=x'
    const part = `--x\r\nContent-Disposition: form-data; name="auth"\r\n\r\n${DEEP_XML}\r\n--x--\r\n`
    const xml = { 'content-type': 'text/xml' }
    return [
      { door: 'requests', path: '/process', headers: asset, body: DEEP_JSON, status: 400 },
      {
        door: 'the gateway',
        path: `${WEB}/gateway/process`,
        headers: asset,
        body: DEEP_JSON,
        status: 400,
      },
      {
        door: 'the storage',
        path: '/storage/presign',
        headers: asset,
        body: DEEP_JSON,
        status: 400,
      },
      { door: 'jobs', path: '/v2/jobs', headers: jobs, body: DEEP_LIST, status: 422 },
      { door: 'tasks', path: '/v2/convert', headers: jobs, body: DEEP_JSON, status: 422 },
      { door: 'webhooks', path: '/v2/webhooks', headers: jobs, body: DEEP_JSON, status: 422 },
      {
        door: 'activations',
        path: `${actions}/dx-asset-compute-worker-1/worker`,
        headers: runtime,
        body: DEEP_JSON,
        status: 400,
      },
      {
        door: 'deployments',
        method: 'PUT',
        path: `${actions}/deep`,
        headers: runtime,
        body: DEEP_JSON,
        status: 400,
      },
      { door: 'web actions', path: `${WEB}/worker`, headers: asset, body: DEEP_JSON, status: 400 },
      { door: 'IMS', path: '/ims/token/v4', headers: json, body: DEEP_JSON, status: 400 },
      { door: 'SOAP', path: SOAP, headers: xml, body: ENVELOPE, status: 500 },
      {
        door: 'uploads of assets',
        path: '/scene7/UploadFile',
        headers: { 'content-type': form },
        body: part,
        status: 500,
      },
      {
        door: 'events',
        path: '/asset-compute/events',
        headers: json,
        body: DEEP_JSON,
        status: 401,
      },
    ]
  }

  it('refuses what is nested 5,000 deep, for its own reason and for no fault of it', async () => {
    for (const { door, method = 'POST', path: at, headers: sent, body, status } of doors()) {
      const answer = await fetch(`${service.origin}${at}`, { method, headers: sent, body })
      const text = await answer.text()
      assert.equal(answer.status, status, `${door}: ${text}`)
      assert.doesNotMatch(text, /could not do its (part|work)|call stack|its log/i, door)
    }
  })

  it('survives requests that break off', async () => {
    for (const { method = 'POST', path: at, headers: sent, body } of doors()) {
      const sender = request(`${service.origin}${at}`, {
        method,
        headers: { ...sent, 'content-length': body.length },
        ca: readFileSync(path.join(home, 'ca.pem')),
      })
      const gone = new Promise((resolve) => sender.once('error', resolve).once('close', resolve))
      sender.write(body.slice(0, 100), () => sender.destroy())
      await gone
    }
  })

  it('is not opened by forged tokens', async () => {
    const [header = '', claims = '', signature = ''] = (headers['authorization'] ?? '')
      .slice('Bearer '.length)
      .split('.')
    const decoded: Record<string, unknown> = JSON.parse(Buffer.from(claims, 'base64url').toString())
    const other = new TextEncoder().encode('a key that anybody could have, and long enough')
    const signed = (alg: string) => new SignJWT(decoded).setProtectedHeader({ alg }).sign(other)
    const publicKey = new TextEncoder().encode(await readFile(path.join(home, 'ca.pem'), 'utf8'))
    const confused = new SignJWT(decoded).setProtectedHeader({ alg: 'HS256' }).sign(publicKey)
    const altered = (claim: string, value: unknown) =>
      `${header}.${encode({ ...decoded, [claim]: value })}.${signature}`
    const forged: Readonly<Record<string, string>> = {
      'without a signature': `${header}.${claims}.`,
      'with the signature cut off': `${header}.${claims}.${signature.slice(0, -4)}`,
      'with a longer signature': `${header}.${claims}.${signature}AAAA`,
      'with another signature': `${header}.${claims}.${'A'.repeat(signature.length)}`,
      'of the algorithm none': `${encode({ alg: 'none', typ: 'JWT' })}.${claims}.`,
      'of the algorithm NONE': `${encode({ alg: 'NONE', typ: 'JWT' })}.${claims}.${signature}`,
      'of HS256': await signed('HS256'),
      'of HS512': await signed('HS512'),
      'signed with what is public': await confused,
      'with a key of its own': `${encode({ alg: 'RS256', jwk: { kty: 'oct', k: 'AA' } })}.${claims}.${signature}`,
      'with the address of a key': `${encode({ alg: 'RS256', jku: 'https://evil.example/' })}.${claims}.${signature}`,
      'of another client': altered('client_id', 'other'),
      'of another organisation': altered('org', 'other'),
      'of more scopes': altered('scope', 'all'),
      'of a later end': altered('exp', 9_999_999_999),
      'of an earlier beginning': altered('iat', 0),
      'without its claims': `${header}..${signature}`,
      'that is no token': 'token',
      'of four parts': `${header}.${claims}.${signature}.${signature}`,
    }
    assert.equal(Object.keys(forged).length, 19)
    const own = Object.fromEntries(
      Object.entries(headers).filter(([name]) => name !== 'authorization'),
    )
    for (const [what, token] of Object.entries(forged)) {
      const authorization = `Bearer ${token}`
      const answers = await Promise.all([
        sendProcess(service.origin, { ...own, authorization }, {}),
        fetch(`${service.origin}/register`, {
          method: 'POST',
          headers: { ...own, authorization },
        }),
        fetch(`${service.origin}${WEB}/worker`, { headers: { ...own, authorization } }),
      ])
      assert.deepEqual(
        answers.map(({ status }) => status),
        [401, 401, 401],
        what,
      )
    }
  })

  it('is not opened by those who know no secret', async () => {
    const closed: readonly (readonly [method: string, at: string])[] = [
      ['POST', '/process'],
      ['POST', '/register'],
      ['POST', '/unregister'],
      ['POST', '/storage/presign'],
      ['GET', '/v2/jobs'],
      ['POST', '/v2/jobs'],
      ['GET', '/v2/webhooks'],
      ['GET', '/v2/users/me'],
      ['GET', '/api/v1/namespaces/_/actions'],
      ['GET', '/api/v1/namespaces/_/activations'],
      ['DELETE', '/api/v1/namespaces/_/activations/1'],
      ['GET', '/runtime/api/v1/namespaces/_/actions'],
      ['GET', `${WEB}/worker`],
      ['GET', '/scene7/assets/darkroom'],
      ['DELETE', '/scene7/assets/darkroom/a'],
      ['POST', '/asset-compute/events'],
    ]
    for (const [method, at] of closed) {
      const body = method === 'POST' ? { body: '{}' } : {}
      const answer = await fetch(`${service.origin}${at}`, { method, ...body })
      assert.equal(answer.status, 401, `${method} ${at}: ${await answer.text()}`)
    }
    const target = await presign(service.origin, headers, 'a.png', 'r')
    const unsigned = await fetch(target.replace(/\?.*/, ''))
    assert.equal(unsigned.status, 403)
  })

  it('is not opened by secrets that are nearly right, nor in another place than theirs', async () => {
    const key = jobsKey.slice('Bearer '.length)
    const [name = '', password = ''] = Buffer.from(runtimeKey.slice('Basic '.length), 'base64')
      .toString()
      .split(/:(.*)/s)
    const { SCENE7_USER: user = '', SCENE7_PASSWORD: word = '' } = scene7Env()
    const jobs = { ...nearly(key), 'of another kind': password, 'of SOAP': word }
    const runtime = { ...nearly(password), 'of another kind': key, 'of SOAP': word }
    const soap = { ...nearly(word), 'of another kind': key, 'that is a token': password }
    const attempts: [what: string, at: string, sent: RequestInit][] = [
      ...Object.entries(jobs).flatMap(([what, secret]): typeof attempts =>
        ['/v2/jobs', '/v2/webhooks', '/v2/users/me'].map((at) => [
          what,
          at,
          { headers: { authorization: `Bearer ${secret}` } },
        ]),
      ),
      ['as Basic', '/v2/jobs', { headers: { authorization: basic(`${key}:`) } }],
      ['in the query', `/v2/jobs?api_key=${key}&access_token=${key}&token=${key}`, {}],
      ['in a cookie', '/v2/jobs', { headers: { cookie: `token=${key}; Authorization=${key}` } }],
      ['in a header of its own', '/v2/jobs', { headers: { 'x-api-key': key } }],
      ...Object.entries(runtime).map(([what, secret]): (typeof attempts)[number] => [
        what,
        '/api/v1/namespaces/_/actions',
        { headers: { authorization: basic(`${name}:${secret}`) } },
      ]),
      [
        'as Bearer',
        '/api/v1/namespaces/_/actions',
        { headers: { authorization: `Bearer ${password}` } },
      ],
      ['in the query', `/api/v1/namespaces/_/actions?auth=${name}:${password}`, {}],
      ...Object.entries(soap).flatMap(([what, secret]): typeof attempts => [
        [
          what,
          SOAP,
          { method: 'POST', headers: { 'content-type': 'text/xml' }, body: asking(user, secret) },
        ],
        [
          what,
          '/scene7/assets/darkroom',
          { headers: { authorization: basic(`${user}:${secret}`) } },
        ],
      ]),
      [
        'of nobody',
        SOAP,
        { method: 'POST', headers: { 'content-type': 'text/xml' }, body: asking('', word) },
      ],
    ]
    assert.ok(attempts.length > 60, String(attempts.length))
    for (const [what, at, sent] of attempts) {
      const answer = await fetch(`${service.origin}${at}`, sent)
      const text = await answer.text()
      // Who guesses for long is told to wait; a fault of SOAP has the status 500.
      const refused = at === SOAP ? [500] : [401, 429]
      assert.ok(refused.includes(answer.status), `${what} at ${at}: ${answer.status} ${text}`)
      if (at === SOAP) assert.match(text, /<authenticationFault|too many wrong/)
    }
    const right = await fetch(`${service.origin}/v2/users/me`, {
      headers: { authorization: jobsKey },
    })
    assert.equal(right.status, 200)
  })

  it('does its work after all that, and has noted no fault and no secret', async () => {
    const journal = await register(service.origin, headers)
    const target = await presign(service.origin, headers, 'target', 'w')
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
    const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
    const renditions = [{ name: 'a.png', fmt: 'png', width: 9, target }]
    const answer = await sendProcess(service.origin, headers, { source, renditions })
    assert.equal(answer.status, 200, await answer.text())
    const [entry] = await readJournal(journal, headers, 1)
    assert.equal(entry?.event.type, 'rendition_created', JSON.stringify(entry))

    const started = commandLines()
    service.child.kill('SIGTERM')
    assert.equal(await service.exited, 0)
    const logged = service.errors()
    assert.doesNotMatch(logged, /failed:|Error/)
    const secrets = [headers['authorization'], runtimeKey, jobsKey].map((secret = '') =>
      secret.replace(/^\w+ /, ''),
    )
    for (const secret of secrets) assert.ok(!`${logged} ${started}`.includes(secret))
  })
})
