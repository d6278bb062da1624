import assert from 'node:assert/strict'
import { sortDropped } from '../../../page/model/dropped-items.ts'

function file(name: string) {
  return { kind: 'file', getAsFile: () => name, webkitGetAsEntry: () => entry(name, false) }
}

function folder(name: string) {
  return { kind: 'file', getAsFile: () => name, webkitGetAsEntry: () => entry(name, true) }
}

function entry(name: string, isDirectory: boolean) {
  return { name, isDirectory }
}

const TEXT = { kind: 'string', getAsFile: () => null, webkitGetAsEntry: () => null }
/** A picture of the clipboard is no entry of a file system. */
const PASTED = { kind: 'file', getAsFile: () => 'image.png', webkitGetAsEntry: () => null }

describe('What is dropped', () => {
  it('is parted into files and folders, in their order', () => {
    assert.deepEqual(sortDropped([file('a.png'), folder('photos'), file('b.png')]), {
      files: ['a.png', 'b.png'],
      folders: ['photos'],
    })
  })

  it('may be a picture of the clipboard', () => {
    assert.deepEqual(sortDropped([PASTED]), { files: ['image.png'], folders: [] })
  })

  it('is none of ours when it is text', () => {
    assert.deepEqual(sortDropped([TEXT]), { files: [], folders: [] })
  })
})
