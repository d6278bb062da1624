import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { resolveAccess } from '../../../src/cli/jobs-api/access.ts'
import { createSavedNames } from '../../../src/cli/jobs-api/saved-names.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

const HERE = 'https://localhost:9443'
const ELSEWHERE = 'https://localhost:9444'

describe('which service a command uses', () => {
  const folder = useTemporaryFolder()
  before(() => {
    const lines = [
      'export CLOUDCONVERT_API_KEY=of-file',
      `export CLOUDCONVERT_API_URL=${HERE}/v2`,
      '',
    ]
    writeFileSync(folder.pathTo('jobs.env'), lines.join('\n'))
  })

  const resolve = (
    given: { url?: string; key?: string },
    environment: { url?: string; key?: string } = {},
  ) =>
    resolveAccess(
      { url: given.url, key: given.key },
      {
        home: folder.pathTo('.'),
        jobsApi: { url: environment.url, key: environment.key },
      },
    )

  it('is one of its own unless a URL is given', async () => {
    assert.equal(await resolve({}), undefined)
    assert.equal(await resolve({}, { key: 'of-environment' }), undefined)
  })

  const found: [
    what: string,
    given: { url?: string; key?: string },
    environment: { url?: string; key?: string },
    expected: { url: string; key: string },
  ][] = [
    ['as they are given', { url: `${HERE}/v2/`, key: 'k' }, {}, { url: `${HERE}/v2`, key: 'k' }],
    ['an origin without a path', { url: HERE, key: 'k' }, {}, { url: `${HERE}/v2`, key: 'k' }],
    [
      'those of the environment',
      {},
      { url: `${ELSEWHERE}/v2`, key: 'e' },
      { url: `${ELSEWHERE}/v2`, key: 'e' },
    ],
    ['the key of the environment', { url: HERE }, { key: 'e' }, { url: `${HERE}/v2`, key: 'e' }],
    ['the key of jobs.env', { url: HERE }, {}, { url: `${HERE}/v2`, key: 'of-file' }],
    [
      'no key that the environment has for another service',
      { url: HERE },
      { url: ELSEWHERE, key: 'e' },
      { url: `${HERE}/v2`, key: 'of-file' },
    ],
  ]
  for (const [what, given, environment, expected] of found) {
    it(`takes ${what}`, async () => {
      assert.deepEqual(await resolve(given, environment), expected)
    })
  }

  const mistakes: [
    what: string,
    given: { url?: string; key?: string },
    environment: { url?: string; key?: string },
    sentence: RegExp,
  ][] = [
    ['a key for no service', { key: 'k' }, {}, /^--key is for a service that runs/],
    ['a URL without TLS', { url: 'http://localhost' }, {}, /^--url must be an https:\/\/ URL, but/],
    ['no URL at all', {}, { url: 'localhost' }, /^CLOUDCONVERT_API_URL must be an https:\/\/ URL/],
    ['a service without a key', { url: ELSEWHERE }, {}, /^There is no key for https:.*9444; /],
  ]
  for (const [what, given, environment, message] of mistakes) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(resolve(given, environment), { name: 'UsageError', message })
    })
  }
})

describe('the names of saved files', () => {
  it('are those of the service, in the folder, and no two the same', () => {
    const { claim } = createSavedNames('out')
    const names = ['a.jpg', 'A.jpg', 'b', 'a.jpg', 'b'].map(claim)
    assert.deepEqual(names, ['out/a.jpg', 'out/A-2.jpg', 'out/b', 'out/a-3.jpg', 'out/b-2'])
  })

  it('lead to no other folder', () => {
    const { claim } = createSavedNames('out')
    assert.deepEqual(['../../a.jpg', '/etc/b'].map(claim), ['out/a.jpg', 'out/b'])
    assert.throws(() => claim('..'), /calls a file "\.\.", and no file can be called so\.$/)
  })
})
