import assert from 'node:assert/strict'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { openAnswerCache } from '../../../src/doors/scene7/serving/answer-cache.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

const bytes = (length: number) => Buffer.alloc(length, 'a')

describe('the cache of pictures', () => {
  const temporary = useTemporaryFolder()

  it('keeps no more than it may, and drops what was not used for longest', async () => {
    let time = Date.now()
    const folder = temporary.pathTo('limited')
    const now = () => (time += 120_000)
    const cache = await openAnswerCache({ folder, mostBytes: 1000, now })
    for (const key of ['one', 'two', 'three']) await cache.put(key, bytes(300))
    assert.equal((await cache.get('one'))?.length, 300)
    await cache.put('four', bytes(300))
    assert.equal(cache.size(), 900)
    assert.equal(await cache.get('two'), undefined)
    assert.deepEqual((await readdir(folder)).toSorted(), ['four', 'one', 'three'])

    const again = await openAnswerCache({ folder, mostBytes: 700, now })
    assert.equal(again.size(), 600)
    assert.equal(await again.get('three'), undefined)
    assert.equal((await again.get('one'))?.length, 300)
  })

  it('keeps nothing that is larger than all of it', async () => {
    const folder = temporary.pathTo('large')
    const cache = await openAnswerCache({ folder, mostBytes: 100, now: Date.now })
    await cache.put('small', bytes(10))
    await cache.put('large', bytes(101))
    assert.equal(cache.size(), 10)
    assert.equal(await cache.get('large'), undefined)
  })

  it('has nothing that is not there, half-written or damaged', async () => {
    const folder = temporary.pathTo('damaged')
    const before = await openAnswerCache({ folder, now: Date.now })
    await before.put('one', bytes(10))
    await before.put('two', bytes(10))
    const cache = await openAnswerCache({ folder, now: Date.now })
    await rm(`${folder}/one`)
    await writeFile(`${folder}/two`, 'shorter')
    await writeFile(`${folder}/.draft`, 'half')
    assert.equal(await cache.get('one'), undefined)
    assert.equal(await cache.get('two'), undefined)
    assert.equal(cache.size(), 0)
    await openAnswerCache({ folder, now: Date.now })
    assert.deepEqual(await readdir(folder), ['two'])
  })

  it('reads what was asked for last from memory', async () => {
    const folder = temporary.pathTo('recent')
    const cache = await openAnswerCache({ folder, now: Date.now })
    await cache.put('put', bytes(10))
    await rm(`${folder}/put`)
    assert.equal((await cache.get('put'))?.length, 10)
  })

  it('goes on when somebody deletes its folder', async () => {
    const folder = temporary.pathTo('deleted')
    const cache = await openAnswerCache({ folder, now: Date.now })
    await cache.put('one', bytes(10))
    await rm(folder, { recursive: true })
    await cache.put('two', bytes(10))
    assert.equal((await cache.get('two'))?.length, 10)
  })
})
