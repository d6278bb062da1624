import assert from 'node:assert/strict'
import { markOf } from '../../../page/images/catalogue/asset-mark.ts'
import { lettersOf, pictureUrl } from '../../../page/images/catalogue/asset-picture.ts'
import { isAssetName, readFolder, stepsOf } from '../../../page/images/catalogue/folder-path.ts'
import { readPixels } from '../../../page/images/catalogue/read-pixels.ts'
import { changeUpload, nextUploads } from '../../../page/images/catalogue/upload-queue.ts'
import { contentUrl, imageUrl } from '../../../page/images/image-url.ts'
import type { AssetUpload } from '../../../page/images/images-state.ts'
import type { ShownAsset } from '../../../src/doors/page/images/asset-shapes.ts'

const fileOf = (name: string, type: string) => ({
  name,
  type,
  size: 10,
  shownAs: 'nothing' as const,
})

const ASSET: ShownAsset = {
  company: 'acme',
  name: 'summer/shoe 1',
  folder: 'summer',
  type: 'picture',
  isMounted: false,
  file: fileOf('shoe 1.jpg', 'image/jpeg'),
  modified: 0,
  version: 'v/1',
  members: [],
}
const BOX = { width: 240, height: 180 }

const upload = (id: number, state: AssetUpload['state'], size = 1): AssetUpload => ({
  id,
  file: new File([new Uint8Array(size)], `${id}.jpg`),
  company: 'acme',
  folder: '',
  state,
  progress: state === 'sending' ? 0.5 : 0,
})

describe('The URLs of an asset', () => {
  const URLS: [object: string, commands: string, url: string][] = [
    ['acme/shoe', '', '/is/image/acme/shoe'],
    ['acme/shoe', 'wid=40', '/is/image/acme/shoe?wid=40'],
    ['acme/a b/c?d#e', '', '/is/image/acme/a%20b/c%3Fd%23e'],
    ['acme/shoe:Very Wide', '', '/is/image/acme/shoe:Very%20Wide'],
  ]
  for (const [object, commands, url] of URLS) {
    it(`are of ${object}${commands === '' ? '' : ` with ${commands}`}: ${url}`, () => {
      assert.equal(imageUrl(object, commands), url)
    })
  }

  it('lead to the original as well', () => {
    assert.equal(contentUrl('acme/shoe 1'), '/is/content/acme/shoe%201')
  })

  const THUMBS: [
    what: string,
    changes: Partial<ShownAsset>,
    density: number,
    url: string | undefined,
  ][] = [
    [
      'a picture',
      {},
      1,
      '/is/image/acme/summer/shoe%201?wid=240&hei=180&fit=constrain&fmt=webp-alpha&.v=v%2F1',
    ],
    [
      'a picture on a dense screen',
      {},
      1.5,
      '/is/image/acme/summer/shoe%201?wid=240&hei=180&fit=constrain&dpr=on,2&fmt=webp-alpha&.v=v%2F1',
    ],
    [
      'a set by its first picture',
      { type: 'set', members: ['boot', 'shoe'] },
      1,
      '/is/image/acme/boot?wid=240&hei=180&fit=constrain&fmt=webp-alpha&.v=v%2F1',
    ],
    [
      'a set whose pictures have the name of the company',
      { type: 'set', members: ['acme/boot'] },
      1,
      '/is/image/acme/boot?wid=240&hei=180&fit=constrain&fmt=webp-alpha&.v=v%2F1',
    ],
    ['a set without pictures', { type: 'set' }, 1, undefined],
    ['sound', { type: 'audio' }, 1, undefined],
    ['what is no document', { type: 'static' }, 1, undefined],
  ]
  for (const [what, changes, density, url] of THUMBS) {
    it(`show ${what}${url === undefined ? ' as nothing' : ''}`, () => {
      assert.equal(pictureUrl({ ...ASSET, ...changes }, BOX, density), url)
    })
  }
})

describe('What an asset is called to be', () => {
  const MARKS: [changes: Partial<ShownAsset>, mark: string][] = [
    [{}, 'Image'],
    [{ type: 'video' }, 'Video'],
    [{ type: 'page', file: fileOf('a.pdf', 'application/pdf') }, 'PDF'],
    [{ type: 'page', file: fileOf('a.html', 'text/html') }, 'Page'],
    [{ type: 'template' }, 'Template'],
    [{ type: 'set', members: ['a', 'b'] }, 'Set · 2 pictures'],
    [{ type: 'set', members: ['a'] }, 'Set · 1 picture'],
  ]
  for (const [changes, mark] of MARKS) {
    it(`is ${mark}`, () => assert.equal(markOf({ ...ASSET, ...changes }), mark))
  }

  it('is the ending of its file where there is no picture, or its type', () => {
    assert.equal(lettersOf({ ...ASSET, file: fileOf('a.tar.gz', '') }), 'GZ')
    assert.equal(lettersOf({ type: 'template' }), 'TEMPLATE')
  })

  it('has the size that Image Serving tells', () => {
    assert.deepEqual(readPixels('image.height=1600\r\nimage.width=2400\r\n'), {
      width: 2400,
      height: 1600,
    })
    assert.equal(readPixels('image.height=0\nimage.width=0'), undefined)
    assert.equal(readPixels('There is no such asset.'), undefined)
  })
})

describe('The folders of the catalogue', () => {
  it('are gone through step by step', () => {
    assert.deepEqual(stepsOf(''), [])
    assert.deepEqual(stepsOf('summer/shoes'), [
      { name: 'summer', path: 'summer' },
      { name: 'shoes', path: 'summer/shoes' },
    ])
  })

  const TYPED: [typed: string, folder: string | undefined][] = [
    ['/', ''],
    ['summer', 'summer'],
    ['/summer/ shoes /', 'summer/shoes'],
    ['summer//shoes', 'summer/shoes'],
    ['../summer', undefined],
    ['a\\b', undefined],
  ]
  for (const [typed, folder] of TYPED) {
    it(`are typed: ${typed}`, () => assert.equal(readFolder(typed), folder))
  }

  it('are parts of names, of which none is empty', () => {
    assert.ok(['shoe', 'summer/shoe', 'shoe 1.5'].every(isAssetName))
    assert.ok(!['', '/shoe', 'a//b', '..', 'a/./b', 'a\\b'].some(isAssetName))
  })
})

describe('Files on their way into the catalogue', () => {
  it('are sent three at a time, in their order', () => {
    const uploads = [
      upload(1, 'sending'),
      upload(2, 'failed'),
      upload(3, 'waiting'),
      upload(4, 'waiting'),
      upload(5, 'waiting'),
    ]
    assert.deepEqual(
      nextUploads(uploads).map(({ id }) => id),
      [3, 4],
    )
    const busy = [1, 2, 3].map((id) => upload(id, 'sending'))
    assert.deepEqual(nextUploads([...busy, upload(4, 'waiting')]), [])
  })

  it('are changed one by one, and one that was given up stays away', () => {
    const uploads = [upload(1, 'sending'), upload(2, 'waiting')]
    assert.deepEqual(
      changeUpload(uploads, 2, { state: 'failed' }).map(({ state }) => state),
      ['sending', 'failed'],
    )
    assert.equal(changeUpload(uploads, 3, { state: 'failed' }).length, 2)
  })
})
