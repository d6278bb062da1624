import assert from 'node:assert/strict'
import { useCaseProject } from '../case-project.ts'

const CASE = { 'file.txt': 'source\n', 'params.json': '{"fmt": "txt"}' }

describe('test cases that the developer page runs in test mode', function () {
  this.timeout(300_000)
  const { write, post, told, run, cases } = useCaseProject({ mode: 'test/actions/told-mode.ts' })

  before(() => {
    write('mode/as-adobe-runs-it', { ...CASE, 'rendition.txt': 'test mode: true\n' })
    write('mode/as-usual', { ...CASE, 'rendition.txt': 'test mode: no\n' })
  })

  const stateOf = (name: string) => cases().case('mode', name).result?.state

  it('are run as usual unless that is asked for', async () => {
    await run('mode/as-adobe-runs-it', 'mode/as-usual')
    assert.deepEqual([stateOf('as-adobe-runs-it'), stateOf('as-usual')], ['failed', 'passed'])
  })

  it("see what they see when Adobe's command runs them", async () => {
    const passed = told('mode/as-adobe-runs-it', 'passed')
    const failed = told('mode/as-usual', 'failed')
    const wanted = ['mode/as-adobe-runs-it', 'mode/as-usual']
    const answer = await post('/cases/run', { cases: wanted, testMode: true })
    assert.equal(answer.status, 202)
    await Promise.all([passed, failed])
  })

  it('are refused in one sentence when nobody can say whether that is wanted', async () => {
    const answer = await post('/cases/run', { cases: ['mode/as-usual'], testMode: 'perhaps' })
    assert.equal(answer.status, 400)
    assert.match(await answer.text(), /testMode must be true or false/)
  })
})
