import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { openKeptUsers } from '../doors/scene7/open-databases.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

describe('npm run users', function () {
  this.timeout(60_000)
  const temporary = useTemporaryFolder()

  function run(args: readonly string[], input = '') {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/users.ts', ...args], {
      input,
      encoding: 'utf8',
      env: { ...process.env, DARKROOM_HOME: temporary.pathTo('home') },
    })
    return { status, out: stripVTControlCharacters(stdout).trim(), error: stderr.trim() }
  }

  it('adds, lists and removes users while the service has them open', async () => {
    const service = await openKeptUsers(temporary.pathTo('home'))
    try {
      const added = run(['add', 'ann@acme.example', '--company', 'acme', '--role', 'IpsUser'])
      assert.deepEqual([added.status, added.out.length], [0, 24], added.error)
      assert.deepEqual((await service.find('ANN@acme.example'))?.memberships, [
        { company: 'acme', role: 'IpsUser' },
      ])
      const kept = (await service.find('ann@acme.example'))?.password
      const changed = run(['password', 'ann@acme.example', '--stdin'], 'pass word\n')
      assert.deepEqual([changed.status, changed.out], [0, ''], changed.error)
      assert.notEqual((await service.find('ann@acme.example'))?.password, kept)
      assert.ok(!JSON.stringify(await service.list()).includes('pass word'))
      assert.deepEqual(
        run(['list'])
          .out.split('\n')
          .slice(1)
          .map((line) => line.split(/ +/).slice(0, 3)),
        [['ann@acme.example', 'acme', 'IpsUser']],
      )
      assert.equal(run(['remove', 'ann@acme.example']).status, 0)
      assert.deepEqual(await service.list(), [])
    } finally {
      await service.close()
    }
  })

  it('refuses a role that is none', () => {
    const { status, error } = run(['add', 'a@b.c', '--role', 'King'])
    assert.equal(status, 2)
    assert.match(error, /--role must be one of IpsAdmin/)
  })
})
