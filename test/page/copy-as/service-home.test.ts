import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { assignHome, homeFile } from '../../../page/copy-as/service-home.ts'

const AWKWARD = `/it's $HOME & "more"/$(id)`

function bash(script: string, env: NodeJS.ProcessEnv = {}): string {
  const options = { encoding: 'utf8', env: { PATH: process.env['PATH'], ...env } } as const
  return execFileSync('bash', ['--norc', '-c', script], options)
}

describe('the state folder in copied code', () => {
  it('is where the service of this machine has it', () => {
    assert.equal(bash(`${assignHome(AWKWARD)}\nprintf %s "$home"`), AWKWARD)
    assert.equal(bash(`printf %s ${homeFile(AWKWARD, 'ca.pem')}`), `${AWKWARD}/ca.pem`)
  })

  it('is a path for the bash of Windows as well', () => {
    assert.equal(bash(`${assignHome('C:\\Users\\me\\a')}\nprintf %s "$home"`), 'C:/Users/me/a')
  })

  it('is what a member of a team calls DARKROOM_HOME, and has to', () => {
    const script = `${assignHome(undefined)}\nprintf %s "$home"`
    assert.equal(bash(script, { DARKROOM_HOME: AWKWARD }), AWKWARD)
    const { status, stderr } = spawnSync('bash', ['--norc', '-c', script], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] },
    })
    assert.notEqual(status, 0)
    assert.match(stderr, /DARKROOM_HOME: is to be the folder of console\.json, jobs\.env, /)
  })
})
