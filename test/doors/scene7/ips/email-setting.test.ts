import assert from 'node:assert/strict'
import {
  type EmailSetting,
  wantsMail,
} from '../../../../src/doors/scene7/ips/jobs/email-setting.ts'

/** How a job may end: well, with something left out, with something failed, and not at all. */
const ENDS = [
  { errors: 0, warnings: 0, isFatal: false },
  { errors: 0, warnings: 1, isFatal: false },
  { errors: 1, warnings: 0, isFatal: false },
  { errors: 0, warnings: 0, isFatal: true },
]

describe('a mail about a job that went well, left something out, failed in part, and failed is', () => {
  const settings: [setting: EmailSetting, ...wanted: boolean[]][] = [
    ['All', true, true, true, true],
    ['JobCompletion', true, true, true, true],
    ['ErrorAndWarning', false, true, true, true],
    ['Error', false, false, true, true],
    ['None', false, false, false, false],
  ]
  for (const [setting, ...wanted] of settings) {
    const told = wanted.map((each) => (each ? 'sent' : 'not sent')).join(', ')
    it(`${told} with ${setting}`, () => {
      assert.deepEqual(
        ENDS.map((end) => wantsMail(setting, end)),
        wanted,
      )
    })
  }
})
