import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { EMAIL_SETTINGS } from '../../../../src/doors/scene7/ips/jobs/email-setting.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { COMPANY, type OpenedDoor, openDoor, streamOf } from '../open-door.ts'
import { at, call, envelope, faultOf, param, post, texts } from './call-ips.ts'
import { readZip } from './export-zip.ts'

const HERE = `<companyHandle>c|${COMPANY}</companyHandle>`
const TO_PNG = { fmt: 'convert', is_modifier: 'fmt=png' }
const DAY_MS = 24 * 60 * 60_000

/** As the page lists them; createImageSet makes them all, and IPS has one name for both kinds of sets of videos. */
const UNSUPPORTED: [what: string, type: string][] = [
  ['Image Sets', 'ImageSet'],
  ['Render Sets', 'RenderSet'],
  ['Spin Sets', 'SpinSet'],
  ['Media Sets', 'AssetSet'],
  ['Multi-bitrate Sets', 'VideoSet'],
  ['Video Sets', 'VideoSet'],
  ['eCatalogs', 'Catalog'],
]

/** A job that exports, in the members of the XSD. */
function exportJob(
  handles: readonly string[],
  members: Readonly<Record<string, string | undefined>> = {},
): string {
  const given = { fmt: 'orig', emailSetting: 'None', ...members }
  const others = Object.entries(given).map(([name, value]) =>
    value === undefined ? '' : `<${name}>${value.replaceAll('&', '&amp;')}</${name}>`,
  )
  const items = handles.map((handle) => `<items>${handle}</items>`).join('')
  return `<exportJob><assetHandleArray>${items}</assetHandleArray>${others.join('')}</exportJob>`
}

function submission(job: string, name = 'My Job'): string {
  return `${HERE}<jobName>${name}</jobName>${job}`
}

describe('exportJob', () => {
  const temporary = useTemporaryFolder()
  let opened: OpenedDoor
  let now = Date.now()
  let pagesOfPdf = 1

  before(async () => {
    opened = await openDoor(temporary.pathTo('home'), {
      now: () => now,
      countPages: async () => pagesOfPdf,
      exportLimits: { mostAssets: 8, mostBytes: 200, mostPixels: 1_000_000 },
    })
    const { kept, presets } = opened.door
    const files: [name: string, file: string, mediaType: string][] = [
      ['fileToExport', 'fileToExport.jpg', 'image/jpeg'],
      ['summer/shoe', 'shoe.png', 'image/png'],
      ['winter/Shoe', 'Shoe.png', 'image/png'],
      ['manual', 'manual.pdf', 'application/pdf'],
      ['drawing', 'drawing.eps', 'application/postscript'],
      ['film', 'film.mp4', 'video/mp4'],
      ['tale', 'tale.mp3', 'audio/mpeg'],
    ]
    for (const [name, file, mediaType] of files) {
      await kept.addFile(COMPANY, name, { name: file, mediaType, body: streamOf(`a ${file}`) })
    }
    await kept.addFile('other', 'secret', {
      name: 'secret.jpg',
      mediaType: 'image/jpeg',
      body: streamOf('a secret'),
    })
    await kept.describe(COMPANY, 'card', { modifier: 'src=fileToExport' })
    for (const [what, type] of UNSUPPORTED) {
      const set = `<folderHandle>acme/</folderHandle><name>${what}</name><type>${type}</type>`
      await call(opened.app, 'createImageSet', HERE + set)
    }
    await presets.save(COMPANY, { name: 'test', commands: 'fmt=tif&hei=20' })
  })
  after(async () => {
    await opened.door.close?.()
    assert.deepEqual(opened.errors, [])
  })

  async function handleOf(name: string): Promise<string> {
    const named = `${HERE}<nameArray><items>${name}</items></nameArray>`
    return texts(await call(opened.app, 'getAssetsByName', named), 'assetHandle')[0] ?? ''
  }
  const handlesOf = (...names: string[]) => Promise.all(names.map(handleOf))
  const submit = async (job: string, name?: string): Promise<string> =>
    at(await call(opened.app, 'submitJob', submission(job, name)), 'jobHandle')?.text ?? ''
  const refused = async (job: string) =>
    faultOf(await post(opened.app, envelope(param('submitJob', submission(job)))))
  const logOf = async (handle: string) =>
    at(
      await call(opened.app, 'getJobLogDetails', `${HERE}<jobHandle>${handle}</jobHandle>`),
      'jobLogArray/items',
    )

  async function ended(handle: string) {
    const about = `${HERE}<jobHandle>${handle}</jobHandle>`
    while (texts(await call(opened.app, 'getActiveJobs', about), 'jobHandle').length > 0) {
      await setImmediate()
    }
    return (await logOf(handle)) ?? assert.fail(`${handle} is neither active nor done`)
  }

  /** A job that is mailed about last has had all mails before it sent. */
  async function mailsSettled(): Promise<void> {
    const before = opened.mails.length
    await ended(await submit(exportJob([await handleOf('tale')], { emailSetting: 'All' }), 'last'))
    while (opened.mails.at(-1)?.subject !== 'last: done') await setImmediate()
    assert.ok(opened.mails.length > before)
    opened.mails.pop()
  }

  /** Runs a job to its end. */
  async function run(job: string, name?: string) {
    const log = await ended(await submit(job, name))
    const messages = texts(log, 'logMessage')
    const url = /^The export is ready: (\S+)$/.exec(messages.at(-1) ?? '')?.[1]
    const fetched = url === undefined ? undefined : await opened.app.request(url)
    const files =
      fetched?.status === 200 ? await readZip(new Uint8Array(await fetched.arrayBuffer())) : {}
    const count = (member: string) => Number(at(log, member)?.text)
    return {
      log,
      messages,
      types: texts(log, 'logType').slice(1),
      url: url ?? '',
      files,
      names: Object.keys(files),
      counts: ['fileSuccessCount', 'fileErrorCount', 'fileWarningCount', 'totalFileCount'].map(
        count,
      ),
      isFatal: at(log, 'fatalError')?.text === 'true',
    }
  }

  it('makes fileToExport.tiff of the example of its page', async () => {
    const job = exportJob([await handleOf('fileToExport')], {
      fmt: 'convert',
      is_modifer: '&fmt=png',
      macro: '$test$',
    })
    const { names, counts, types } = await run(job)
    assert.deepEqual(names, ['fileToExport.tiff'])
    assert.deepEqual(counts, [1, 0, 0, 1])
    assert.deepEqual(types, ['FileEnd', 'EndGet'])
    assert.deepEqual(opened.renderer.jobs.at(-1)?.encoding?.format, 'tif')
    assert.equal(opened.renderer.jobs.at(-1)?.client, 'exports of acme')
  })

  const converted: [
    what: string,
    given: Record<string, string>,
    name: string,
    width: number | undefined,
  ][] = [
    ['is_modifier', { is_modifier: 'fmt=png&wid=50' }, 'fileToExport.png', 50],
    ['its other spelling', { is_modifer: 'fmt=png&wid=50' }, 'fileToExport.png', 50],
    [
      'is_modifier with & and line breaks',
      { is_modifier: '&\n fmt=gif&\n wid=50' },
      'fileToExport.gif',
      50,
    ],
    ['macro', { macro: '$test$' }, 'fileToExport.tiff', undefined],
    [
      'both, of which the macro wins where both say something',
      { is_modifier: 'fmt=png&wid=50', macro: '$TEST$' },
      'fileToExport.tiff',
      50,
    ],
    ['no fmt', { is_modifier: 'wid=50' }, 'fileToExport.jpg', 50],
    [
      'clientId, which is kept and nothing more',
      { is_modifier: 'fmt=webp&wid=50', clientId: '192.0.2.1' },
      'fileToExport.webp',
      50,
    ],
  ]
  for (const [what, given, name, width] of converted) {
    it(`converts by ${what}`, async () => {
      const handle = await handleOf('fileToExport')
      const { names } = await run(exportJob([handle], { fmt: 'convert', ...given }))
      assert.deepEqual(names, [name])
      const view = opened.renderer.jobs.at(-1)?.composition.view
      assert.equal(view?.width, width)
    })
  }

  it('exports originals with fmt=orig, whatever they are, without the limits of pictures', async () => {
    const handles = await handlesOf(
      'fileToExport',
      'summer/shoe',
      'winter/Shoe',
      'manual',
      'film',
      'tale',
      'drawing',
    )
    const { files, counts } = await run(exportJob([...handles, ...handles]))
    assert.deepEqual(files, {
      'fileToExport.jpg': 'a fileToExport.jpg',
      'shoe.png': 'a shoe.png',
      'Shoe-2.png': 'a Shoe.png',
      'manual.pdf': 'a manual.pdf',
      'film.mp4': 'a film.mp4',
      'tale.mp3': 'a tale.mp3',
      'drawing.eps': 'a drawing.eps',
    })
    assert.deepEqual(counts, [7, 0, 0, 7])
  })

  const types: [type: string, name: string, converted: string, original: string | undefined][] = [
    ['Image', 'fileToExport', 'fileToExport.png', 'fileToExport.jpg'],
    ['Template', 'card', 'card.png', undefined],
    ['Pdf', 'manual', 'manual.png', 'manual.pdf'],
    ['PostScript', 'drawing', 'drawing.png', 'drawing.eps'],
    ['Video', 'film', 'film.mp4', 'film.mp4'],
    ['Audio', 'tale', 'tale.mp3', 'tale.mp3'],
  ]
  it('converts each page of a PDF, and of one with a single page makes one picture', async () => {
    const [manual = ''] = await handlesOf('manual')
    const job = (query: string) => exportJob([manual], { fmt: 'convert', is_modifier: query })
    pagesOfPdf = 3
    const before = opened.renderer.jobs.length
    const several = await run(job('fmt=png&wid=60'))
    pagesOfPdf = 1
    const single = await run(job('fmt=png&wid=61'))
    assert.deepEqual(several.names, ['manual-1.png', 'manual-2.png', 'manual-3.png'])
    assert.deepEqual(several.counts, [1, 0, 0, 1])
    assert.match(several.messages[0] ?? '', /manual is manual-1\.png to manual-3\.png\.$/)
    assert.deepEqual(
      opened.renderer.jobs.slice(before).flatMap(({ files }) => Object.values(files)[0]?.page),
      [undefined, 2, 3, undefined],
    )
    assert.deepEqual(single.names, ['manual.png'])
  })

  it('fails a PDF of which a page is too large, with all that it has', async () => {
    opened.renderer.answerWith(async ({ files }) => {
      const width = Object.values(files)[0]?.page === 2 ? 1001 : 1000
      const size = { width, height: 1000 }
      return { bytes: Buffer.from('x'), composite: size, view: size }
    })
    pagesOfPdf = 2
    const handles = await handlesOf('manual', 'fileToExport')
    const job = exportJob(handles, { fmt: 'convert', is_modifier: 'fmt=png&wid=62' })
    const { names, counts } = await run(job)
    pagesOfPdf = 1
    opened.renderer.answerAsEver()
    assert.deepEqual([names, counts], [['fileToExport.png'], [1, 1, 0, 2]])
  })

  const named: [asset: string, file: string, picture: string][] = [
    ['logo', 'logo.png', 'logo.gif'],
    ['logo.png', 'logo.png', 'logo.gif'],
    ['logo.v2', 'logo.v2.png', 'logo.v2.gif'],
  ]
  for (const [asset, file, picture] of named) {
    it(`calls the asset ${asset} ${file} and ${picture}`, async () => {
      await opened.door.kept.addFile(COMPANY, asset, {
        name: 'Logo.png',
        mediaType: 'image/png',
        body: streamOf('a logo'),
      })
      const handles = [await handleOf(asset)]
      const convert = { fmt: 'convert', is_modifier: 'fmt=gif' }
      assert.deepEqual((await run(exportJob(handles))).names, [file])
      assert.deepEqual((await run(exportJob(handles, convert))).names, [picture])
    })
  }

  describe('of the type', () => {
    let originals: readonly string[]
    let pictures: readonly string[]

    before(async () => {
      const handles = await handlesOf(...types.map(([, name]) => name))
      originals = (await run(exportJob(handles))).names
      pictures = (await run(exportJob(handles, TO_PNG))).names
    })

    for (const [index, [type, name, picture, original]] of types.entries()) {
      it(`${type} exports ${picture} when it converts, and ${original ?? 'nothing'} otherwise`, async () => {
        assert.equal(pictures[index], picture)
        assert.equal(originals.includes(original ?? name), original !== undefined)
        if (original !== undefined) return
        const { code, reason } = await refused(exportJob([await handleOf(name)]))
        assert.equal(code, 30001)
        assert.match(reason, new RegExp(`${type} have no original, so fmt must be convert`))
      })
    }
  })

  describe('leaves out', () => {
    const formats = [{ fmt: 'orig' }, TO_PNG]
    let logs: readonly string[]

    before(async () => {
      const handles = await handlesOf(...UNSUPPORTED.map(([what]) => what), 'manual')
      const jobs: string[] = []
      for (const fmt of formats) {
        const { counts, types: lines, messages, names } = await run(exportJob(handles, fmt))
        assert.deepEqual(counts, [1, 0, 7, 8])
        assert.deepEqual(new Set(lines), new Set(['FileCancel', 'FileEnd', 'EndGet']))
        assert.equal(names.length, 1)
        jobs.push(messages.join('\n'))
      }
      logs = jobs
    })

    for (const [what, type] of UNSUPPORTED) {
      it(`${what}, and exports none alone`, async () => {
        for (const [index, fmt] of formats.entries()) {
          assert.match(logs[index] ?? '', new RegExp(`^acme/${what} is left out`, 'm'))
          const { code, reason } = await refused(exportJob([await handleOf(what)], fmt))
          assert.equal(code, 30001)
          assert.match(reason, new RegExp(`of the type ${type} cannot be exported`))
        }
      })
    }

    it('no Offer Sets, as IPS has no such type', async () => {
      const set = '<folderHandle>acme/</folderHandle><name>offer</name><type>OfferSet</type>'
      const fault = faultOf(await post(opened.app, envelope(param('createImageSet', HERE + set))))
      assert.equal(fault.code, 30001)
    })
  })

  it('sends a mail when its emailSetting says so', async () => {
    const handles = await handlesOf('tale', 'Image Sets')
    const before = opened.mails.length
    for (const emailSetting of EMAIL_SETTINGS) {
      await submit(exportJob(handles, { emailSetting }), emailSetting)
    }
    await mailsSettled()
    assert.deepEqual(
      opened.mails.slice(before).map(({ subject }) => subject),
      ['All: done', 'ErrorAndWarning: done', 'JobCompletion: done'],
    )
  })

  it('tells in its mail how it went, what failed, and where the ZIP is', async () => {
    const handles = await handlesOf('tale', 'Image Sets')
    const { url } = await run(exportJob(handles, { emailSetting: 'All' }), 'a &lt;b>')
    await mailsSettled()
    const mail = opened.mails.at(-1)
    assert.deepEqual([mail?.to, mail?.subject], ['ann', 'a <b>: done'])
    assert.match(mail?.text ?? '', /Files: 2, .*: 1, errors: 0, warnings: 1\./)
    assert.match(mail?.text ?? '', /acme\/Image Sets is left out/)
    assert.ok(mail?.text.includes(`The export is ready: ${url}\n`))
    assert.ok(mail?.html.includes(`<a href="${url}"`))
    assert.doesNotMatch(mail?.html ?? '', /<b>/)
  })

  it('shows some of its assets in its mail, of which one that has no picture leaves no hole', async () => {
    opened.renderer.answerWith(async ({ files, encoding }) => {
      const told = JSON.stringify(files)
      if (told.includes('shoe.png')) throw new Error('broken')
      return {
        bytes: encoding && Buffer.from(told.includes('manual') ? 'x'.repeat(70_000) : 'small'),
        composite: { width: 9, height: 9 },
        view: { width: 9, height: 9 },
      }
    })
    const handles = await handlesOf('fileToExport', 'summer/shoe', 'tale', 'manual', 'film')
    await run(exportJob(handles, { emailSetting: 'All' }))
    await mailsSettled()
    const mail = opened.mails.at(-1)
    assert.deepEqual(
      mail?.pictures.map(({ bytes }) => String(bytes)),
      ['small', 'small'],
    )
    const shown = [...(mail?.html ?? '').matchAll(/<img src="cid:([^"]+)"/g)].map(([, id]) => id)
    assert.deepEqual(
      shown,
      mail?.pictures.map(({ id }) => id),
    )
    assert.match(mail?.html ?? '', />fileToExport<[^]*>film</)
  })

  it('tells which assets fail, and exports the others', async () => {
    opened.renderer.answerWith(async ({ files }) => {
      if (JSON.stringify(files).includes('shoe.png')) throw new Error('broken')
      return {
        bytes: Buffer.from('x'),
        composite: { width: 9, height: 9 },
        view: { width: 9, height: 9 },
      }
    })
    const handles = await handlesOf('fileToExport')
    const wrong = exportJob(handles, { fmt: 'convert', is_modifier: 'fmt=png&qlt=x' })
    const { counts, isFatal, messages } = await run(wrong)
    assert.deepEqual([counts, isFatal], [[0, 1, 0, 1], true])
    assert.match(messages.join(' '), /acme\/fileToExport could not be exported: .*qlt/)
    const both = exportJob([...handles, await handleOf('summer/shoe')], {
      fmt: 'convert',
      is_modifier: 'fmt=png&wid=8',
    })
    const { names, ...some } = await run(both)
    assert.deepEqual([names, some.counts], [['fileToExport.png'], [1, 1, 0, 2]])
    assert.match(
      some.messages.join(' '),
      /summer\/shoe could not be exported: The log of the service/,
    )
    assert.ok(
      opened.messages.some((each) =>
        each.includes('summer/shoe could not be exported: Error: broken'),
      ),
    )
  })

  it('fails no more than the picture that would be too large', async () => {
    opened.renderer.answerWith(async ({ encoding, files }) => {
      const width = JSON.stringify(files).includes('shoe') ? 1001 : 1000
      return {
        bytes: encoding && Buffer.from('x'),
        composite: { width, height: 1000 },
        view: { width, height: 1000 },
      }
    })
    const handles = await handlesOf('fileToExport', 'summer/shoe')
    const job = exportJob(handles, { fmt: 'convert', is_modifier: 'fmt=avif' })
    const { counts, names, messages } = await run(job)
    assert.deepEqual([counts, names], [[1, 1, 0, 2], ['fileToExport.avif']])
    assert.match(messages.join(' '), /acme\/summer\/shoe could not be exported: .* 1001 × 1000/)
  })

  it('fails with pictures that are too large together', async () => {
    opened.renderer.answerWith(async () => ({
      bytes: Buffer.alloc(150),
      composite: { width: 9, height: 9 },
      view: { width: 9, height: 9 },
    }))
    const handles = await handlesOf('fileToExport', 'summer/shoe')
    const job = exportJob(handles, { fmt: 'convert', is_modifier: 'fmt=jpg&wid=7' })
    const { isFatal, messages } = await run(job)
    assert.equal(isFatal, true)
    assert.match(messages.at(-1) ?? '', /more than 200 bytes together/)
  })

  it('is active with its details and progress while it runs, is paused, resumed and stopped', async () => {
    const gate = Promise.withResolvers<void>()
    opened.renderer.answerWith(async (_job, signal) => {
      signal.addEventListener('abort', () => gate.reject(signal.reason), { once: true })
      await gate.promise
      return {
        bytes: Buffer.from('x'),
        composite: { width: 9, height: 9 },
        view: { width: 9, height: 9 },
      }
    })
    gate.promise.catch(() => undefined)
    const handles = await handlesOf('tale', 'fileToExport')
    const job = { fmt: 'convert', is_modifier: 'wid=33', clientId: '::1' }
    const handle = await submit(exportJob(handles, job))
    const about = `${HERE}<jobHandle>${handle}</jobHandle>`
    for (;;) {
      const active = await call(opened.app, 'getActiveJobs', HERE)
      if (texts(active, 'progress')[0] !== '50') {
        await setImmediate()
        continue
      }
      const told = at(active, 'jobArray/items')
      assert.deepEqual(
        [
          'type',
          'state',
          'exportJob/fmt',
          'exportJob/is_modifier',
          'exportJob/clientId',
          'exportJob/emailSetting',
        ].map((path) => told && at(told, path)?.text),
        ['Export', 'Running', 'convert', 'wid=33', '::1', 'None'],
      )
      assert.deepEqual(texts(active, 'items').length > 0, true)
      break
    }
    await call(opened.app, 'pauseJob', about)
    assert.deepEqual(texts(await call(opened.app, 'getScheduledJobs', about), 'triggerState'), [
      'Paused',
    ])
    await call(opened.app, 'stopJob', about)
    const log = await ended(handle)
    assert.equal(at(log, 'fatalError')?.text, 'true')
  })

  it('goes on where it was when it is resumed', async () => {
    const makes = opened.renderer.jobs.length
    const stuck = Promise.withResolvers<void>()
    opened.renderer.answerWith(async ({ files, encoding }, signal) => {
      if (JSON.stringify(files).includes('manual') && !signal.aborted && encoding) {
        signal.addEventListener('abort', () => stuck.reject(signal.reason), { once: true })
        await stuck.promise
      }
      return {
        bytes: encoding && Buffer.from('x'),
        composite: { width: 9, height: 9 },
        view: { width: 9, height: 9 },
      }
    })
    stuck.promise.catch(() => undefined)
    const handles = await handlesOf('fileToExport', 'manual')
    const handle = await submit(exportJob(handles, { fmt: 'convert', is_modifier: 'wid=44' }))
    while (texts(await call(opened.app, 'getActiveJobs', HERE), 'progress')[0] !== '50') {
      await setImmediate()
    }
    const about = `${HERE}<jobHandle>${handle}</jobHandle>`
    await call(opened.app, 'pauseJob', about)
    const before = opened.renderer.jobs.length
    opened.renderer.answerWith(async ({ encoding }) => ({
      bytes: encoding && Buffer.from('y'),
      composite: { width: 9, height: 9 },
      view: { width: 9, height: 9 },
    }))
    await call(opened.app, 'resumeJob', about)
    const log = await ended(handle)
    assert.equal(at(log, 'fileSuccessCount')?.text, '2')
    // The picture that was finished is not made again.
    const again = opened.renderer.jobs.slice(before).map(({ files }) => Object.keys(files).join())
    assert.ok(before > makes)
    assert.deepEqual(new Set(again), new Set(['acme/manual']))
  })

  it('gives the ZIP in ranges to whoever knows its address, until it expires', async () => {
    const { url } = await run(exportJob(await handlesOf('tale')), 'My / Job: "ä"')
    assert.match(url, /^https:\/\/localhost:9443\/scene7\/ExportFile\/[\w-]{32}\/[^/]+\.zip$/)
    const whole = await opened.app.request(url)
    assert.equal(whole.headers.get('content-type'), 'application/zip')
    const bytes = Buffer.from(await whole.arrayBuffer())
    const part = await opened.app.request(url, { headers: { range: 'bytes=2-5' } })
    assert.equal(part.status, 206)
    assert.deepEqual(Buffer.from(await part.arrayBuffer()), bytes.subarray(2, 6))
    const beyond = await opened.app.request(url, { headers: { range: 'bytes=99999-' } })
    assert.equal(beyond.status, 416)
    now += 7 * DAY_MS - 1
    assert.equal((await opened.app.request(url)).status, 200)
    now += 1
    assert.equal((await opened.app.request(url)).status, 404)
  })

  const zipNames: [jobName: string, name: string][] = [
    ['../../a', '.._.._a.zip'],
    ['C:\\a', '_a.zip'],
    ['con', '_con.zip'],
    ['a. .', 'a.zip'],
    ['%2e%2e%2fa', '%2e%2e%2fa.zip'],
    ['😀'.repeat(100), `${'😀'.repeat(62)}.zip`],
  ]
  for (const [jobName, name] of zipNames) {
    it(`is called ${name.slice(0, 20)} when its job is called ${jobName.slice(0, 20)}`, async () => {
      const { url, names } = await run(exportJob(await handlesOf('tale')), jobName)
      assert.equal(decodeURIComponent(url.slice(url.lastIndexOf('/') + 1)), name)
      assert.deepEqual(names, ['tale.mp3'])
    })
  }

  it('answers all that is not quite the address of a ZIP alike, so that nobody learns how near it is', async () => {
    const handle = await submit(exportJob(await handlesOf('tale')))
    const log = await ended(handle)
    const url = texts(log, 'logMessage').at(-1)?.replace('The export is ready: ', '') ?? ''
    const answerOf = async (target: string, init?: RequestInit) => {
      const answer = await opened.app.request(target, init)
      const { status, headers } = answer
      return { status, headers: [...headers.keys()], text: await answer.text() }
    }
    const token = /ExportFile\/([^/]+)/.exec(url)?.[1] ?? ''
    assert.equal(Buffer.from(token, 'base64url').length, 24)
    const expected = await answerOf(url.replace(token, 'x'.repeat(32)))
    assert.equal(expected.status, 404)
    const wrong = [
      url.replace(/\.zip$/, '.tar'),
      url.replace('My', 'my'),
      url.replace(token, token.slice(0, -1)),
      url.replace(token, `${token}A`),
      url.replace(token, token.toLowerCase()),
      url.replace(token, `%00${token}`),
      url.replace(token, "' OR 1=1 --"),
      url.replace(token, encodeURIComponent('*')),
    ]
    for (const target of wrong) {
      assert.deepEqual(await answerOf(target), expected, target)
      const part = { headers: { range: 'bytes=0-1' } }
      assert.deepEqual(await answerOf(target, part), expected, target)
    }
    await call(opened.app, 'deleteJob', `${HERE}<jobHandle>${handle}</jobHandle>`)
    assert.deepEqual(await answerOf(url), expected)
    now += 8 * DAY_MS
    assert.deepEqual(await answerOf(url), expected)
  })

  it('leaves nothing of what has expired or was deleted when the service starts again', async () => {
    const home = temporary.pathTo('again')
    const first = await openDoor(home, { now: () => now })
    await first.door.kept.addFile(COMPANY, 'shoe', {
      name: 'shoe.jpg',
      mediaType: 'image/jpeg',
      body: streamOf('a shoe'),
    })
    const found = await call(
      first.app,
      'searchAssets',
      `${HERE}<includeSubfolders>true</includeSubfolders>`,
    )
    const job = submission(exportJob(texts(found, 'assetHandle')))
    const handle = at(await call(first.app, 'submitJob', job), 'jobHandle')?.text ?? ''
    const about = `${HERE}<jobHandle>${handle}</jobHandle>`
    while (texts(await call(first.app, 'getJobLogDetails', about), 'logType').length === 0) {
      await setImmediate()
    }
    const [folder = ''] = await readdir(`${home}/scene7/exports`)
    assert.deepEqual(await readdir(`${home}/scene7/exports/${folder}`), ['export.zip'])
    await first.door.close?.()
    now += 7 * DAY_MS
    const second = await openDoor(home, { now: () => now })
    await second.door.start?.()
    assert.deepEqual(await readdir(`${home}/scene7/exports`), [])
    await second.door.close?.()
  })

  const wrong: [
    what: string,
    members: Record<string, string | undefined>,
    code: number,
    reason: RegExp,
  ][] = [
    ['no fmt', { fmt: undefined }, 30002, /needs fmt/],
    ['another fmt', { fmt: 'png' }, 30001, /fmt must be one of orig, convert/],
    ['nothing to convert by', { fmt: 'convert' }, 30002, /needs is_modifier or macro/],
    [
      'an empty modifier',
      { fmt: 'convert', is_modifier: ' & ' },
      30002,
      /needs is_modifier or macro/,
    ],
    ['an unknown macro', { fmt: 'convert', macro: '$none$' }, 30001, /there is no "\$none\$"/],
    ['a macro without dollar signs', { fmt: 'convert', macro: 'test' }, 30001, /such as \$web\$/],
    ['no emailSetting', { emailSetting: undefined }, 30002, /needs emailSetting/],
    // They are constants, although translations of the page translate them.
    ...['Tout', 'Erreur', 'Fin de tâche', 'Aucun', 'all', ''].map(
      (emailSetting): (typeof wrong)[number] => [
        `the emailSetting "${emailSetting}"`,
        { emailSetting },
        30001,
        /emailSetting must be one of All, Error, ErrorAndWarning, JobCompletion, None/,
      ],
    ),
    ['a paramètre', { paramètre: 'x' }, 30001, /exportJob has no member "paramètre"/],
  ]
  for (const [what, given, code, reason] of wrong) {
    it(`is refused with ${what}`, async () => {
      const fault = await refused(exportJob([await handleOf('fileToExport')], given))
      assert.equal(fault.code, code, fault.reason)
      assert.match(fault.reason, reason)
    })
  }

  it('is refused for no assets, too many, and those of others', async () => {
    const many = await handlesOf(
      'fileToExport',
      'summer/shoe',
      'winter/Shoe',
      ...types.slice(1).map(([, name]) => name),
      'Image Sets',
    )
    assert.match(
      (await refused(exportJob(many, TO_PNG))).reason,
      /at most 8 assets, and this one has 9/,
    )
    assert.equal((await refused(exportJob([]).replace(/<assetHandle.*Array>/, ''))).code, 30002)
    assert.equal((await refused(exportJob([]))).code, 30001)
    const found = await call(
      opened.app,
      'getAssetsByName',
      '<companyHandle>c|other</companyHandle><nameArray><items>secret</items></nameArray>',
    )
    const fault = await refused(exportJob(texts(found, 'assetHandle')))
    assert.equal(fault.code, 30001)
    assert.match(fault.reason, /no asset with the handle/)
  })
})
