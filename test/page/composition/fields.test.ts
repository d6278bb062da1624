import assert from 'node:assert/strict'
import { addableTo, fieldsOf, firstInstruction } from '../../../page/composition/fields.ts'
import { shownIn, valueOfField } from '../../../page/schema-form/field.ts'

describe('the form of a rendition', () => {
  const forms: [rendition: Record<string, unknown>, fields: string[]][] = [
    [{}, ['name text', 'fmt choice']],
    [{ fmt: 'png' }, ['name text', 'fmt choice', 'width number', 'height number']],
    [
      { fmt: 'jpg' },
      ['name text', 'fmt choice', 'width number', 'height number', 'quality number'],
    ],
    [{ fmt: 'zip' }, ['name text', 'fmt choice', 'files json']],
    [{ worker: 'https://a/b' }, ['name text', 'fmt choice', 'worker text']],
    // What makes no difference is shown when it is there, and a short name stands for the long one.
    [{ fmt: 'txt', width: 1 }, ['name text', 'fmt choice', 'width number']],
    [{ fmt: 'png', wid: 1 }, ['name text', 'fmt choice', 'height number', 'wid number']],
    [
      { fmt: 'xmp', crop: {}, interlace: true, userData: {}, cqDamAttributes: true, odd: [1] },
      [
        'name text',
        'fmt choice',
        'crop group',
        'interlace flag',
        'userData json',
        'cqDamAttributes flag',
        'odd json',
      ],
    ],
    // Names that JavaScript has a meaning for have none here.
    [
      JSON.parse('{"constructor": {}, "__proto__": [], "toString": 1}'),
      ['name text', 'fmt choice', 'constructor json', '__proto__ json', 'toString number'],
    ],
    // Whatever has not the form of its instruction is shown as it is.
    [
      { fmt: 'xmp', crop: [1], interlace: 'yes', dpi: { xdpi: 1 } },
      ['name text', 'fmt choice', 'crop json', 'interlace json', 'dpi json'],
    ],
  ]
  for (const [rendition, fields] of forms) {
    it(`has for ${JSON.stringify(rendition)} ${fields.join(', ')}`, () => {
      assert.deepEqual(
        fieldsOf(rendition).map(({ path, kind }) => `${path.join('.')} ${kind}`),
        fields,
      )
    })
  }

  const kinds: [rendition: Record<string, unknown>, name: string, kind: string][] = [
    [{ fmt: 'png', crop: 'attention' }, 'crop', 'choice'],
    [{ fmt: 'png', crop: { w: 5, h: 5 } }, 'crop', 'group'],
    [{ fmt: 'jpg', metadata: 'keep' }, 'metadata', 'choice'],
    [{ fmt: 'jpg', metadata: { Title: 'A' } }, 'metadata', 'dictionary'],
    [{ fmt: 'jpg', metadata: '' }, 'metadata', 'dictionary'],
  ]
  for (const [rendition, name, kind] of kinds) {
    it(`fills in ${name} as ${kind} for ${JSON.stringify(rendition[name])}`, () => {
      const found = fieldsOf(rendition).find(({ path }) => path.join('.') === name)
      assert.equal(found?.kind, kind)
    })
  }

  it('has a field for each member of a group', () => {
    const [, , , , crop] = fieldsOf({ fmt: 'png', crop: { x: 1 } })
    assert.deepEqual(
      crop?.members.map((member) => [member.path.join('.'), member.kind, member.value]),
      [
        ['crop.x', 'number', 1],
        ['crop.y', 'number', undefined],
        ['crop.w', 'number', undefined],
        ['crop.h', 'number', undefined],
      ],
    )
  })

  it('offers formats, and the one that is not known but given', () => {
    const [, fmt] = fieldsOf({ fmt: 'docx' })
    assert.deepEqual([fmt?.choices[0], fmt?.choices.at(-1)], ['png', 'docx'])
  })

  it('offers to add what makes a difference and is not there', () => {
    const addable = addableTo({ fmt: 'png', crop: {} })
    assert.ok(addable.includes('interlace') && addable.includes('worker'))
    assert.ok(!addable.includes('crop') && !addable.includes('width') && !addable.includes('files'))
    assert.ok(addableTo({ worker: 'https://a/b' }).includes('files'))
  })

  const typed: [kind: 'text' | 'number' | 'json', typed: string, value: unknown][] = [
    ['text', '5', '5'],
    ['number', '5', 5],
    ['number', '-1.5', -1.5],
    // On its way to become 1.05.
    ['number', '1.0', '1.0'],
    ['number', 'wide', 'wide'],
    ['number', 'Infinity', 'Infinity'],
    ['json', '[1]', [1]],
    ['json', '[1', '[1'],
  ]
  for (const [kind, text, value] of typed) {
    it(`writes ${JSON.stringify(value)} for ${text} in a field for ${kind}`, () => {
      assert.deepEqual(valueOfField({ ...field(), kind }, text), value)
    })
  }

  it('keeps a field in the form that was added and is empty', () => {
    assert.equal(valueOfField({ ...field(), common: false }, ''), '')
    assert.equal(valueOfField({ ...field(), common: true }, ''), undefined)
    assert.equal(valueOfField({ ...field(), path: ['crop', 'x'] }, ''), undefined)
  })

  it('shows texts as they are and everything else as JSON', () => {
    assert.equal(shownIn({ ...field(), value: 'a' }), 'a')
    assert.equal(shownIn({ ...field(), value: 5 }), '5')
    assert.equal(shownIn({ ...field(), value: undefined }), '')
    assert.equal(shownIn({ ...field(), kind: 'json', value: [1] }), '[\n  1\n]')
  })

  const first: [name: string, value: unknown][] = [
    ['fmt', 'png'],
    ['interlace', true],
    ['page', 1],
    ['dpi', ''],
    ['crop', {}],
    ['metadata', {}],
    ['files', []],
    ['duplicate', 'ignore'],
    ['worker', ''],
  ]
  for (const [name, value] of first) {
    it(`adds ${name} as ${JSON.stringify(value)}`, () => {
      assert.deepEqual(firstInstruction(name), value)
    })
  }
})

function field() {
  return {
    path: ['dpi'],
    kind: 'text' as const,
    description: undefined,
    value: undefined,
    choices: [],
    members: [],
    common: false,
  }
}
