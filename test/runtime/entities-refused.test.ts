import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { annotations, script, sequence, usePlatform, zipped } from './deploying-fixture.ts'

const HELLO = 'function main() { return {} }'
const MALFORMED = 'The request content was malformed: '
const NOT_A_NAME =
  'must begin with a letter, digit or _, and have at most 256 letters, digits and any of _ @ . & - and spaces.'

describe('deploying is refused', () => {
  const { platform, call, put, deploy, folder } = usePlatform()
  before(async () => {
    await deploy('taken', script(HELLO))
    await deploy('first', sequence('/_/test/alone'))
    await deploy('second', sequence('/_/pkg/first'))
    await deploy('many', sequence(...Array<string>(50).fill('/_/test/alone')))
  })

  type Refusal = [what: string, status: number, path: string, body: unknown, error: string]
  const refusals: Refusal[] = [
    [
      'of an action that is there',
      409,
      'actions/pkg/taken',
      exec(script(HELLO)),
      'There is a deployed action "pkg/taken" already; ?overwrite=true replaces it.',
    ],
    [
      'of a package that is there',
      409,
      'packages/pkg',
      {},
      'There is a deployed package "pkg" already; ?overwrite=true replaces it.',
    ],
    [
      'into a package that is not there',
      404,
      'actions/nowhere/a',
      exec(script(HELLO)),
      'The namespace "space" has no deployed package "nowhere".',
    ],
    [
      'without an exec',
      400,
      'actions/pkg/a',
      {},
      'exec is missing; it must be an object with a kind.',
    ],
    [
      'with an exec that is none',
      400,
      'actions/pkg/a',
      exec(HELLO),
      `${MALFORMED}exec must be an object with a kind, but it is ${JSON.stringify(HELLO)}.`,
    ],
    [
      'without code',
      400,
      'actions/pkg/a',
      exec({ kind: 'nodejs:22' }),
      'exec.code is missing; it must be a base64 zip file, or JavaScript.',
    ],
    ...['python:3', 'blackbox', 'nodejs', 'nodejs:x', ''].map((kind): Refusal => [
      `of the kind "${kind}"`,
      400,
      'actions/pkg/a',
      exec({ kind, code: HELLO }),
      `exec.kind must be nodejs:24, another nodejs, or sequence, but it is "${kind}".`,
    ]),
    ...['main()', 'a b', 'a/b.main', '1'].map((main): Refusal => [
      `of the function ${main} in a script`,
      400,
      'actions/pkg/a',
      exec(script(HELLO, main)),
      `exec.main must be the name of a function, but it is "${main}".`,
    ]),
    ...['main()', '../a.main', 'lib/../../a.main', '/a.main', '...main'].map((main): Refusal => [
      `of the function ${main} in a zip file`,
      400,
      'actions/pkg/a',
      exec(zipped({ 'index.js': '' }, main)),
      `exec.main must be the name of a function, but it is "${main}".`,
    ]),
    [
      'of a sequence of nothing',
      400,
      'actions/pkg/a',
      exec(sequence()),
      'exec.components is empty; a sequence must have at least one action.',
    ],
    [
      'of a sequence with what does not exist',
      400,
      'actions/pkg/a',
      exec(sequence('/_/test/alone', '/_/test/other')),
      'The sequence has a component that does not exist: /_/test/other.',
    ],
    [
      'of a sequence with what another namespace has',
      400,
      'actions/pkg/a',
      exec(sequence('/other/test/alone')),
      'The sequence has a component that does not exist: /other/test/alone.',
    ],
    [
      'of a sequence with a name that is not a full one',
      400,
      'actions/pkg/a',
      exec(sequence('test/alone')),
      `${MALFORMED}exec.components[0] must be a name such as /namespace/package/action, but it is "test/alone".`,
    ],
    [
      'of more than 50 actions in a sequence',
      400,
      'actions/pkg/a',
      exec(sequence('/_/pkg/many')),
      'A sequence must not run more than 50 actions.',
    ],
    ...[
      ['timeout', 99, 'milliseconds from 100 to 10800000'],
      ['memory', 4097, 'megabytes from 128 to 4096'],
      ['concurrency', 0, 'activations a process from 1 to 500'],
      ['logs', 11, 'megabytes from 0 to 10'],
      ['timeout', '100', 'milliseconds from 100 to 10800000'],
    ].map(([limit, value, right]): Refusal => [
      `with ${limit}: ${JSON.stringify(value)}`,
      400,
      'actions/pkg/a',
      { ...exec(script(HELLO)), limits: { [String(limit)]: value } },
      `${MALFORMED}limits.${limit} must be a whole number of ${right}, but it is ${JSON.stringify(value)}.`,
    ]),
    [
      'with parameters that are no array',
      400,
      'actions/pkg/a',
      { ...exec(script(HELLO)), parameters: { a: 1 } },
      `${MALFORMED}parameters must be an array of {key, value}, but it is an object.`,
    ],
    [
      'with parameters of over 1 MB',
      413,
      'actions/pkg/a',
      { ...exec(script(HELLO)), parameters: annotations({ a: 'x'.repeat(1024 * 1024) }) },
      'The parameters and annotations are larger than 1048576 bytes, the most they may have.',
    ],
    ...(['parameters', 'annotations'] as const).flatMap((field): Refusal[] => [
      [
        `with ${field} that have no value`,
        400,
        'packages/new',
        { [field]: [{ key: 'a' }] },
        `${MALFORMED}${field}[0].value is missing; it must be any JSON value.`,
      ],
      [
        `with ${field} that have no key`,
        400,
        'packages/new',
        { [field]: [{ value: 1 }] },
        `${MALFORMED}${field}[0].key is missing; it must be a text.`,
      ],
      [
        `with ${field} that are nested too deep`,
        400,
        'packages/new',
        `{"${field}":[{"key":"a","value":${'['.repeat(200_000)}${']'.repeat(200_000)}}]}`,
        'The parameters and annotations are nested more than 1000 levels deep, the most they may be.',
      ],
    ]),
    [
      'with a parameter that is for the environment and too large for it',
      400,
      'packages/new',
      { parameters: [{ key: 'A', value: 'x'.repeat(128 * 1024 - 2), init: true }] },
      'The parameter "A" is for the environment; it must be shorter than 131072 bytes.',
    ],
    ...[
      { key: 'A', value: 'a\0' },
      { key: 'A\0', value: '' },
    ].map((parameter): Refusal => [
      `with the parameter ${JSON.stringify(parameter)} for the environment`,
      400,
      'packages/new',
      { parameters: [{ ...parameter, init: true }] },
      `The parameter ${JSON.stringify(parameter.key)} is for the environment; it must not have a NUL character.`,
    ]),
    [
      'with a version that is none',
      400,
      'actions/pkg/a',
      { ...exec(script(HELLO)), version: '1' },
      `${MALFORMED}version must be a version such as 0.0.1, but it is "1".`,
    ],
    [
      'of what is no JSON',
      400,
      'actions/pkg/a',
      '{',
      `${MALFORMED}The body must be a JSON object, but it is not JSON.`,
    ],
    [
      'of a package that is bound to another',
      501,
      'packages/bound',
      { binding: { namespace: 'other', name: 'pkg' } },
      'Bindings of packages are not part of this service.',
    ],
    [
      'of the package default',
      400,
      'packages/default',
      {},
      'The package name "default" is reserved.',
    ],
    ...['.hidden', 'a%20', '-a', 'ü', '%00', '..%2f..'].map((name): Refusal => [
      `with the name ${name}`,
      400,
      `packages/${name}`,
      {},
      `The name ${JSON.stringify(decodeURIComponent(name))} ${NOT_A_NAME}`,
    ]),
    [
      'of an action with a name that is none',
      400,
      'actions/pkg/..%2f..%2fescaped',
      exec(script(HELLO)),
      `The name "../../escaped" ${NOT_A_NAME}`,
    ],
    [
      'of an action with a slash in its name',
      400,
      'actions/pkg/b%2Fc',
      exec(script(HELLO)),
      `The name "b/c" ${NOT_A_NAME}`,
    ],
    ...['triggers', 'rules'].map((collection): Refusal => [
      `of ${collection}`,
      501,
      `${collection}/one`,
      {},
      `There are no ${collection} in this service.`,
    ]),
  ]
  for (const [what, status, path, body, error] of refusals) {
    it(`${what}, with ${status}`, async () => {
      const response = await put(path, body, '')
      assert.deepEqual(await response.json(), { error })
      assert.equal(response.status, status)
    })
  }

  it('of a sequence that would run itself, also by way of another', async () => {
    for (const [name, component] of [
      ['first', '/_/pkg/first'],
      ['first', '/space/pkg/second'],
    ] as const) {
      const response = await put(`actions/pkg/${name}`, exec(sequence(component)))
      assert.equal(response.status, 400)
      assert.deepEqual(await response.json(), { error: 'A sequence must not be a part of itself.' })
    }
  })

  it('of API Gateway routes', async () => {
    const response = await call('POST', '../../web/whisk.system/apimgmt/createApi.http', {})
    assert.equal(response.status, 501)
  })

  it('and leaves nothing behind', async () => {
    // That of the action taken is the only code there is.
    assert.equal((await readdir(folder.pathTo('deployed/code'))).length, 1)
  })

  it('without the key of the namespace', async () => {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      for (const path of ['actions/pkg/taken', 'packages/pkg']) {
        const response = await platform().app.request(`/api/v1/namespaces/_/${path}`, { method })
        assert.equal(response.status, 401)
      }
    }
  })
})

describe('deleting and getting is refused', () => {
  const { call, put } = usePlatform()
  before(async () => {
    await put('packages/full')
    await put('actions/full/one', { exec: script(HELLO) })
  })

  const refusals: [method: string, path: string, status: number, error: string][] = [
    [
      'DELETE',
      'actions/pkg/other',
      404,
      'The namespace "space" has no deployed action "pkg/other".',
    ],
    ['GET', 'actions/pkg/other', 404, 'The namespace "space" has no deployed action "pkg/other".'],
    ['DELETE', 'packages/other', 404, 'The namespace "space" has no deployed package "other".'],
    ['GET', 'packages/other', 404, 'The namespace "space" has no deployed package "other".'],
    [
      'DELETE',
      'packages/full',
      409,
      'The package "full" is not empty; its actions must be deleted first.',
    ],
    // They run from their source, and nobody has deployed them.
    [
      'DELETE',
      'actions/test/alone',
      404,
      'The namespace "space" has no deployed action "test/alone".',
    ],
    [
      'GET',
      'actions/test/alone',
      404,
      'The namespace "space" has no deployed action "test/alone".',
    ],
    ['GET', 'packages/test', 404, 'The namespace "space" has no deployed package "test".'],
  ]
  for (const [method, path, status, error] of refusals) {
    it(`at ${method} ${path}, with ${status}`, async () => {
      const response = await call(method, path)
      assert.equal(response.status, status)
      assert.deepEqual(await response.json(), { error })
    })
  }
})

function exec(given: unknown): object {
  return { exec: given }
}
