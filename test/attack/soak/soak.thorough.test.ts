import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import path from 'node:path'
import { familyOfProcess } from '../../../src/programs/process-family.ts'
import { tell as tellOf } from '../../../src/programs/process-table.ts'
import {
  presign,
  readConsole,
  readJournal,
  register,
  sendProcess,
  signIn,
  trust,
  upload,
} from '../../e2e/api-client.ts'
import { readJobsEnv } from '../../e2e/jobs-env.ts'
import { drawPhoto } from '../../e2e/photo.ts'
import { type ServiceProcess, startServiceProcess, useHome } from '../../e2e/service-process.ts'
import { amountOf } from '../../support/amounts.ts'
import { commandLineOf, kill } from '../../support/command-line.ts'
import { type Standing, standingOf, tell } from './standing.ts'

const REQUESTS = amountOf({ thoroughly: 20_000, usually: 2000 })

/** So many send requests at a time, each one after the other. */
const CLIENTS = 8

/** After so many requests everything has been used, and is as large as it will be. */
const WARM = Math.floor(REQUESTS * 0.4)

/** After so many requests a process of an action is killed. */
const KILLED_EVERY = Math.floor(REQUESTS / 40)

/** What was accepted then is past every retention but that of the storage. */
const DAYS_LATER = 10

/** A line about a request that the service could not answer, or an error of its own. */
const FAULT =
  /: (?:GET|HEAD|POST|PUT|PATCH|DELETE) \S+ failed: |(?:Type|Range|Reference)Error|SQLITE|EMFILE/

/** How much a process may have that makes small pictures, however many; in bytes. */
const MOST_OF_ACTION = 400_000_000

/** Something that a client does; throws when it is not answered as it must. */
type Deed = (index: number) => Promise<void>

/** Waits for an answer that must have one of these statuses; resolves with its text. */
async function expect(wanted: number | readonly number[], answer: Promise<Response>) {
  const response = await answer
  const text = await response.text()
  const statuses = typeof wanted === 'number' ? [wanted] : wanted
  assert.ok(statuses.includes(response.status), `${response.url} ${response.status}: ${text}`)
  return text
}

/** A real service that is used and abused for long; `npm run test:thorough` does so with 20,000 requests. */
describe('a service after thousands of requests to all of its doors', function () {
  this.timeout(3_600_000)
  const home = useHome()
  const accepted: string[] = []
  let service: ServiceProcess
  let headers: Record<string, string>
  let journal: string
  let warm: Standing
  let end: Standing

  const pid = (): number => service.child.pid ?? assert.fail('the service runs')

  /** Ends a process that runs actions, whatever it does at that moment. */
  function killWorker(): void {
    const [victim] = familyOfProcess(pid())
      .filter((each) => each !== pid())
      .filter((each) => commandLineOf(each).includes('/runtime/run/'))
    if (victim !== undefined) kill(victim)
  }

  function sendPart(url: string, sent: Readonly<Record<string, string>>): Promise<void> {
    const sender = request(url, {
      method: 'POST',
      headers: { ...sent, 'content-length': 100_000 },
      ca: readFileSync(path.join(home, 'ca.pem')),
    })
    const gone = new Promise<void>((resolve) => {
      sender.once('error', () => resolve()).once('close', () => resolve())
    })
    sender.write('{"source":', () => sender.destroy())
    return gone
  }

  before('starts it with a picture for Image Serving', async () => {
    const assets = path.join(home, 'assets')
    await mkdir(assets)
    await writeFile(path.join(assets, 'photo.jpg'), await drawPhoto(300, 200))
    service = await startServiceProcess({ home, assets })
    trust(home)
    headers = await signIn(service.origin, home)
    journal = await register(service.origin, headers)
  })

  async function prepareDeeds(): Promise<readonly (readonly [share: number, deed: Deed])[]> {
    const { origin } = service
    const photo = await drawPhoto(120, 80)
    const source = await upload(origin, headers, 'photo.jpg', photo)
    const broken = await upload(origin, headers, 'broken.jpg', photo.slice(0, 900))
    const missing = await presign(origin, headers, 'missing.jpg', 'r')
    const target = await presign(origin, headers, 'target', 'w')
    const sources = [source, source, source, broken, missing]
    const jobs = { authorization: `Bearer ${readJobsEnv(home).CLOUDCONVERT_API_KEY}` }
    const json = { 'content-type': 'application/json' }
    const { namespace, credential } = readConsole(home)
    const runtime = `Basic ${Buffer.from(namespace.auth).toString('base64')}`
    const scene7 = readFileSync(path.join(home, 'scene7.env'), 'utf8')
    const variable = (name: string) => new RegExp(`${name}=(\\S+)`).exec(scene7)?.[1] ?? ''
    const [user, password] = [variable('SCENE7_USER'), variable('SCENE7_PASSWORD')]
    const company = variable('SCENE7_COMPANY')
    const ips = 'http://www.scene7.com/IpsApi/xsd'
    const auth = `<authHeader xmlns="${ips}"><user>${user}</user><password>${password}</password></authHeader>`
    const soap = (body: string) =>
      fetch(`${origin}/scene7/services/IpsApiService`, {
        method: 'POST',
        headers: { 'content-type': 'text/xml' },
        body: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>${auth}</s:Header><s:Body>${body}</s:Body></s:Envelope>`,
      })
    const exchange = (secret: string) =>
      fetch(`${origin}/ims/token/v4`, {
        method: 'POST',
        body: new URLSearchParams({
          client_id: credential.client_id,
          client_secret: secret,
          grant_type: 'client_credentials',
        }),
      })

    return [
      [
        30,
        async (index) => {
          const name = `${index}.png`
          const from = sources[index % sources.length]
          const renditions = [{ name, fmt: 'png', width: 10 + (index % 50), target }]
          await expect(200, sendProcess(origin, headers, { source: from, renditions }))
          accepted.push(name)
        },
      ],
      [10, async () => void (await expect(400, sendProcess(origin, headers, { renditions: [] })))],
      [
        10,
        async (index) => {
          const url = await presign(origin, headers, `object-${index % 20}`, 'rw')
          const body = new Uint8Array(1000 + index)
          await expect([200, 201], fetch(url, { method: 'PUT', body }))
          assert.equal((await expect(200, fetch(url))).length > 0, true)
          await expect(403, fetch(url.replace('signature=', 'signature=a')))
        },
      ],
      [
        15,
        async (index) => {
          const query = `wid=${20 + (index % 200)}&fmt=${index % 2 === 0 ? 'jpeg' : 'png'}`
          await expect(200, fetch(`${origin}/is/image/${company}/photo?${query}`))
        },
      ],
      [5, async () => void (await expect([403, 404], fetch(`${origin}/is/image/a/../../b?wid=1`)))],
      [
        5,
        async (index) => {
          const tasks = {
            a: { operation: 'import/raw', file: `text ${index}`, filename: 'a.txt' },
            b: { operation: 'export/url', input: 'a' },
          }
          const body = JSON.stringify({ tasks })
          const init = { method: 'POST', headers: { ...json, ...jobs }, body }
          await expect(201, fetch(`${origin}/v2/jobs`, init))
        },
      ],
      [
        3,
        async () => {
          const authorization = 'Bearer wrong'
          await expect([401, 429], fetch(`${origin}/v2/jobs`, { headers: { authorization } }))
        },
      ],
      [
        5,
        async () => {
          const member = `<getCompanyInfoParam xmlns="${ips}/2014-04-03"><companyName>${company}</companyName></getCompanyInfoParam>`
          await expect(200, soap(member))
          await expect(500, soap('<nothingParam/>'))
        },
      ],
      [
        2,
        async (index) => {
          const form = new FormData()
          form.append('auth', auth)
          form.append(
            'uploadParams',
            `<uploadPostParam xmlns="${ips}/2014-04-03"><companyHandle>${company}</companyHandle><jobName>j${index}</jobName><destFolder>${company}/</destFolder><uploadParams><overwrite>true</overwrite></uploadParams></uploadPostParam>`,
          )
          form.append('file', new File([photo], `up-${index % 10}.jpg`, { type: 'image/jpeg' }))
          await expect(
            [200, 500],
            fetch(`${origin}/scene7/UploadFile`, { method: 'POST', body: form }),
          )
        },
      ],
      [
        5,
        async (index) => {
          await expect(
            index % 3 === 0 ? 200 : [400, 429],
            exchange(index % 3 === 0 ? credential.client_secrets[0] : 'wrong'),
          )
        },
      ],
      [
        5,
        async () => {
          const init = { headers: { authorization: runtime } }
          await expect(200, fetch(`${origin}/api/v1/namespaces/_/activations?limit=5`, init))
          await expect(401, sendProcess(origin, { ...headers, authorization: 'Bearer a.b.c' }, {}))
        },
      ],
      [5, () => sendPart(`${origin}/process`, { ...headers, ...json })],
    ]
  }

  it(`has answered ${REQUESTS} of them, processes being killed meanwhile`, async () => {
    const deeds = await prepareDeeds()
    const wheel = deeds.flatMap(([share, deed]) => Array<Deed>(share).fill(deed))
    let next = 0
    async function client(): Promise<void> {
      while (next < REQUESTS) {
        const index = next
        next += 1
        // A stride that meets every part of the wheel, mixed.
        await wheel[(index * 37) % wheel.length]?.(index)
        if (index % KILLED_EVERY === KILLED_EVERY - 1) killWorker()
        if (index === WARM) warm = standingOf(pid(), home)
        if (index % 1000 === 0) console.error(`      ${index}: ${tell(standingOf(pid(), home))}`)
      }
    }
    await Promise.all(Array.from({ length: CLIENTS }, client))
  })

  it('has ended each rendition in exactly one event', async () => {
    const entries = await readJournal(journal, headers, accepted.length)
    const names = entries.map(({ event }) => String(Object(event['rendition']).name))
    assert.deepEqual(names.toSorted(), accepted.toSorted())
    end = standingOf(pid(), home)
    console.error(`      ${tell(warm)}\n      ${tell(end)}`)
  })

  it('has no more memory, files and processes than before most of them', function () {
    if (process.platform !== 'linux') this.skip()
    assert.ok(end.memory < warm.memory * 1.3 + 40_000_000, 'memory of the service')
    // Those that run actions were killed before, and have lived longer now.
    assert.ok(end.largest < MOST_OF_ACTION, `memory of one of its processes: ${end.largest}`)
    assert.ok(end.descriptors < warm.descriptors + 50, 'descriptors')
    assert.ok(end.processes <= warm.processes + 5, 'processes')
    assert.doesNotMatch(tellOf(pid(), 'status'), /zombie/)
  })

  it('has logged no fault of its own', () => {
    const faults = service
      .errors()
      .split('\n')
      .filter((line) => FAULT.test(line))
    assert.deepEqual(faults, [])
  })

  it(`is small again ${DAYS_LATER} days later`, async () => {
    service.child.kill('SIGTERM')
    assert.equal(await service.exited, 0)
    const before = standingOf(process.pid, home)
    service = await startServiceProcess({
      home,
      assets: path.join(home, 'assets'),
      daysLater: DAYS_LATER,
    })
    headers = await signIn(service.origin, home)
    // Accepted after all sweeps of the start have begun, and so committed after them.
    const deadline = performance.now() + 120_000
    const database = path.join(home, 'gateway.sqlite')
    const rows = () => readFileSync(database).length
    const largest = rows()
    while (rows() > largest / 2 && rows() > 4_000_000 && performance.now() < deadline) {
      await sendProcess(service.origin, headers, {})
    }
    service.child.kill('SIGTERM')
    assert.equal(await service.exited, 0)
    const after = standingOf(process.pid, home)
    console.error(
      `      ${before.disk} bytes in ${before.files} files, ${after.disk} in ${after.files}`,
    )
    assert.ok(rows() < Math.max(largest / 2, 4_000_000), `${largest} bytes, ${rows()} later`)
    assert.ok(after.files < before.files, 'files of jobs are gone')
  })
})
