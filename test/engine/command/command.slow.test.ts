import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CommandOptions, createCommand } from '../../../src/engine/command/command.ts'
import type { ProgramLimits } from '../../../src/programs/program-limits.ts'
import { findPrograms } from '../../../src/programs/programs.ts'
import { sandboxProblem } from '../../../src/programs/sandbox.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { skipWithout } from '../../support/tools.ts'
import { sourceOf } from '../archive/archive-fixture.ts'
import { reportOf, unpackEntries } from '../archive/unpack-fixture.ts'

const SECRET = 'what nobody may read'

const LIMITS: ProgramLimits = {
  longestMs: 20_000,
  mostMemoryBytes: 1_000_000_000,
  mostWrittenBytes: 200_000_000,
  mostFiles: 50,
}

/** Arguments that copy an input byte by byte, by whatever protocol. */
function copying(input: readonly string[]): string[] {
  const protocols = 'file,http,tcp,subfile,concat,data,crypto,hls'
  const output = ['-map', '0', '-c', 'copy', '-f', 'data', '/output/stolen']
  return ['-y', '-protocol_whitelist', protocols, ...input, ...output]
}

describe('commands in the sandbox', function () {
  this.timeout(60_000)
  const folder = useTemporaryFolder()
  const programs = findPrograms({ PATH: '/usr/bin:/bin' })
  let outside: string
  let server: Server
  let asked = 0

  before(async function () {
    skipWithout(this, 'bubblewrap', 'FFmpeg')
    const problem =
      programs.bwrap === undefined ? 'bwrap is missing' : sandboxProblem(programs.bwrap)
    if (problem !== undefined || programs.ffmpeg === undefined) {
      console.log(`      skipped: ${problem ?? 'ffmpeg is missing'}`)
      this.skip()
    }
    outside = mkdtempSync(join(tmpdir(), 'outside-'))
    server = createServer((_request, response) => {
      asked += 1
      response.end(SECRET)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  after(() => {
    server?.close()
    if (outside !== undefined) rmSync(outside, { recursive: true, force: true })
  })

  /** What a command leaves, by names, and what it says. */
  async function run(
    wanted: Partial<CommandOptions> & { readonly args: readonly string[] },
    options: {
      files?: Readonly<Record<string, string>>
      limits?: Partial<ProgramLimits>
      signal?: AbortSignal
    } = {},
  ): Promise<{ files: Map<string, string>; output: string }> {
    const { files = {}, limits, signal = new AbortController().signal } = options
    const [made] = createCommand({ programs, limits: { ...LIMITS, ...limits } }).run({
      sources: [],
      wanted: [
        {
          command: 'ffmpeg',
          files: Object.keys(files).map((path) => ({ url: `https://test/${path}`, path })),
          result: 'files',
          ...wanted,
        },
      ],
      folder: folder.pathTo(''),
      fetch: async (url) => sourceOf(files[url.replace('https://test/', '')] ?? ''),
      signal,
      progress: () => undefined,
    })
    const path = (await made)?.[0]?.path ?? ''
    const entries = await reportOf(path, folder.pathTo(''))
    const contents = await unpackEntries(
      path,
      folder.pathTo(''),
      entries.map(({ entry }) => entry),
    )
    const named = new Map(
      entries.map((entry, index) => [entry.path ?? '', String(contents[index])]),
    )
    const report: { output: string } = JSON.parse(named.get('report.json') ?? '{}')
    named.delete('report.json')
    return { files: named, output: report.output }
  }

  it('read their input and leave their output, in folders and with any name', async () => {
    const script = ['-y', '-f', 'lavfi', '-i', 'sine=d=0.1', '-f', 's16le', '/output/täst.raw']
    const { files } = await run({ args: script })
    assert.deepEqual([...files.keys()], ['täst.raw'])
    const copy = ['-y', '-f', 'data', '-i', '/input/import-1/a b.txt', '-map', '0', '-c', 'copy']
    const copied = await run(
      { args: [...copy, '-f', 'data', '/output/b.txt'] },
      { files: { 'import-1/a b.txt': 'a text' } },
    )
    assert.equal(copied.files.get('b.txt'), 'a text')
  })

  it('say something', async () => {
    const { output, files } = await run({ command: 'ffprobe', args: ['-version'] })
    assert.match(output, /^ffprobe version/)
    assert.equal(files.size, 0)
  })

  it('fail with what they say', async () => {
    await assert.rejects(run({ args: ['-i', '/input/none.mp4', '/output/a.mp4'] }), {
      code: 'command_failed',
      message: /^ffmpeg has ended with 1, and says: .*No such file or directory/,
    })
  })

  it('leave no folders that are deeper than a path may be long', async () => {
    const isRoot = process.getuid?.() === 0
    const parent = isRoot ? tmpdir() : folder.pathTo('')
    const left = (): string[] =>
      readdirSync(parent).filter((name) => /^(?:darkroom-)?command-/.test(name))
    const before = left()
    const deep = `${`${'f'.repeat(250)}/`.repeat(16)}${'f'.repeat(54)}`
    const picture = ['-f', 'lavfi', '-i', 'color=s=16x16:d=1', '-f', 'hls', '-strftime', '1']
    const segments = ['-strftime_mkdir', '1', '-hls_segment_filename', `/output/${deep}/%s.ts`]
    await assert.rejects(run({ args: [...picture, ...segments, '/output/x.m3u8'] }), {
      code: 'command_stopped',
    })
    assert.deepEqual(left(), before)
  })

  const escapes: readonly {
    title: string
    args: (place: { file: string; url: string }) => readonly string[]
    files?: (place: { file: string; url: string }) => Readonly<Record<string, string>>
  }[] = [
    { title: 'a file of the machine', args: ({ file }) => copying(['-f', 'data', '-i', file]) },
    {
      title: 'a file by its URL',
      args: ({ file }) => copying(['-f', 'data', '-i', `file://${file}`]),
    },
    { title: '/etc/passwd', args: () => copying(['-f', 'data', '-i', '/etc/passwd']) },
    { title: 'a process', args: () => copying(['-f', 'data', '-i', '/proc/1/environ']) },
    {
      title: 'a part of a file',
      args: ({ file }) => copying(['-f', 'data', '-i', `subfile,,start,0,end,9,,:${file}`]),
    },
    {
      title: 'a chain of files',
      args: ({ file }) => copying(['-f', 'data', '-i', `concat:${file}|${file}`]),
    },
    { title: 'a server', args: ({ url }) => copying(['-f', 'data', '-i', url]) },
    {
      title: 'a playlist that names a file',
      args: () => [
        '-allowed_extensions',
        'ALL',
        ...copying(['-f', 'hls', '-i', '/input/a/evil.mp4']),
      ],
      files: ({ file }) => ({
        'a/evil.mp4': `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://${file}\n#EXT-X-ENDLIST\n`,
      }),
    },
    {
      title: 'a list of parts that names a file',
      args: () => copying(['-f', 'concat', '-safe', '0', '-i', '/input/a/list.txt']),
      files: ({ file }) => ({ 'a/list.txt': `file '${file}'\n` }),
    },
    {
      title: 'a filter that reads a file',
      args: ({ file }) => ['-y', '-f', 'lavfi', '-i', `movie=${file}`, '/output/stolen.png'],
    },
    {
      title: 'a file to write outside',
      args: ({ file }) => ['-y', '-f', 'lavfi', '-i', 'sine=d=0.1', '-f', 's16le', `${file}.new`],
    },
    {
      title: 'its input to write to',
      args: () => ['-y', '-f', 'lavfi', '-i', 'sine=d=0.1', '-f', 's16le', '/input/a/new'],
      files: () => ({ 'a/old': 'old' }),
    },
  ]
  for (const { title, args, files } of escapes) {
    it(`never get at ${title}`, async () => {
      const place = {
        file: join(outside, 'secret'),
        url: `http://127.0.0.1:${Object(server.address()).port}/`,
      }
      const { writeFile, readdir } = await import('node:fs/promises')
      await writeFile(place.file, SECRET)
      await assert.rejects(run({ args: args(place) }, files ? { files: files(place) } : {}), {
        code: 'command_failed',
      })
      assert.equal(asked, 0)
      assert.deepEqual(await readdir(outside), ['secret'])
      assert.equal(readFileSync(place.file, 'utf8'), SECRET)
    })
  }
})
