import assert from 'node:assert/strict'
import { readAssetsCall } from '../../src/cli/assets/assets-options.ts'

describe('the call of npm run assets', () => {
  it('has what is to be done, with what, and where', () => {
    const args = ['add', 'a.jpg', 'b', '--folder', '/summer/shoes/', '--company', 'acme']
    assert.deepEqual(readAssetsCall([...args, '--url', 'https://localhost:9443/is/image']), {
      command: 'add',
      subjects: ['a.jpg', 'b'],
      folder: 'summer/shoes',
      company: 'acme',
      url: 'https://localhost:9443',
      json: false,
    })
  })

  const mistakes: [args: string[], sentence: RegExp][] = [
    [[], /^It takes add, list or remove\./],
    [['ad', 'a.jpg'], /^It takes add, list or remove\./],
    [['add'], /^add needs FILES/],
    [['remove'], /^remove needs NAMES/],
    [['list', 'a'], /^list takes no names/],
    [['remove', 'a', '--folder', 'b'], /^remove takes no --folder/],
    [['add', 'a', '--folder', '../b'], /^--folder must be a path/],
    [['add', 'a', '--company', 'a/b'], /^--company must be a name/],
    [['add', 'a', '--url', 'http://localhost'], /^--url must be an https:/],
    [['add', 'a', '--colour', 'red'], /--colour/],
  ]
  for (const [args, message] of mistakes) {
    it(`may not be ${JSON.stringify(args.join(' '))}`, () => {
      assert.throws(() => readAssetsCall(args), { name: 'UsageError', message })
    })
  }
})
