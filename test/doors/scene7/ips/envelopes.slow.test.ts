import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { parseXml } from '../../../../src/doors/scene7/upload/xml-element.ts'
import { amountOf, seedOf } from '../../../support/amounts.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { COMPANY, type OpenedDoor, openDoor, streamOf } from '../open-door.ts'
import { ADMIN, at, call, faultOf, post, texts } from './call-ips.ts'
import { drawEnvelope, drawUploadParams, mutate, pick } from './random-envelope.ts'

/** The longest that an answer may take on a machine with other work, in milliseconds. */
const LONGEST_MS = 5000

const FILES = ['shoe.jpg', '../x.jpg', 'a\u0000.png', 'con', 'x'.repeat(300)]

const HERE = `<companyHandle>c|${COMPANY}</companyHandle>`

const ENCODINGS = [
  ...Array.from({ length: 8 }, () => 'utf8' as const),
  ...(['gzip', 'utf16le', 'latin1', 'broken'] as const),
]

type Encoded = [body: Uint8Array<ArrayBuffer>, headers: Record<string, string>]

function encode(text: string, how: (typeof ENCODINGS)[number]): Encoded {
  if (how === 'gzip') return [new Uint8Array(gzipSync(text)), { 'content-encoding': 'gzip' }]
  if (how === 'utf16le') return [new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le')), {}]
  if (how === 'latin1') {
    const headers = { 'content-type': 'text/xml; charset=iso-8859-1' }
    return [new Uint8Array(Buffer.from(text, 'latin1')), headers]
  }
  if (how === 'broken') {
    return [new Uint8Array(gzipSync(text).subarray(0, -9)), { 'content-encoding': 'gzip' }]
  }
  return [new Uint8Array(Buffer.from(text)), {}]
}

/** Its code is one of IPS, and its sentence does not say that the fault is ours. */
function checkFault(answer: Parameters<typeof faultOf>[0]): void {
  const { code, reason } = faultOf(answer)
  assert.ok(code >= 10_000 && code <= 30_003, `${code}`)
  assert.ok(reason.length < 2000, reason)
  assert.doesNotMatch(reason, /could not do its part/)
}

describe('messages of any kind to IPS', function () {
  this.timeout(1_200_000)
  const temporary = useTemporaryFolder()
  let opened: OpenedDoor

  before(async () => {
    opened = await openDoor(temporary.pathTo('home'))
    for (const [name, commands] of [
      ['web', 'wid=9&fmt=png'],
      ['test', 'fmt=tif'],
    ] as const) {
      await opened.door.presets.save(COMPANY, { name, commands })
    }
  })

  /** What has been deleted is there again. */
  async function furnish(): Promise<void> {
    for (const name of ['shoe', 'hat']) {
      if (await opened.door.kept.find(COMPANY, name)) continue
      const file = { name: `${name}.jpg`, mediaType: 'image/jpeg', body: streamOf(`a ${name}`) }
      await opened.door.kept.addFile(COMPANY, name, file)
      await call(
        opened.app,
        'getAssetsByName',
        `${HERE}<nameArray><items>${name}</items></nameArray>`,
      )
    }
  }

  async function sendEnvelope(draw: fc.GeneratorValue): Promise<string> {
    const text = mutate(draw, drawEnvelope(draw))
    const how = pick(draw, ENCODINGS)
    const answer = await post(opened.app, ...encode(text, how))
    if (answer.status === 200) {
      assert.match(answer.content.name, /Return$/)
      return answer.content.name
    }
    checkFault(answer)
    return 'fault'
  }

  async function sendUpload(draw: fc.GeneratorValue): Promise<string> {
    const form = new FormData()
    form.append('auth', mutate(draw, ADMIN))
    form.append('uploadParams', mutate(draw, drawUploadParams(draw)))
    const name = pick(draw, FILES)
    form.append('file', new File(['a picture'], name, { type: 'image/jpeg' }))
    const answer = await opened.app.request('/scene7/UploadFile', { method: 'POST', body: form })
    const text = await answer.text()
    const content = parseXml(text)
    if (answer.status === 200) return content.name
    assert.match(content.name, /Fault$/, text)
    return 'fault'
  }

  it('are answered, or refused with a fault, and leave the service as it should be', async () => {
    const senders = [sendUpload, ...Array.from({ length: 9 }, () => sendEnvelope)]
    const answers = new Map<string, number>()
    const property = fc.asyncProperty(fc.gen(), async (draw) => {
      await furnish()
      const begun = performance.now()
      const answer = await pick(draw, senders)(draw)
      answers.set(answer, (answers.get(answer) ?? 0) + 1)
      assert.ok(performance.now() - begun < LONGEST_MS)
      assert.deepEqual(opened.errors, [])
      assert.deepEqual(
        opened.messages.filter((message) => /failed|could not/.test(message)),
        [],
      )
    })
    const numRuns = amountOf({ thoroughly: 5000, usually: 300 })
    await fc.assert(property, { numRuns, seed: seedOf(17) })

    const good = numRuns - (answers.get('fault') ?? 0)
    console.log(`      ${good} of ${numRuns} were answered, by ${answers.size - 1} operations`)
    assert.ok(good > numRuns / 10)
    await endJobs()
    await checkJobs()
    const told = JSON.stringify([opened.messages, opened.errors, opened.mails])
    assert.doesNotMatch(told, /p<ss|p&lt;ss|authHeader/)
    await checkFiles()
  })

  /** Has all jobs come to their end. */
  async function endJobs(): Promise<void> {
    const all = `${HERE}<includeWaitingJobs>true</includeWaitingJobs>`
    for (;;) {
      const open = texts(await call(opened.app, 'getActiveJobs', all), 'jobHandle')
      if (open.length === 0) return
      const scheduled = texts(await call(opened.app, 'getScheduledJobs', HERE), 'jobHandle')
      for (const handle of scheduled) {
        await call(opened.app, 'stopJob', `${HERE}<jobHandle>${handle}</jobHandle>`)
      }
      await setImmediate()
    }
  }

  /** Each job has one end. */
  async function checkJobs(): Promise<void> {
    const logs = at(await call(opened.app, 'getJobLogs', HERE), 'jobLogArray')?.children ?? []
    assert.ok(logs.length > 0)
    for (const log of logs) {
      const handle = at(log, 'jobHandle')?.text ?? ''
      const about = `${HERE}<jobHandle>${handle}</jobHandle>`
      const details = at(
        await call(opened.app, 'getJobLogDetails', about),
        'jobLogArray/items/detailArray',
      )
      const types = details ? texts(details, 'logType') : []
      const ends = types.filter((type) => /^(?:ReturnSuccess|EndGet|FatalError)$/.test(type))
      assert.equal(ends.length, 1, `${handle}: ${types.join(' ')}`)
      assert.equal(types.at(-1), ends[0])
    }
  }

  /** What is on the disk is whole, and another service begins with it. */
  async function checkFiles(): Promise<void> {
    await opened.door.close?.()
    for (const file of ['ips', 'catalogue', 'users']) {
      const database = new DatabaseSync(temporary.pathTo(`home/scene7/${file}.sqlite`))
      const checks = [
        ...database.prepare('PRAGMA integrity_check').all(),
        ...database.prepare('PRAGMA foreign_key_check').all(),
      ]
      database.close()
      assert.deepEqual(
        checks.map((row) => Object.values(row)),
        [['ok']],
        file,
      )
    }
    const again = await openDoor(temporary.pathTo('home'))
    await again.door.start?.()
    const found = await call(
      again.app,
      'searchAssets',
      `${HERE}<includeSubfolders>1</includeSubfolders>`,
    )
    assert.ok(Number(at(found, 'totalRows')?.text) > 0)
    await again.door.close?.()
  }
})
