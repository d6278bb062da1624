import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { familyOfProcess } from '../../../src/programs/process-family.ts'
import { createDice, mutate } from '../../fuzz/mutation.ts'
import { amountOf, seedOf } from '../../support/amounts.ts'
import { type Tasks, useConvertingService } from './converting-service.ts'
import { useSourceFiles } from './source-files.ts'

/** Of each group; the office takes seconds for each. */
const FILES = amountOf({ thoroughly: 300, usually: 3 })

/** As many as one job has, each with a task and an export. */
const FILES_A_JOB = 30

const SEED = seedOf(1)

const convert = (to: string) => ({ operation: 'convert', output_format: to })

/** What is done with the files of a group, in turns. */
const GROUPS: Readonly<Record<string, readonly (readonly [from: string, task: object])[]>> = {
  video: [
    ['mp4', { ...convert('webm'), width: 32 }],
    ['webm', convert('mp4')],
    ['avi', { operation: 'thumbnail', width: 32 }],
    ['mkv', convert('gif')],
    ['mpg', convert('mp3')],
  ],
  audio: ['mp3', 'wav', 'flac', 'ogg', 'm4a', 'aiff', 'aac', 'opus'].map((from) => [
    from,
    convert(from === 'wav' ? 'mp3' : 'wav'),
  ]),
  office: ['docx', 'xlsx', 'odt', 'ods', 'odp', 'txt'].map((from) => [from, convert('pdf')]),
  pdf: [
    ['pdf', convert('png')],
    ['pdf', convert('txt')],
    ['pdf', { operation: 'pdf/linearize' }],
    ['pdf', { operation: 'optimize' }],
    ['pdf', { operation: 'metadata' }],
  ],
  archive: ['zip', '7z', 'tar', 'tar.gz', 'tar.xz', 'tar.bz2'].map((from) => [
    from,
    { operation: 'archive/extract' },
  ]),
  picture: ['jpg', 'png', 'gif', 'webp', 'tif', 'avif', 'heic', 'psd', 'bmp', 'svg'].map((from) => [
    from,
    { ...convert('png'), width: 32 },
  ]),
  page: ['html', 'md', 'svg', 'epub', 'zip'].map((from) => [from, convert('pdf')]),
  data: [
    ['csv', convert('xlsx')],
    ['xlsx', convert('csv')],
    ['json', convert('csv')],
    ['ods', convert('json')],
    ['docx', convert('md')],
    ['md', convert('html')],
    ['html', convert('md')],
  ],
  font: [
    ['ttf', convert('woff')],
    ['woff', convert('ttf')],
    ['woff2', convert('woff')],
    ['otf', convert('woff2')],
  ],
}

/** The codes of what is wrong with a source; a fault of the service is none. */
const CODES = /^(SOURCE_(CORRUPT|UNSUPPORTED|PROTECTED)|RENDITION_TOO_LARGE|INVALID_\w+)$/

/** Programs that the service starts for one conversion and ends with it. */
const PROGRAMS = /ffmpeg|ffprobe|soffice|oosplash|chrom|bwrap|\/gs$|\/gm$/

/** The folders for conversions that are there, when none is under way. */
const foldersIn = (folder: string): string[] => readdirSync(folder).toSorted()

describe('a damaged source', function () {
  this.timeout(3_600_000)
  const temporary = mkdtempSync(join(tmpdir(), 'darkroom-damaged-'))
  const service = useConvertingService({ TMPDIR: temporary })
  const sources = useSourceFiles()

  after(() => rmSync(temporary, { recursive: true, force: true }))

  /** Archives by their formats, each made once. */
  const archives = new Map<string, Buffer>()

  async function archiveOf(format: string): Promise<Buffer> {
    const known = archives.get(format) ?? (await archive(format))
    archives.set(format, known)
    return known
  }

  async function archive(format: string): Promise<Buffer> {
    const given = { filename: 'one.txt', bytes: Buffer.from('one '.repeat(50)) }
    const other = { filename: 'two.csv', bytes: await sources.bytesOf('csv') }
    const { made } = await service.run(
      { given, other },
      { made: { operation: 'archive', input: ['given', 'other'], output_format: format } },
    )
    return readFile(made?.files[0]?.path ?? '')
  }

  for (const [group, turns] of Object.entries(GROUPS)) {
    it(`becomes a result or a reason, ${FILES} times: ${group}`, async () => {
      const dice = createDice(SEED)
      const outcomes = new Map<string, number>()
      const wrong: string[] = []
      for (let at = 0; at < FILES; at += FILES_A_JOB) {
        const files: Record<string, { filename: string; bytes: Buffer }> = {}
        const tasks: Record<string, Tasks[string]> = {}
        for (let nth = at; nth < Math.min(FILES, at + FILES_A_JOB); nth += 1) {
          const [from, task] = turns[nth % turns.length] ?? assert.fail()
          const whole = await (group === 'archive' ? archiveOf(from) : sources.bytesOf(from))
          const damaged = mutate(whole, dice)
          // No file without bytes can be sent in base64.
          const bytes = damaged.length === 0 ? Buffer.of(0) : damaged
          files[`file${nth}`] = { filename: `file${nth}.${from}`, bytes }
          tasks[`task${nth}`] = { ...task, input: `file${nth}` }
        }
        for (const [name, { status, code = status, message }] of Object.entries(
          await service.run(files, tasks),
        )) {
          outcomes.set(code, (outcomes.get(code) ?? 0) + 1)
          if (status === 'finished') continue
          // A frame that cannot be read is one that is not there.
          const isKnown = CODES.test(code) || / must be one of the \w+ file/.test(message)
          const isSentence =
            /^[^\n]+\.$/.test(message) && !/Error:|\bat .+:\d+|undefined/.test(message)
          if (status !== 'error' || !isKnown || !isSentence)
            wrong.push(`${name} of seed ${SEED}: ${status} ${code} ${message}`)
        }
      }
      assert.deepEqual(wrong, [])
      // Damage that everything notices would try nothing; of few archives their checksums notice all.
      if (FILES >= FILES_A_JOB) assert.ok((outcomes.get('finished') ?? 0) > 0)
    })
  }

  it('leaves no program, no folder, and a service that goes on', async () => {
    const { child } = service.service()
    assert.equal(child.exitCode, null)
    const programs = familyOfProcess(child.pid ?? 0)
      .map((pid) => readlinkSync(`/proc/${pid}/exe`))
      .filter((path) => PROGRAMS.test(path))
    assert.deepEqual(programs, [])
    assert.deepEqual(foldersIn(temporary), [])
    const source = { filename: 'a.png', bytes: await sources.bytesOf('png') }
    const { made } = await service.run({ source }, { made: { ...convert('jpg'), input: 'source' } })
    assert.equal(made?.status, 'finished')
  })
})
