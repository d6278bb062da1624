import assert from 'node:assert/strict'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Change, watchActions } from '../../src/cli/start/watch.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

describe('watching the sources of actions', () => {
  const folder = useTemporaryFolder()
  const fileIn = (name: string) => path.join(folder.pathTo('.'), name)
  let next: PromiseWithResolvers<readonly Change[]>
  let end: () => void

  before(async () => {
    await mkdir(fileIn('actions/circle'), { recursive: true })
    await mkdir(fileIn('actions/sepia'))
    await mkdir(fileIn('src/sdk'), { recursive: true })
    await writeFile(fileIn('actions/circle/index.ts'), '1')
    await writeFile(fileIn('src/sdk/parameters.ts'), '1')
    end = watchActions(folder.pathTo('.'), (changes) => next.resolve(changes))
  })
  after(() => end())
  beforeEach(() => {
    next = Promise.withResolvers()
  })

  it('tells which action was saved', async () => {
    await writeFile(fileIn('actions/circle/index.ts'), '2')
    assert.deepEqual(await next.promise, [{ action: 'circle' }])
  })

  it('tells of an editor that writes beside the file and renames it into place', async () => {
    await writeFile(fileIn('actions/sepia/index.ts.tmp'), '3')
    await rename(fileIn('actions/sepia/index.ts.tmp'), fileIn('actions/sepia/index.ts'))
    assert.deepEqual(await next.promise, [{ action: 'sepia' }])
  })

  it('tells once of all that was saved within a moment', async () => {
    await Promise.all([
      writeFile(fileIn('actions/circle/index.ts'), '4'),
      writeFile(fileIn('actions/circle/other.ts'), '4'),
      writeFile(fileIn('actions/sepia/index.ts'), '4'),
    ])
    const changes = await next.promise
    assert.deepEqual(
      changes.map((change) => (change === 'shared' ? change : change.action)).toSorted(),
      ['circle', 'sepia'],
    )
  })

  it('tells of code that actions share, whatever else was saved', async () => {
    await Promise.all([
      writeFile(fileIn('src/sdk/parameters.ts'), '5'),
      writeFile(fileIn('actions/circle/index.ts'), '5'),
    ])
    assert.deepEqual(await next.promise, ['shared'])
  })
})
