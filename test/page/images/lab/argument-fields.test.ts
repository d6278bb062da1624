import assert from 'node:assert/strict'
import { exampleText, fieldsOf, writeFields } from '../../../../page/images/lab/argument-fields.ts'
import { readLines } from '../../../../page/images/lab/command-lines.ts'
import { startOf } from '../../../../page/images/lab/line-edits.ts'
import {
  COMMANDS,
  type CommandName,
  findCommand,
} from '../../../../src/image-serving/commands/commands.ts'

const NAMES = Object.keys(COMMANDS).flatMap((name) => findCommand(name) ?? [])

function shortly(name: CommandName, value: string | undefined): unknown[] {
  return fieldsOf(name, value).map(({ label, kind, text }) => [label, kind.kind, text])
}

describe('The fields of a command', () => {
  it('are there for every command of the table, and begin with values that it takes', () => {
    for (const name of NAMES) {
      assert.ok(fieldsOf(name, undefined).length > 0, name)
      const [line] = readLines(`${name}=${startOf(name)}`)
      assert.equal(line?.command, name)
      assert.equal(line.problem, undefined)
    }
  })

  it('say what is written, in its parts', () => {
    assert.deepEqual(shortly('rgn', '1,2,30,40'), [
      ['x', 'number', '1'],
      ['y', 'number', '2'],
      ['width', 'number', '30'],
      ['height', 'number', '40'],
    ])
    assert.deepEqual(shortly('fit', 'crop'), [
      ['fit|constrain|crop|wrap|stretch|hfit|vfit', 'word', 'crop'],
      ['0|1', 'flag', ''],
    ])
  })

  it('keep a colour with commas together', () => {
    assert.deepEqual(shortly('op_colorize', '255,128,0,norm'), [
      ['colour', 'colour', '255,128,0'],
      ['off|norm', 'word', 'norm'],
      ['contrast', 'number', ''],
    ])
  })

  it('offer what goes with what is before', () => {
    const compressions = fieldsOf('fmt', 'tif,cmyk').at(2)?.kind
    assert.deepEqual(compressions, { kind: 'word', words: ['none', 'lzw', 'zip', 'jpeg'] })
    assert.deepEqual(fieldsOf('fmt', 'webp').at(2)?.kind, {
      kind: 'word',
      words: ['lossy', 'lossless'],
    })
  })

  it('show what is wrong where it stands', () => {
    assert.deepEqual(shortly('size', 'wide,40'), [
      ['width', 'number', 'wide'],
      ['height', 'number', '40'],
    ])
    assert.equal(fieldsOf('fmt', 'heic')[0]?.text, 'heic')
  })

  it('are written with commas between them, and none at the end', () => {
    const fields = fieldsOf('fmt', 'tif,,lzw')
    assert.equal(writeFields(fields, 1, 'gray'), 'tif,gray,lzw')
    assert.equal(writeFields(fields, 2, ''), 'tif')
    assert.equal(writeFields(fieldsOf('fit', 'crop'), 1, '1'), 'crop,1')
  })

  it('begin within their limits', () => {
    const number = { kind: 'number', whole: false, above: false } as const
    assert.equal(exampleText({ ...number, least: 10, most: 20 }), '10')
    assert.equal(exampleText({ ...number, least: -9, most: 0 }), '0')
  })
})
