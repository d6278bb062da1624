import assert from 'node:assert/strict'
import { readConvertCall } from '../../../src/cli/convert/convert-options.ts'

const FILE = 'samples/logo.png'

describe('the options of npm run convert', () => {
  it('become those of the task', () => {
    const call = readConvertCall(
      `${FILE} --to webp --width 10 --fit crop --pages 1-3 --option strip=true --option a=b=c`.split(
        ' ',
      ),
    )
    assert.ok(call !== 'help')
    const { payload, out, force, json } = call
    assert.deepEqual(payload, {
      output_format: 'webp',
      width: '10',
      fit: 'crop',
      pages: '1-3',
      strip: 'true',
      a: 'b=c',
    })
    assert.deepEqual([out, force, json], ['.', false, false])
  })

  it('are told by the name of what is to be made of one file', () => {
    const call = readConvertCall([FILE, 'out/made.Jpg', '--quality', '50'])
    assert.ok(call !== 'help')
    const { sources, payload, out } = call
    assert.deepEqual(sources, [{ file: FILE, title: FILE, within: '' }])
    assert.deepEqual(payload, { output_format: 'jpg', filename: 'made.Jpg', quality: '50' })
    assert.equal(out, 'out')
  })

  it('asks for help', () => {
    assert.equal(readConvertCall(['-h']), 'help')
  })

  const mistakes: [what: string, args: string[], sentence: RegExp][] = [
    ['no file', ['--to', 'png'], /^There is no file\.\n\nUsage: /],
    ['a file that is not there', ['nowhere.jpg', '--to', 'png'], /^nowhere\.jpg: there is no such/],
    ['no format', [FILE], /^--to must tell the format/],
    ['no format of two files', ['samples/portrait.jpg', 'samples/harbour.jpg'], /^--to must tell/],
    [
      'a file to be made that is there',
      [FILE, 'samples/harbour.jpg'],
      /^samples\/harbour\.jpg is there already; --force overwrites it, or --to /,
    ],
    [
      'a file to be made of two',
      [FILE, 'samples/harbour.jpg', 'c.pdf'],
      /^c\.pdf: there is no such file; --to tells the format of several files/,
    ],
    [
      'a file to be made of no format',
      [FILE, 'made'],
      /^made: there is no such file; to be made of logo\.png, its name must end in a format/,
    ],
    ['an unknown option', [FILE, '--to', 'png', '--size', '3'], /^Unknown option '--size'/],
    [
      'an option without a value',
      [FILE, '--to', 'png', '--option', 'strip'],
      /^--option strip: it must be NAME=VALUE\.$/,
    ],
    [
      'an option given twice',
      [FILE, '--to', 'png', '--width', '3', '--option', 'width=4'],
      /^--option width=4: width is given twice\.$/,
    ],
    [
      'an option that is the command’s own',
      [FILE, '--to', 'png', '--option', 'input=x'],
      /^--option input=x: input is not to be chosen here/,
    ],
  ]
  for (const [what, args, message] of mistakes) {
    it(`refuses ${what}`, () => {
      assert.throws(() => readConvertCall(args), { name: 'UsageError', message })
    })
  }
})
