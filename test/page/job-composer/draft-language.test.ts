import assert from 'node:assert/strict'
import { draftLanguage } from '../../../page/job-composer/draft-language.ts'
import { completeAt, describeAt } from '../../../page/schema-form/completion.ts'
import { COMPOSED } from './document.ts'

const LANGUAGE = draftLanguage(COMPOSED)

/** What is offered where `|` is. */
function offered(marked: string): readonly string[] {
  const found = completeAt(marked.replace('|', ''), marked.indexOf('|'), LANGUAGE)
  return (found?.options ?? []).map(({ label }) => label)
}

describe('completion of the draft of a job', () => {
  const OFFERED: [text: string, some: string[], not: string[]][] = [
    ['{|}', ['tasks', 'tag', 'webhook_url'], ['operation']],
    ['{"tasks": {|}}', [], ['operation', 'tag']],
    ['{"tasks": {"a": {|}}}', ['operation'], ['width']],
    ['{"tasks": {"a": {"operation": "|"}}}', ['import/url', 'convert', 'export/azure-blob'], []],
    ['{"tasks": {"a": {"operation": "convert", |}}}', ['output_format', 'input'], ['operation']],
    ['{"tasks": {"a": {"operation": "import/url", |}}}', ['url', 'headers'], ['input']],
    ['{"tasks": {"a": {"operation": "convert", "output_format": |}}}', ['webp'], ['a']],
    ['{"tasks": {"a": {}, "b": {"operation": "convert", "input": "|"}}}', ['a'], ['b']],
    ['{"tasks": {"a": {}, "b": {"operation": "merge", "input": ["|"]}}}', ['a'], ['b']],
  ]
  for (const [text, some, not] of OFFERED) {
    it(`offers ${some.join(', ') || 'nothing'} in ${text}`, () => {
      const labels = offered(text)
      for (const label of some) assert.ok(labels.includes(label), label)
      for (const label of not) assert.ok(!labels.includes(label), label)
    })
  }

  it('tells what an option does', () => {
    const text = '{"tasks": {"a": {"operation": "convert", "pages": "1"}}}'
    assert.match(describeAt(text, text.indexOf('pages'), LANGUAGE)?.info ?? '', /1-3,5/)
  })
})
