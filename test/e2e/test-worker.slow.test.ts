import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DomUtils, parseDocument } from 'htmlparser2'
import sharp from 'sharp'
import { amountOf, itThoroughly } from '../support/amounts.ts'

const COMMAND = path.resolve('src/cli/test-worker.ts')
const ACTIONS = path.resolve('test/actions')

const MANIFEST = `
packages:
  dx-asset-compute-worker-1:
    actions:
      copy: { function: ${ACTIONS}/intermediate.ts, web: "yes", limits: { timeout: 200000, memorySize: 512, concurrency: 1 } }
      fetching: { function: ${ACTIONS}/fetching.ts, web: "yes", limits: { timeout: 200000, memorySize: 512, concurrency: 1 } }
`

/** An action without a limit to its concurrency: one case waits until the other has crashed. */
const CRASHING_MANIFEST = `
packages:
  dx-asset-compute-worker-1:
    actions:
      crashing: { function: crashing.mjs, web: "yes", limits: { timeout: 200000, memorySize: 512 } }
`
const CRASHING = `
import { existsSync, writeFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { worker } from '${path.resolve('src/sdk/custom-worker.ts')}'

const fileOf = (name) => new URL(name, import.meta.url)

async function until(name) {
  while (!existsSync(fileOf(name))) await setImmediate()
}

export const main = worker(async (_source, rendition) => {
  if (rendition.instructions.crash) {
    await until('begun')
    writeFileSync(fileOf('crashed'), '')
    process.exit(1)
  }
  writeFileSync(fileOf('begun'), '')
  await until('crashed')
  writeFileSync(rendition.path, 'hello')
})
`

type Files = Readonly<Record<string, string | Buffer>>

interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** A project in a folder of its own, gone after the tests of the enclosing `describe`. */
function useProject(cases: () => Promise<Readonly<Record<string, Files>>>, manifest = MANIFEST) {
  const folder = mkdtempSync(path.join(tmpdir(), 'darkroom-test-'))
  const pathTo = (...names: string[]) => path.join(folder, ...names)
  const results = (action: string, name: string) =>
    readFileSync(pathTo('build/test-results', `test-${action}`, name), 'utf8')
  before(async () => {
    if (manifest !== '') writeFileSync(pathTo('manifest.yml'), manifest)
    for (const [name, files] of Object.entries(await cases())) {
      mkdirSync(pathTo('test/asset-compute', name), { recursive: true })
      for (const [file, content] of Object.entries(files)) {
        writeFileSync(pathTo('test/asset-compute', name, file), content)
        if (file.startsWith('validate')) {
          chmodSync(pathTo('test/asset-compute', name, file), 0o755)
        }
      }
    }
  })
  after(() => rmSync(folder, { recursive: true, force: true }))
  return { pathTo, results, run: (...args: string[]) => run(folder, args) }
}

async function run(
  cwd: string,
  args: readonly string[],
  environment = {},
  onStart: (child: ChildProcess) => void = () => undefined,
): Promise<Ended> {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    cwd,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onStart(child)
  const ended: Ended = { code: null, stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      ended[stream] += text
    })
  }
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ ...ended, code }))
  })
}

/** The cases of a report: name, and what is within. */
function readJUnit(xml: string) {
  const document = parseDocument(xml, { xmlMode: true })
  const [suite] = DomUtils.getElementsByTagName('testsuite', document)
  return {
    suite: suite?.attribs ?? {},
    cases: DomUtils.getElementsByTagName('testcase', document).map((element) => {
      const [inner] = DomUtils.getElementsByTagName(() => true, element.children)
      return [element.attribs['name'], inner?.name, inner?.attribs['message']]
    }),
  }
}

const times = String.raw`\d+s \d{1,3}ms \(worker \d+s \d{1,3}ms\)`

function picture(background: string): Promise<Buffer> {
  return sharp({ create: { width: 20, height: 10, channels: 3, background } })
    .png()
    .toBuffer()
}

/** Params for the action `fetching`. */
function call(...calls: object[]): string {
  return JSON.stringify({ fmt: 'txt', calls })
}

/** An expectation of MockServer. */
function answer(body: unknown, more: object = {}): object {
  return { httpRequest: { path: '/a' }, httpResponse: { body }, ...more }
}

const good = { 'file.txt': 'hello\n', 'rendition.txt': 'hello\n' }
const failing = {
  'file.txt': '',
  'params.json': '{"write": "failure", "errorReason": "GenericError"}',
}

describe('npm run test-worker', function () {
  this.timeout(300_000)

  describe('in a project with cases of every kind', () => {
    const {
      pathTo,
      results,
      run: runHere,
    } = useProject(async () => ({
      'copy/a-good': good,
      'copy/b-expected-error': failing,
      'copy/c-broken-text': { 'file.txt': 'one\ntwo\n', 'rendition.txt': 'one\n2\n' },
      'copy/d-broken-picture': {
        'file.png': await picture('teal'),
        'rendition.png': await picture('red'),
      },
      'copy/e-validated': {
        ...good,
        'rendition.txt': 'other',
        validate: '#!/bin/sh\ngrep -q other "$1" && grep -q hello "$2"\n',
      },
      'copy/f-not-valid': { ...good, validate: '#!/bin/sh\necho "<no>"; exit 5\n' },
      'copy/g-without-source': { 'params.json': '{}' },
      'copy/h-both': { ...good, 'params.json': '{"errorReason": "SourceCorrupt"}' },
      'copy/i-other-error': {
        'file.txt': '',
        'params.json': '{"write": "failure", "errorReason": "SourceCorrupt"}',
      },
      'copy/j-no-error': {
        'file.txt': 'hello',
        'params.json': '{"fmt": "txt", "errorReason": "SourceCorrupt"}',
      },
      'copy/k-nothing-expected': { 'file.txt': 'new', 'params.json': '{"fmt": "txt"}' },
      'copy/l-of-another-file': {
        'file.txt': '',
        'params.json': '{"write": "mark.txt"}',
        'rendition.txt': 'x',
        'mark.txt': '',
        validate: '#!/bin/sh\ngrep -q "^https://localhost.*/files/mark.txt" "$2"\n',
      },
    }))
    let ended: Ended

    before(async () => {
      ended = await runHere()
    })

    it('ends with status 2 when there were errors', () => {
      assert.equal(ended.code, 2, ended.stderr)
      assert.equal(ended.stderr, '')
    })

    it('tells each case in a line, and below what is wrong with it', () => {
      const lines = [
        ` ✔  a-good  ${times}`,
        ` ✔  b-expected-error \\(expected error\\)  ${times}`,
        ` ✖  c-broken-text  Failure: Rendition 'rendition.txt' not as expected.  ${times}`,
        `      line 2 is "two", expected "2"`,
        ` ✖  d-broken-picture  Failure: Rendition 'rendition.png' not as expected.  ${times}`,
        `      distance of the pixels is 0\\.\\d+, expected at most 0`,
        ` ✔  e-validated  ${times}`,
        ` ✖  f-not-valid  Failure: Rendition 'rendition.txt' not as expected. Validate exit code was: 5.  ${times}`,
        `      <no>`,
        `      \\+ echo '<no>'`,
        `      \\+ exit 5`,
        ` o  g-without-source  Skipping: no test input file found`,
        ` ✖  h-both  Error: Invalid test case 'h-both': expects an error .* and a rendition \\(rendition.txt\\).`,
        ` ✖  i-other-error  Failure: Expected error 'SourceCorrupt' but got 'GenericError': I cannot do this.  ${times}`,
        ` ✖  j-no-error  Failure: Expected error 'SourceCorrupt' but none occurred.  ${times}`,
        ` ✖  k-nothing-expected  Error: Missing expected rendition and no expected 'errorReason' in params.json.  ${times}`,
        ` ✔  l-of-another-file  ${times}`,
      ]
      const expected = [
        '',
        'Running tests in test/asset-compute/copy',
        'Test cases:',
        '',
        ...lines,
        '',
      ]
      assert.match(ended.stdout, new RegExp(`^Actions:\n- copy\n${expected.join('\n')}`))
    })

    it('tells the numbers, and where the results are', () => {
      const summary = [
        'There were test failures and errors.',
        '  - Tests run      : 11',
        '  - Failures       : 5',
        '  - Errors         : 2',
        '  - Skipped        : 1',
        '  - Expected errors: 1',
        '',
        String.raw`Test time : \d+s \d+ms`,
        String.raw`Total time: \d+s \d+ms`,
        '',
        'Test results   : build/test-results/test-copy/test-results.xml',
        'Timing results : build/test-results/test-copy/test-timing-results.csv',
        'Test log       : build/test-results/test-copy/test.log',
        'Report         : build/test-results/test-copy/report.html',
        'Failed         : build/test-results/test-copy/failed',
        '',
        "Adobe's own command runs cases in a test mode, .*",
      ]
      assert.match(ended.stdout, new RegExp(`\n\n${summary.join('\n')}\n$`))
    })

    it('writes JUnit XML', () => {
      const { suite, cases } = readJUnit(results('copy', 'test-results.xml'))
      const { name, tests, failures, errors, skipped, expectedErrors } = suite
      assert.deepEqual(
        [name, tests, failures, errors, skipped, expectedErrors],
        ['Worker unit tests for copy', '12', '5', '2', '1', '1'],
      )
      assert.deepEqual(cases.slice(0, 3), [
        ['a-good', undefined, undefined],
        ['b-expected-error', undefined, undefined],
        ['c-broken-text', 'failure', `Rendition 'rendition.txt' not as expected`],
      ])
      assert.deepEqual(
        cases.slice(6, 8).map(([, kind]) => kind),
        ['skipped', 'error'],
      )
    })

    it('writes the times as CSV', () => {
      const rows = results('copy', 'test-timing-results.csv').trim().split('\n')
      assert.equal(rows[0], 'name,processing time,test time')
      assert.match(rows[1] ?? '', /^a-good,\d+\.\d{3},\d+\.\d{3}$/)
      assert.equal(rows[7], 'g-without-source,,')
      assert.match(rows.at(-1) ?? '', /^total,\d+\.\d{3},\d+\.\d{3}$/)
      assert.equal(rows.length, 14)
    })

    it('writes what the worker of each case printed', () => {
      const log = results('copy', 'test.log')
      assert.equal(log.match(/^(passed|failed|error|skipped|expected-error): /gm)?.length, 12)
      const [broken = ''] = /^failed: c-broken-text[^]*?^=+$/m.exec(log) ?? []
      assert.match(broken, /stdout: worker copy /)
      assert.match(broken, /^line 2 is "two", expected "2"$/m)
      assert.match(log, /stdout: .*I cannot do this\./)
    })

    it('keeps the renditions that are not as expected', () => {
      const failed = pathTo('build/test-results/test-copy/failed')
      assert.deepEqual(readdirSync(failed), [
        'c-broken-text',
        'd-broken-picture',
        'f-not-valid',
        'j-no-error',
        'k-nothing-expected',
      ])
      assert.equal(
        readFileSync(path.join(failed, 'c-broken-text/rendition.txt'), 'utf8'),
        'one\ntwo\n',
      )
    })

    it('writes a page with the pictures side by side', async () => {
      const page = parseDocument(results('copy', 'report.html'))
      const sections = DomUtils.getElementsByTagName('section', page)
      assert.equal(sections.length, 7)
      const images = DomUtils.getElementsByTagName('img', page)
      assert.deepEqual(
        images.map(({ attribs }) => attribs['alt']),
        ['expected', 'actual', 'difference'],
      )
      const colours = await Promise.all(
        images.map(async ({ attribs }) => {
          const { dominant } = await sharp(
            Buffer.from(attribs['src']?.replace('data:image/png;base64,', '') ?? '', 'base64'),
          ).stats()
          return dominant.r > dominant.b
        }),
      )
      assert.deepEqual(colours, [true, false, true])
      assert.equal(DomUtils.getElementsByTagName('tr', page).length, 13)
      assert.match(results('copy', 'report.html'), /&lt;no&gt;/)
    })

    it('runs the cases that a pattern names, and ends with status 1 when only cases failed', async () => {
      const { code, stdout } = await runHere('[cd]-*', '-a', 'copy')
      assert.equal(code, 1)
      assert.match(stdout, /^There were test failures\.\n {2}- Tests run {6}: 2$/m)
      assert.ok(!stdout.includes('Actions:'))
    })

    itThoroughly('runs the cases that a pattern does not name', async () => {
      const { stdout } = await runHere('![b-z]-*')
      assert.match(stdout, /^ {2}- Tests run {6}: 1$/m)
      assert.match(stdout, /^ ✔ {2}a-good /m)
    })

    itThoroughly('ends with status 0 when all is as expected', async () => {
      const { code, stdout } = await runHere('{a,b}-*')
      assert.equal(code, 0)
      assert.match(stdout, /^✔ All tests were successful\.$/m)
      assert.ok(
        !existsSync(pathTo('build/test-results/test-copy/failed')),
        'nothing of an earlier run is left',
      )
    })

    itThoroughly('prints with --verbose what the worker of a failing case logged', async () => {
      const { stdout } = await runHere('[ac]-*', '--verbose')
      const [before = '', after = ''] = stdout.split('c-broken-text')
      assert.ok(!before.includes('stdout: worker copy'))
      assert.match(after, /^ {6}\S+Z stdout: worker copy /m)
    })

    it('makes with -u the renditions of failing cases the expected ones', async () => {
      const { code, stdout } = await runHere('[cdijk]-*', '-u')
      assert.equal(code, 2)
      for (const name of [
        'c-broken-text/rendition.txt',
        'd-broken-picture/rendition.png',
        'k-nothing-expected/rendition.txt',
      ]) {
        assert.ok(
          stdout.includes(`Updating expected rendition test/asset-compute/copy/${name}\n`),
          name,
        )
      }
      assert.equal(stdout.match(/Updating/g)?.length, 3, 'none in place of an error')
      assert.equal((await runHere('[cdk]-*')).code, 0)
    })

    it('ends with status 3 when all that was to be run was skipped', async () => {
      const { code, stderr } = await runHere('g-*')
      assert.equal(code, 3)
      assert.equal(stderr, '\nError: None of the test cases has been run, since each was skipped\n')
    })

    itThoroughly('is coloured only when there is somebody to see it', async () => {
      const escape = '\u001b['
      assert.ok(!ended.stdout.includes(escape))
      const coloured = await run(pathTo(), ['a-good'], { FORCE_COLOR: '1' })
      assert.ok(coloured.stdout.includes(`${escape}32m ✔  a-good`))
    })

    itThoroughly('writes where AIO_BUILD_DIR says', async () => {
      const { stdout } = await run(pathTo(), ['a-good'], { AIO_BUILD_DIR: 'out' })
      assert.match(stdout, /^Test results {3}: out\/test-results\/test-copy\/test-results\.xml$/m)
      assert.ok(existsSync(pathTo('out/test-results/test-copy/report.html')))
    })
  })

  describe('with mocks', () => {
    const { results, run: runHere } = useProject(async () => ({
      'fetching/clients': {
        'file.txt': '',
        'params.json': call(
          { url: 'https://example.com/a' },
          { url: 'https://example.com/a', classic: true },
          { url: 'http://example.com/a', classic: true },
          { url: 'https://EXAMPLE.com:443/a' },
        ),
        'mock-example.com.json': JSON.stringify(answer('yes')),
        'rendition.txt': '200 yes\n200 yes\n200 yes\n200 yes\n',
      },
      'fetching/hosts-and-times': {
        'file.txt': '',
        'params.json': call(
          { url: 'https://example.com/a' },
          { url: 'https://example.com/a' },
          { url: 'https://api.example.org/a' },
          { url: 'https://example.com/b' },
        ),
        'mock-example.com.json': JSON.stringify([
          answer('once', { times: { remainingTimes: 1 } }),
          answer('then'),
        ]),
        'mock-api.example.org.json': JSON.stringify([answer({ of: 'another host' })]),
        'rendition.txt': '200 once\n200 then\n200 {"of":"another host"}\n404 \n',
      },
      'fetching/json': {
        'file.txt': '',
        'params.json': call(
          { url: 'https://example.com/a', method: 'POST', body: { n: 1, more: 2 } },
          { url: 'https://example.com/a', method: 'POST', body: { n: 2 } },
        ),
        'mock-example.com.json': JSON.stringify({
          httpRequest: { method: 'POST', body: { n: 1 } },
          httpResponse: { statusCode: 201, body: { type: 'JSON', json: '{"ok": true}' } },
        }),
        'rendition.txt': '201 {"ok": true}\n404 \n',
      },
      'fetching/dropped': {
        'file.txt': '',
        'params.json': call({ url: 'https://example.com/a' }),
        'mock-example.com.json': JSON.stringify({ httpError: { dropConnection: true } }),
        'rendition.txt': 'no answer: SocketError\n',
      },
      'fetching/unsupported': {
        'file.txt': '',
        'params.json': call({ url: 'https://example.com/a' }),
        'mock-example.com.json': JSON.stringify([{ httpForward: { host: 'example.org' } }]),
        'rendition.txt': '',
      },
    }))

    it('has hosts answer what the files of a case say, and that case alone', async () => {
      const { code, stdout } = await runHere()
      for (const name of ['clients', 'dropped', 'hosts-and-times', 'json']) {
        assert.match(stdout, new RegExp(`^ ✔  ${name}  ${times}$`, 'm'), stdout)
      }
      assert.match(
        stdout,
        /^ ✖ {2}unsupported {2}Error: mock-example\.com\.json: \[0\] has an unknown field "httpForward"; it must be an object of httpRequest, .*\. {2}\d+s \d+ms$/m,
      )
      assert.equal(code, 2)
      const log = results('fetching', 'test.log')
      assert.match(log, /^mock example\.com: GET \/b → 404, since no expectation matches$/m)
    })
  })

  describe('with a case that crashes', () => {
    const { pathTo, run: runHere } = useProject(
      async () => ({
        'crashing/beside': { 'file.txt': '', 'rendition.txt': 'hello' },
        'crashing/crash': {
          'file.txt': '',
          'params.json': '{"fmt": "txt", "crash": true, "errorReason": "GenericError"}',
        },
      }),
      CRASHING_MANIFEST,
    )

    itThoroughly('has the case beside it pass', async () => {
      writeFileSync(pathTo('crashing.mjs'), CRASHING)
      const { code, stdout } = await runHere()
      assert.equal(code, 0, stdout)
    })
  })

  describe('that ends before its time', () => {
    const server = createServer()
    const { pathTo } = useProject(async () => ({
      'fetching/waiting': {
        'file.txt': '',
        'rendition.txt': '',
      },
    }))

    before(async () => {
      mkdirSync(pathTo('tmp'))
      await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
      const address = server.address()
      assert.ok(typeof address === 'object' && address !== null)
      const params = call({ url: `http://localhost:${address.port}`, classic: true })
      writeFileSync(pathTo('test/asset-compute/fetching/waiting/params.json'), params)
    })
    after(() => server.close())

    const ENDS: [what: string, status: number, end: (child: ChildProcess) => void][] = [
      ['is interrupted', 130, (child) => child.kill('SIGINT')],
      ['has lost its terminal', 129, (child) => child.kill('SIGHUP')],
    ]
    const ends = amountOf({ usually: ENDS.slice(0, 1), thoroughly: ENDS })
    for (const [what, status, end] of ends) {
      it(`leaves nothing behind when it ${what} with a case under way`, async () => {
        let endedAt = Infinity
        const { code, stderr } = await run(pathTo(), [], { TMPDIR: pathTo('tmp') }, (child) =>
          server.once('request', () => {
            endedAt = performance.now()
            end(child)
          }),
        )
        assert.deepEqual([code, stderr], [status, ''])
        // The case would take the 200 s of its action.
        assert.ok(performance.now() - endedAt < 20_000, 'it does not wait for the case')
        assert.deepEqual(readdirSync(pathTo('tmp')), [])
      })
    }

    itThoroughly('leaves nothing behind when nobody reads what it prints', async () => {
      const { code } = await run(pathTo(), [], { TMPDIR: pathTo('tmp') }, (child) =>
        child.stdout?.once('data', () => child.stdout?.destroy()),
      )
      assert.equal(code, 141)
      assert.deepEqual(readdirSync(pathTo('tmp')), [])
    })
  })

  describe('in a folder', () => {
    const empty = useProject(async () => ({}))
    const unmanifested = useProject(async () => ({ 'copy/a': good }), '')
    const unknown = useProject(async () => ({ 'other/a': good }))

    const WRONG: [what: string, project: typeof empty, args: string[], message: RegExp][] = [
      ['without cases', empty, [], /^No worker tests found in 'test\/asset-compute\/\*'$/],
      [
        'without cases of an action',
        empty,
        ['-a', 'no'],
        /^No tests found for action no, missing directory: test\/asset-compute\/no$/,
      ],
      [
        'without any configuration',
        unmanifested,
        [],
        /^There is no app\.config\.yaml and no manifest\.yml in .* or above it; run this in the folder of a project\.$/,
      ],
      ['with cases of an unknown action', unknown, [], /^Action not found in manifest: other$/],
      [
        'with an unknown option',
        empty,
        ['--fast'],
        /^Unknown option '--fast'; --help tells the options\.$/,
      ],
      [
        'with two patterns',
        empty,
        ['a', 'b'],
        /^There is more than one TESTCASE: a, b; --help tells the options\.$/,
      ],
    ]

    for (const [what, project, args, message] of WRONG) {
      it(`${what} ends with status 3 and one sentence`, async () => {
        const { code, stderr } = await project.run(...args)
        assert.equal(code, 3)
        assert.match(stderr, /^\nError: .*\n$/)
        assert.match(stderr.trim().replace('Error: ', ''), message)
      })
    }

    it('tells with --help how it is called', async () => {
      const { code, stdout } = await empty.run('--help')
      assert.equal(code, 0)
      assert.match(stdout, /^Usage: npm run test-worker -- \[TESTCASE\] \[options\]\n/)
    })
  })
})
