import assert from 'node:assert/strict'
import {
  addTask,
  addUploads,
  EMPTY_DRAFT,
  removeTask,
  renameTask,
  setInputs,
} from '../../../page/job-composer/draft-edits.ts'
import { inspectDraft } from '../../../page/job-composer/draft.ts'
import { COMPOSED } from './document.ts'

const TEXT = `{
    "tasks": {
        "a": {"operation": "import/upload",   "odd": [1,2]},
        "b": {"operation": "import/upload"},
        "c": {"operation": "archive", "input": ["b", "a"]},
        "d": {"operation": "watermark", "input": "a", "image": "b"},
        "e": {"operation": "export/url", "input": "c"}
    },
    "tag": "a"
}`

const tasksOf = (text: string) => inspectDraft(text, COMPOSED).tasks ?? []
const optionsOf = (text: string) =>
  Object.fromEntries(tasksOf(text).map(({ name, options }) => [name, options]))

/** Adds tasks of operations, one after the other. */
function compose(...operations: string[]): string {
  return operations.reduce((text, name) => {
    const operation = COMPOSED.get(name)
    assert.ok(operation)
    return addTask(text, operation, tasksOf(text)).text
  }, EMPTY_DRAFT)
}

describe('edits of the draft of a job', () => {
  it('add tasks that go on with the file of the one before', () => {
    assert.deepEqual(optionsOf(compose('import/upload', 'convert', 'export/url')), {
      'import-1': { operation: 'import/upload' },
      'convert-1': { operation: 'convert', input: 'import-1', output_format: 'png' },
      'export-1': { operation: 'export/url', input: 'convert-1' },
    })
  })

  it('add what hardly anybody does without, and is no mistake as long as it is empty', () => {
    const text = compose('import/upload', 'command', 'pdf/encrypt', 'watermark')
    const usual = optionsOf(text)
    assert.equal(usual['command-1']?.['arguments'], '')
    assert.equal(usual['pdf-1']?.['set_password'], '')
    assert.equal(usual['watermark-1']?.['text'], '')
    assert.deepEqual(inspectDraft(text, COMPOSED).problems, [])
  })

  it('gather what is left over for an archive, and export what is left over', () => {
    const text = compose('import/upload', 'import/url', 'archive', 'metadata', 'export/url')
    assert.deepEqual(optionsOf(text)['archive-1']?.['input'], ['import-1', 'import-2'])
    assert.equal(optionsOf(text)['metadata-1']?.['input'], 'archive-1')
    assert.equal(optionsOf(text)['export-1']?.['input'], 'metadata-1')
  })

  it('rename a task wherever it is named, and nothing else', () => {
    const renamed = renameTask(TEXT, 'a', 'first')
    assert.equal(
      renamed,
      TEXT.replace('"a": {', '"first": {')
        .replace('["b", "a"]', '["b", "first"]')
        .replace('"input": "a"', '"input": "first"'),
    )
    assert.equal(renameTask(TEXT, 'b', 'mark'), TEXT.replaceAll('"b"', '"mark"'))
    assert.equal(renameTask(TEXT, 'none', 'x'), TEXT)
  })

  it('take a task out, and out of inputs', () => {
    const text = removeTask(TEXT, 'a', tasksOf(TEXT))
    assert.deepEqual(Object.keys(optionsOf(text)), ['b', 'c', 'd', 'e'])
    assert.equal(optionsOf(text)['c']?.['input'], 'b')
    assert.ok(!('input' in (optionsOf(text)['d'] ?? {})))
  })

  it('keep the order of inputs', () => {
    const text = setInputs(TEXT, 'e', ['c', 'a', 'b'])
    assert.deepEqual(optionsOf(text)['e']?.['input'], ['c', 'a', 'b'])
    assert.equal(optionsOf(setInputs(text, 'e', ['b']))['e']?.['input'], 'b')
  })

  it('give further files tasks of their own, which go where the first goes', () => {
    const { text, names } = addUploads(TEXT, 'a', 2, tasksOf(TEXT))
    assert.deepEqual(names, ['import-1', 'import-2'])
    assert.deepEqual(Object.keys(optionsOf(text)), [
      'a',
      'import-1',
      'import-2',
      'b',
      'c',
      'd',
      'e',
    ])
    assert.deepEqual(optionsOf(text)['c']?.['input'], ['b', 'a', 'import-1', 'import-2'])
    assert.deepEqual(optionsOf(text)['d']?.['input'], ['a', 'import-1', 'import-2'])
  })

  it('begin with nothing', () => {
    assert.deepEqual(tasksOf(EMPTY_DRAFT), [])
  })
})
