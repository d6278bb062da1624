import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { amountOf, itThoroughly } from '../support/amounts.ts'
import { runCommand } from './command.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'

/** Runs `npm run process -- ARGS`. */
const runProcess = (args: readonly string[], environment: object = {}) =>
  runCommand('process', args, environment)

describe('npm run process', function () {
  this.timeout(300_000)
  const folder = useHome()
  const out = path.join(folder, 'out')

  it('makes the six renditions of AEM, prints a table and leaves nothing else behind', async () => {
    const temporary = path.join(folder, 'temporary')
    mkdirSync(temporary)
    const { code, stdout, stderr } = await runProcess(['samples/harbour.jpg', '--out', out], {
      TMPDIR: temporary,
    })
    assert.equal(code, 0, stderr)
    const rows = stdout.trim().split('\n')
    assert.match(rows[0] ?? '', /^name +pixels +bytes +time$/)
    const expected: [name: string, width: number, height: number][] = [
      ['cqdam.metadata.xml', 0, 0],
      ['cqdam.text.txt', 0, 0],
      ['cq5dam.thumbnail.48.48.png', 48, 32],
      ['cq5dam.thumbnail.140.100.png', 140, 93],
      ['cq5dam.thumbnail.319.319.png', 319, 213],
      ['cq5dam.web.1280.1280.jpeg', 1280, 853],
    ]
    assert.deepEqual(rows.splice(1 + expected.length), ['', `written to ${out}/: 6 of 6`])
    for (const [index, [name, width, height]] of expected.entries()) {
      const size = readFileSync(path.join(out, name)).length.toLocaleString('en')
      const columns = (rows[index + 1] ?? '').split(/ {2,}/)
      const pixels = width === 0 ? [] : [`${width} × ${height}`]
      assert.deepEqual(columns.slice(0, -1), [name, ...pixels, size])
      assert.match(columns.at(-1) ?? '', /^\d+ ms$/)
      if (width === 0) continue
      const metadata = await sharp(path.join(out, name)).metadata()
      assert.deepEqual([metadata.width, metadata.height], [width, height])
    }
    assert.equal(stderr.trim().split('\n').length, expected.length, 'a plain line a rendition')
    // npm has its own there.
    const left = readdirSync(temporary).filter((name) => name.startsWith('darkroom-'))
    assert.deepEqual(left, [])
  })

  itThoroughly('takes several sources, renditions and JSON output', async () => {
    const args = [
      'samples/logo.png',
      'samples/portrait.jpg',
      '--rendition',
      'name=thumb.webp,fmt=webp,width=200',
      '--rendition',
      'name=small.jpg,height=100,quality=70',
      '--out',
      out,
      '--json',
    ]
    const { code, stdout, stderr } = await runProcess(args)
    assert.equal(code, 0, stderr)
    const outcomes: {
      source: string
      name: string
      file: string
      width: number
      height: number
    }[] = JSON.parse(stdout)
    assert.deepEqual(
      outcomes.map(({ source, name, width, height }) => [source, name, width, height]),
      [
        ['samples/logo.png', 'thumb.webp', 200, 200],
        ['samples/logo.png', 'small.jpg', 100, 100],
        ['samples/portrait.jpg', 'thumb.webp', 200, 267],
        ['samples/portrait.jpg', 'small.jpg', 75, 100],
      ],
    )
    for (const { file } of outcomes) assert.ok(existsSync(file), file)
  })

  it('makes renditions of what comes from the standard input, and writes one there', async () => {
    const args = ['-', '--rendition', 'name=small.txt,fmt=txt,widht=1', '--out', '-']
    const { code, stdout, stderr } = await runCommand('process', args, {}, 'A text.\n')
    assert.equal(code, 0, stderr)
    assert.equal(stdout, 'A text.\n', 'its bytes alone')
    assert.equal(
      stderr,
      'small.txt: widht is unknown and makes no difference; did you mean width?\n',
    )
  })

  itThoroughly(
    'stops when it is interrupted, says what is done and leaves no half of a file',
    async () => {
      const many = path.join(folder, 'many')
      const made = path.join(folder, 'made')
      mkdirSync(many)
      for (let count = 0; count < 40; count += 1) {
        copyFileSync('samples/harbour.jpg', path.join(many, `${count}.jpg`))
      }
      const args = [many, '--rendition', 'name=a.png,width=1500', '--out', made]
      const child = spawn(process.execPath, ['src/cli/process.ts', ...args], { stdio: 'pipe' })
      let told = ''
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        told += text
        // The first line of progress, when a tenth is there.
        if (/^\d+ of 40/m.test(told)) child.kill('SIGINT')
      })
      const [status] = await once(child, 'close')
      assert.equal(status, 130, told)
      const [, count] = /^Stopped; written to \S+: (\d+) of 40$/m.exec(told) ?? []
      const files = readdirSync(made, { recursive: true, encoding: 'utf8' })
      const pictures = files.filter((name) => name.endsWith('.png'))
      assert.equal(pictures.length, Number(count), told)
      assert.deepEqual(
        files.filter((name) => name.endsWith('.part')),
        [],
      )
      for (const name of pictures) await sharp(path.join(made, name)).stats()
    },
  )

  it('ends with status 1 and tells why when a rendition fails', async () => {
    const profile = path.join(folder, 'profile.json')
    const renditions = [
      { name: 'good.png', fmt: 'png', width: 10 },
      { name: 'bad.xyz', fmt: 'xyz' },
      { name: 'as-bad.png', fmt: 'xyz' },
    ]
    writeFileSync(profile, JSON.stringify({ renditions }))
    const { code, stdout } = await runProcess([
      'samples/logo.png',
      '--profile',
      profile,
      '--out',
      out,
    ])
    assert.equal(code, 1)
    assert.match(stdout, /^good\.png +10 × 10 +\d+ +\d+ ms$/m)
    assert.match(stdout, /^bad\.xyz +RenditionFormatUnsupported$/m)
    assert.match(
      stdout,
      /^samples\/logo\.png: bad\.xyz, as-bad\.png: RenditionFormatUnsupported: fmt must be one of .*"xyz"\.$/m,
    )
  })

  describe('with --url', () => {
    const home = useHome()
    let service: ServiceProcess

    before(async () => {
      service = await startServiceProcess({ home })
    })
    after(async () => {
      service.child.kill('SIGTERM')
      await service.exited
    })

    itThoroughly('uses a service that already runs', async () => {
      const args = ['samples/logo.png', '--url', service.origin, '--out', out]
      const { code, stderr } = await runProcess(args, { DARKROOM_HOME: home })
      assert.equal(code, 0, stderr)
    })

    it('ends with status 1 and the sentence of the service when a request is refused', async () => {
      const rendition = 'name=a.png,worker=http://localhost/worker'
      const args = ['samples/logo.png', '--url', service.origin, '--rendition', rendition]
      const { code, stderr } = await runProcess(args, { DARKROOM_HOME: home })
      assert.equal(code, 1)
      assert.equal(
        stderr.trim(),
        '/process answered 400: renditions[0].worker must be an https:// URL, but it is "http://localhost/worker".',
      )
    })
  })

  const MISTAKES: [what: string, args: readonly string[], sentence: RegExp, code?: number][] = [
    ['no source', [], /^There is no source\.\n\nUsage: /],
    ['a source that is not there', ['nowhere.jpg'], /^nowhere\.jpg: there is no such file\.$/],
    [
      'an unknown option',
      ['samples/logo.png', '--concurency', '3'],
      /^Unknown option '--concurency'; did you mean --concurrency\?$/,
    ],
    ['a folder without pictures', ['bin'], /^bin: there is no picture, document or video in/],
    [
      'a rendition without a value',
      ['samples/logo.png', '--rendition', 'name=a.png,width'],
      /^--rendition name=a\.png,width: "width" must be KEY=VALUE\.$/,
    ],
    [
      'a rendition without a name',
      ['samples/logo.png', '--rendition', 'fmt=png'],
      /^--rendition fmt=png: every rendition needs a name, such as name=thumb\.png\.$/,
    ],
    [
      'a rendition that would be written elsewhere',
      ['samples/logo.png', '--rendition', 'name=../a.png'],
      /^--rendition name=\.\.\/a\.png: the name "\.\.\/a\.png" must be that of a file, without a folder\.$/,
    ],
    [
      'two renditions of one name',
      ['samples/logo.png', '--rendition', 'name=a.png', '--rendition', 'name=a.png,width=3'],
      /^Two renditions have the name "a\.png", and the second file would replace the first\.$/,
    ],
    [
      'a profile that is not there',
      ['samples/logo.png', '--profile', 'AEM'],
      /^--profile AEM: it is neither aem nor a file that can be read\.$/,
    ],
    [
      'a profile that is no JSON',
      ['samples/logo.png', '--profile', 'README.md'],
      /^--profile README\.md: it is not JSON\.$/,
    ],
    [
      'a URL that is no https URL',
      ['samples/logo.png', '--url', 'http://localhost:9443'],
      /^--url must be an https:\/\/ URL, but it is "http:\/\/localhost:9443"\.$/,
    ],
    [
      'a place for the files that is no folder',
      ['samples/logo.png', '--out', 'samples/logo.png/out'],
      /^--out samples\/logo\.png\/out: the folder cannot be made \(ENOTDIR\)\.$/,
    ],
    [
      'a service that does not answer',
      ['samples/logo.png', '--url', 'https://localhost:40999'],
      /^There is no ca\.pem in .*; DARKROOM_HOME must be the folder of the service at https/,
      1,
    ],
  ]

  const mistakes = amountOf({ thoroughly: MISTAKES, usually: MISTAKES.slice(0, 3) })
  for (const [what, args, sentence, expected = 2] of mistakes) {
    it(`ends with status ${expected} and one sentence for ${what}`, async () => {
      const { code, stdout, stderr } = await runProcess(args, { DARKROOM_HOME: folder })
      assert.equal(code, expected)
      assert.match(stderr.trim(), sentence)
      assert.equal(stdout, '')
    })
  }
})
