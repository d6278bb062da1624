import assert from 'node:assert/strict'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { copyObject, objectsOfFolder } from '../../src/storage/copy-objects.ts'
import { type FolderStore, openFolderStore } from '../../src/storage/folder-store.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const LOG = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
}

describe('the objects of a folder', () => {
  const folder = useTemporaryFolder()
  let from: string
  let to: FolderStore
  let count = 0

  const open = (name: string) => openFolderStore(folder.pathTo(name), { now: () => 0, log: LOG })
  const objects = () => objectsOfFolder(path.join(from, 'index.sqlite'), path.join(from, 'parts'))
  async function read(key: string): Promise<string | undefined> {
    const content = await to.open(key)
    return content && (await buffer(content)).toString()
  }

  beforeEach(async () => {
    count += 1
    from = folder.pathTo(`from ${count}`)
    const store = await open(`from ${count}`)
    await put(store, 'a', 'alone')
    await put(store, 'b/ü', 'one, ', 0)
    await put(store, 'b/ü', 'two', 1)
    await put(store, 'unfinished', 'the second', 1)
    store.close()
    to = await open(`to ${count}`)
  })
  afterEach(() => to.close())

  it('are copied, whole ones alone', async () => {
    const sizes = new Map<string, number>()
    for (const object of objects()) sizes.set(object.key, await copyObject(object, to))
    assert.deepEqual(
      sizes,
      new Map([
        ['a', 5],
        ['b/ü', 8],
      ]),
    )
    assert.deepEqual(
      [await read('a'), await read('b/ü'), await read('unfinished')],
      ['alone', 'one, two', undefined],
    )
    assert.equal((await to.stat('a'))?.contentType, 'text/plain')
  })

  it('are copied once, and again when what is there is another one', async () => {
    await put(to, 'a', 'alone')
    await put(to, 'b/ü', 'one, tw0')
    const before = await to.stat('a')
    for (const object of objects()) await copyObject(object, to)
    assert.deepEqual(await to.stat('a'), before)
    assert.equal(await read('b/ü'), 'one, two')
  })

  it('are refused when a file is not what was stored', async () => {
    const [object = assert.fail()] = objects()
    const [slice = assert.fail()] = object.slices
    const wrong = { ...object, slices: [{ ...slice, checksum: 1 }] }
    await assert.rejects(copyObject(wrong, to))
    assert.equal(await to.stat(object.key), undefined)
  })

  it('are refused when they are not the same in the end', async () => {
    const [object = assert.fail()] = objects()
    const losing = {
      put: async () => ({ etag: '""', replaced: false }),
      open: async () => undefined,
    }
    await assert.rejects(copyObject(object, losing), {
      message: `The object "${object.key}" is not the same in the storage elsewhere.`,
    })
  })
})

async function* bodyOf(text: string) {
  yield Buffer.from(text)
}

async function put(store: FolderStore, key: string, text: string, part?: number) {
  const of = part === undefined ? undefined : { upload: 'upload', part }
  await store.put({ key, body: bodyOf(text), size: {}, contentType: 'text/plain', of })
}
