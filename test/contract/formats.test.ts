import assert from 'node:assert/strict'
import {
  type BuiltInWorker,
  chooseBuiltInWorker,
  PICTURE_FORMATS,
} from '../../src/contract/actions.ts'

describe('chooseBuiltInWorker', () => {
  const cases: [instructions: Record<string, unknown>, worker: BuiltInWorker][] = [
    ...PICTURE_FORMATS.map((fmt): [{ fmt: string }, BuiltInWorker] => [{ fmt }, 'worker']),
    [{ fmt: 'text' }, 'document'],
    [{ fmt: 'txt' }, 'document'],
    [{ fmt: ' TXT ' }, 'document'],
    [{ fmt: 'xmp' }, 'metadata'],
    [{ fmt: 'xml' }, 'metadata'],
    [{ fmt: 'zip', files: [] }, 'archive'],
    [{ fmt: 'jpg', xmp: 'PHg+' }, 'metadata'],
    [{ fmt: 'jpg', xmp: '' }, 'worker'],
    [{ fmt: 'docx' }, 'worker'],
    [{ fmt: undefined }, 'worker'],
  ]
  for (const [instructions, worker] of cases) {
    it(`names ${worker} for ${JSON.stringify(instructions)}`, () => {
      assert.equal(chooseBuiltInWorker(instructions), worker)
    })
  }
})
