import assert from 'node:assert/strict'
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod/mini'
import { findSharp } from '../../src/build/sharp-packages.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const PROJECT = path.resolve(import.meta.dirname, '../..')
const LOCK = path.join(PROJECT, 'package-lock.json')
const PACKAGES = [
  'node_modules/@img/colour',
  'node_modules/@img/sharp-libvips-linux-x64',
  'node_modules/@img/sharp-linux-x64',
  'node_modules/detect-libc',
  'node_modules/semver',
  'node_modules/sharp',
]

const installedSchema = z.object({ version: z.string() })
const lockSchema = z.object({ packages: z.record(z.string(), z.looseObject({})) })

type Packages = z.infer<typeof lockSchema>['packages']

describe('sharp for Adobe I/O Runtime', function () {
  this.timeout(300_000)
  const folder = useTemporaryFolder()
  const project = () => folder.pathTo('project')

  before(async () => {
    await mkdir(project())
    await cp(LOCK, path.join(project(), 'package-lock.json'))
  })

  it('is all that it needs on linux-x64, from where it is installed', async function () {
    if (process.platform !== 'linux' || process.arch !== 'x64') this.skip()
    const found = await findSharp({ project: project(), installed: PROJECT })
    assert.deepEqual(
      new Map(found),
      new Map(PACKAGES.map((place) => [place, path.join(PROJECT, place)])),
    )
  })

  it('is fetched once where another machine has installed its own', async function () {
    const first = await findSharp({ project: project() }).catch((error: unknown) => {
      // Without a network there is nothing to fetch from.
      if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT/.test(String(error))) this.skip()
      throw error
    })
    assert.deepEqual([...first.keys()].toSorted(), PACKAGES)
    const { packages } = lockSchema.parse(JSON.parse(await readFile(LOCK, 'utf8')))
    for (const [place, found] of first) {
      const installed = await readFile(path.join(found, 'package.json'), 'utf8')
      const { version } = installedSchema.parse(JSON.parse(installed))
      assert.equal(version, packages[place]?.['version'], place)
    }
    assert.deepEqual(await findSharp({ project: project() }), first)
  })

  for (const missing of ['sharp', '@img/sharp-libvips-linux-x64']) {
    it(`is refused when package-lock.json has no ${missing}`, async () => {
      const other = await writeLock(missing, (packages) => {
        const { [`node_modules/${missing}`]: _, ...rest } = packages
        return rest
      })
      await assert.rejects(findSharp({ project: other, installed: PROJECT }), {
        message: /^package-lock\.json has no node_modules\/@img\/.+, which sharp needs on Adobe/,
      })
    })
  }

  it('is refused when it is not what package-lock.json says', async () => {
    const other = await writeLock('changed', (packages) => ({
      ...packages,
      'node_modules/@img/sharp-linux-x64': {
        ...packages['node_modules/@img/sharp-linux-x64'],
        integrity: `sha512-${Buffer.alloc(64).toString('base64')}`,
      },
    }))
    await assert.rejects(
      findSharp({ project: other }),
      /^Error: npm cannot fetch sharp [\d.]+ for linux-x64: .+\.$/,
    )
    assert.deepEqual(await readdir(path.join(other, 'node_modules/.cache/darkroom')), [])
  })

  /** Writes a project with another package-lock.json. */
  async function writeLock(name: string, change: (packages: Packages) => Packages) {
    const other = folder.pathTo(name)
    await mkdir(other, { recursive: true })
    const { packages } = lockSchema.parse(JSON.parse(await readFile(LOCK, 'utf8')))
    const changed = JSON.stringify({ packages: change(packages) })
    await writeFile(path.join(other, 'package-lock.json'), changed)
    return other
  }
})
