import assert from 'node:assert/strict'
import { planFiles, type RequestedFile } from '../../../src/engine/archive/plan-files.ts'

const HOST = 'https://example.com'

function pathsOf(files: readonly RequestedFile[], ignoreDuplicates = false): string[] {
  return planFiles(files, { ignoreDuplicates }).map(({ path }) => path)
}

describe('the paths of all files of an archive', () => {
  it('are the given ones, cleaned, or the names of the URLs', () => {
    const files = [
      { url: `${HOST}/a.png`, path: '/photos//b.png' },
      { url: `${HOST}/photos/c.png?sig=secret` },
      { url: `${HOST}/d.png`, path: ' ' },
      { url: 'data:text/plain,abc' },
    ]
    assert.deepEqual(pathsOf(files), ['photos/b.png', 'c.png', 'd.png', 'file'])
  })

  const duplicates = [
    {
      title: 'equal',
      paths: ['a/b.png', 'c.png', 'a/b.png'],
      kept: ['a/b.png', 'c.png'],
      both: 'files[0] and files[2] have the same path "a/b.png"',
    },
    {
      title: 'equal when they are clean',
      paths: ['a/b.png', '../a\\b.png'],
      kept: ['a/b.png'],
      both: 'files[0] and files[1] have the same path "a/b.png"',
    },
    {
      title: 'different in capital letters alone',
      paths: ['a/B.png', 'A/b.png'],
      kept: ['a/B.png'],
      both: 'files[0] has the path "a/B.png" and files[1] has "A/b.png", the same on Windows and macOS',
    },
    {
      title: 'different in how letters are composed alone',
      paths: ['\u00e9', 'e\u0301', 'E\u0301'],
      kept: ['\u00e9'],
      both: 'files[0] and files[1] have the same path "\u00e9"',
    },
  ]
  for (const { title, paths, kept, both } of duplicates) {
    const files = paths.map((path) => ({ url: `${HOST}/x`, path }))

    it(`are refused when two are ${title}`, () => {
      assert.throws(() => pathsOf(files), {
        code: 'file_paths_equal',
        message: `${both}; every file must have a path of its own, unless duplicate is "ignore".`,
      })
    })

    it(`keep the first of those that are ${title}, when duplicates are ignored`, () => {
      assert.deepEqual(pathsOf(files, true), kept)
    })
  }

  const conflicts = [
    { paths: ['a', 'b', 'a/b/c'], what: 'files[0] has the path "a" and files[2] has "a/b/c"' },
    { paths: ['a/b/c', 'A/B'], what: 'files[1] has the path "A/B" and files[0] has "a/b/c"' },
  ]
  for (const { paths, what } of conflicts) {
    for (const ignoreDuplicates of [false, true]) {
      it(`are refused when one is that of a file and of a folder: ${paths.join(' and ')}, duplicates ${ignoreDuplicates ? 'ignored' : 'refused'}`, () => {
        const files = paths.map((path) => ({ url: `${HOST}/x`, path }))
        assert.throws(() => pathsOf(files, ignoreDuplicates), {
          code: 'file_and_folder',
          message: `${what}; a path must be that of a file or of a folder, not both.`,
        })
      })
    }
  }

  const urls = [
    { url: 'http://user:pw@10.0.0.1/a?sig=secret', wrong: 'it is http://10.0.0.1/a' },
    { url: 'file:///etc/passwd', wrong: 'it is file:///etc/passwd' },
    { url: '/a.png', wrong: 'it is none' },
    { url: '', wrong: 'it is none' },
  ]
  for (const { url, wrong } of urls) {
    it(`are refused with the URL ${url}`, () => {
      assert.throws(() => pathsOf([{ url: `${HOST}/a` }, { url, path: 'b' }]), {
        code: 'file_url_invalid',
        message: `The URL of files[1] must be an https: or data: URL, but ${wrong}.`,
      })
    })
  }

  it('are refused when no system could unpack them, and are not quoted in full', () => {
    const path = 'x/'.repeat(2049)
    assert.throws(() => pathsOf([{ url: HOST, path }]), {
      message: 'The path of files[0] must have at most 4096 bytes, but it has 4097.',
    })
    const long = 'x/'.repeat(2000)
    assert.throws(
      () =>
        pathsOf([
          { url: HOST, path: long },
          { url: HOST, path: long },
        ]),
      (error: Error) => error.message.length < 300,
    )
  })
})
