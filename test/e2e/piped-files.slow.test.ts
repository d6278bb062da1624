import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { itThoroughly } from '../support/amounts.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { runCommand } from './command.ts'

const JOB = {
  tasks: {
    text: { operation: 'import/raw', file: 'A text.\n', filename: 'a.txt' },
    made: { operation: 'convert', input: 'text', output_format: 'txt', widht: 9 },
    out: { operation: 'export/url', input: 'made' },
  },
}

describe('--out -, which writes the only file to the standard output', function () {
  this.timeout(120_000)
  const folder = useTemporaryFolder()
  let job: string
  before(() => {
    job = folder.pathTo('job.json')
    writeFileSync(job, JSON.stringify(JOB))
  })

  it('has the bytes of npm run export alone', async () => {
    const args = ['--files', 'samples/logo.png', '--out', '-', '--modifier', 'wid=20&fmt=png']
    const { code, stdout, stderr } = await runCommand('export', args)
    assert.deepEqual([code, stderr], [0, ''])
    assert.match(stdout, /^.PNG\r\n/)
  })

  it('has the bytes of npm run job alone, with what is to be said beside them', async () => {
    const { code, stdout, stderr } = await runCommand('job', [job, '--out', '-'])
    assert.deepEqual([code, stdout], [0, 'A text.\n'])
    assert.match(stderr, /^made: widht is unknown and makes no difference; did you mean width\?\n$/)
  })

  itThoroughly(
    'has the bytes of npm run convert alone, and tells once of what makes no difference',
    async () => {
      const args = ['-', '--to', 'txt', '--option', 'widht=9', '--out', '-']
      const { code, stdout, stderr } = await runCommand('convert', args, {}, 'A text.\n')
      assert.deepEqual([code, stdout], [0, 'A text.\n'])
      assert.match(stderr, /^--option widht is unknown .*\n$/)
    },
  )

  const REFUSED: [command: string, args: (job: string) => string[], sentence: RegExp][] = [
    ['export', () => ['--files', 'samples', '--json'], /^--out - writes the file where --json/],
    ['job', (file) => [file, '--json'], /^--out - writes the file where --json/],
  ]
  for (const [command, args, sentence] of REFUSED) {
    it(`has nothing of ${command} ${args('a job').join(' ')}`, async () => {
      const { code, stdout, stderr } = await runCommand(command, [...args(job), '--out', '-'])
      assert.match(stderr, sentence)
      assert.equal(stdout, '')
      assert.notEqual(code, 0)
    })
  }

  itThoroughly('has nothing where several are made', async () => {
    const args = ['--files', 'samples', '--out', '-']
    const { code, stdout, stderr } = await runCommand('export', args)
    assert.match(stderr, /--out - is for one file, but \d+ have been made; name a folder\.\n$/)
    assert.deepEqual([code, stdout], [1, ''])
  })
})
