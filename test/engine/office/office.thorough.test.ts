import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import sharp from 'sharp'
import { readingFilter, writingFilter } from '../../../src/engine/office/filters.ts'
import { writeMacro } from '../../../src/engine/office/macro.ts'
import { createOffice, type OfficeLimits } from '../../../src/engine/office/office.ts'
import type { OfficeOptions } from '../../../src/engine/office/options.ts'
import { MACRO_URL, writeProfile } from '../../../src/engine/office/profile.ts'
import { findPrograms } from '../../../src/programs/programs.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { skipWithout } from '../../support/tools.ts'
import { docx } from '../text/documents.ts'
import { textOfPages, textWithPictures } from './office-files.ts'

const LIMITS: OfficeLimits = {
  longestMs: 120_000,
  mostMemoryBytes: 2_000_000_000,
  mostFiles: 10_000,
  mostWrittenBytes: 100_000_000,
  mostPages: 10,
}

const PDF: OfficeOptions = { format: 'pdf' }

/** With the password, another one and none. */
const refused = (title: string) => [
  'Geheim',
  `The ${title} source is encrypted; set password to the one that opens it.`,
  `The ${title} source is encrypted; set password to open it.`,
]

describe('files that LibreOffice converts', function () {
  this.timeout(120_000)
  const folder = useTemporaryFolder()
  let programs: { soffice: string; bwrap: string }
  /** The folder of the last conversion. */
  let made: string

  before(function () {
    const { soffice = '', bwrap = '' } = findPrograms(process.env)
    programs = { soffice, bwrap }
    skipWithout(this, 'LibreOffice')
  })

  /** What is made of a document, or why nothing is. */
  async function convert(
    document: Buffer,
    name: string,
    {
      options = PDF,
      limits = {},
      bwrap = programs.bwrap,
      signal = new AbortController().signal,
    }: {
      options?: OfficeOptions
      limits?: Partial<OfficeLimits>
      bwrap?: string
      signal?: AbortSignal
    } = {},
  ): Promise<Buffer> {
    const path = folder.pathTo(name)
    writeFileSync(path, document)
    made = mkdtempSync(folder.pathTo('made-'))
    const office = createOffice({
      programs: { ...programs, bwrap },
      limits: { ...LIMITS, ...limits },
    })
    const [files] = office.run({
      sources: [{ path, name }],
      wanted: [options],
      folder: made,
      fetch: () => assert.fail('nothing is fetched'),
      signal,
      progress: () => undefined,
    })
    const [file] = (await files) ?? []
    return readFileSync(file?.path ?? '')
  }

  /** The processes that have the folder of these tests in their command line. */
  function processes(): string[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
      .flatMap((pid) => {
        try {
          const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1')
          return command.includes(folder.pathTo('.')) ? [command.replaceAll('\0', ' ')] : []
        } catch {
          return []
        }
      })
  }

  for (const kind of ['in a sandbox', 'by its settings alone']) {
    it(`show nothing of this machine and nothing of a network, ${kind}`, async function () {
      const isConfined = kind === 'in a sandbox'
      if (isConfined) skipWithout(this, 'bubblewrap')
      const red = { create: { width: 9, height: 9, channels: 3, background: 'red' } } as const
      const picture = await sharp(red).png().toBuffer()
      writeFileSync(folder.pathTo('secret.png'), picture)
      let requests = 0
      const server = createServer((_request, response) => {
        requests += 1
        response.end(picture)
      })
      await new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', resolve)
      })
      const document = textWithPictures([
        `file://${folder.pathTo('secret.png')}`,
        `http://127.0.0.1:${Object(server.address()).port}/a.png`,
      ])
      const bwrap = isConfined ? programs.bwrap : ''
      const pdf = await convert(document, 'linked.odt', { bwrap })
      server.close()
      writeFileSync(folder.pathTo('linked.pdf'), pdf)
      const images = execFileSync('pdfimages', ['-list', folder.pathTo('linked.pdf')])
      // There are two lines above those of pictures.
      assert.equal(images.toString().trim().split('\n').length, 2, images.toString())
      assert.equal(requests, 0)
    })
  }

  it('are without what was taken out of them, unless it is to be seen', async () => {
    const kept = '<w:r><w:t>bleibt</w:t></w:r>'
    const taken = '<w:del w:id="1" w:author="A"><w:r><w:delText>weg</w:delText></w:r></w:del>'
    const letter = docx(`<w:p>${kept}${taken}</w:p>`)
    for (const [includeMarkup, expected] of [
      [false, 'bleibt'],
      [true, 'bleibtweg'],
    ] as const) {
      const pdf = await convert(letter, 'a.docx', { options: { format: 'pdf', includeMarkup } })
      const text = execFileSync('pdftotext', ['-', '-'], { input: pdf })
      assert.equal(text.toString().trim(), expected)
    }
  })

  it('are tables with what is between the cells of a CSV, whose texts stay as they are', async () => {
    const pdf = await convert(Buffer.from('PLZ;X\n01234;Köln\n', 'latin1'), 'a.csv')
    const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf })
    assert.match(text.toString(), /PLZ +X\s+01234 +Köln/)
  })

  it('open with their password, and say when it is missing or another', async () => {
    const password = 'pässword "1"'
    const files = await encrypt(textOfPages(['Geheim']), ['odt', 'doc'], password)
    const outcomes = await Promise.all(
      [...files].flatMap(([format, document]) =>
        [password, 'wrong', undefined].map(async (given) => {
          const options = { format: 'text', password: given } as const
          return convert(document, `${given?.length}.${format}`, { options }).then(
            (text) => text.toString().trim(),
            (error: unknown) => (error instanceof Error ? error.message : error),
          )
        }),
      ),
    )
    assert.deepEqual(outcomes, [...refused('ODT'), ...refused('DOC')])
  })

  const limited: readonly (readonly [Partial<OfficeLimits>, string])[] = [
    [{ longestMs: 300 }, 'The ODT source could not be converted within 0.3 seconds.'],
    [
      { mostMemoryBytes: 1_000_000 },
      'The ODT source takes more memory to convert than this worker has.',
    ],
    [{ mostWrittenBytes: 1 }, 'The source has more than 0 MB once it is converted.'],
    [{ mostPages: 2 }, 'The source has more than 2 pages.'],
  ]
  for (const [limits, message] of limited) {
    it(`have a limit, and leave no process: ${message}`, async () => {
      const document = textOfPages(['1', '2', '3'])
      await assert.rejects(convert(document, 'limited.odt', { limits }), { message })
      assert.deepEqual(processes(), [])
      assert.deepEqual(readdirSync(made), [])
    })
  }

  it('are given up within a second', async () => {
    const controller = new AbortController()
    const converted = convert(textOfPages(['1']), 'given-up.odt', { signal: controller.signal })
    // As soon as there is something to give up.
    const look = setInterval(() => {
      if (processes().length > 0) controller.abort(new Error('given up'))
    }, 20)
    await assert.rejects(converted, { message: 'given up' }).finally(() => clearInterval(look))
    assert.deepEqual(processes(), [])
  })

  /** Has LibreOffice write a document in several formats, each encrypted. */
  async function encrypt(
    document: Buffer,
    formats: readonly ('odt' | 'doc')[],
    password: string,
  ): Promise<Map<string, Buffer>> {
    const encrypted = new Map<string, Buffer>()
    writeFileSync(folder.pathTo('plain.odt'), document)
    for (const format of formats) {
      const target = folder.pathTo(`encrypted.${format}`)
      const macro = writeMacro({
        sourceUrl: `file://${folder.pathTo('plain.odt')}`,
        targetUrl: `file://${target}`,
        reportPath: folder.pathTo('report'),
        reading: readingFilter('odt'),
        writing: writingFilter('odt', format) ?? assert.fail(),
        password,
        pdf: undefined,
        countsPages: false,
        fitsWidth: false,
        hidesChanges: false,
      })
      const [, given = ''] =
        /(OfProperty\("Password", .*?\)), OfProperty\("MacroExec/.exec(macro) ?? []
      const writing = macro.replace('OfProperty("Overwrite", True)', (all) => `${all}, ${given}`)
      await writeProfile(folder.pathTo(`profile-${format}`), writing)
      const profile = `-env:UserInstallation=file://${folder.pathTo(`profile-${format}`)}`
      execFileSync(programs.soffice, [profile, '--headless', '--norestore', MACRO_URL], {
        stdio: 'ignore',
        timeout: 60_000,
      })
      encrypted.set(format, readFileSync(target))
    }
    return encrypted
  }
})
