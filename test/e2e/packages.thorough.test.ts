import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { HAS_AIO, useAio } from './aio-cli.ts'
import { usePackages } from './installed-packages.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'
import { TEMPLATE_PROJECT } from './template-project.ts'

const PHOTO = path.resolve('samples/harbour.jpg')
const URL_PATH = '/api/v1/web/darkroom/dx-asset-compute-worker-1'

describe('a worker that is in no repository of Darkroom', function () {
  this.timeout(600_000)
  const packages = usePackages()
  const home = useHome()
  let folder: string
  let service: ServiceProcess | undefined
  const run = (...args: string[]) =>
    packages.run({ folder, environment: { DARKROOM_HOME: home } }, ...args)

  before(async () => {
    folder = await packages.install('sepia')
  })

  it('begins in an empty folder', async () => {
    const { code, stdout, stderr } = await run('new-worker', 'sepia')
    assert.equal(code, 0, stderr)
    assert.match(stdout, /^npx darkroom test-worker -a sepia {4}runs its test cases$/m)
    assert.match(stdout, /^node_modules\/darkroom\/docs\/write-a-worker\.md tells how to go on/m)
    assert.ok(existsSync(path.join(folder, 'node_modules/darkroom/docs/write-a-worker.md')))
  })

  it('begins beside the package.json that npm init writes', async () => {
    const other = await packages.install('begun', {
      'package.json': '{ "name": "begun", "version": "1.0.0", "type": "commonjs" }',
    })
    const environment = { DARKROOM_HOME: home }
    const { code, stderr } = await packages.run({ folder: other, environment }, 'new-worker', 'ink')
    assert.equal(code, 0, stderr)
  })

  it('has types', async () => {
    const compilerOptions = {
      module: 'nodenext',
      target: 'es2024',
      types: ['node'],
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
    }
    const config = JSON.stringify({ compilerOptions, include: ['actions'] })
    writeFileSync(path.join(folder, 'tsconfig.json'), config)
    await promisify(execFile)(path.resolve('node_modules/.bin/tsc'), [], { cwd: folder }).catch(
      (error: { stdout: string }) => assert.fail(error.stdout),
    )
  })

  it('is tested there', async () => {
    const { code, stdout } = await run('test-worker')
    assert.match(stdout, /✔ {2}grey .*Tests run {6}: 1\n/s)
    assert.equal(code, 0)
  })

  it('is built there', async () => {
    copyFileSync('package-lock.json', path.join(folder, 'package-lock.json'))
    const { code, stdout, stderr } = await run('build')
    assert.equal(code, 0, stderr)
    assert.match(stdout, /^sepia: build\/actions\/sepia, \d+\.\d MB zipped$/m)
  })

  it('is served there', async () => {
    service = await startServiceProcess({
      home,
      command: ['sh', '-c', `cd '${folder}' && exec node_modules/.bin/darkroom start`],
    })
    await assertMade('sepia.png')
  })

  async function assertMade(name: string): Promise<void> {
    const { origin = '' } = service ?? {}
    const rendition = `name=${name},fmt=png,width=60,worker=${origin}${URL_PATH}/sepia`
    const args = ['--url', origin, '--out', 'made', '--rendition', rendition]
    const { code, stderr } = await run('process', PHOTO, ...args)
    assert.equal(code, 0, stderr)
    // The picture is 60 wide: what the worker does not do itself is done to its result.
    assert.equal(readFileSync(path.join(folder, 'made', name)).readUInt32BE(16), 60)
  }

  describe('with aio', () => {
    if (!HAS_AIO) {
      it('is deployed (aio is not installed)')
      return
    }
    let project: string
    const environment = path.join(home, 'aio.env')
    const own = useAio({ project: () => folder, environment: () => environment })
    const template = useAio({ project: () => project, environment: () => environment })

    it('is deployed, and made by the deployed zip', async () => {
      const { status, stdout, stderr } = await own.run('app', 'deploy')
      assert.equal(status, 0, stdout + stderr)
      assert.match(stdout + stderr, /Successful deployment/)
      await assertMade('deployed.png')
    })

    it("deploys a project of Adobe's template without --no-publish, and publishes nothing", async () => {
      project = await packages.install('template', TEMPLATE_PROJECT)
      const plugin = path.join(project, 'node_modules/@adobe/aio-cli-plugin-asset-compute')
      const linked = await template.run('plugins', 'link', '--no-install', plugin)
      assert.equal(linked.status, 0, linked.stdout + linked.stderr)
      for (const command of ['deploy', 'undeploy']) {
        const { status, stdout, stderr } = await template.run('app', command)
        assert.equal(status, 0, stdout + stderr)
        assert.match(
          stderr,
          /has no registry of extensions, which Adobe alone has: --no-(?:un)?publish\.$/m,
        )
        assert.match(stdout + stderr, /skipping (?:un)?publish phase/)
      }
    })
  })
})
