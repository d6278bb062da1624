import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import sharp from 'sharp'

const COMMAND = path.resolve('src/cli/run-worker.ts')
const PICTURE = path.resolve('samples/logo.png')

/** A manifest with these actions, all of which copy their source. */
function manifestOf(...actions: readonly string[]): string {
  const limits = '{ timeout: 200000, memorySize: 512, concurrency: 1 }'
  const file = path.resolve('test/actions/intermediate.ts')
  const entries = actions.map(
    (name) => `${name}: { function: ${file}, web: "yes", limits: ${limits} }`,
  )
  return `packages: { __APP_PACKAGE__: { actions: { ${entries.join(', ')} } } }`
}

describe('npm run run-worker', function () {
  this.timeout(300_000)
  const folder = mkdtempSync(path.join(tmpdir(), 'darkroom-test-'))
  after(() => rmSync(folder, { recursive: true, force: true }))

  function run(...args: readonly string[]) {
    const child = spawn(process.execPath, [COMMAND, ...args], { cwd: folder })
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
      child.on('close', (code) => resolve({ code, stdout, stderr }))
    })
  }

  beforeEach(() => writeFileSync(path.join(folder, 'manifest.yml'), manifestOf('copy')))

  it('runs the only worker there is, with the fmt that the name of the rendition has', async () => {
    const { code, stdout, stderr } = await run(PICTURE, 'out/a.jpg', '-p', 'optIn', 'true')
    assert.equal(code, 0, stderr)
    assert.match(stdout, /^name +pixels +bytes +time\na\.jpg +\d+ × \d+ +[\d,]+ +\d+ ms\n$/)
    // The worker is post-processed only for a true value, not for a text.
    assert.equal((await sharp(path.join(folder, 'out/a.jpg')).metadata()).format, 'png')
  })

  it('writes the rendition to the standard output, when the format is told', async () => {
    const { code, stdout, stderr } = await run(PICTURE, '-', '-p', 'fmt', 'png')
    assert.deepEqual([code, stderr], [0, ''])
    assert.match(stdout, /^.PNG\r\n/)
    const refused = await run(PICTURE, '-')
    assert.match(refused.stderr, /^Error: - has no extension that says the format; --param fmt png/)
    assert.equal(refused.code, 1)
  })

  it('takes parameters from a file and from the command line, which go before', async () => {
    writeFileSync(path.join(folder, 'params.json'), '{"optIn": true, "width": 99, "fmt": "webp"}')
    const args = ['-P', 'params.json', '-p', 'width', '20', 'height', '30']
    const { code, stdout } = await run(PICTURE, 'b.png', ...args)
    assert.equal(code, 0)
    assert.match(stdout, /^b\.png +20 × 20 /m)
    assert.equal((await sharp(path.join(folder, 'b.png')).metadata()).format, 'webp')
  })

  it('takes a negative number for a value', async () => {
    const args = ['-p', 'write', '-0.3', 'other', '-.5', '-p', 'fmt', 'txt']
    const { code, stderr } = await run(PICTURE, 'n.txt', ...args)
    assert.equal(code, 0, stderr)
    assert.equal(readFileSync(path.join(folder, 'n.txt'), 'utf8'), '-0.3')
  })

  it('makes several renditions with --data, in a folder', async () => {
    const data = { renditions: [{ name: '../x/a.txt', write: 'one' }, { write: 'two' }] }
    const { code } = await run(PICTURE, 'many', '-d', JSON.stringify(data))
    assert.equal(code, 0)
    const [one, two] = ['a.txt', 'rendition1'].map((name) =>
      readFileSync(path.join(folder, 'many', name), 'utf8'),
    )
    assert.deepEqual([one, two], ['one', 'two'])
  })

  it('writes a rendition that comes in its event', async () => {
    const args = ['-p', 'write', 'small', '-p', 'embedBinaryLimit', '100']
    const { code, stderr } = await run(PICTURE, 'c.txt', ...args)
    assert.equal(code, 0, stderr)
    assert.equal(readFileSync(path.join(folder, 'c.txt'), 'utf8'), 'small')
  })

  it('tells why a rendition was not made, and ends with status 1', async () => {
    const { code, stdout } = await run(PICTURE, 'd.png', '-p', 'write', 'failure')
    assert.equal(code, 1)
    assert.match(stdout, /^d\.png +GenericError$/m)
    assert.match(stdout, /: d\.png: GenericError: I cannot do this\.$/m)
    assert.ok(!existsSync(path.join(folder, 'd.png')))
  })

  it('has to be told which of several workers', async () => {
    writeFileSync(path.join(folder, 'manifest.yml'), manifestOf('copy', 'other'))
    assert.deepEqual(await run(PICTURE, 'e.png'), {
      code: 1,
      stdout: '',
      stderr: 'Error: Must specify worker to run using --action\n',
    })
    assert.equal((await run(PICTURE, 'e.png', '--action', 'other')).code, 0)
  })

  const WRONG: [what: string, args: readonly string[], sentence: RegExp][] = [
    ['a source that is not there', ['no.png', 'a.png'], /^no\.png: there is no such file\.$/],
    ['a folder as source', [tmpdir(), 'a.png'], /: this is not a file\.$/],
    ['one file', [PICTURE], /^There must be a FILE and a RENDITION\.\n\nUsage: /],
    [
      'three files',
      [PICTURE, 'a', 'b'],
      /^b is neither FILE nor RENDITION; --help tells the options\.$/,
    ],
    ['an unknown action', [PICTURE, 'a.png', '-a', 'no'], /^Action not found in manifest: no$/],
    [
      'a key without a value',
      [PICTURE, 'a.png', '-p', 'a', '1', 'b'],
      /^--param b: there is no value; it must be --param KEY VALUE\.$/,
    ],
    [
      'a negative number in place of a file',
      [PICTURE, 'a.png', 'b', '-1'],
      /^b is neither FILE nor RENDITION; --help tells the options\.$/,
    ],
    [
      'a parameter file that is not there',
      [PICTURE, 'a.png', '-P', 'no.json'],
      /^--paramFile no\.json: there is no such file\.$/,
    ],
    [
      'a parameter file that is no JSON',
      [PICTURE, 'a.png', '-P', PICTURE],
      /^--paramFile .*logo\.png: The file must be a JSON object of parameters, but it is not JSON\.$/,
    ],
    [
      '--data that is no JSON',
      [PICTURE, 'a', '-d', '{'],
      /^--data: It must be a JSON object with renditions, but it is not JSON\.$/,
    ],
    [
      '--data without renditions',
      [PICTURE, 'a', '-d', '{}'],
      /^--data: renditions is missing; it must be an array of renditions\.$/,
    ],
    [
      '--data with --param',
      [PICTURE, 'a', '-d', '{}', '-p', 'a', 'b'],
      /^--data has all parameters; --param and --paramFile cannot be given as well\.$/,
    ],
    [
      '--data with a file',
      [PICTURE, PICTURE, '-d', '{"renditions": [{}]}'],
      /^With --data, RENDITION must be a folder, but .*logo\.png is not\.$/,
    ],
    [
      '--data with a name twice',
      [PICTURE, 'a', '-d', '{"renditions": [{"name": "a"}, {"name": "b/a"}]}'],
      /^--data: two renditions have the name "a"\.$/,
    ],
  ]

  for (const [what, args, sentence] of WRONG) {
    it(`ends with status 1 and one sentence for ${what}`, async () => {
      const { code, stdout, stderr } = await run(...args)
      assert.deepEqual([code, stdout], [1, ''])
      assert.match(stderr, /^Error: /)
      assert.match(stderr.trim().replace('Error: ', ''), sentence)
    })
  }
})
