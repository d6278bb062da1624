import assert from 'node:assert/strict'
import { readExportCall } from '../../src/cli/export/export-options.ts'

describe('the call of npm run export', () => {
  it('has what is exported, how, and where it goes', () => {
    const args = ['sh*', 'summer/', '--macro', '$web$', '--modifier', 'wid=8', '--out', 'made']
    assert.deepEqual(readExportCall([...args, '--name', 'Shoes', '--company', 'acme']), {
      subjects: ['sh*', 'summer/'],
      isOfFiles: false,
      out: 'made',
      fmt: 'convert',
      macro: '$web$',
      modifier: 'wid=8',
      name: 'Shoes',
      force: false,
      quiet: false,
      json: false,
      company: 'acme',
      url: undefined,
    })
  })

  const formats: [args: string[], fmt: string][] = [
    [['a'], 'orig'],
    [['a', '--macro', '$web$'], 'convert'],
    [['a', '--modifier', 'wid=8'], 'convert'],
  ]
  for (const [args, fmt] of formats) {
    it(`has the fmt ${fmt} with ${args.slice(1).join(' ') || 'nothing else'}`, () => {
      assert.equal(Object(readExportCall(args)).fmt, fmt)
    })
  }

  const mistakes: [args: string[], sentence: RegExp][] = [
    [[], /^It needs ASSETS to export\./],
    [['--files'], /^It needs FILES to export\./],
    [['a', '--out', '-', '--json'], /^--out - writes the file where --json writes the outcome\./],
    [['a', '--fmt', 'png'], /^--fmt must be orig or convert, but it is "png"\./],
    [['a', '--fmt', 'convert'], /^--fmt convert needs --macro or --modifier/],
    [['a', '--fmt', 'orig', '--macro', '$web$'], /^--fmt orig exports files as they are/],
    [['a', '--company', 'a/b'], /^--company must be a name/],
    [['a', '--url', 'http://localhost'], /^--url must be an https:/],
    [['a', '--colour', 'red'], /--colour/],
  ]
  for (const [args, message] of mistakes) {
    it(`may not be ${JSON.stringify(args.join(' '))}`, () => {
      assert.throws(() => readExportCall(args), { name: 'UsageError', message })
    })
  }
})
