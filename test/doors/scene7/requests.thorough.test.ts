import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { ATTRIBUTES } from '../../../src/doors/scene7/catalogue/attributes.ts'
import { COMMANDS } from '../../../src/image-serving/commands/commands.ts'
import { amountOf, seedOf } from '../../support/amounts.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { COMPANY, type OpenedDoor, openDoor, streamOf } from './open-door.ts'

/** The longest that reading a request may take, in milliseconds. */
const LONGEST_MS = 2000

const KINDS = ['img', 'tmb', 'mask', 'props', 'imageprops', 'exists', 'set', 'imageset', 'resolve']
const VALUES = ['0', '1', '-1', '5000', '1e9', '0.5', '10,20', '1,2,3,4', 'ff0000', 'shoe', 'lr']
const OTHERS = [
  'is{shoe?wid=5}',
  'is(shoe',
  '$a$',
  '$object$',
  '%',
  '%00',
  '..%2f..',
  '<b>',
  '{shoe,{shoe;shoe}}',
  'shoe;shoe;img,shoe',
  'shoe:shoe',
  'constructor',
  '{',
  '',
]

const name = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(...Object.keys(COMMANDS), 'layer', 'effect') },
  { weight: 1, arbitrary: fc.string({ maxLength: 8 }).map(encodeURIComponent) },
)
const value = fc.oneof(
  fc.constantFrom(...VALUES, ...OTHERS),
  fc.integer({ min: -10, max: 10_000 }).map(String),
  fc.array(fc.double({ noNaN: true }).map(String), { maxLength: 5 }).map((each) => each.join()),
  fc.string({ maxLength: 20 }).map(encodeURIComponent),
)
const command = fc.oneof(
  { weight: 12, arbitrary: fc.tuple(name, value).map(([each, said]) => `${each}=${said}`) },
  { weight: 1, arbitrary: fc.constantFrom('$view$', '$none$', '.note', '$a=$a$', '$a=5', '&&') },
  { weight: 1, arbitrary: fc.constantFrom(...KINDS).map((kind) => `req=${kind},json`) },
)
const query = fc.array(command, { maxLength: 8 }).map((commands) => commands.join('&'))
const object = fc.constantFrom(
  '',
  'acme',
  'acme/shoe',
  'acme/set',
  'acme/shoe:Wide',
  'acme/shoe:Large',
  'acme/none',
)

describe('requests of any kind', () => {
  const temporary = useTemporaryFolder()
  let opened: OpenedDoor

  before(async () => {
    opened = await openDoor(temporary.pathTo('home'), { attributes: ATTRIBUTES })
    const { kept, presets } = opened.door
    await kept.addFile(COMPANY, 'shoe', {
      name: 'shoe.jpg',
      mediaType: 'image/jpeg',
      body: streamOf('a shoe'),
    })
    const part = { name: 'Wide', x: 0, y: 0, width: 1, height: 0.5, forWidth: 9, forHeight: 5 }
    await kept.describe(COMPANY, 'shoe', { crops: [part] })
    await kept.describe(COMPANY, 'set', { members: [{ asset: 'shoe' }] })
    await presets.save(COMPANY, { name: 'view', commands: 'wid=240&$none=1' })
  })
  after(() => opened.door.close?.())

  it('are answered or refused, and none is a fault of the service', async function () {
    this.timeout(600_000)
    await fc.assert(
      fc.asyncProperty(object, query, async (path, commands) => {
        const begun = performance.now()
        const answer = await opened.app.request(`/is/image/${path}?${commands}`)
        const took = performance.now() - begun
        assert.ok([200, 403, 404].includes(answer.status), await answer.clone().text())
        assert.ok(took < LONGEST_MS, `it took ${took} ms`)
      }),
      { numRuns: amountOf({ usually: 300, thoroughly: 20_000 }), seed: seedOf(1) },
    )
    assert.deepEqual(opened.errors, [])
  })
})
