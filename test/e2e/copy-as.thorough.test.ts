import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { copyAsClientCode } from '../../page/copy-as/client-code.ts'
import { type CopiedRequest, copyRequest } from '../../page/copy-as/copied-request.ts'
import { copyAsCurl } from '../../page/copy-as/curl.ts'
import { readArchivedFiles } from '../../src/cases/archive-comparison.ts'
import { usePlainPath } from './plain-programs.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'

const run = promisify(execFile)

/** A name that neither a shell nor JavaScript nor a URL likes. */
const AWKWARD = `it's "my" $HOME, 100% [a] 🦊.jpg`

const SNIPPETS: readonly {
  kind: string
  copy: (request: CopiedRequest, home: string | undefined) => string
  /** A program that runs a snippet, and its arguments. */
  command: (snippet: string, folder: string) => readonly [string, readonly string[]]
}[] = [
  {
    kind: 'curl',
    copy: copyAsCurl,
    command: (snippet) => ['sh', ['-c', snippet]],
  },
  {
    kind: 'client code',
    copy: copyAsClientCode,
    command(snippet, folder) {
      writeFileSync(path.join(folder, 'renditions.mjs'), snippet)
      return [process.execPath, ['renditions.mjs']]
    },
  },
]

describe('a request that was copied from the developer page', function () {
  this.timeout(300_000)
  // A path that shells and curl take for something else where it is not quoted.
  const home = path.join(useHome(), `it's $HOME & "more"`)
  const programs = usePlainPath()
  let service: ServiceProcess

  before(async () => {
    service = await startServiceProcess({ home })
  })
  after(async () => {
    service.child.kill('SIGTERM')
    await service.exited
  })

  for (const snippet of SNIPPETS) {
    describe(`as ${snippet.kind}`, () => {
      it('makes what it made', async () => {
        const { said, out } = await execute(
          snippet,
          { home, programs },
          copyOf(service.origin, {
            source: AWKWARD,
            files: ['logo.png'],
            renditions: [
              { name: AWKWARD, fmt: 'png', width: 40, userData: { note: `it's \`$(id)\` \\ "x"` } },
              { fmt: 'png', width: 40, watermark: { image: './logo.png' } },
              { name: 'small.png', fmt: 'png', width: 8, embedBinaryLimit: 32768 },
              { name: 'small.png', fmt: 'rar' },
            ],
          }),
        )
        const made = readdirSync(out).toSorted()
        assert.deepEqual(made, [`it_s _my_ _HOME, 100_ _a_ _.jpg`, 'rendition-1.png', 'small.png'])
        const widths = made.map(
          async (file) => (await sharp(path.join(out, file)).metadata()).width,
        )
        assert.deepEqual(await Promise.all(widths), [40, 40, 8])
        const [plain, marked] = await Promise.all(
          made.slice(0, 2).map((file) => sharp(path.join(out, file)).raw().toBuffer()),
        )
        assert.ok(plain !== undefined && marked !== undefined && !plain.equals(marked))
        assert.match(said, /3-small\.png rendition_failed RenditionFormatUnsupported \S/)
      })

      it('needs no source', async () => {
        const { out } = await execute(
          snippet,
          { home, programs },
          copyOf(service.origin, {
            files: [AWKWARD],
            renditions: [{ name: 'a.zip', fmt: 'zip', files: [`./${AWKWARD}`] }],
          }),
        )
        const [file] = await readArchivedFiles(readFileSync(path.join(out, 'a.zip')))
        // Nobody's file system takes double quotes everywhere, so the archive has none.
        assert.equal(file?.path, AWKWARD.replaceAll('"', '_'))
      })
    })
  }
})

/** Runs a snippet in a folder that has nothing but the files which it names; only the client has Node.js and its package. */
async function execute(
  { copy, command }: (typeof SNIPPETS)[number],
  { home, programs }: { home: string; programs: string },
  request: CopiedRequest,
) {
  const folder = mkdtempSync(path.join(tmpdir(), 'darkroom-copied-'))
  after(() => rmSync(folder, { recursive: true }))
  cpSync('samples/portrait.jpg', path.join(folder, AWKWARD))
  cpSync('samples/logo.png', path.join(folder, 'logo.png'))
  const [program, args] = command(copy(request, home), folder)
  if (program === process.execPath) {
    symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'))
  }
  const env = { PATH: programs, NODE_EXTRA_CA_CERTS: path.join(home, 'ca.pem') }
  const { stdout, stderr } = await run(program, args, { cwd: folder, env })
  return { said: stdout + stderr, out: path.join(folder, 'renditions') }
}

function copyOf(
  origin: string,
  request: { source?: string; files: string[]; renditions: Record<string, unknown>[] },
): CopiedRequest {
  return copyRequest(
    {
      source: request.source === undefined ? undefined : fileOf(request.source),
      files: request.files.map(fileOf),
      renditions: request.renditions.map((instructions) => ({
        instructions,
        state: 'created',
        worker: 'worker',
        spans: [],
      })),
    },
    origin,
    ({ name }) => `./${name}`,
  )
}

function fileOf(name: string) {
  return { id: name, name, type: 'image/jpeg', size: 1 }
}
