import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { type CopiedJob, copyJob } from '../../page/copy-as/copied-job.ts'
import { copyJobAsCurl } from '../../page/copy-as/job-curl.ts'
import { copyJobAsNode } from '../../page/copy-as/job-node.ts'
import { copyJobAsPhp } from '../../page/copy-as/job-php.ts'
import { copyJobAsPython } from '../../page/copy-as/job-python.ts'
import { inspectDraft } from '../../page/job-composer/draft.ts'
import { COMPOSED } from '../page/job-composer/document.ts'
import { usePlainPath } from './plain-programs.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'

const run = promisify(execFile)

/** Names that neither a shell nor a form nor a language likes. */
const AWKWARD = `it's "my" $HOME, 100% [a]; 🦊.jpg`

/** What runs here, each with the program that runs it. */
const RUN: readonly {
  kind: string
  copy: (job: CopiedJob, home: string | undefined) => string
  command: (snippet: string, folder: string, home: string) => readonly [string, readonly string[]]
}[] = [
  {
    kind: 'curl',
    copy: copyJobAsCurl,
    command: (snippet) => ['sh', ['-c', snippet]],
  },
  {
    kind: 'Node',
    copy: copyJobAsNode,
    command(snippet, folder, home) {
      writeFileSync(path.join(folder, 'job.mjs'), snippet)
      symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'))
      return ['sh', ['-c', `. "$0" && ${process.execPath} job.mjs`, path.join(home, 'jobs.env')]]
    },
  },
]

/** What is only read here, since its client may not be there. */
const READ: readonly {
  kind: string
  copy: (job: CopiedJob, home: string | undefined) => string
  program: string
  args: (file: string) => readonly string[]
}[] = [
  {
    kind: 'Python',
    copy: copyJobAsPython,
    program: 'python3',
    args: (file) => ['-c', 'import ast, sys; ast.parse(open(sys.argv[1]).read())', file],
  },
  { kind: 'PHP', copy: copyJobAsPhp, program: 'php', args: (file) => ['-l', file] },
]

const UPLOAD = { operation: 'import/upload' }

/** Two files into one archive and one picture, exported one by one; one task fails, and may. */
const SEVERAL = {
  tasks: {
    'import-1': UPLOAD,
    'import-2': UPLOAD,
    'text-1': { operation: 'import/raw', file: `it's\n"\\$(id)\`?> {x}`, filename: 'a.txt' },
    small: { operation: 'thumbnail', input: ['import-1', 'import-2'], width: 40 },
    both: { operation: 'archive', input: ['import-1', 'text-1'], filename: AWKWARD },
    facts: { operation: 'metadata', input: 'import-2' },
    wrong: { operation: 'convert', input: 'text-1', output_format: 'png', ignore_error: true },
    pictures: { operation: 'export/url', input: 'small' },
    rest: { operation: 'export/url', input: ['both', 'import-2', 'small'] },
  },
  tag: `it's`,
}

/** A folder with sources, and nothing else. */
function useFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'darkroom-copied-'))
  after(() => rmSync(folder, { recursive: true }))
  cpSync('samples/portrait.jpg', path.join(folder, AWKWARD))
  cpSync('samples/logo.png', path.join(folder, 'logo.png'))
  return folder
}

describe('a job that was copied from the composer', function () {
  this.timeout(300_000)
  // A path that shells and curl take for something else where it is not quoted.
  const home = path.join(useHome(), `it's $HOME & "more"`)
  const env = { PATH: usePlainPath() }
  let service: ServiceProcess

  before(async () => {
    service = await startServiceProcess({ home })
  })
  after(async () => {
    service.child.kill('SIGTERM')
    await service.exited
  })

  for (const { kind, copy, command } of RUN) {
    describe(`as ${kind}`, () => {
      it('sends files, and fetches what was made of them', async () => {
        const folder = useFolder()
        const [program, args] = command(copy(jobOf(SEVERAL), home), folder, home)
        const { stdout, stderr } = await run(program, args, { cwd: folder, env })
        const said = stdout + stderr
        const made = readdirSync(path.join(folder, 'files')).toSorted()
        assert.equal(made.length, 6, made.join('\n'))
        const widths = made
          .filter((name) => name.endsWith('.png'))
          .map(async (name) => (await sharp(path.join(folder, 'files', name)).metadata()).width)
        const whole = (await sharp('samples/logo.png').metadata()).width
        // What two tasks export under one name is there twice.
        assert.deepEqual(
          (await Promise.all(widths)).toSorted((a, b) => a - b),
          [40, 40, 40, 40, whole],
        )
        assert.equal(
          made.filter((name) => name.endsWith('.zip') || name.endsWith('.jpg')).length,
          1,
        )
        assert.match(said, /facts finished/)
        assert.match(said, /ImageWidth/)
      })

      it('says why a job fails, and fails', async () => {
        const folder = useFolder()
        const tasks = {
          a: { operation: 'import/raw', file: 'a', filename: 'a.jpg' },
          b: { operation: 'convert', input: 'a', output_format: 'png' },
          c: { operation: 'export/url', input: 'b' },
        }
        const [program, args] = command(copy(jobOf({ tasks }), home), folder, home)
        await assert.rejects(run(program, args, { cwd: folder, env }), (error: unknown) => {
          assert.ok(error instanceof Error && 'stdout' in error && 'stderr' in error)
          assert.match(String(error.stdout) + String(error.stderr), /b error SOURCE_\w+ \S/)
          return true
        })
      })
    })
  }

  for (const { kind, copy, program, args } of READ) {
    it(`is ${kind}`, function () {
      if (spawnSync(program, ['--version']).status !== 0) this.skip()
      const folder = useFolder()
      const file = path.join(folder, `job.${kind.toLowerCase()}`)
      writeFileSync(file, copy(jobOf(SEVERAL), home))
      const { status, stdout, stderr } = spawnSync(program, args(file), { encoding: 'utf8' })
      assert.equal(status, 0, `${stdout}${stderr}`)
    })
  }
})

function jobOf(job: object): CopiedJob {
  const read = inspectDraft(JSON.stringify(job), COMPOSED)
  assert.deepEqual(read.problems, [])
  return copyJob(read, (task) => {
    const name = task === 'import-1' ? AWKWARD : 'logo.png'
    return { path: `./${name}`, name }
  })
}
