import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { writeZip } from '../../../../src/compose/write-zip.ts'
import { createEntryNames } from '../../../../src/doors/scene7/ips/exports/entry-names.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { skipWithout } from '../../../support/tools.ts'
import { HOSTILE_NAMES } from './hostile-names.ts'

const PYTHON =
  'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip()); z.extractall(sys.argv[2])'

/** What unpacks a ZIP into a folder, without a question. */
const PROGRAMS: readonly [
  tool: string,
  program: string,
  args: (zip: string, folder: string) => string[],
][] = [
  ['unzip', 'unzip', (zip, folder) => ['-q', '-n', zip, '-d', folder]],
  ['7-Zip', '7zz', (zip, folder) => ['x', '-y', `-o${folder}`, zip]],
  ['Python', 'python3', (zip, folder) => ['-c', PYTHON, zip, folder]],
]

describe('a ZIP of an export whose assets have hostile names', () => {
  const temporary = useTemporaryFolder()
  const names = HOSTILE_NAMES.map(createEntryNames())

  before(async () => {
    const file = temporary.pathTo('a')
    await writeFile(file, 'a')
    const files = names.map((name) => ({ file, name }))
    await writeZip(temporary.pathTo('export.zip'), files, new AbortController().signal)
  })

  for (const [index, [tool, program, argsOf]] of PROGRAMS.entries()) {
    it(`is unpacked by ${program}, into its folder alone`, async function () {
      skipWithout(this, tool)
      const above = temporary.pathTo(`above-${index}`)
      await mkdir(`${above}/here`, { recursive: true })
      const args = argsOf(temporary.pathTo('export.zip'), `${above}/here`)
      // Programs write names as the language of the machine has them.
      const env = { ...process.env, LC_ALL: 'C.UTF-8' }
      const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', env })
      assert.equal(status, 0, `${stdout}${stderr}`)
      assert.deepEqual(await readdir(above), ['here'])
      assert.deepEqual((await readdir(`${above}/here`)).toSorted(), names.toSorted())
      for (const name of names) {
        assert.equal(await readFile(`${above}/here/${name}`, 'utf8'), 'a')
      }
    })
  }
})
