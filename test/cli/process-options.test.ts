import assert from 'node:assert/strict'
import { readProcessOptions } from '../../src/cli/process/process-options.ts'

const FILE = 'samples/logo.png'

function read(...args: string[]) {
  const options = readProcessOptions(args)
  assert.ok(options !== 'help')
  return options
}

describe('the options of npm run process', () => {
  it('are those of AEM for whoever says nothing', () => {
    const { renditions, out, concurrency, quiet, json, remarks } = read(FILE)
    assert.equal(renditions.length, 6)
    assert.deepEqual([out, concurrency, quiet, json, remarks], ['renditions', 8, false, false, []])
  })

  it('take the pictures of a folder', () => {
    const titles = read('samples').sources.map(({ title }) => title)
    assert.ok(titles.includes('samples/harbour.jpg'))
  })

  it('tell of instructions that are likely misspelt, unless a worker may know them', () => {
    const { remarks } = read(
      FILE,
      '--rendition',
      'name=a.png,widht=9,contrast=1',
      '--rendition',
      'name=b.png,worker=https://a.test,widht=9',
    )
    assert.deepEqual(remarks, [
      'a.png: widht is unknown and makes no difference; did you mean width?',
      'a.png: contrast is unknown and makes no difference.',
    ])
  })

  it('may write one rendition of one source to the standard output', () => {
    const { sources, out } = read('-', '--rendition', 'name=a.png', '--out', '-')
    assert.deepEqual([sources[0]?.title, out], ['-', '-'])
  })

  const MISTAKES: readonly (readonly [args: string[], sentence: RegExp])[] = [
    [[FILE, '--out', '-'], /^--out - is for one rendition of one source, but there are 6 of 1;/],
    [['samples', '--out', '-', '--rendition', 'name=a.png'], /but there are 1 of \d+;/],
    [[FILE, '--out', '-', '--json', '--rendition', 'name=a.png'], /^--out - writes the rendition/],
    [
      [FILE, '--concurrency', 'all'],
      /^--concurrency must be a whole number, 1 to 64, but it is "all"/,
    ],
    [[FILE, '--quite'], /^Unknown option '--quite'; did you mean --quiet\?$/],
    [['bin'], /^bin: there is no picture, document or video in this folder\.$/],
    [
      [FILE, '--rendition', 'name=a.png', '--rendition', 'name=a.png,width=3'],
      /^Two renditions have the name "a\.png", and the second file would replace the first\.$/,
    ],
  ]
  for (const [args, message] of MISTAKES) {
    it(`are refused: ${args.join(' ')}`, () => {
      assert.throws(() => readProcessOptions(args), { name: 'UsageError', message })
    })
  }
})
