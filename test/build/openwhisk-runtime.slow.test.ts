import assert from 'node:assert/strict'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { zip } from '../support/zip.ts'
import { type ActionContainer, type Answer, startContainer } from './action-container.ts'

const END_OF_ACTIVATION = 'XXX_THE_END_OF_A_WHISK_ACTIVATION_XXX\n'

const ACTION = zip({
  'package.json': JSON.stringify({ main: 'lib/action.js' }),
  'lib/action.js': `exports.main = ({ does }) => {
    console.log('does ' + does)
    if (does === 'throws') throw new Error('no')
    if (does === 'rejects') return Promise.reject(new Error('no'))
    if (does === 'nothing') return
    if (does === 'text') return 'text'
    return { id: process.env.__OW_ACTIVATION_ID, own: process.env.OWN, folder: process.cwd() === require('node:path').dirname(__dirname) }
  }`,
})

describe('the container that built actions are tried in', () => {
  const folder = useTemporaryFolder()
  let containers = 0
  let container: ActionContainer

  beforeEach(async () => {
    containers += 1
    container = await startContainer({ folder: folder.pathTo(`container-${containers}`) })
  })
  afterEach(() => container.stop())

  it('is initialized once, and runs any number of times, each ended by a mark in both logs', async () => {
    assert.deepEqual(await container.run({}), refused(403, 'System not initialized.'))
    const ok = { status: 200, body: { OK: true } }
    assert.deepEqual(await container.init(ACTION, { OWN: 'value' }), ok)
    assert.equal((await container.init(ACTION)).status, 403)
    for (const _ of [1, 2]) {
      const { body } = await container.run({ does: 'work' })
      assert.deepEqual(body, { id: 'activation1', own: 'value', folder: true })
    }
    assert.equal(container.log().split('does work\n').length - 1, 2)
    assert.equal(container.log().split(END_OF_ACTIVATION).length - 1, 4)
  })

  for (const [does, answer] of Object.entries({
    nothing: { status: 200, body: {} },
    rejects: { status: 200, body: { error: { name: 'Error', message: 'no' } } },
    throws: refused(502, 'An error has occurred: Error: no'),
    text: refused(502, 'The action did not return a dictionary.'),
  })) {
    it(`answers ${answer.status} to an action that does this: ${does}`, async () => {
      await container.init(ACTION)
      assert.deepEqual(await container.run({ does }), answer)
    })
  }

  it('answers 502 to an action that cannot be loaded', async () => {
    const { status, body } = await container.init(zip({ 'index.js': "require('nowhere')" }))
    assert.equal(status, 502)
    assert.match(JSON.stringify(body), /Initialization has failed due to: .*'nowhere'/)
  })
})

function refused(status: number, error: string): Answer {
  return { status, body: { error } }
}
