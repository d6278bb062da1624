import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { PageFiles } from '../../../../src/doors/page/serving/bundle-page.ts'
import { openBundle } from '../../../../src/doors/page/serving/kept-bundle.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'

const BYTES = new Uint8Array([1, 2, 3])
const FILE = { type: 'text/css', bytes: BYTES, gzip: BYTES, brotli: BYTES, etag: '"a"' }

describe('the kept bundle of the developer page', () => {
  const folder = useTemporaryFolder()
  const pathTo = (name: string): string => folder.pathTo(name)
  let made = 0

  async function bundle(): Promise<PageFiles> {
    made += 1
    return new Map([['main.css', { ...FILE, etag: `"${made}"` }]])
  }

  async function open(): Promise<string | undefined> {
    const files = await openBundle(pathTo('project'), bundle)
    assert.deepEqual(files.get('main.css')?.bytes, BYTES)
    return files.get('main.css')?.etag
  }

  beforeEach(async () => {
    for (const sources of ['page', 'src']) {
      mkdirSync(pathTo(`project/${sources}`), { recursive: true })
    }
    writeFileSync(pathTo('project/package-lock.json'), '{}')
    writeFileSync(pathTo('project/page/main.ts'), `export const a = ${made}`)
    await open()
  })

  it('is there at the next start', async () => {
    assert.equal(await open(), `"${made}"`)
    const before = made
    await open()
    assert.equal(made, before)
  })

  const CHANGES: readonly [string, () => void][] = [
    ['a source has changed', () => writeFileSync(pathTo('project/page/main.ts'), 'new')],
    ['there is a new source', () => writeFileSync(pathTo(`project/src/new-${made}.ts`), '')],
    ['the packages have changed', () => writeFileSync(pathTo('project/package-lock.json'), '[]')],
    [
      'it is damaged',
      () => {
        const file = pathTo('project/node_modules/.cache/darkroom/page')
        writeFileSync(file, readFileSync(file).subarray(0, 30))
      },
    ],
  ]
  for (const [what, change] of CHANGES) {
    it(`is made anew when ${what}`, async () => {
      const before = made
      change()
      assert.equal(await open(), `"${before + 1}"`)
    })
  }

  it('is made all the same where it cannot be kept', async () => {
    for (const name of ['page', 'src']) mkdirSync(pathTo(`other/${name}`), { recursive: true })
    writeFileSync(pathTo('other/package-lock.json'), '')
    writeFileSync(pathTo('other/node_modules'), 'no folder')
    assert.equal((await openBundle(pathTo('other'), bundle)).size, 1)
  })
})
