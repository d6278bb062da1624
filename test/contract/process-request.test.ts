import assert from 'node:assert/strict'
import { check } from '../../src/base/validation.ts'
import { processRequestSchema } from '../../src/contract/process-request.ts'

const SOURCE = 'https://storage.test/photo.jpg?signature=hush'
const TARGET = 'https://storage.test/thumb.png?signature=hush'
const TARGETS = 'an absolute URL or an object with urls, minPartSize and maxPartSize'
const BYTES = 'a whole number of bytes, 0 or more'

const bodyWith = (rendition: object, rest: object = {}) => ({
  source: SOURCE,
  renditions: [{ fmt: 'png', target: TARGET, ...rendition }],
  ...rest,
})

describe('the body of /process', () => {
  const WHOLE = 'The body must be a JSON object with source and renditions, but it is'
  const wholes: [body: unknown, message: string][] = [
    [undefined, `${WHOLE} not JSON.`],
    [null, `${WHOLE} null.`],
    [[], `${WHOLE} an empty array.`],
    [[1], `${WHOLE} an array.`],
    [5, `${WHOLE} 5.`],
    [true, `${WHOLE} true.`],
    ['text', `${WHOLE} "text".`],
    ['x'.repeat(100), `${WHOLE} "${'x'.repeat(60)}…".`],
    [{}, 'renditions is missing; it must be an array of renditions.'],
    [
      { renditions: [] },
      'renditions must be an array of at least one rendition, but it is an empty array.',
    ],
    [{ renditions: {} }, 'renditions must be an array of renditions, but it is an object.'],
    [{ renditions: 'png' }, 'renditions must be an array of renditions, but it is "png".'],
    [
      { renditions: [null] },
      'renditions[0] must be an object with a target and either fmt or worker, but it is null.',
    ],
    [
      { renditions: [{ fmt: 'png', target: TARGET }, 'png'] },
      'renditions[1] must be an object with a target and either fmt or worker, but it is "png".',
    ],
    [{ renditions: [{ fmt: 'png' }] }, `renditions[0].target is missing; it must be ${TARGETS}.`],
    [
      { renditions: [{ target: TARGET }] },
      'renditions[0].fmt is missing; it must be a format such as "png", unless the rendition names a worker.',
    ],
  ]
  const fields: [rendition: object, message: string][] = [
    [{ target: null }, `target must be ${TARGETS}, but it is null.`],
    [{ target: 5 }, `target must be ${TARGETS}, but it is 5.`],
    [{ target: [TARGET] }, `target must be ${TARGETS}, but it is an array.`],
    [{ target: '' }, 'target must be an absolute URL, but it is "".'],
    [{ target: 'thumb.png' }, 'target must be an absolute URL, but it is "thumb.png".'],
    [{ target: {} }, 'target.urls is missing; it must be an array of URLs, one a part.'],
    [
      { target: { urls: TARGET } },
      `target.urls must be an array of URLs, one a part, but it is "https://storage.test/thumb.png?…".`,
    ],
    [
      { target: { urls: [] } },
      'target.urls must be an array of at least one URL, one a part, but it is an empty array.',
    ],
    [{ target: { urls: [TARGET, 'x'] } }, 'target.urls[1] must be an absolute URL, but it is "x".'],
    [
      { target: { urls: [TARGET], minPartSize: '5' } },
      `target.minPartSize must be ${BYTES}, but it is "5".`,
    ],
    [
      { target: { urls: [TARGET], maxPartSize: -1 } },
      `target.maxPartSize must be ${BYTES}, but it is -1.`,
    ],
    [
      { target: { urls: [TARGET], maxPartSize: 1.5 } },
      `target.maxPartSize must be ${BYTES}, but it is 1.5.`,
    ],
    [{ fmt: 5 }, 'fmt must be a format such as "png", but it is 5.'],
    [
      { fmt: 'x/../../pwned.png' },
      'fmt must be a format such as "png", in letters and digits, but it is "x/../../pwned.png".',
    ],
    [{ fmt: null }, 'fmt must be a format such as "png", but it is null.'],
    [{ name: 5 }, 'name must be a file name, but it is 5.'],
    [{ worker: 'w' }, 'worker must be an https:// URL, but it is "w".'],
    [{ worker: 'http://h/w' }, 'worker must be an https:// URL, but it is "http://h/w".'],
    [{ worker: true }, 'worker must be an https:// URL, but it is true.'],
    [{ userData: 'x' }, 'userData must be an object, but it is "x".'],
  ]
  const rests: [rest: object, message: string][] = [
    [{ source: 5 }, 'source must be an absolute URL or an object with a url, but it is 5.'],
    [
      { source: [] },
      'source must be an absolute URL or an object with a url, but it is an empty array.',
    ],
    [{ source: '' }, 'source must be an absolute URL, but it is "".'],
    [{ source: 'photo.jpg' }, 'source must be an absolute URL, but it is "photo.jpg".'],
    [{ source: {} }, 'source.url is missing; it must be an absolute URL.'],
    [
      { source: { url: 'photo.jpg' } },
      'source.url must be an absolute URL, but it is "photo.jpg".',
    ],
    [{ source: { url: SOURCE, name: 5 } }, 'source.name must be a file name, but it is 5.'],
    [{ source: { url: SOURCE, size: '5' } }, `source.size must be ${BYTES}, but it is "5".`],
    [{ source: { url: SOURCE, size: -1 } }, `source.size must be ${BYTES}, but it is -1.`],
    [
      { source: { url: SOURCE, mimetype: {} } },
      'source.mimetype must be a MIME type such as "image/jpeg", but it is an object.',
    ],
    [{ userData: 5 }, 'userData must be an object, but it is 5.'],
    [{ userData: [] }, 'userData must be an object, but it is an empty array.'],
  ]
  const refused: [body: unknown, message: string][] = [
    ...wholes,
    ...fields.map(([rendition, message]): [unknown, string] => [
      bodyWith(rendition),
      `renditions[0].${message}`,
    ]),
    ...rests.map(([rest, message]): [unknown, string] => [bodyWith({}, rest), message]),
  ]
  for (const [body, message] of refused) {
    it(`is refused with the words: ${message}`, () => {
      assert.deepEqual(check(processRequestSchema, body), { ok: false, message })
    })
  }

  const signed: [what: string, text: string][] = [
    ['a query', 'photo.jpg?signature=hush'],
    ['a query over several lines', 'photo.jpg?a\nsignature=hush'],
    ['an encoded query', 'https%3A%2F%2Fa.test%3Fsignature%3Dhush'],
    ['an encoded query in small letters', 'https%3a%2f%2fa.test%3fsignature%3dhush'],
    ['the query of a URL that has a wrong port', 'https://a.test:99999/?signature=hush'],
  ]
  for (const [what, text] of signed) {
    it(`is refused without showing the signature in ${what}`, () => {
      for (const body of [
        text,
        bodyWith({ target: text }),
        bodyWith({ target: { urls: [text] } }),
        bodyWith({}, { source: text }),
        bodyWith({}, { source: { url: text } }),
        bodyWith({ worker: text.replace('https:', 'http:') }),
      ]) {
        const checked = check(processRequestSchema, body)
        assert.ok(!checked.ok)
        assert.ok(!checked.message.includes('hush'), checked.message)
        assert.match(checked.message, /\?…"\.$/)
      }
    })
  }

  const accepted: [what: string, body: object][] = [
    ['a format and a target', bodyWith({})],
    [
      'a worker in place of a format',
      { source: SOURCE, renditions: [{ worker: 'https://h/w', target: TARGET }] },
    ],
    ['no source', { renditions: [{ fmt: 'png', target: TARGET }] }],
    ['null as source', bodyWith({}, { source: null })],
    [
      'all that is known of a source',
      bodyWith({}, { source: { url: SOURCE, name: 'photo.jpg', size: 0, mimetype: 'image/jpeg' } }),
    ],
    ['a data URL as source', bodyWith({}, { source: 'data:image/png;base64,AAAA' })],
    [
      'a target of several parts',
      bodyWith({ target: { urls: [TARGET, TARGET], minPartSize: 0, maxPartSize: 100_000_000 } }),
    ],
    ['user data at both levels', bodyWith({ userData: { a: [1] } }, { userData: { b: null } })],
    [
      'fields nobody knows, everywhere',
      {
        source: { url: SOURCE, headers: { a: 'b' } },
        renditions: [
          {
            fmt: 'png',
            target: { urls: [TARGET], kind: 'x' },
            width: 48,
            watermark: { scale: 0.5 },
            '⌘': [null],
          },
        ],
        priority: 'low',
        __proto__: { inherited: true },
      },
    ],
  ]
  for (const [what, body] of accepted) {
    it(`may have ${what}, and is passed on as it is`, () => {
      const text = JSON.stringify(body)
      const checked = check(processRequestSchema, JSON.parse(text))
      assert.ok(checked.ok, JSON.stringify(checked))
      assert.deepEqual(checked.value, JSON.parse(text))
    })
  }
})
