import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { INSTALL, installAddition } from '../../src/cli/add/install-addition.ts'
import {
  ADDITION_IDS,
  ADDITIONS,
  type AdditionId,
  additionFolder,
  isAdded,
} from '../../src/programs/additions.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

/** Does what npm does with a project: puts its packages into `node_modules`, in a version that may be another. */
async function install(folder: string, versionOf = (version: string) => version): Promise<void> {
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  for (const [name, version] of Object.entries<string>(dependencies)) {
    const place = join(folder, 'node_modules', name)
    mkdirSync(place, { recursive: true })
    const said = JSON.stringify({ name, version: versionOf(version) })
    writeFileSync(join(place, 'package.json'), said)
  }
}

const installing = (_args: readonly string[], at: string) => install(at)

const installingOthers = (_args: readonly string[], at: string) =>
  install(at, (version) => `${version}-1`)

/** What npm rejects with, which has all that it wrote. */
const failure = (stderr: string) => Object.assign(new Error('Command failed: npm'), { stderr })

describe('npm run add', () => {
  const folder = useTemporaryFolder()

  for (const id of ADDITION_IDS) {
    it(`knows exact versions of ${id} alone`, () => {
      for (const [name, version] of Object.entries(ADDITIONS[id].packages))
        assert.match(version, /^\d+\.\d+\.\d+$/, name)
    })
  }

  it('installs into a folder of its own without running scripts, and once', async () => {
    const home = folder.pathTo('fresh')
    const calls: (readonly string[])[] = []
    const npm = async (args: readonly string[], at: string) => {
      calls.push(args)
      await install(at)
    }
    assert.equal(isAdded(home, 'ocr'), false)
    assert.equal(await installAddition('ocr', { home, npm }), 'added')
    assert.equal(isAdded(home, 'ocr'), true)
    assert.deepEqual(readdirSync(join(home, 'added')), ['ocr'])
    assert.equal(await installAddition('ocr', { home, npm }), 'there already')
    assert.deepEqual(calls, [INSTALL])
    assert.ok(INSTALL.includes('--ignore-scripts'))
  })

  it('replaces what is there in another version', async () => {
    const home = folder.pathTo('older')
    const place = additionFolder(home, 'ocr')
    mkdirSync(place, { recursive: true })
    writeFileSync(join(place, 'old'), '')
    assert.equal(await installAddition('ocr', { home, npm: installing }), 'added')
    assert.deepEqual(readdirSync(place).toSorted(), ['node_modules', 'package.json'])
  })

  const failures: readonly (readonly [string, () => Promise<void>, string])[] = [
    [
      'a registry that cannot be reached',
      () =>
        Promise.reject(
          failure(
            'npm error code ENOTFOUND\nnpm error syscall getaddrinfo\nnpm error errno ENOTFOUND\nnpm error network request to https://a/b failed, reason: getaddrinfo ENOTFOUND a\nnpm error A complete log of this run can be found in: /x\n',
          ),
        ),
      'ocr could not be added: request to https://a/b failed, reason: getaddrinfo ENOTFOUND a.',
    ],
    [
      'a machine without npm',
      () => Promise.reject(new Error('spawn npm ENOENT')),
      'ocr could not be added: spawn npm ENOENT.',
    ],
  ]
  for (const [what, npm, message] of failures) {
    it(`says what was wrong, and leaves nothing: ${what}`, async () => {
      const home = folder.pathTo(what)
      await assert.rejects(installAddition('ocr', { home, npm }), { message })
      assert.deepEqual(readdirSync(join(home, 'added')), [])
    })
  }

  it('takes no other versions for it', async () => {
    const home = folder.pathTo('other')
    const id: AdditionId = 'ocr'
    await assert.rejects(installAddition(id, { home, npm: installingOthers }), {
      message: 'ocr could not be added: npm did not install the versions it has to have.',
    })
  })
})
