import assert from 'node:assert/strict'
import { readdir, truncate } from 'node:fs/promises'
import { keepMemory } from '../../../src/engine/metadata/exiftool/kept-memory.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

const MADE = { memory: new Uint8Array(2 * 65_536).fill(7), stackPointer: 8_388_608 }

/** How often a memory is made of these ingredients when it is wanted once. */
function timesMade(folder: string | undefined, ...ingredients: string[]): number {
  let times = 0
  const { memory, stackPointer } = keepMemory(folder, ingredients, () => {
    times += 1
    return MADE
  })
  assert.deepEqual([Buffer.from(memory), stackPointer], [Buffer.from(MADE.memory), 8_388_608])
  return times
}

describe('keepMemory', () => {
  const temporary = useTemporaryFolder()

  it('makes a memory once, and anew of other ingredients', () => {
    const folder = temporary.pathTo('')
    assert.equal(timesMade(folder, 'perl', 'library'), 1)
    assert.equal(timesMade(folder, 'perl', 'library'), 0)
    assert.equal(timesMade(folder, 'perl', 'library 2'), 1)
  })

  it('makes it anew when a part of the file is missing', async () => {
    const folder = temporary.pathTo('')
    const before = await readdir(folder)
    timesMade(folder, 'cut')
    const [file = ''] = (await readdir(folder)).filter((name) => !before.includes(name))
    await truncate(temporary.pathTo(file), 70_000)
    assert.equal(timesMade(folder, 'cut'), 1)
    assert.equal(timesMade(folder, 'cut'), 0)
  })

  it('does without a folder, and with one that cannot be written', () => {
    assert.equal(timesMade(undefined, 'perl'), 1)
    assert.equal(timesMade('/proc/nowhere', 'perl'), 1)
  })
})
