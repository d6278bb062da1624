import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { describeSkipped } from '../support/skipped-tests.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { TOOLS, type Tool } from '../support/tools.ts'

const run = promisify(execFile)
const PROJECT = path.resolve(import.meta.dirname, '../..')

function named(...titles: string[]): Tool[] {
  return TOOLS.filter(({ title }) => titles.includes(title))
}

describe('tests that are skipped', () => {
  const folder = useTemporaryFolder()
  const skipped = [
    { file: 'test/b.test.ts' },
    { file: 'test/a.test.ts' },
    { file: 'test/b.test.ts' },
  ]

  it('are summed up with one command that installs what is missing', () => {
    assert.deepEqual(
      describeSkipped(skipped, named('qpdf', 'Tesseract', 'FFmpeg', 'Azurite'), 'linux'),
      [
        '3 tests were skipped, in:',
        '  test/a.test.ts',
        '  test/b.test.ts',
        'Of what tests compare with or drive, this machine lacks FFmpeg, Tesseract, qpdf, Azurite. What there is of it comes with:',
        '  sudo apt-get install ffmpeg qpdf && npm run add -- ocr eng deu && npm ci --prefix scripts/azurite --ignore-scripts',
      ],
    )
  })

  const COMMANDS: readonly (readonly [NodeJS.Platform, string | undefined])[] = [
    ['linux', '  sudo apt-get install bubblewrap qpdf 7zip'],
    ['darwin', '  brew install qpdf sevenzip'],
    ['win32', '  choco install qpdf 7zip'],
  ]
  for (const [platform, command] of COMMANDS) {
    it(`are run after a command of ${platform}`, () => {
      const missing = named('qpdf', '7-Zip', 'bubblewrap')
      assert.equal(describeSkipped(skipped, missing, platform).at(-1), command)
    })
  }

  it('are told without a command where no program is missing, or none is to be had', () => {
    const [one] = skipped.slice(0, 1)
    assert.deepEqual(describeSkipped(one === undefined ? [] : [one], [], 'linux'), [
      '1 test was skipped, in:',
      '  test/b.test.ts',
      'Nothing that can be installed is missing: they take another system, rights or network than there are here.',
    ])
    assert.match(
      describeSkipped(skipped, named('bubblewrap'), 'win32').at(-1) ?? '',
      /lacks bubblewrap, which there is not for this system\.$/,
    )
  })

  it('are nothing to speak of where there are none', () => {
    assert.deepEqual(describeSkipped([], named('qpdf'), 'linux'), [])
  })

  it('take what the CI installs, and no other', () => {
    const ci = readFileSync('.ci/run', 'utf8')
    const installed = /apt-get install [^>]*/.exec(ci)?.[0] ?? ''
    const words = installed.split(/[\s\\]+/)
    for (const { title, packages } of TOOLS) {
      if ('add' in packages) continue
      if ('folder' in packages) {
        assert.ok(ci.includes(`npm ci --prefix ${packages.folder} `), title)
        continue
      }
      for (const name of packages.apt.split(' '))
        assert.ok(words.includes(name), `${title}: ${name}`)
    }
  })

  for (const parallel of [false, true]) {
    it(`are told at the end${parallel ? ', of tests side by side' : ''}`, async () => {
      const file = folder.pathTo(`${parallel}/one.test.cjs`)
      mkdirSync(path.dirname(file), { recursive: true })
      writeFileSync(
        file,
        'describe("a", () => { it("b", function () { this.skip() }); it("c", () => {}) })',
      )
      const reporter = path.join(PROJECT, 'test/support/reporter.ts')
      const mocha = path.join(PROJECT, 'node_modules/mocha/bin/mocha.js')
      const { stdout } = await run(
        process.execPath,
        [mocha, '--no-config', '--reporter', reporter, ...(parallel ? ['--parallel'] : []), file],
        { cwd: path.dirname(file), env: { PATH: '/nowhere', NO_COLOR: '1' } },
      )
      assert.match(stdout, /^ +1 passing/m)
      assert.match(stdout, /^ +1 pending$/m)
      assert.match(stdout, /^1 test was skipped, in:\n {2}one\.test\.cjs\n.* lacks FFmpeg, /m)
    })
  }
})
