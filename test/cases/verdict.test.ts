import assert from 'node:assert/strict'
import { chmod, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { CaseOutcome } from '../../src/cases/case-runner.ts'
import type { ReadyCase } from '../../src/cases/test-case.ts'
import { judge, refuseFalseGreen, type Verdict } from '../../src/cases/verdict.ts'
import { plain } from '../support/pictures.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const OWN_VALIDATE = path.join(import.meta.dirname, '../asset-compute/worker/width-only/validate')

const teal = { r: 20, g: 130, b: 130 }
const failed: CaseOutcome = { state: 'failed', errorReason: 'GenericError', errorMessage: 'No.' }

describe('the outcome of a case', () => {
  const folder = useTemporaryFolder()
  const created = (file: string): CaseOutcome => ({
    state: 'created',
    file: folder.pathTo(file),
    embedded: false,
  })

  before(async () => {
    await plain(teal).jpeg().toFile(folder.pathTo('rendition.jpg'))
    await plain(teal).jpeg({ quality: 81 }).toFile(folder.pathTo('alike.jpg'))
    await plain({ ...teal, r: 200 })
      .jpeg()
      .toFile(folder.pathTo('red.jpg'))
    await writeFile(folder.pathTo('one.bin'), Buffer.from([0xff, 1, 2]))
    await writeFile(folder.pathTo('other.bin'), Buffer.from([0xff, 1, 3]))
  })

  function caseOf(options: Partial<ReadyCase>): ReadyCase {
    return {
      state: 'ready',
      name: 'worker/case',
      action: 'worker',
      folder: folder.pathTo('case'),
      source: folder.pathTo('case/file.jpg'),
      instructions: { fmt: 'jpg' },
      rendition: folder.pathTo('rendition.jpg'),
      errorReason: undefined,
      validate: undefined,
      mocks: [],
      files: [],
      ...options,
    }
  }

  async function script(name: string, text: string, mode: number): Promise<string> {
    await writeFile(folder.pathTo(name), text)
    await chmod(folder.pathTo(name), mode)
    return folder.pathTo(name)
  }

  it('is good when the rendition is the expected one, byte for byte', async () => {
    assert.deepEqual(await judge(caseOf({}), created('rendition.jpg')), {
      state: 'passed',
      output: '',
    })
  })

  it('is good when it failed as expected', async () => {
    const bad = caseOf({ rendition: undefined, errorReason: 'GenericError' })
    assert.equal((await judge(bad, failed)).state, 'expected-error')
  })

  it('is good when it failed as the class of an error says', async () => {
    const bad = caseOf({ rendition: undefined, errorReason: 'ArgumentError' })
    assert.equal((await judge(bad, failed)).state, 'expected-error')
  })

  it('is bad when a byte is another one, however alike the pictures are', async () => {
    const verdict = await judge(caseOf({}), created('alike.jpg'))
    assert.ok(verdict.state === 'failed')
    assert.equal(verdict.message, `Rendition 'alike.jpg' not as expected`)
    assert.equal(verdict.differences.length, 1)
  })

  it('is good when the pictures are alike, for the validate of this project', async () => {
    const alike = caseOf({ validate: OWN_VALIDATE })
    assert.equal((await judge(alike, created('alike.jpg'))).state, 'passed')
  })

  it('tells what is different', async () => {
    for (const validate of [undefined, OWN_VALIDATE]) {
      const verdict = await judge(caseOf({ validate }), created('red.jpg'))
      assert.ok('differences' in verdict)
      assert.match(verdict.differences.join('\n'), /^distance of the pixels is 0\.\d+, expected /)
    }
    const verdict = await judge(
      caseOf({ rendition: folder.pathTo('one.bin') }),
      created('other.bin'),
    )
    assert.deepEqual('differences' in verdict && verdict.differences, [
      'byte 3 is 0x03, expected 0x02; it has 3 bytes, expected 3',
    ])
  })

  it('is what an executable validate says, called with both renditions', async () => {
    const text = `#!/usr/bin/env node
      const [expected, actual] = process.argv.slice(2).map((file) => file.split('/').at(-1))
      process.exitCode = expected === 'rendition.jpg' && actual === 'red.jpg' ? 0 : 1`
    const good = caseOf({ validate: await script('validate', text, 0o755) })
    assert.equal((await judge(good, created('red.jpg'))).state, 'passed')
    assert.equal((await judge(good, created('alike.jpg'))).state, 'failed')
  })

  it('is what a validate for bash says, which need not be executable', async () => {
    const text = 'echo "too $(basename $2)"\n[[ 1 == 1 ]] && exit 7'
    const bad = caseOf({ validate: await script('validate.sh', text, 0o644) })
    const verdict = await judge(bad, created('red.jpg'))
    assert.ok(verdict.state === 'failed')
    assert.equal(verdict.message, `Rendition 'red.jpg' not as expected. Validate exit code was: 7`)
    assert.match(verdict.output, /^too red\.jpg\n\+/)
  })

  for (const firstLine of ['', '#!/bin/sh', '#!/usr/bin/env -S bash -e']) {
    it(`is what bash says of an executable that begins with ${JSON.stringify(firstLine)}`, async () => {
      const text = `${firstLine}\nnames=("$(basename $2)")\n[[ $names == red.* ]]`
      const good = caseOf({ validate: await script('validate', text, 0o755) })
      assert.equal((await judge(good, created('red.jpg'))).state, 'passed')
      assert.equal((await judge(good, created('alike.jpg'))).state, 'failed')
    })
  }

  it('is what a validate says that goes to its own folder', async () => {
    await script('validate', 'cd "$(dirname "$0")" && test -f "$1" && test -f "$2"', 0o755)
    const [validate, rendition, file = ''] = ['validate', 'rendition.jpg', 'red.jpg'].map((name) =>
      path.relative('.', folder.pathTo(name)),
    )
    const good = caseOf({ validate, rendition })
    const verdict = await judge(good, { state: 'created', file, embedded: false })
    assert.equal(verdict.state, 'passed', JSON.stringify(verdict))
  })

  it('is what a validate says that reads its input, of which there is none', async () => {
    const good = caseOf({ validate: await script('validate', 'test -z "$(cat)"', 0o755) })
    assert.equal((await judge(good, created('red.jpg'))).state, 'passed')
  })

  it('tells of a validate that cannot be run', async () => {
    const bad = caseOf({ validate: await script('validate-odd', '#!/nowhere/shell\n', 0o755) })
    const verdict = await judge(bad, created('red.jpg'))
    assert.match('message' in verdict ? verdict.message : '', /Validate exit code was: .*ENOENT/)
  })

  const BAD: [
    what: string,
    options: Partial<ReadyCase>,
    outcome: CaseOutcome | string,
    state: string,
    message: RegExp,
  ][] = [
    ['a failure', {}, failed, 'failed', /^No rendition generated: GenericError: No$/],
    ['a refused request', {}, { state: 'refused', message: 'Bad\n  day' }, 'error', /^Bad day$/],
    [
      'a rendition instead of a failure',
      { rendition: undefined, errorReason: 'SourceCorrupt' },
      'rendition.jpg',
      'failed',
      /^Expected error 'SourceCorrupt' but none occurred$/,
    ],
    [
      'another reason',
      { rendition: undefined, errorReason: 'SourceCorrupt' },
      failed,
      'failed',
      /^Expected error 'SourceCorrupt' but got 'GenericError': No$/,
    ],
    [
      'a reason that there is not',
      { rendition: undefined, errorReason: 'SourceCorupt' },
      failed,
      'failed',
      /^Expected error 'SourceCorupt' but got 'GenericError': No; did you mean 'SourceCorrupt'\?$/,
    ],
    [
      'a reason that there is not where none is told',
      { rendition: undefined, errorReason: 'GenericEror' },
      'rendition.jpg',
      'failed',
      /^Expected error 'GenericEror' but none occurred; did you mean 'GenericError'\?$/,
    ],
    [
      'a rendition of which nobody knows how it has to be',
      { rendition: undefined },
      'rendition.jpg',
      'error',
      /^Missing expected rendition and no expected 'errorReason' in params\.json$/,
    ],
    [
      'a failure of which nobody knows whether it is right',
      { rendition: undefined },
      failed,
      'error',
      /^No rendition generated and no expected 'errorReason' in params\.json: GenericError: No$/,
    ],
  ]

  for (const [what, options, outcome, state, message] of BAD) {
    it(`is bad: ${what}`, async () => {
      const given = typeof outcome === 'string' ? created(outcome) : outcome
      const verdict = await judge(caseOf(options), given)
      assert.equal(verdict.state, state)
      assert.match('message' in verdict ? verdict.message : '', message)
    })
  }
})

describe('a verdict', () => {
  const passed: Verdict = { state: 'passed', output: 'ok' }
  const expected: Verdict = { state: 'expected-error', output: '' }
  const wrong: Verdict = { state: 'failed', message: 'No', differences: ['a'], output: '' }
  const broken: Verdict = { state: 'error', message: 'Bad', differences: [], output: '' }
  const unloaded = {
    kind: 'unloaded',
    message: 'The action could not be loaded: no main.\nRequire stack:\n- /a.js',
  } as const
  const died = { kind: 'died', message: 'It exited.' } as const
  const calls = ['mock a: GET /x → 404, since no expectation matches']
  const uncalled = ['mock-a.json [0]']
  const nobody = 'Nobody called mock-a.json [0]'

  const RULES: [
    what: string,
    verdict: Verdict,
    found: Partial<Parameters<typeof refuseFalseGreen>[1]>,
    settled: Partial<Verdict>,
  ][] = [
    ['stays when all is well', passed, {}, passed],
    ['stays when a process has died as expected', expected, { fault: died }, expected],
    [
      'is an error for an action that cannot be loaded, whatever is expected',
      expected,
      { fault: unloaded },
      { state: 'error', message: 'The action could not be loaded: no main' },
    ],
    [
      'is a failure when nobody has called a mock',
      passed,
      { uncalled, calls },
      {
        state: 'failed',
        message: `${nobody}; what need not be called has "optional": true`,
        differences: calls,
        output: 'ok',
      },
    ],
    [
      'is one for an expected error as well',
      expected,
      { uncalled },
      { state: 'failed', message: `${nobody}; what need not be called has "optional": true` },
    ],
    [
      'is an error when the process has died before',
      expected,
      { uncalled, fault: died },
      { state: 'error', message: `${nobody}: It exited` },
    ],
    [
      'tells it beside what is wrong anyway',
      wrong,
      { uncalled, calls },
      { ...wrong, differences: ['a', nobody, ...calls] },
    ],
    ['stays when the case could not be run', broken, { uncalled }, broken],
  ]
  for (const [what, verdict, found, settled] of RULES) {
    it(what, () => {
      const all = { fault: undefined, calls: [], uncalled: [], ...found }
      const actual = refuseFalseGreen(verdict, all)
      assert.deepEqual({ ...actual, ...settled }, actual)
    })
  }
})
