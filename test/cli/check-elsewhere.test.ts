import assert from 'node:assert/strict'
import nock from 'nock'
import { checkElsewhere, describeAioAlone } from '../../src/cli/doctor/check-elsewhere.ts'
import type { Elsewhere } from '../../src/config.ts'
import { useNock } from '../support/nock.ts'

const HOST = 'https://whisk.test'
const PUBLIC_URL = 'https://darkroom.test'
const NAMESPACES = '/api/v1/namespaces'
const DEPLOYABLE = ['pkg/worker', 'pkg/pdf']
const ELSEWHERE: Elsewhere = {
  publicUrl: PUBLIC_URL,
  platform: { apiHost: HOST, namespace: 'ns', apiKey: 'user:secret', keyName: 'AIO_RUNTIME_AUTH' },
  localRuntime: undefined,
}

/** What the platform answers: its namespaces, its limits, its actions; a number is a status. */
interface Answers {
  readonly namespaces?: unknown
  readonly limits?: unknown
  readonly actions?: unknown
}

const GOOD: Answers = {
  namespaces: ['ns'],
  limits: { concurrentInvocations: 200, invocationsPerMinute: 600 },
  actions: [
    { name: 'worker', namespace: 'ns/pkg' },
    { name: 'pdf', namespace: 'ns/pkg' },
    { name: 'other', namespace: 'ns' },
  ],
}

function answer({ namespaces, limits, actions }: Answers): void {
  const paths: [path: string, content: unknown][] = [
    [NAMESPACES, namespaces],
    [`${NAMESPACES}/_/limits`, limits],
    [`${NAMESPACES}/_/actions?limit=200`, actions],
  ]
  for (const [path, content] of paths) {
    const asked = nock(HOST).get(path).basicAuth({ user: 'user', pass: 'secret' })
    if (typeof content === 'number') asked.reply(content, '{}')
    else asked.reply(200, JSON.stringify(content))
  }
}

async function look(elsewhere = ELSEWHERE): Promise<string[]> {
  const told: string[] = []
  for await (const { state, sentence } of checkElsewhere(elsewhere, DEPLOYABLE)) {
    told.push(`${state}: ${sentence}`)
  }
  return told
}

describe('what doctor says of actions that run elsewhere', () => {
  useNock()

  it('is that all is well', async () => {
    answer(GOOD)
    nock(PUBLIC_URL).get('/health/live').reply(200)
    assert.deepEqual(await look(), [
      'sound: Actions run on the namespace ns at https://whisk.test, which takes AIO_RUNTIME_AUTH.',
      'sound: It takes 200 activations at a time and 600 a minute.',
      'sound: 2 actions of the project are deployed.',
      'sound: PUBLIC_URL (https://darkroom.test) leads to a service.',
    ])
  })

  const cases: [title: string, changed: Answers, sentence: string][] = [
    [
      'that the key is another',
      { namespaces: 401 },
      'wrong: AIO_RUNTIME_AUTH is not the key of the namespace ns at https://whisk.test.',
    ],
    [
      'that the key is of another namespace',
      { namespaces: ['other'] },
      'wrong: AIO_RUNTIME_AUTH is the key of other, and not of the namespace ns at https://whisk.test.',
    ],
    [
      'that it is no OpenWhisk',
      { namespaces: 404 },
      'wrong: There should be an OpenWhisk for the namespace ns at https://whisk.test, and the answer has status 404.',
    ],
    [
      'that it takes little at a time',
      { limits: { concurrentInvocations: 30 } },
      'remark: It takes 30 activations at a time, fewer than the 100 that a service may have under way; others wait.',
    ],
    [
      'which limits hold elsewhere, when it does not tell its own',
      { limits: 404 },
      'remark: It does not tell its limits; those of Adobe I/O Runtime are 100 activations at a time and 600 a minute. What is beyond waits.',
    ],
    [
      'which actions are not deployed',
      { actions: [{ name: 'worker', namespace: 'ns/pkg' }] },
      'wrong: 1 action should be deployed and is not: pkg/pdf; aio app deploy puts them there.',
    ],
  ]
  for (const [title, changed, sentence] of cases) {
    it(`is ${title}`, async () => {
      answer({ ...GOOD, ...changed })
      nock(PUBLIC_URL).get('/health/live').reply(200)
      assert.ok((await look()).includes(sentence), sentence)
    })
  }

  it('is that the platform does not answer, and that nothing leads back', async () => {
    nock(HOST).get(NAMESPACES).replyWithError('connect ECONNREFUSED')
    nock(PUBLIC_URL).get('/health/live').reply(502)
    assert.deepEqual(await look(), [
      'wrong: Actions should run on the namespace ns at https://whisk.test, which does not answer: connect ECONNREFUSED.',
      'remark: PUBLIC_URL (https://darkroom.test) answers with status 502; it should lead to this service when it runs.',
    ])
  })

  it('is whether a second runtime takes its key', async () => {
    answer({ namespaces: ['darkroom'] })
    nock(PUBLIC_URL).get('/health/live').reply(200)
    const access = {
      apiHost: HOST,
      namespace: undefined,
      apiKey: 'user:secret',
      keyName: 'LOCAL_RUNTIME_URL',
    }
    const [first] = await look({ ...ELSEWHERE, platform: undefined, localRuntime: access })
    assert.equal(
      first,
      'sound: Actions run on the runtime at https://whisk.test, which takes LOCAL_RUNTIME_URL.',
    )
    nock.cleanAll()
  })

  it('is that settings are for aio alone', () => {
    const { state, sentence } = describeAioAlone(HOST)
    assert.equal(state, 'remark')
    assert.match(
      sentence,
      /^All actions run on this machine; AIO_RUNTIME_APIHOST \(https:\/\/whisk\.test\) is for aio alone/,
    )
  })
})
