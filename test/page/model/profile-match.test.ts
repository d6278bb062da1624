import assert from 'node:assert/strict'
import { compositionOf, isProfile, profileNamed } from '../../../page/model/profile-match.ts'

const WEB = { name: 'web', renditions: [{ fmt: 'webp', width: 800 }], builtIn: false }

describe('A profile', () => {
  it('is what its own composition says, whatever the text looks like', () => {
    assert.ok(isProfile(JSON.parse(compositionOf(WEB.renditions)), WEB))
  })

  for (const renditions of [
    undefined,
    [],
    [{ fmt: 'webp', width: 801 }],
    [{ fmt: 'webp', width: 800 }, { fmt: 'png' }],
  ]) {
    it(`is changed by ${JSON.stringify(renditions)}`, () => {
      assert.equal(isProfile(renditions, WEB), false)
    })
  }

  it('is found by its name', () => {
    assert.equal(profileNamed([WEB], 'web'), WEB)
    assert.equal(profileNamed([WEB], 'Web'), undefined)
  })
})
