import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { halfBlue, pdfOf } from '../support/pdf.ts'
import { runCommand } from './command.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'

describe('npm run convert', function () {
  this.timeout(300_000)
  const folder = useHome()
  const at = (name: string): string => path.join(folder, name)

  before(async () => {
    mkdirSync(at('in'))
    mkdirSync(at('tmp'))
    writeFileSync(at('in/broken.jpg'), 'no picture')
    writeFileSync(at('in/scan.pdf'), await pdfOf([halfBlue, halfBlue, halfBlue]))
  })

  it('converts what can be, tells why the rest cannot, and leaves nothing else behind', async () => {
    const args = ['samples/harbour.jpg', at('in/broken.jpg'), at('in/scan.pdf')]
    const options = ['--to', 'webp', '--width', '60', '--pages', '2-3', '--out', at('out')]
    const { code, stdout, stderr } = await runCommand('convert', [...args, ...options], {
      TMPDIR: at('tmp'),
    })
    assert.equal(code, 1, stderr)
    const made = ['harbour.webp', 'scan-1.webp', 'scan-2.webp']
    assert.deepEqual(readdirSync(at('out')).toSorted(), made)
    const [head, ...rows] = stdout.trim().split('\n')
    assert.match(head ?? '', /^source +file +bytes +time$/)
    for (const [index, source, name] of [
      [0, 'samples/harbour.jpg', 'harbour.webp'],
      [2, at('in/scan.pdf'), 'scan-1.webp'],
      [3, at('in/scan.pdf'), 'scan-2.webp'],
    ] as const) {
      const file = path.join(at('out'), name)
      const { width, format } = await sharp(file).metadata()
      assert.deepEqual([width, format], [60, 'webp'])
      const columns = (rows[index] ?? '').split(/ {2,}/)
      const size = readFileSync(file).length.toLocaleString('en')
      assert.deepEqual(columns.slice(0, 3), [source, file, size])
      assert.match(columns[3] ?? '', /^\d+ ms$/)
    }
    assert.match(rows[1] ?? '', /broken\.jpg +SOURCE_CORRUPT$/)
    assert.equal(rows.pop(), `written to ${at('out')}/: 2 of 3, 1 failed`)
    assert.equal(rows.pop(), '')
    assert.equal(rows.pop(), 'samples/harbour.jpg: pages makes no difference to this task.')
    const why = /broken\.jpg: SOURCE_CORRUPT: By its name .* JPEG, but its content is not\./
    assert.ok(
      rows.some((row) => why.test(row)),
      stdout,
    )
    assert.equal(stderr.trim().split('\n').length, args.length, 'a plain line a file')
    const left = readdirSync(at('tmp')).filter((name) => name.startsWith('darkroom-'))
    assert.deepEqual(left, [])
  })

  it('ends with status 2 and the sentence of the service for an option that is wrong', async () => {
    const args = ['samples/logo.png', '--to', 'webp', '--width', 'wide', '--option', 'strip=no']
    const { code, stdout, stderr } = await runCommand('convert', args)
    assert.equal(code, 2)
    assert.equal(stdout, '')
    assert.deepEqual(stderr.trim().split('\n'), [
      'width must be a whole number of pixels, 1 or more, but it is "wide".',
      'strip must be true or false, but it is "no".',
    ])
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

    it('uses a service that runs, prints JSON, and overwrites nothing', async () => {
      const args = ['samples/logo.png', '--to', 'jpg', '--out', at('json'), '--json']
      const convert = (...more: string[]) =>
        runCommand('convert', [...args, '--url', service.origin, ...more], { DARKROOM_HOME: home })
      const first = await convert()
      assert.equal(first.code, 0, first.stderr)
      const [outcome] = JSON.parse(first.stdout)
      const file = path.join(at('json'), 'logo.jpg')
      assert.deepEqual(
        [outcome.source, outcome.state, outcome.files],
        ['samples/logo.png', 'converted', [{ file, bytes: readFileSync(file).length }]],
      )
      assert.equal(first.stderr, '')
      writeFileSync(file, 'mine')
      const second = await convert()
      assert.equal(second.code, 1)
      assert.match(JSON.parse(second.stdout)[0].message, /logo\.jpg is there already; --force/)
      assert.equal(readFileSync(file, 'utf8'), 'mine')
      assert.equal((await convert('--force')).code, 0)
      assert.equal((await sharp(file).metadata()).format, 'jpeg')
    })

    it('has a job done with files from here and to here', async () => {
      const tasks = {
        photo: { operation: 'import/upload' },
        small: { operation: 'thumbnail', input: 'photo', width: 20, output_format: 'png' },
        away: { operation: 'export/url', input: 'small' },
      }
      writeFileSync(at('job.json'), JSON.stringify({ tasks }))
      const args = [at('job.json'), '--input', 'photo=samples/harbour.jpg', '--out', at('job')]
      const { code, stdout, stderr } = await runCommand('job', [...args, '--url', service.origin], {
        DARKROOM_HOME: home,
      })
      assert.equal(code, 0, stderr)
      assert.equal((await sharp(path.join(at('job'), 'harbour.png')).metadata()).width, 20)
      assert.match(stdout, /^photo +import\/upload +finished\nsmall +thumbnail +finished\naway +/m)
      assert.match(stdout, /harbour\.png +[\d,]+$/m)
      assert.equal(stderr.trim().split('\n').length, 3, 'a plain line a task')
    })

    it('tells field by field what is wrong with a job', async () => {
      const tasks = { a: { operation: 'convert', output_format: 'nope', input: 'b' } }
      writeFileSync(at('wrong.json'), JSON.stringify({ tasks }))
      const args = [at('wrong.json'), '--url', service.origin]
      const { code, stderr } = await runCommand('job', args, { DARKROOM_HOME: home })
      assert.equal(code, 2)
      assert.match(
        stderr,
        /^ {2}tasks\.a\.output_format: output_format must be one of .*"nope"\.$/m,
      )
      assert.match(stderr, /^ {2}tasks\.a\.input: input must name tasks, .* no task "b"\.$/m)
    })

    it('tells which key is wanted when the service refuses one', async () => {
      const args = ['samples/logo.png', '--to', 'jpg', '--url', service.origin, '--key', 'wrong']
      const { code, stderr } = await runCommand('convert', args, { DARKROOM_HOME: home })
      assert.equal(code, 1)
      assert.equal(stderr.trim().split('\n').at(-1), '/v2/jobs answered 401: Unauthenticated.')
    })
  })
})
