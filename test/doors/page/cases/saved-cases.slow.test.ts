import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { connect, type ServiceClient } from '../../../../src/client/service-client.ts'
import {
  type DevtoolRequest,
  type Rendition,
  testCaseSchema,
} from '../../../../src/doors/page/api.ts'
import type { RequestFiles } from '../../../../src/doors/page/requests/request-files.ts'
import { itThoroughly } from '../../../support/amounts.ts'
import { quarters } from '../../../support/pictures.ts'
import { useCaseProject } from '../case-project.ts'
import { keepMadeRequests, type MadeRequests } from '../request-made.ts'

const COMMAND = path.resolve('src/cli/test-worker.ts')

function testWorker(cwd: string): Promise<{ code: number | null; stdout: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [COMMAND], { cwd }, (_error, stdout) => {
      resolve({ code: child.exitCode, stdout })
    })
  })
}

describe('a test case that is saved from a request', function () {
  this.timeout(300_000)

  describe('passes at once', () => {
    let requests: MadeRequests | undefined
    let client: ServiceClient | undefined
    const made = (): MadeRequests => requests ?? assert.fail('requests are kept once tests run')
    const { pathTo, post, run, service, home } = useCaseProject(
      {
        worker: 'actions/worker/index.ts',
        document: 'actions/document/index.ts',
        archive: 'actions/archive/index.ts',
      },
      made,
    )
    const folderOf = (name: string): string => pathTo('test/asset-compute', name)
    const params = (name: string): unknown =>
      JSON.parse(readFileSync(path.join(folderOf(name), 'params.json'), 'utf8'))

    before(async () => {
      mkdirSync(pathTo('made'))
      // As in this project, where archives, which have a time in them, are compared by their files.
      symlinkSync(
        path.resolve('test/asset-compute/validate'),
        pathTo('test/asset-compute/validate'),
      )
      requests = keepMadeRequests(pathTo('made'))
      client = await connect(service().origin, home())
      await quarters(80, 60).jpeg().toFile(pathTo('Photo.JPG'))
      await writeFile(pathTo('mark.png'), await quarters(16, 16).png().toBuffer())
      await writeFile(pathTo('page.html'), '<h1>Harbour</h1><p>At dusk.</p>')
      await writeFile(pathTo('broken.png'), 'no picture')
    })

    /** Makes a rendition, saves it as a case, and runs that on the service. */
    async function save(
      name: string,
      request: Parameters<MadeRequests['make']>[1],
    ): Promise<string[]> {
      const [action = '', folder = ''] = name.split('/')
      const { id } = await made().make(client ?? assert.fail('there is a client'), request)
      const response = await post('/cases', { request: id, rendition: 0, action, name: folder })
      assert.equal(response.status, 201, await response.clone().text())
      assert.equal(testCaseSchema.parse(await response.json()).name, folder)
      const updates = await run(name)
      const { state, message } = updates.at(-1)?.result ?? assert.fail('it has ended')
      assert.match(state, /^(?:passed|expected-error)$/, message)
      return readdirSync(folderOf(name))
    }

    it('of a picture, with a further file', async () => {
      const instructions = { fmt: 'png', width: 40, watermark: { image: './mark.png' } }
      const files = await save('worker/photo', {
        source: pathTo('Photo.JPG'),
        files: [pathTo('mark.png'), pathTo('page.html')],
        instructions: { ...instructions, name: 'small.png', userData: { a: 1 } },
      })
      assert.deepEqual(files, ['file.JPG', 'mark.png', 'params.json', 'rendition.png', 'validate'])
      assert.deepEqual(params('worker/photo'), instructions)
    })

    it('of a text', async () => {
      const instructions = { fmt: 'text' }
      const files = await save('document/page', { source: pathTo('page.html'), instructions })
      assert.deepEqual(files, ['file.html', 'params.json', 'rendition.txt', 'validate'])
      assert.deepEqual(params('document/page'), instructions)
    })

    it('of an archive, which has no source', async () => {
      const files = await save('archive/two', {
        files: [pathTo('Photo.JPG'), pathTo('page.html')],
        instructions: {
          fmt: 'zip',
          files: [{ url: './Photo.JPG', path: 'pictures/at dusk.jpg' }, './page.html'],
        },
      })
      assert.deepEqual(files, [
        'Photo.JPG',
        'file.txt',
        'page.html',
        'params.json',
        'rendition.zip',
        'validate',
      ])
    })

    it('of one that failed', async () => {
      const instructions = { fmt: 'png', password: 'secret' }
      const files = await save('worker/broken', { source: pathTo('broken.png'), instructions })
      assert.deepEqual(files, ['file.png', 'params.json', 'validate'])
      const { errorReason, ...rest } = Object(params('worker/broken'))
      assert.deepEqual(rest, instructions)
      assert.match(errorReason, /^Source\w+$/)
    })

    it('and has no result of one that was removed', async () => {
      rmSync(folderOf('worker/photo'), { recursive: true })
      const source = pathTo('Photo.JPG')
      const request = { source, instructions: { fmt: 'jpg', width: 20 } }
      const { id } = await made().make(client ?? assert.fail('there is a client'), request)
      const saved = { request: id, rendition: 0, action: 'worker', name: 'photo' }
      assert.equal(Object(await (await post('/cases', saved)).json()).result, undefined)
    })

    itThoroughly('with npm run test-worker, too', async () => {
      const { code, stdout } = await testWorker(pathTo())
      assert.equal(code, 0, stdout)
      assert.match(stdout, /3 actions: 4 tests, 0 failures, 0 errors/)
    })
  })

  describe('is not written', () => {
    const rendition: Rendition = {
      instructions: { fmt: 'png' },
      state: 'created',
      worker: 'worker',
      spans: [],
      file: { size: 1, type: 'image/png', shownAs: 'picture' },
    }
    const request: DevtoolRequest = {
      id: 'one',
      sentAt: 0,
      run: { id: 'one', position: 0, renditions: 1 },
      source: { id: 'source', name: 'photo.jpg', type: 'image/jpeg', size: 1 },
      files: ['file-a.jpg', 'params.json', 'mock-a.json', 'good.txt', 'a.test.ts'].map((name) => ({
        id: name,
        name,
        type: '',
        size: 1,
      })),
      renditions: [
        rendition,
        { ...rendition, state: 'running' },
        { ...rendition, instructions: { files: ['./file-a.jpg'] } },
        { ...rendition, instructions: { files: ['./params.json'] } },
        { ...rendition, instructions: { files: ['./mock-a.json'] } },
        { ...rendition, instructions: { files: [{ url: './good.txt', path: 'good.txt' }] } },
        { ...rendition, instructions: { files: ['./good.txt'] } },
        { ...rendition, instructions: { files: ['./a.test.ts'] } },
      ],
      activations: [],
      body: {},
    }
    const requests: RequestFiles = {
      request: (id) => [request].find((each) => each.id === id),
      copySource: (id, file) =>
        id === 'good.txt'
          ? Promise.reject(new Error('The disk is full.'))
          : writeFile(file, 'the source'),
      copyRendition: (_id, _position, file) => writeFile(file, 'the rendition'),
    }
    const { pathTo, write, post } = useCaseProject(
      { worker: undefined, linked: undefined },
      () => requests,
    )
    const saved = { request: 'one', rendition: 0, action: 'worker', name: 'new' }

    before(() => {
      write('worker/there', { 'file.txt': '' })
      writeFileSync(pathTo('test/asset-compute/worker/a-file'), '')
      mkdirSync(pathTo('elsewhere'))
      symlinkSync(pathTo('elsewhere'), pathTo('test/asset-compute/linked'))
    })

    const REFUSED: [what: string, body: object, status: number, message: RegExp][] = [
      [
        'an unknown request',
        { request: 'two' },
        404,
        /^There is no request two with a rendition 0/,
      ],
      [
        'an unknown rendition',
        { rendition: 8 },
        404,
        /^There is no request one with a rendition 8/,
      ],
      [
        'an unknown action',
        { action: 'other' },
        404,
        /^There is no action "other", only worker, linked\.$/,
      ],
      ['a name that leads out', { name: '../x' }, 400, /^name must be a name of letters/],
      ['an action that leads out', { action: '..' }, 400, /^action must be a name of letters/],
      [
        'a case that is there',
        { name: 'there' },
        409,
        /^There is a test case worker\/there already/,
      ],
      [
        'a file that is there',
        { name: 'a-file' },
        409,
        /^There is a test case worker\/a-file already/,
      ],
      ['a folder that leads out', { action: 'linked' }, 409, /^linked leads out of the folder/],
      ['a rendition under way', { rendition: 1 }, 409, /^The rendition has not ended/],
      [
        'a file that would be the source',
        { rendition: 2 },
        409,
        /^A test case cannot have "file-a\.jpg"/,
      ],
      [
        'a file that would be the params',
        { rendition: 3 },
        409,
        /^A test case cannot have "params\.json"/,
      ],
      [
        'a file that would be a mock',
        { rendition: 4 },
        409,
        /^A test case cannot have "mock-a\.json"/,
      ],
      [
        'a file that would be run with the tests of the project',
        { rendition: 7 },
        409,
        /^A test case cannot have "a\.test\.ts"/,
      ],
      [
        'a name that is no file',
        { rendition: 5 },
        409,
        /^In a test case "good\.txt" always means the file/,
      ],
    ]
    for (const [what, body, status, message] of REFUSED) {
      it(`for ${what}`, async () => {
        const response = await post('/cases', { ...saved, ...body })
        assert.equal(response.status, status)
        assert.match(Object(await response.json()).message, message)
        assert.deepEqual(readdirSync(pathTo('test/asset-compute/worker')), ['a-file', 'there'])
        assert.deepEqual(readdirSync(pathTo('elsewhere')), [])
      })
    }

    it('in parts', async () => {
      await assert.rejects(post('/cases', { ...saved, rendition: 6 }), /The disk is full/)
      assert.deepEqual(readdirSync(pathTo('test/asset-compute/worker')), ['a-file', 'there'])
    })

    it('over another one, when both are saved at a time', async () => {
      const responses = await Promise.all([post('/cases', saved), post('/cases', saved)])
      assert.deepEqual(
        responses.map(({ status }) => status).toSorted((one, other) => one - other),
        [201, 409],
      )
      assert.deepEqual(readdirSync(pathTo('test/asset-compute/worker')), ['a-file', 'new', 'there'])
    })
  })
})
