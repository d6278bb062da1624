import assert from 'node:assert/strict'
import { inspectComposition, readComposition } from '../../../page/composition/reading.ts'

describe('readComposition', () => {
  it('reads an array of renditions', () => {
    assert.deepEqual(readComposition('[{"fmt": "png", "contrast": 1}]'), {
      renditions: [{ fmt: 'png', contrast: 1 }],
    })
  })

  it('reads an object with renditions, as a file of --profile may have', () => {
    assert.deepEqual(readComposition('{"renditions": [{"fmt": "png"}], "more": 1}'), {
      renditions: [{ fmt: 'png' }],
    })
  })

  it('knows what the service adds to renditions: URLs of sources, and the files of an archive', () => {
    const renditions = [
      { fmt: 'png', watermark: { image: './logo.png' } },
      { fmt: 'zip', files: ['./a.png', { url: './b.png' }] },
      { fmt: 'zip' },
    ]
    assert.deepEqual(readComposition(JSON.stringify(renditions)), { renditions })
  })

  const refused = [
    {
      text: '[{"fmt": "png", "width": 0}]',
      at: '0',
      message: 'width must be a whole number of pixels, 1 or more, but it is 0.',
    },
    {
      text: '{"renditions": [{"fmt": "jpg", "crop": {"w": "a", "h": 1}}]}',
      at: '"a"',
      message: 'crop.w must be a whole number of pixels, 1 or more, but it is "a".',
    },
    {
      text: '[{"fmt": "jpg", "qlt": 200}]',
      at: '200',
      message: 'qlt must be a whole number, 1 to 100, but it is 200.',
    },
    {
      // What is written inside of a text has no place of its own.
      text: String.raw`[{"fmt": "jpg", "crop": "{\"w\": 0, \"h\": 1}"}]`,
      at: String.raw`"{\"w\": 0, \"h\": 1}"`,
      message: 'crop.w must be a whole number of pixels, 1 or more, but it is 0.',
    },
    {
      text: '[ {"name": "a"}]',
      at: '{',
      message:
        'fmt is missing; it must be a format such as "png", unless the rendition names a worker.',
    },
    {
      text: '[{"fmt": "png", "width": "./a.png"}]',
      at: '"./a.png"',
      message: 'width must be a whole number of pixels, 1 or more, but it is "./a.png".',
    },
    {
      text: '[{"worker": "http://a/b"}]',
      at: '"http://a/b"',
      message: 'worker must be an https:// URL, but it is "http://a/b".',
    },
    {
      text: ' []',
      at: '[]',
      message: 'renditions must be an array of at least one rendition, but it is an empty array.',
    },
    {
      text: '{"rendition": []}',
      at: '{',
      message: 'renditions is missing; it must be an array of renditions.',
    },
    { text: '[5]', at: '5', message: '[0] must be an object, but it is 5.' },
    {
      text: '"png"',
      at: '"png"',
      message: 'The JSON must be an array of renditions, or an object with one, but it is "png".',
    },
    { text: '[{"fmt": "png" "width": 1}]', at: '"width"', message: 'Here must be a comma.' },
    {
      text: '[{"fmt": png}]',
      at: 'png',
      message: 'This is no value of JSON; a text must be in "double quotes".',
    },
    {
      text: '[{"fmt": "png",}]',
      at: '}',
      message: 'Here must be the name of a field, in "double quotes".',
    },
    { text: '[1] // one', at: '// one', message: 'JSON has no comments.' },
  ]
  for (const { text, at, message } of refused) {
    it(`says what is wrong in ${text}, and where`, () => {
      const read = readComposition(text)
      assert.ok('problems' in read)
      assert.deepEqual(
        read.problems.map((problem) => ({
          at: text.slice(problem.offset, problem.offset + problem.length),
          message: problem.message,
        })),
        [{ at, message }],
      )
    })
  }

  it('says of several renditions everything that is wrong', () => {
    const read = readComposition('[{"fmt": "bmp", "page": 0}, {"fmt": "zip", "files": []}]')
    assert.ok('problems' in read)
    assert.deepEqual(
      read.problems.map(({ offset }) => offset),
      [24, 9, 52],
    )
  })

  it('remarks on what is likely a mistake, and takes it all the same', () => {
    const text = '[{"fmt": "png", "name": "a"}, {"fmt": "png", "name": "a", "widht": 9}]'
    assert.ok('renditions' in readComposition(text))
    assert.deepEqual(
      inspectComposition(text).problems.map(({ message, path, offset, isRemark }) => ({
        message: message.replace(/;.*/, ''),
        path,
        at: text.slice(offset, offset + 3),
        isRemark,
      })),
      [
        {
          message: 'widht is unknown and makes no difference',
          path: [1, 'widht'],
          at: '9}]',
          isRemark: true,
        },
        {
          message: 'Renditions 1 and 2 are both called "a"',
          path: [1, 'name'],
          at: '"a"',
          isRemark: true,
        },
      ],
    )
  })

  const hostile = {
    nothing: '',
    'deep nesting': '['.repeat(100_000),
    'deep nesting that ends': '['.repeat(100_000) + ']'.repeat(100_000),
    'a key that JavaScript has a meaning for': '[{"__proto__": {"fmt": "png"}}]',
    'a quote without end': '[{"fmt": "png',
    'what no schema expects': '[{"fmt": {}, "userData": [], "crop": [[]], "files": {"length": 1}}]',
  }
  for (const [what, text] of Object.entries(hostile)) {
    it(`refuses ${what}`, () => {
      const read = readComposition(text)
      assert.ok('problems' in read && read.problems.length > 0)
    })
  }
})
