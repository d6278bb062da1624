import assert from 'node:assert/strict'
import { titleOfProblem } from '../../../page/job-composer/draft-mistakes.ts'
import { inspectDraft } from '../../../page/job-composer/draft.ts'
import { COMPOSED } from './document.ts'

/** What the page marks in a draft: where, whether it hinders, and in which words. */
function marksIn(draft: string): readonly [title: string, hinders: boolean, message: string][] {
  return inspectDraft(draft, COMPOSED).problems.map((problem) => [
    titleOfProblem(problem),
    problem.isRemark !== true,
    problem.message,
  ])
}

describe('the marks of a job that is being composed', () => {
  const MARKED: [what: string, draft: string, ...marks: [string, boolean, RegExp][]][] = [
    [
      'an option that nobody reads, with the nearest name',
      '{"tasks": {"a": {"operation": "convert", "input": "0e7cc7a4-9cd2-4b02-b7cf-3d58ef5d4f22", "output_format": "png", "widht": 5}}}',
      ['a: widht', false, /^widht is unknown and makes no difference; did you mean width\?$/],
    ],
    [
      'a member of the job that nobody reads, with the nearest name',
      '{"tasks": {}, "webhookUrl": "https://example.com"}',
      ['The job itself: webhookUrl', false, /did you mean webhook_url\?$/],
    ],
    [
      'one that is near to nothing',
      '{"tasks": {}, "colour": "red"}',
      ['The job itself: colour', false, /^colour is unknown and makes no difference\.$/],
    ],
    [
      'an operation that is none, with the nearest name',
      '{"tasks": {"a": {"operation": "thumbnial"}}}',
      ['a: operation', true, /^There is no operation "thumbnial"; did you mean thumbnail\?$/],
    ],
    [
      'an input that is none, with the nearest name',
      '{"tasks": {"photo": {"operation": "import/upload"}, "b": {"operation": "archive", "input": "phtoo"}}}',
      ['b: input', true, /no task "phtoo"; did you mean photo\?$/],
    ],
    [
      'two tasks of one name',
      '{"tasks": {"a": {"operation": "import/upload"}, "a": {"operation": "import/raw", "file": "x", "filename": "x.txt"}}}',
      ['a', true, /^"a" is written more than once here/],
    ],
    [
      'an option that is there twice',
      '{"tasks": {"a": {"operation": "import/raw", "file": "x", "file": "y", "filename": "x.txt"}}}',
      ['a: file', true, /^"file" is written more than once here/],
    ],
    [
      'nothing of what every task may be told',
      '{"tasks": {"a": {"operation": "export/s3", "input": "0e7cc7a4-9cd2-4b02-b7cf-3d58ef5d4f22", "bucket": "abc", "region": "eu-west-1", "key": "a", "access_key_id": "a", "secret_access_key": "a", "timeout": 9, "ignore_error": true}}}',
    ],
  ]
  for (const [what, draft, ...marks] of MARKED) {
    it(`are at ${what}`, () => {
      const found = marksIn(draft)
      assert.deepEqual(
        found.map(([title, hinders]) => [title, hinders]),
        marks.map(([title, hinders]) => [title, hinders]),
      )
      for (const [index, [, , pattern]] of marks.entries()) {
        assert.match(found[index]?.[2] ?? '', pattern)
      }
    })
  }

  it('are where they are written, of two alike at the one that is lost', () => {
    const draft = '{"tasks": {}, "tag": "a", "tag": "b"}'
    const [found] = inspectDraft(draft, COMPOSED).problems
    assert.deepEqual([found?.offset, found?.length], [draft.indexOf('"tag"'), 5])
  })
})
