import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import type { Role } from '../../../../src/doors/scene7/ips/users/roles.ts'
import type { XmlElement } from '../../../../src/doors/scene7/upload/xml-element.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { openKeptUsers } from '../open-databases.ts'
import { COMPANY, type OpenedDoor, openDoor, streamOf } from '../open-door.ts'
import { ADMIN, at, call, envelope, faultOf, param, post, texts } from './call-ips.ts'

const HERE = `<companyHandle>c|${COMPANY}</companyHandle>`
const HALF_AN_HOUR_MS = 30 * 60_000

function authOf(user: string, password = 'secret'): string {
  return `<authHeader><user>${user}</user><password>${password}</password></authHeader>`
}

/** Members of UploadPostJob and UploadUrlsJob that the XSD needs. */
function options(more: Readonly<Record<string, string>> = {}): string {
  const all = {
    overwrite: 'true',
    readyForPublish: 'true',
    createMask: 'false',
    emailSetting: 'None',
    ...more,
  }
  return Object.entries(all)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('')
}

/** What an upload is begun with. */
function begun(more: Readonly<Record<string, string>> = {}): string {
  return `${HERE}<jobName>m</jobName><uploadParams>${options(more)}</uploadParams>`
}

function countsOf(log: XmlElement): number[] {
  const members = ['fileSuccessCount', 'fileErrorCount', 'totalFileCount']
  return members.map((name) => Number(at(log, name)?.text))
}

function messagesOf(log: XmlElement): string[] {
  return texts(log, 'logMessage')
}

describe('uploads of IPS', () => {
  const temporary = useTemporaryFolder()
  let opened: OpenedDoor
  let now = Date.now()

  before(async () => {
    const home = temporary.pathTo('home')
    opened = await openDoor(home, { now: () => now })
    const users = await openKeptUsers(home)
    const members: [email: string, company: string, role: Role][] = [
      ['eve@acme.example', COMPANY, 'IpsUser'],
      ['tim@acme.example', COMPANY, 'TrialSiteUser'],
      ['roy@acme.example', COMPANY, 'ImagePortalUser'],
      ['zoe@other.example', 'other', 'IpsUser'],
    ]
    for (const [email, company, role] of members) {
      const named = { email, firstName: '', lastName: '', password: 'secret' }
      await users.add({ ...named, company, role })
    }
    await users.close()
  })
  after(async () => {
    await opened.door.close?.()
    assert.deepEqual(opened.errors, [])
  })

  const logOf = async (handle: string) => {
    const found = await call(
      opened.app,
      'getJobLogDetails',
      `${HERE}<jobHandle>${handle}</jobHandle>`,
    )
    return at(found, 'jobLogArray/items')
  }
  const ended = async (handle: string) => {
    for (;;) {
      const log = await logOf(handle)
      if (log) return log
      await setImmediate()
    }
  }
  const activeOf = async (handle: string) => {
    const found = await call(opened.app, 'getActiveJobs', `${HERE}<jobHandle>${handle}</jobHandle>`)
    return at(found, 'jobArray/items')
  }
  const readyOf = async (name: string) => {
    const named = `${HERE}<nameArray><items>${name}</items></nameArray>`
    const found = await call(opened.app, 'getAssetsByName', named)
    return at(found, 'assetArray/items/readyForPublish')?.text
  }
  const progressOf = async (handle: string) => {
    const active = await activeOf(handle)
    return active && at(active, 'progress')?.text
  }

  async function upload(params: string, { auth = ADMIN, files = [] as readonly string[] } = {}) {
    const form = new FormData()
    form.append('auth', auth)
    form.append('uploadParams', `<uploadPostParam>${params}</uploadPostParam>`)
    for (const name of files)
      form.append('file', new File(['a picture'], name, { type: 'image/jpeg' }))
    const answer = await opened.app.request('/scene7/UploadFile', { method: 'POST', body: form })
    const text = await answer.text()
    const [, code = '', reason = ''] = /<code>(\d+)<\/code><reason>([^<]*)/.exec(text) ?? []
    const handle = /<jobHandle>([^<]+)/.exec(text)?.[1] ?? ''
    return { handle, code: Number(code), reason }
  }
  const submit = async (members: string) =>
    at(await call(opened.app, 'submitJob', members), 'jobHandle')?.text ?? ''
  const contentOf = async (name: string) =>
    (await opened.app.request(`/is/content/${COMPANY}/${name}`)).text()

  describe('by UploadFile', () => {
    it('are a job that waits for its client, until that ends it', async () => {
      const first = `${HERE}<jobName>spring</jobName><description>of spring</description><uploadParams>${options({ emailSetting: 'All' })}</uploadParams>`
      const { handle } = await upload(first, { files: ['tulip.jpg'] })
      const active = await activeOf(handle)
      assert.deepEqual(
        ['name', 'type', 'state', 'description', 'progressMessage', 'uploadPostJob/overwrite'].map(
          (member) => active && at(active, member)?.text,
        ),
        ['spring', 'UploadPost', 'WaitingClient', 'of spring', '1 of 1', 'true'],
      )
      assert.equal(await logOf(handle), undefined)
      await upload(`${HERE}<jobHandle>${handle}</jobHandle><endJob>true</endJob>`, {
        files: ['rose.jpg'],
      })
      const log = await ended(handle)
      assert.equal(await activeOf(handle), undefined)
      assert.deepEqual(countsOf(log), [2, 0, 2])
      assert.deepEqual(texts(log, 'logType'), ['BeginUpload', 'FileEnd', 'FileEnd', 'EndUpload'])
      assert.deepEqual(messagesOf(log), [
        'tulip.jpg is the asset acme/tulip.',
        'rose.jpg is the asset acme/rose.',
        '2 of 2 files are uploaded.',
      ])
      while (opened.mails.length === 0) await setImmediate()
      assert.deepEqual(
        opened.mails.map(({ subject }) => subject),
        ['spring: done'],
      )
      const assets = await call(
        opened.app,
        'getAssetsByName',
        `${HERE}<nameArray><items>rose</items></nameArray>`,
      )
      const [asset = ''] = texts(assets, 'assetHandle')
      const about = await call(
        opened.app,
        'getAssetJobLogs',
        `${HERE}<assetHandle>${asset}</assetHandle>`,
      )
      assert.deepEqual(texts(about, 'jobHandle'), [handle])
    })

    it('are done with what the job was begun with, whatever is said later', async () => {
      const first = `${HERE}<jobName>a</jobName><uploadParams>${options({ overwrite: 'false', readyForPublish: 'false' })}</uploadParams>`
      const { handle } = await upload(first, { files: ['lily.jpg'] })
      const later = `${HERE}<jobHandle>${handle}</jobHandle><uploadParams>${options()}</uploadParams>`
      await upload(later, { files: ['lily.jpg'] })
      assert.ok(await opened.door.kept.find(COMPANY, 'lily-1'))
      assert.equal(await readyOf('lily-1'), 'false')
    })

    it('keep how an asset is marked for publishing when they are told to', async () => {
      await upload(begun({ readyForPublish: 'false' }), { files: ['iris.jpg'] })
      await upload(begun({ preservePublishState: 'true' }), { files: ['iris.jpg'] })
      assert.equal(await readyOf('iris'), 'false')
      await upload(begun(), { files: ['iris.jpg'] })
      assert.equal(await readyOf('iris'), 'true')
    })

    it('tell of options that make no difference', async () => {
      const more = {
        createMask: 'true',
        preserveCrop: 'true',
        photoshopOptions: '<process>MaintainLayers</process>',
        pdfOptions: '<process>None</process>',
        manualCropOptions: '<left>0</left><right>0</right><top>0</top><bottom>0</bottom>',
      }
      const { handle } = await upload(
        `${HERE}<jobName>o</jobName><endJob>true</endJob><uploadParams>${options(more)}</uploadParams>`,
      )
      assert.deepEqual(messagesOf(await ended(handle)), [
        'createMask, photoshopOptions make no difference: files are kept as they come.',
        '0 of 0 files are uploaded.',
      ])
    })

    it('log a file that is refused, and go on', async () => {
      const { handle } = await upload(`${HERE}<jobName>r</jobName>`)
      const bad = await upload(`${HERE}<jobHandle>${handle}</jobHandle>`, { files: ['.env'] })
      assert.equal(bad.code, 30001)
      await upload(`${HERE}<jobHandle>${handle}</jobHandle><endJob>true</endJob>`, {
        files: ['fern.jpg'],
      })
      const log = await ended(handle)
      assert.deepEqual(countsOf(log), [1, 1, 2])
      assert.match(
        messagesOf(log)[0] ?? '',
        /^"\.env" could not be kept: ".env" is no name for a file\.$/,
      )
    })

    it('end half an hour after the last of their files', async () => {
      const { handle } = await upload(`${HERE}<jobName>idle</jobName>`, { files: ['moss.jpg'] })
      const restarted = temporary.pathTo('home')
      await opened.door.close?.()
      now += HALF_AN_HOUR_MS - 1000
      opened = await openDoor(restarted, { now: () => now })
      await opened.door.start?.()
      assert.equal((await activeOf(handle)) !== undefined, true)
      await opened.door.close?.()
      now += 2000
      opened = await openDoor(restarted, { now: () => now })
      await opened.door.start?.()
      assert.deepEqual(countsOf(await ended(handle)), [1, 0, 1])
      const late = await upload(`${HERE}<jobHandle>${handle}</jobHandle>`, { files: ['late.jpg'] })
      assert.match(late.reason, /There is no upload with the jobHandle .+, or it has ended/)
    })

    it('end once, as stopJob ends them, and are not paused', async () => {
      const { handle } = await upload(`${HERE}<jobName>stopped</jobName>`)
      const about = `${HERE}<jobHandle>${handle}</jobHandle>`
      const pause = await post(opened.app, envelope(param('pauseJob', about)))
      assert.match(faultOf(pause).reason, /waits for files of its client, so it cannot be paused/)
      await call(opened.app, 'stopJob', about)
      assert.deepEqual(messagesOf(await ended(handle)), ['ann has stopped the job.'])
      assert.equal((await upload(`${about}<endJob>true</endJob>`)).code, 30001)
    })

    const callers: [who: string, auth: string, company: string, code: number][] = [
      ['an editor', authOf('eve@acme.example'), COMPANY, 0],
      ['a trial user', authOf('tim@acme.example'), COMPANY, 0],
      [
        'the holder of an access token',
        '<authHeader><accessToken>good</accessToken></authHeader>',
        COMPANY,
        0,
      ],
      ['a user of another company to that', authOf('zoe@other.example'), 'other', 0],
      ['a reader', authOf('roy@acme.example'), COMPANY, 20003],
      ['a user of another company', authOf('zoe@other.example'), COMPANY, 20006],
      ['a wrong password', authOf('eve@acme.example', 'guess'), COMPANY, 10001],
      ['a wrong token', '<authHeader><accessToken>bad</accessToken></authHeader>', COMPANY, 10001],
      ['nobody', '<authHeader/>', COMPANY, 10000],
    ]
    for (const [who, auth, company, code] of callers) {
      it(`are ${code === 0 ? 'taken from' : 'refused to'} ${who}`, async () => {
        const name = `by-${code}-${company}.jpg`
        const params = `<companyHandle>c|${company}</companyHandle><jobName>n</jobName><uploadParams>${options()}</uploadParams>`
        const answer = await upload(params, { auth, files: [name] })
        assert.equal(answer.code, code, answer.reason)
        const kept = await opened.door.kept.find(company, name.replace('.jpg', ''))
        assert.equal(kept !== undefined, code === 0)
      })
    }

    it('go on for whoever began them alone', async () => {
      const { handle } = await upload(`${HERE}<jobName>eve's</jobName>`, {
        auth: authOf('eve@acme.example'),
      })
      const next = `${HERE}<jobHandle>${handle}</jobHandle>`
      assert.equal((await upload(next, { auth: authOf('tim@acme.example') })).code, 30001)
      assert.equal((await upload(next, { auth: authOf('eve@acme.example') })).handle, handle)
    })

    const refused: [what: string, more: Record<string, string>, code: number, reason: RegExp][] = [
      [
        'an option that there is not',
        { colour: 'red' },
        30001,
        /has no member &quot;colour&quot;|no member "colour"/,
      ],
      [
        'an option of another type',
        { overwrite: 'maybe' },
        30001,
        /must be of the type xsd:boolean/,
      ],
      [
        'a setting of mails that is none',
        { emailSetting: 'Erreur' },
        30001,
        /emailSetting must be one of/,
      ],
      [
        'a URL to be called',
        { postHttpUrl: 'https://example.com' },
        30000,
        /postHttpUrl must be left out/,
      ],
      [
        'archives to be taken apart',
        { unCompressOptions: '<process>UnCompress</process>' },
        30000,
        /must be None/,
      ],
    ]
    for (const [what, more, code, reason] of refused) {
      it(`are refused with ${what}`, async () => {
        const params = `${HERE}<jobName>n</jobName><uploadParams>${options(more)}</uploadParams>`
        const answer = await upload(params, { files: ['never.jpg'] })
        assert.equal(answer.code, code, answer.reason)
        assert.match(answer.reason, reason)
        assert.equal(await opened.door.kept.find(COMPANY, 'never'), undefined)
      })
    }
  })

  describe('by uploadUrlsJob', () => {
    let server: Server
    let origin = ''
    const asked: string[] = []
    /** What nobody has read to its end. */
    const left: string[] = []
    /** What an answer waits for. */
    let gate: Promise<void> = Promise.resolve()

    before(async () => {
      server = createServer((request, response) => {
        const path = request.url ?? ''
        asked.push(path)
        if (path.startsWith('/missing')) response.writeHead(404).end()
        else if (path.startsWith('/inside')) {
          response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end()
        } else if (path.startsWith('/.endless')) {
          response.on('close', () => left.push(path))
          response.write('and so on')
        } else if (path.startsWith('/slow')) {
          void gate.then(() => response.end('slow'))
        } else response.writeHead(200, { 'content-type': 'image/jpeg' }).end(`bytes of ${path}`)
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const address = server.address()
      origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
    })
    after(() => {
      server.closeAllConnections()
      server.close()
    })

    const urlsJob = (
      urls: readonly (readonly [path: string, destPath: string])[],
      more: Readonly<Record<string, string>> = {},
    ) => {
      const items = urls.map(
        ([path, destPath]) =>
          `<items><sourceUrl>${path.startsWith('/') ? origin : ''}${path}</sourceUrl><destPath>${destPath}</destPath></items>`,
      )
      return `${HERE}<jobName>urls</jobName><uploadUrlsJob><urlArray>${items.join('')}</urlArray>${options(more)}</uploadUrlsJob>`
    }
    it('keep what can be had, and tell of each file', async () => {
      const log = await ended(
        await submit(
          urlsJob(
            [
              ['/one.jpg?sig=secret', `${COMPANY}/sea/`],
              ['/two', 'sea/wave.jpg'],
              ['/missing.jpg?sig=secret', ''],
              ['/inside', 'x.jpg'],
              ['http://10.0.0.1/private.jpg', ''],
            ],
            { emailSetting: 'Error' },
          ),
        ),
      )
      assert.deepEqual(countsOf(log), [2, 3, 5])
      assert.deepEqual(
        [at(log, 'logType')?.text, at(log, 'fatalError')?.text],
        ['BeginUploadUrls', 'false'],
      )
      assert.deepEqual(messagesOf(log).toSorted(), [
        '2 of 5 files are uploaded.',
        'The file could not be fetched from http://10.0.0.1/private.jpg: its host is not one that this service may connect to without TLS.',
        `The file could not be fetched from ${origin}/inside: its host is not one that this service may connect to without TLS.`,
        `The file could not be fetched from ${origin}/missing.jpg: the server answered 404.`,
        'one.jpg is the asset acme/one.',
        'wave.jpg is the asset acme/wave.',
      ])
      assert.equal((await opened.door.kept.find(COMPANY, 'one'))?.folder, 'sea')
      assert.equal(await contentOf('wave'), 'bytes of /two')
      while (!opened.mails.some(({ subject }) => subject === 'urls: done')) await setImmediate()
      const mail = opened.mails.find(({ subject }) => subject === 'urls: done')
      assert.match(mail?.text ?? '', /Files: 5, .+errors: 3/)
      assert.doesNotMatch(mail?.text ?? '', /secret/)
    })

    it('take another name for what must not be replaced', async () => {
      const twice = urlsJob([['/cat.jpg', '']], { overwrite: 'false' })
      for (const _ of [1, 2]) await ended(await submit(twice))
      assert.ok(await opened.door.kept.find(COMPANY, 'cat-1'))
      assert.equal(await opened.door.kept.find(COMPANY, 'cat-2'), undefined)
    })

    it('take another name for each of those that are called the same', async () => {
      const same = ['/a/photo.jpg', '/b/photo.jpg', '/c/photo.jpg'] as const
      const urls = same.map((path) => [path, 'same/'] as const)
      await ended(await submit(urlsJob(urls, { overwrite: 'false' })))
      const contents = await Promise.all(['photo', 'photo-1', 'photo-2'].map(contentOf))
      assert.deepEqual(
        contents.toSorted(),
        same.map((path) => `bytes of ${path}`),
      )
    })

    it('keep nothing again that was kept when the service was killed', async () => {
      const later = urlsJob([['/dog.jpg', 'pets/']], { overwrite: 'false' }).replace(
        '<uploadUrlsJob>',
        '<execTime>2100-01-01T00:00:00Z</execTime><uploadUrlsJob>',
      )
      const handle = await submit(later)
      const name = 'dog.jpg'
      const kept = { origin: `${handle}|0`, body: streamOf('kept before') }
      const file = { name, mediaType: 'image/jpeg', ...kept }
      await opened.door.kept.addFile(COMPANY, 'dog', file)
      await call(opened.app, 'executeJob', `${HERE}<jobHandle>${handle}</jobHandle>`)
      const log = await ended(handle)
      assert.deepEqual(countsOf(log), [1, 0, 1])
      assert.equal(messagesOf(log)[0], 'dog.jpg is the asset acme/dog.')
      assert.equal((await opened.door.kept.find(COMPANY, 'dog'))?.folder, 'pets')
      assert.deepEqual(
        asked.filter((path) => path === '/dog.jpg'),
        [],
      )
    })

    it('read nothing of a file that cannot be kept', async function () {
      // Before the server is given up since it is silent.
      this.timeout(15_000)
      const log = await ended(await submit(urlsJob([['/.endless', '']])))
      assert.equal(messagesOf(log)[0], '".endless" is no name for a file.')
      while (left.length === 0) await setImmediate()
    })

    it('fail when no file can be had', async () => {
      const log = await ended(await submit(urlsJob([['/missing/a.jpg', '']])))
      assert.equal(at(log, 'fatalError')?.text, 'true')
      assert.equal(messagesOf(log).at(-1), 'None of the 1 files could be uploaded.')
    })

    it('tell how many URLs there are, and none of them', async () => {
      const later = `<execTime>2100-01-01T00:00:00Z</execTime>`
      const handle = await submit(
        urlsJob([['/a.jpg?sig=secret', '']]).replace('<uploadUrlsJob>', `${later}<uploadUrlsJob>`),
      )
      const told = await call(
        opened.app,
        'getScheduledJobs',
        `${HERE}<jobHandle>${handle}</jobHandle>`,
      )
      const job = at(told, 'jobArray/items/uploadUrlsJob')
      assert.deepEqual(
        job?.children.map(({ name, text }) => [name, text]),
        [
          ['numUrls', '1'],
          ['overwrite', 'true'],
          ['readyForPublish', 'true'],
          ['preservePublishState', 'false'],
          ['createMask', 'false'],
          ['emailSetting', 'None'],
        ],
      )
    })

    it('go on with what they have not fetched when they are resumed', async () => {
      const open = Promise.withResolvers<void>()
      gate = open.promise
      const handle = await submit(
        urlsJob(
          [
            ['/quick.jpg', ''],
            ['/slow.jpg', ''],
          ],
          { overwrite: 'false' },
        ),
      )
      while ((await progressOf(handle)) !== '50') await setImmediate()
      await call(opened.app, 'pauseJob', `${HERE}<jobHandle>${handle}</jobHandle>`)
      open.resolve()
      await call(opened.app, 'resumeJob', `${HERE}<jobHandle>${handle}</jobHandle>`)
      const log = await ended(handle)
      assert.deepEqual(countsOf(log), [2, 0, 2])
      assert.equal(asked.filter((path) => path === '/quick.jpg').length, 1)
      assert.equal(await opened.door.kept.find(COMPANY, 'quick-1'), undefined)
    })

    it('of a schedule are stopped by its handle, and the schedule stays', async () => {
      const open = Promise.withResolvers<void>()
      gate = open.promise
      const schedule = await submit(
        urlsJob([['/slow.jpg', '']]).replace(
          '<uploadUrlsJob>',
          '<execSchedule>0 0 0 1 1 ?</execSchedule><uploadUrlsJob>',
        ),
      )
      const about = `${HERE}<jobHandle>${schedule}</jobHandle>`
      const stateOf = async () =>
        texts(await call(opened.app, 'getScheduledJobs', about), 'triggerState')
      await call(opened.app, 'executeJob', about)
      assert.deepEqual(await stateOf(), ['Blocked'])
      const again = faultOf(await post(opened.app, envelope(param('executeJob', about))))
      assert.match(again.reason, /is run already, as getActiveJobs tells/)
      const [run = ''] = texts(await call(opened.app, 'getActiveJobs', HERE), 'jobHandle')
      assert.notEqual(run, schedule)
      await call(opened.app, 'stopJob', about)
      open.resolve()
      assert.deepEqual(messagesOf(await ended(run)), ['ann has stopped the job.'])
      assert.deepEqual(await stateOf(), ['Normal'])
      await call(opened.app, 'deleteJob', about)
    })

    const refused: [what: string, members: () => string, code: number, reason: RegExp][] = [
      ['no URLs', () => urlsJob([]), 30002, /needs urlArray/],
      [
        'a file of this machine',
        () => urlsJob([['file:///etc/passwd', '']]),
        30001,
        /items\[0\] must be an absolute URL/,
      ],
      [
        'what is no URL',
        () =>
          urlsJob([
            ['/a.jpg', ''],
            ['b.jpg', ''],
          ]),
        30001,
        /items\[1\]/,
      ],
      [
        'a folder above all',
        () => urlsJob([['/a.jpg', '../up/']]),
        30001,
        /destPath must be a path/,
      ],
      [
        'a hidden file',
        () => urlsJob([['/a.jpg', '.env']]),
        30001,
        /destPath of items\[0\]: ".env" is no name/,
      ],
      [
        'no emailSetting',
        () => urlsJob([['/a.jpg', '']]).replace(/<emailSetting>.*?<\/emailSetting>/, ''),
        30002,
        /emailSetting/,
      ],
    ]
    for (const [what, members, code, reason] of refused) {
      it(`are refused with ${what}`, async () => {
        const fault = faultOf(await post(opened.app, envelope(param('submitJob', members()))))
        assert.equal(fault.code, code, fault.reason)
        assert.match(fault.reason, reason)
      })
    }
  })
})
