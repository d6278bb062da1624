import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { shellValue } from '../../src/home/shell-value.ts'

describe('a value that a shell reads', () => {
  for (const value of ['/plain/ca.pem', `it's $HOME & "more"`, 'a b', '$(id)`id`*', '\\', '']) {
    it(`is what it was: ${JSON.stringify(value)}`, () => {
      const script = `A=${shellValue(value)}\nprintf %s "$A"`
      assert.equal(execFileSync('sh', ['-c', script], { encoding: 'utf8' }), value)
    })
  }
})
