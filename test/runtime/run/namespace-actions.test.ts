import assert from 'node:assert/strict'
import type { Action } from '../../../src/runtime/run/action.ts'
import { createNamespaceActions } from '../../../src/runtime/run/namespace-actions.ts'
import { readStatus } from '../../../src/runtime/run/runnable-status.ts'

const action = (name: string, file: string): Action => ({
  name,
  file,
  version: '0.0.1',
  kind: 'nodejs:24',
  web: 'yes',
  requiresAdobeAuth: true,
  requiresWhiskAuth: false,
  customOptions: false,
  inputs: {},
  final: false,
  limits: { timeout: 60_000, memorySize: 256, concurrency: 1 },
})

describe('the actions of a namespace', () => {
  const deployed = new Map([['p/deployed', action('p/deployed', 'deployed')]])
  const { find, own, ofProject, ...all } = createNamespaceActions({
    namespace: 'darkroom',
    actions: [action('p/worker', 'own'), action('p/video', 'own')],
    projectActions: [action('p/worker', 'project'), action('p/deployed', 'project')],
    deployed: { find: (name) => deployed.get(name), runnables: () => [...deployed.values()] },
  })

  const NAMES: [what: string, name: string, file: string][] = [
    ['those that were deployed go before those of the project', 'p/deployed', 'deployed'],
    ['those of the project go before its own', 'p/worker', 'project'],
    ['its own are found where there is no other', 'p/video', 'own'],
  ]
  for (const [what, name, file] of NAMES) {
    it(what, () => assert.equal(Object(find(name)).file, file))
  }

  it('its own are told apart from what has their names', () => {
    assert.deepEqual(
      Array.from(own.values(), ({ file }) => file),
      ['own', 'own'],
    )
  })

  it('all are listed, each with its origin, and the URL with the one that it reaches', async () => {
    const status = await readStatus({
      namespace: 'darkroom',
      own: [...own.values()],
      ofProject: [...ofProject.values()],
      find,
      deployed: all.deployed.runnables(),
      pools: [],
    })
    assert.deepEqual(
      status.map((each) => [each.name, each.ofProject, each.deployed, each.webPath]),
      [
        ['p/worker', true, false, '/web/darkroom/p/worker'],
        ['p/deployed', true, false, undefined],
        ['p/worker', undefined, false, undefined],
        ['p/video', undefined, false, '/web/darkroom/p/video'],
        ['p/deployed', undefined, true, '/web/darkroom/p/deployed'],
      ],
    )
  })
})
