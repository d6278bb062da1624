import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import sharp from 'sharp'
import * as z from 'zod/mini'
import { archiveEntrySchema, testCaseSchema } from '../../../../src/doors/page/api.ts'
import { plain } from '../../../support/pictures.ts'
import { useCaseProject } from '../case-project.ts'

const refusedSchema = z.object({ message: z.string() })

async function refusalOf(response: Response): Promise<[status: number, message: string]> {
  return [response.status, refusedSchema.parse(await response.json()).message]
}

describe('the test cases of the developer page', () => {
  const { pathTo, write, ask, post, run } = useCaseProject({ copy: undefined, other: undefined })

  before(async () => {
    writeFileSync(pathTo('secret.txt'), 'secret')
    write('copy/good', {
      'file.txt': 'hello\n',
      'params.json': '{"fmt": "txt", "password": "a"}',
      'rendition.txt': 'hellö\n',
    })
    write('copy/picture', {
      'file.tif': await plain({ r: 200, g: 0, b: 0 }).tiff().toBuffer(),
      'rendition.png': await plain({ r: 200, g: 0, b: 0 }).png().toBuffer(),
    })
    write('copy/bad', { 'file.psd': '8BPS', 'params.json': '{"errorReason": "SourceCorrupt"}' })
    write('copy/html', {
      'file.html': '<script>alert(1)</script>',
      'rendition.zip': readFileSync('test/asset-compute/archive/in-the-event/rendition.zip'),
    })
    write('copy/empty', {})
    write('copy/no-params', { 'file.txt': '', 'params.json': { link: 'nowhere' } })
    write('copy/leads-out', {
      'file.txt': { link: '../../../../secret.txt' },
      'rendition.txt': { link: '/etc/passwd' },
    })
    write('copy/leads-aside', { 'file.txt': { link: '../good/file.txt' } })
    write('unknown/case', { 'file.txt': '', 'rendition.txt': '' })
    mkdirSync(pathTo('elsewhere/case'), { recursive: true })
    writeFileSync(pathTo('elsewhere/case/file.txt'), 'secret')
    symlinkSync(pathTo('elsewhere'), pathTo('test/asset-compute/other'))
    symlinkSync(pathTo('elsewhere/case'), pathTo('test/asset-compute/copy/linked'))
  })

  describe('in the list', () => {
    it('have what they are made of, or why they cannot be run', async () => {
      const list = z.array(testCaseSchema).parse(await (await ask('/cases')).json())
      const nothing = { sourceShownAs: 'nothing', expectedShownAs: 'nothing' }
      assert.deepEqual(list, [
        {
          action: 'copy',
          name: 'bad',
          instructions: {},
          source: 'file.psd',
          errorReason: 'SourceCorrupt',
          sourceShownAs: 'picture',
          expectedShownAs: 'nothing',
        },
        {
          action: 'copy',
          name: 'empty',
          unfit: 'no test input file found',
          instructions: {},
          ...nothing,
        },
        {
          action: 'copy',
          name: 'good',
          instructions: { fmt: 'txt', password: 'a' },
          source: 'file.txt',
          expected: 'rendition.txt',
          sourceShownAs: 'text',
          expectedShownAs: 'text',
        },
        {
          action: 'copy',
          name: 'html',
          instructions: { fmt: 'zip' },
          source: 'file.html',
          expected: 'rendition.zip',
          sourceShownAs: 'text',
          expectedShownAs: 'archive',
        },
        {
          action: 'copy',
          name: 'leads-aside',
          instructions: {},
          source: 'file.txt',
          sourceShownAs: 'text',
          expectedShownAs: 'nothing',
        },
        {
          action: 'copy',
          name: 'leads-out',
          instructions: { fmt: 'txt' },
          source: 'file.txt',
          expected: 'rendition.txt',
          sourceShownAs: 'text',
          expectedShownAs: 'text',
        },
        {
          action: 'copy',
          name: 'no-params',
          unfit: 'params.json: The file must be a JSON object of instructions, but it is not JSON.',
          instructions: {},
          ...nothing,
        },
        {
          action: 'copy',
          name: 'picture',
          instructions: { fmt: 'png' },
          source: 'file.tif',
          expected: 'rendition.png',
          sourceShownAs: 'picture',
          expectedShownAs: 'picture',
        },
        {
          action: 'unknown',
          name: 'case',
          unfit: 'manifest.yml has no action unknown',
          instructions: {},
          ...nothing,
        },
      ])
    })

    it('are what is there now', async () => {
      write('copy/written-later', { 'file.txt': '' })
      const names = z
        .array(z.object({ name: z.string() }))
        .parse(await (await ask('/cases')).json())
      assert.ok(names.some(({ name }) => name === 'written-later'))
    })
  })

  describe('as files', () => {
    it('are served with what keeps them from doing anything', async () => {
      const response = await ask('/cases/copy/html/source')
      assert.equal(await response.text(), '<script>alert(1)</script>')
      assert.deepEqual(Object.fromEntries(response.headers), {
        'cache-control': 'no-store',
        'content-disposition': "inline; filename*=UTF-8''file.html",
        'content-length': '25',
        'content-security-policy': "sandbox; default-src 'none'",
        'content-type': 'text/html; charset=utf-8',
        'cross-origin-resource-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
      })
    })

    it('are saved by a browser when it asks for that', async () => {
      const response = await ask('/cases/copy/good/expected?download')
      assert.equal(
        response.headers.get('content-disposition'),
        "attachment; filename*=UTF-8''rendition.txt",
      )
      assert.equal(await response.text(), 'hellö\n')
    })

    it('tell what is in them where they are archives', async () => {
      const [entry, ...others] = z
        .array(archiveEntrySchema)
        .parse(await (await ask('/cases/copy/html/expected/entries')).json())
      assert.deepEqual([entry?.path, entry?.size, others], ['boats.csv', 71, []])
    })

    it('may be links to others of the same folder', async () => {
      assert.equal(await (await ask('/cases/copy/leads-aside/source')).text(), 'hello\n')
    })

    it('are pictures as they are where a browser shows them, and are drawn otherwise', async () => {
      for (const file of ['expected', 'source']) {
        const response = await ask(`/cases/copy/picture/${file}/picture`)
        assert.equal(response.headers.get('content-type'), 'image/png')
        const { format, width } = await sharp(Buffer.from(await response.arrayBuffer())).metadata()
        assert.deepEqual([format, width], ['png', 40])
      }
    })

    const NOT_THERE: [path: string, message: RegExp][] = [
      ['copy/none/source', /^There is no test case "copy\/none"\.$/],
      ['copy/good/actual', /^The test case copy\/good has no rendition of this life/],
      ['copy/good/difference', /has no rendition of this life/],
      ['copy/bad/expected', /^The test case copy\/bad has no expected rendition\.$/],
      ['copy/bad/source/picture', /^file\.psd cannot be drawn\.$/],
      ['copy/picture/expected/entries', /^This is no ZIP archive that can be read/],
      ['copy/good/actual/entries', /has no rendition of this life/],
      ['copy/empty/source', /is not fit to be run: no test input file found\.$/],
      ['copy/leads-out/source', /has no source\.$/],
      ['copy/leads-out/source/picture', /has no source\.$/],
      ['copy/leads-out/expected', /has no expected rendition\.$/],
      ['unknown/case/source', /^There is no test case "unknown\/case"\.$/],
      ['other/case/source', /^There is no test case "other\/case"\.$/],
      ['copy/linked/source', /^There is no test case "copy\/linked"\.$/],
      ['copy/..%2F..%2F..%2Felsewhere%2Fcase/source', /^There is no test case /],
      ['..%2F..%2Felsewhere/case/source', /^There is no test case /],
      ['copy/%2e%2e%5Cgood/source', /^There is no test case /],
      ['copy/good%00/source', /^There is no test case /],
    ]
    for (const [url, message] of NOT_THERE) {
      it(`are not there at ${url}`, async () => {
        const [status, told] = await refusalOf(await ask(`/cases/${url}`))
        assert.equal(status, 404)
        assert.match(told, message)
      })
    }

    it('are not there under names that a router does not match', async () => {
      for (const url of [
        'copy/../../../secret.txt',
        'copy/good/params.json',
        'copy/good/source/x',
      ]) {
        assert.equal((await ask(`/cases/${url}`)).status, 404, url)
      }
    })
  })

  describe('when they are to be run', () => {
    it('are refused all together when there is none of a name', async () => {
      const response = await post('/cases/run', { cases: ['copy/good', 'copy/none'] })
      assert.deepEqual(await refusalOf(response), [404, 'There is no test case "copy/none".'])
      assert.doesNotMatch(await (await ask('/cases')).text(), /"result"/)
    })

    it('are refused when they are not named', async () => {
      const [status, message] = await refusalOf(await post('/cases/run', { cases: 'copy/good' }))
      assert.equal(status, 400)
      assert.match(message, /^cases must be an array of cases, but it is "copy\/good"\.$/)
    })

    it('tell why nothing comes of it', async () => {
      const told = await run('copy/good', 'copy/empty', 'unknown/case')
      assert.deepEqual(
        told.map(({ name, result: { state, message } }) => [name, state, message]),
        [
          ['good', 'queued', ''],
          ['empty', 'queued', ''],
          ['case', 'queued', ''],
          ['empty', 'skipped', 'no test input file found'],
          ['case', 'error', 'manifest.yml has no action unknown'],
          ['good', 'error', 'The case could not be run: Nobody is there'],
        ],
      )
    })
  })

  describe('without a rendition', () => {
    const REFUSED: [name: string, message: RegExp][] = [
      ['copy/good', /^There is no rendition of copy\/good; run it first\.$/],
      ['copy/bad', /^copy\/bad expects the error SourceCorrupt; remove errorReason/],
    ]
    for (const [name, message] of REFUSED) {
      it(`have nothing to accept: ${name}`, async () => {
        const [status, told] = await refusalOf(
          await ask(`/cases/${name}/accept`, { method: 'POST' }),
        )
        assert.equal(status, 409)
        assert.match(told, message)
      })
    }
  })
})
