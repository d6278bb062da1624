import assert from 'node:assert/strict'
import type { KeptUsers } from '../../../../src/doors/scene7/ips/users/kept-users.ts'
import { isPassword } from '../../../../src/doors/scene7/ips/users/password-hash.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { openKeptUsers } from '../open-databases.ts'

describe('users of IPS', () => {
  const temporary = useTemporaryFolder()
  let users: Awaited<ReturnType<typeof openKeptUsers>>

  before(async () => {
    users = await openKeptUsers(temporary.pathTo('home'))
  })
  after(() => users.close())

  const add = (more: Partial<Parameters<KeptUsers['add']>[0]> = {}) =>
    users.add({
      email: 'ann@acme.example',
      firstName: 'Ann',
      lastName: 'Lee',
      company: 'acme',
      role: 'IpsUser',
      password: 'secret',
      ...more,
    })

  it('are members of several companies, and are found whatever their capital letters', async () => {
    assert.equal(await add(), true)
    const joined = {
      company: 'b',
      role: 'TrialSiteUser',
      firstName: '',
      password: 'other',
    } as const
    assert.equal(await add(joined), false)
    const user = await users.find('ANN@acme.example')
    assert.deepEqual(
      [user?.firstName, user?.memberships],
      [
        'Ann',
        [
          { company: 'acme', role: 'IpsUser' },
          { company: 'b', role: 'TrialSiteUser' },
        ],
      ],
    )
    assert.equal(await isPassword('secret', user?.password ?? ''), true)
  })

  it('are seen by who has the file open as well', async () => {
    const others = await openKeptUsers(temporary.pathTo('home'))
    try {
      await others.setPassword('ann@acme.example', 'new')
      assert.equal(
        await isPassword('new', (await users.find('ann@acme.example'))?.password ?? ''),
        true,
      )
    } finally {
      await others.close()
    }
  })

  it('have passwords of which the hash alone is kept, with a salt of its own', async () => {
    await add({ email: 'bob@acme.example', password: 'new' })
    const hashes = (await users.list()).map(({ password }) => password)
    assert.equal(new Set(hashes).size, 2)
    assert.ok(hashes.every((hash) => !hash.includes('new')))
    assert.equal(await isPassword('New', hashes[0] ?? ''), false)
  })

  it('have numbers that nobody gets again', async () => {
    const number = (await users.find('bob@acme.example'))?.number ?? 0
    assert.equal(await users.remove('bob@acme.example'), true)
    assert.equal(await users.remove('bob@acme.example'), false)
    await add({ email: 'eve@acme.example' })
    assert.ok(((await users.find('eve@acme.example'))?.number ?? 0) > number)
  })

  for (const [what, wrong, reason] of [
    ['an address that is none', { email: 'ann' }, /"ann" is none/],
    ['an address with what parts a handle', { email: 'a|b@c.d' }, /is none/],
    ['a company that is none', { company: 'a/b' }, /"a\/b" is no name for a company/],
  ] as const) {
    it(`do not have ${what}`, async () => {
      await assert.rejects(add(wrong), reason)
    })
  }
})
