import assert from 'node:assert/strict'
import { copyRequest, describeRequest } from '../../../page/copy-as/copied-request.ts'

describe('A copied request', () => {
  const NAMES: readonly [readonly unknown[], readonly string[]][] = [
    [
      ['a.png', 'b.png'],
      ['a.png', 'b.png'],
    ],
    [
      ['a.png', 'A.png'],
      ['a.png', '1-A.png'],
    ],
    [
      [undefined, ''],
      ['rendition-0.png', 'rendition-1.png'],
    ],
    [
      ['../../x.png', '..'],
      ['.._.._x.png', 'rendition-1.png'],
    ],
    [
      [`it's|"a".png`, 'größe 1.png'],
      ['it_s__a_.png', 'größe 1.png'],
    ],
  ]
  for (const [given, expected] of NAMES) {
    it(`calls renditions ${JSON.stringify(given)} ${JSON.stringify(expected)}`, () => {
      const { renditions } = copy(given.map((name) => ({ name, fmt: 'png' })))
      assert.deepEqual(
        renditions.map(({ name }) => name),
        expected,
      )
    })
  }

  it('is described in one line, whatever its source is called', () => {
    assert.equal(describeRequest(copy([{}], 'a\nrm -rf b')), '1 rendition of a rm -rf b')
    assert.equal(describeRequest(copy([{}, {}])), '2 renditions')
  })
})

function copy(renditions: readonly Record<string, unknown>[], source?: string) {
  return copyRequest(
    {
      source: source === undefined ? undefined : { id: 's', name: source, type: '', size: 1 },
      files: [],
      renditions: renditions.map((instructions) => ({
        instructions,
        state: 'created',
        worker: 'worker',
        spans: [],
      })),
    },
    'https://localhost:9443',
    ({ name }) => `./${name}`,
  )
}
