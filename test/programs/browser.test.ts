import assert from 'node:assert/strict'
import { hasBrowser } from '../../src/programs/browser.ts'

describe('whether there is a browser', () => {
  const machine = { chromium: '/usr/bin/chromium' }
  const cases: [
    title: string,
    programs: object,
    platform: string,
    arch: string,
    expected: boolean,
  ][] = [
    ['npm brings one', {}, 'linux', 'x64', true],
    ['npm brings none, and the machine has none', {}, 'linux', 'arm64', false],
    ['npm brings none, and the machine has one', machine, 'darwin', 'arm64', true],
  ]
  for (const [title, programs, platform, arch, expected] of cases) {
    it(`is ${expected} where ${title}`, () => {
      assert.equal(hasBrowser(programs, { platform, arch }), expected)
    })
  }
})
