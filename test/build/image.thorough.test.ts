import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { signIn, trust, upload } from '../e2e/api-client.ts'
import { startServiceProcess, useHome } from '../e2e/service-process.ts'
import { copiesOf, readStages, shippedPackages } from './image-files.ts'

const BWRAP = 'bwrap'
const IMAGE = '/opt/darkroom'
const HOME = '/var/lib/darkroom'
const PROJECT = path.resolve('.')

/** Somebody who owns nothing in the image. */
const UID = '1000'

describe('the files of the image', function () {
  this.timeout(180_000)
  const home = useHome()
  const folder = mkdtempSync(path.join(tmpdir(), 'darkroom-test-'))
  after(() => rmSync(folder, { recursive: true }))

  before(function () {
    const probe = spawnSync(BWRAP, ['--unshare-user', '--ro-bind', '/', '/', 'true'])
    if (probe.status !== 0) this.skip()
    for (const { sources, target } of copiesOf(readStages().at(-1) ?? [])) {
      for (const source of sources) {
        const isFolder = target.endsWith('/')
        cpSync(source, path.join(folder, isFolder ? path.join(target, source) : target), {
          recursive: true,
        })
      }
    }
    // Packages find each other where they are; what the service itself imports it finds here alone.
    for (const name of shippedPackages()) {
      const place = path.join(folder, 'node_modules', name)
      mkdirSync(path.dirname(place), { recursive: true })
      symlinkSync(path.join(PROJECT, 'node_modules', name), place)
    }
  })

  it('are all that the service needs, with a root that nobody can write to', async () => {
    const node = realpathSync(process.execPath)
    const boxed = (...command: string[]): string[] =>
      [
        ['--unshare-user', '--unshare-ipc', '--uid', UID, '--gid', UID, '--die-with-parent'],
        ['--ro-bind', '/', '/', '--proc', '/proc', '--dev', '/dev', '--tmpfs', '/opt'],
        ['--tmpfs', '/tmp', '--ro-bind', PROJECT, PROJECT],
        ['--ro-bind', folder, IMAGE, '--ro-bind', node, '/opt/node', '--tmpfs', '/var/lib'],
        ['--bind', home, HOME, '--chdir', IMAGE, '--setenv', 'DARKROOM_HOME', HOME],
        ['--setenv', 'HOME', '/nowhere', '--remount-ro', '/', '/opt/node', ...command],
      ].flat()
    const service = await startServiceProcess({
      home,
      command: [BWRAP, ...boxed('src/cli/start.ts')],
      environment: { TMPDIR: '/tmp' },
    })
    trust(home)
    const headers = await signIn(service.origin, home)
    await upload(service.origin, headers, 'a.txt', 'a')

    // A command beside it, as `docker compose exec` starts them.
    const made = spawnSync(
      BWRAP,
      boxed('src/cli/process.ts', 'samples/harbour.jpg', '--out', '/tmp/r'),
      {
        encoding: 'utf8',
      },
    )
    assert.equal(made.status, 0, made.stderr)
    service.child.kill('SIGKILL')
    await service.exited
  })
})
