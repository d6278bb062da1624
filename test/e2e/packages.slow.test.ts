import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod/mini'
import { openBundle } from '../../src/doors/page/serving/kept-bundle.ts'
import { usePackages } from './installed-packages.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'
import { TEMPLATE_PROJECT } from './template-project.ts'

const packageSchema = z.object({ version: z.string() })
const { version } = packageSchema.parse(JSON.parse(readFileSync('package.json', 'utf8')))

const PHOTO = path.resolve('samples/harbour.jpg')
const MEGABYTE = 1024 * 1024

describe('the packages of npm', function () {
  this.timeout(300_000)
  const packages = usePackages()

  /** What each of them has, at most how large it is, and what of it everybody looks for. */
  const PACKAGES: [name: string, allowed: RegExp, mostBytes: number, ...wanted: string[]][] = [
    [
      'darkroom',
      /^(?:(?:src|actions)\/.*\.js|bin\/darkroom\.cjs|page\/packed|samples\/[a-z]+\.(?:jpg|png)|licences\/.*\.txt|docs\/[a-z0-9-]+\.md|test\/asset-compute\/validate(?:\.js)?|manifest\.yml|package\.json|LICENSE|README\.md|CHANGELOG\.md|\.env\.example)$/,
      5 * MEGABYTE,
      'LICENSE',
      'README.md',
      'licences/LGPL-3.0.txt',
      'actions/worker/index.js',
      'page/packed',
    ],
    [
      'darkroom-worker',
      /^(?:(?:src|worker)\/.*\.(?:js|d\.ts)|package\.json|LICENSE|README\.md)$/,
      MEGABYTE,
      'LICENSE',
      'README.md',
      'worker/index.js',
      'worker/index.d.ts',
      'src/engine/pdf/pdf-thread.js',
    ],
    [
      'darkroom-aio',
      /^(?:(?:(?:bin|commands|hooks)\/)?[a-z/-]+\.cjs|package\.json|LICENSE|README\.md)$/,
      MEGABYTE,
      'LICENSE',
      'README.md',
      'hooks/prerun.cjs',
    ],
  ]
  for (const [name, allowed, mostBytes, ...wanted] of PACKAGES) {
    it(`${name} has what it needs, and neither tests nor what is of one machine`, () => {
      const { files, bytes } = packages.packed(name)
      assert.deepEqual(
        files.filter((file) => !allowed.test(file) || /\.test\./.test(file)),
        [],
      )
      assert.deepEqual(
        wanted.filter((file) => !files.includes(file)),
        [],
      )
      assert.ok(bytes < mostBytes, `${name} has ${bytes} bytes`)
    })
  }

  describe("installed in a project of Adobe's template", () => {
    const home = useHome()
    let folder: string
    let service: ServiceProcess
    before(async () => {
      folder = await packages.install('template', TEMPLATE_PROJECT)
      mkdirSync(path.join(folder, '.git'))
      service = await startServiceProcess({
        home,
        command: ['sh', '-c', `cd '${folder}' && exec node_modules/.bin/darkroom start`],
      })
    })

    it('tell their version', async () => {
      assert.equal((await packages.run({ folder }, '--version')).stdout, `${version}\n`)
    })

    it('say what they serve, and where its state is', () => {
      assert.ok(
        service.output().includes(`serves worker of ${folder}; its state is in ${home}\n`),
        service.output(),
      )
    })

    it("serve the project's worker by its URL, and Darkroom's own without one", async () => {
      const worker = `${service.origin}/api/v1/web/darkroom/dx-asset-compute-worker-1/worker`
      const { code, stdout, stderr } = await packages.run(
        { folder, environment: { DARKROOM_HOME: home } },
        'process',
        PHOTO,
        `--url=${service.origin}`,
        '--json',
        '--out=made',
        `--rendition=name=copied.jpg,fmt=jpg,worker=${worker}`,
        '--rendition=name=small.png,fmt=png,width=48',
      )
      assert.equal(code, 0, stderr)
      const outcomes = z
        .array(z.looseObject({ name: z.string(), state: z.string() }))
        .parse(JSON.parse(stdout))
      assert.deepEqual(
        outcomes.map(({ name, state }) => [name, state]),
        [
          ['copied.jpg', 'created'],
          ['small.png', 'created'],
        ],
      )
      const copied = readFileSync(path.join(folder, 'made/copied.jpg'))
      assert.ok(copied.equals(readFileSync(PHOTO)))
    })

    it('have the developer page, put together', async () => {
      const darkroom = path.join(folder, 'node_modules/darkroom')
      const files = await openBundle(darkroom, () => assert.fail('it is there'))
      assert.ok(files.has('index.html') && files.has('main.js'))
    })
  })
})
