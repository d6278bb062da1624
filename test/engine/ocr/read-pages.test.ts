import assert from 'node:assert/strict'
import { corruptSource, OperationError } from '../../../src/base/operation-error.ts'
import { type ReadPage, readPages } from '../../../src/engine/ocr/read-pages.ts'
import { tellUnread } from '../../../src/engine/ocr/unread-pages.ts'

const slow = (title: string) =>
  new OperationError('source_too_slow', { task: 'recognise', seconds: 180, title })
const large = new OperationError('source_too_many_pixels', { width: 1, height: 1, most: 1 })
const full = new OperationError('source_out_of_memory', { task: 'recognise' })
const broken = corruptSource('PDF')

const of = (error: OperationError, ...numbers: number[]) =>
  numbers.map((number) => ({ number, error }))

/** Reads pages of which some cannot be read. */
async function reading(
  count: number,
  wrong: ReadonlyMap<number, Error>,
  signal = new AbortController().signal,
) {
  const pages = Array.from({ length: count }, (_, index) => ({ number: index + 1 }))
  const done: number[] = []
  const reader: ReadPage<{ number: number }, number> = async ({ number }, given) => {
    await new Promise(setImmediate)
    given.throwIfAborted()
    const error = wrong.get(number)
    if (error !== undefined) throw error
    return number
  }
  const progress = (each: number): void => void done.push(each)
  const { read, unread } = await readPages(pages, [reader, reader], { signal, progress })
  return { read: read.toSorted((one, other) => one - other), unread, done }
}

describe('pages of which some cannot be read', () => {
  it('are read but for those', async () => {
    const wrong = new Map<number, OperationError>([
      [2, slow('page 2')],
      [5, broken],
    ])
    const { read, unread, done } = await reading(6, wrong)
    assert.deepEqual(read, [1, 3, 4, 6])
    assert.deepEqual(new Set(unread.map(({ number }) => number)), new Set([2, 5]))
    assert.deepEqual(done, [1, 2, 3, 4, 5, 6])
  })

  it('fail with what is wrong with the first when none can be read', async () => {
    const wrong = new Map<number, OperationError>([
      [1, slow('page 1')],
      [2, broken],
    ])
    await assert.rejects(reading(2, wrong), {
      message: 'The text of page 1 could not be recognised within 180 seconds.',
    })
  })

  it('fail with what is wrong with neither of them', async () => {
    const wrong = new Map([[3, new Error('the disk is full')]])
    await assert.rejects(reading(50, wrong), { message: 'the disk is full' })
  })

  it('are none when there are none', async () => {
    assert.deepEqual(await reading(0, new Map()), { read: [], unread: [], done: [] })
  })

  const TOLD: readonly (readonly [unread: ReturnType<typeof of>, sentences: readonly string[]])[] =
    [
      [[], []],
      [of(slow('page 7'), 7), ['Page 7 has no text: it took more than 180 seconds.']],
      [
        [...of(slow('page 9'), 9), ...of(slow('page 7'), 7)],
        ['Pages 7 and 9 have no text: each of them took more than 180 seconds.'],
      ],
      [
        [...of(broken, 4), ...of(large, 3, 1), ...of(full, 2)],
        [
          'Pages 1 and 3 have no text: each of them is too large.',
          'Page 2 has no text: it took more memory than there may be.',
          'Page 4 has no text: it could not be drawn.',
        ],
      ],
      [
        of(broken, ...Array.from({ length: 12 }, (_, index) => index + 1)),
        [
          'Pages 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more have no text: each of them could not be drawn.',
        ],
      ],
    ]
  for (const [unread, sentences] of TOLD) {
    it(`are told: ${sentences.join(' ') || 'nothing'}`, () => {
      assert.deepEqual(tellUnread(unread), sentences)
    })
  }
})
