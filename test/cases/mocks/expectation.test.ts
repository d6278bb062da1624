import assert from 'node:assert/strict'
import { readExpectations } from '../../../src/cases/mocks/expectation.ts'
import type { MockedRequest } from '../../../src/cases/mocks/request-matcher.ts'

function requestOf(
  options: Partial<Omit<MockedRequest, 'body'>> & { body?: string },
): MockedRequest {
  const { body = '', ...others } = options
  return {
    method: 'GET',
    path: '/',
    query: [],
    headers: [],
    secure: true,
    ...others,
    body: Buffer.from(body),
  }
}

function matches(httpRequest: object, request: MockedRequest): boolean {
  const [expectation] = readExpectations(JSON.stringify({ httpRequest, httpResponse: {} }))
  return expectation?.matches(request) ?? assert.fail('there is an expectation')
}

function replyOf(expectation: object) {
  const [{ reply } = assert.fail('there is an expectation')] = readExpectations(
    JSON.stringify(expectation),
  )
  return reply
}

describe('the request of an expectation', () => {
  const RULES: [
    what: string,
    httpRequest: object,
    good: Parameters<typeof requestOf>[0][],
    bad: Parameters<typeof requestOf>[0][],
  ][] = [
    ['anything', {}, [{}, { method: 'PUT', path: '/a', body: 'b' }], []],
    ['a method, in either letters', { method: 'post' }, [{ method: 'POST' }], [{ method: 'GET' }]],
    [
      'a path',
      { path: '/a/b.json' },
      [{ path: '/a/b.json' }],
      [{ path: '/a' }, { path: '/a/b.json/c' }],
    ],
    [
      'a regular expression, from beginning to end',
      { path: '/a/\\d+' },
      [{ path: '/a/12' }, { path: '/A/1' }],
      [{ path: '/a/' }, { path: '/a/1b' }, { path: '/x/a/1' }],
    ],
    ['what is no regular expression', { path: '/a(' }, [{ path: '/a(' }], [{ path: '/a' }]],
    ['an expression with a flag of Java', { path: '(?i)/A' }, [{ path: '/a' }], [{ path: '/b' }]],
    ['another path than this', { path: '!/a.*' }, [{ path: '/b' }], [{ path: '/ab' }]],
    [
      'the same as an object',
      { path: { not: true, value: '/a' } },
      [{ path: '/b' }],
      [{ path: '/a' }],
    ],
    ['TLS', { secure: true }, [{}], [{ secure: false }]],
    [
      'headers among others, their names in either letters',
      { headers: { 'X-Key': ['k.*'], accept: 'text/html' } },
      [
        {
          headers: [
            ['x-key', 'key'],
            ['Accept', 'text/html'],
            ['host', 'h'],
          ],
        },
      ],
      [
        {},
        { headers: [['x-key', 'key']] },
        {
          headers: [
            ['x-key', 'no'],
            ['accept', 'text/html'],
          ],
        },
      ],
    ],
    [
      'headers as an array',
      { headers: [{ name: 'a', values: ['1', '2'] }] },
      [
        {
          headers: [
            ['a', '1'],
            ['a', '2'],
          ],
        },
      ],
      [{ headers: [['a', '1']] }],
    ],
    [
      'no such header',
      { headers: { '!a': ['.*'] } },
      [{ headers: [['b', '1']] }],
      [{ headers: [['a', '1']] }],
    ],
    [
      'another value of a header',
      { headers: { a: ['!1'] } },
      [{ headers: [['a', '2']] }],
      [{ headers: [['a', '1']] }, {}],
    ],
    [
      'parameters, one of which may be missing',
      { queryStringParameters: { a: ['1'], '?b': ['2'] } },
      [
        { query: [['a', '1']] },
        {
          query: [
            ['a', '1'],
            ['b', '2'],
          ],
        },
      ],
      [
        { query: [['b', '2']] },
        {
          query: [
            ['a', '1'],
            ['b', '3'],
          ],
        },
      ],
    ],
    [
      'what Java and JavaScript read in the same way',
      { path: '/\\\\Q[&+*]\\+\\++.*' },
      [{ path: '/\\Q&++/' }],
      [{ path: '/Q&+' }],
    ],
    ['any body', { body: null }, [{}, { body: 'a' }], []],
    ['a body', { body: 'a.c' }, [{ body: 'a.c' }], [{ body: 'abc' }, {}]],
    [
      'a body that has a text in it',
      { body: { type: 'STRING', string: 'b', subString: true } },
      [{ body: 'abc' }],
      [{ body: 'ac' }],
    ],
    ['a body without one', { body: { string: 'b', not: true } }, [{ body: 'a' }], [{ body: 'b' }]],
    [
      'a body by an expression',
      { body: { type: 'REGEX', regex: 'a.+' } },
      [{ body: 'abc' }],
      [{ body: 'a' }],
    ],
    [
      'bytes',
      { body: { type: 'BINARY', base64Bytes: 'YWJj' } },
      [{ body: 'abc' }],
      [{ body: 'ab' }],
    ],
    [
      'the fields of a form',
      { body: { type: 'PARAMETERS', parameters: { a: ['1.'] } } },
      [{ body: 'b=2&a=1%20' }],
      [{ body: 'a=2' }],
    ],
    [
      'JSON, with other fields and items',
      { body: { list: [{ a: 1 }, { a: 1, b: 2 }] } },
      [{ body: '{"list": [{"a": 1, "b": 2}, {"a": 1}, 7], "more": true}' }],
      [{ body: '{"list": [{"a": 1, "b": 2}]}' }, { body: '{}' }, { body: 'list' }],
    ],
    [
      'JSON with a field called type',
      { body: { type: 'image' } },
      [{ body: '{"type": "image"}' }],
      [{ body: '{"type": "text"}' }],
    ],
    [
      'JSON as it is',
      { body: { type: 'JSON', json: '{"a": [1, 2]}', matchType: 'STRICT' } },
      [{ body: '{"a": [1, 2]}' }],
      [{ body: '{"a": [2, 1]}' }, { body: '{"a": [1, 2], "b": 0}' }],
    ],
    [
      'anything but this',
      { path: '/a', method: 'GET', not: true },
      [{ path: '/b' }, { method: 'PUT', path: '/a' }],
      [{ path: '/a' }],
    ],
  ]

  for (const [what, httpRequest, good, bad] of RULES) {
    it(`is ${what}`, () => {
      for (const each of good)
        assert.ok(matches(httpRequest, requestOf(each)), JSON.stringify(each))
      for (const each of bad)
        assert.ok(!matches(httpRequest, requestOf(each)), JSON.stringify(each))
    })
  }
})

describe('the answer of an expectation', () => {
  const BODIES: [what: string, body: unknown, content: string, type: string | undefined][] = [
    ['a text', 'hello', 'hello', undefined],
    [
      'an object of a text',
      { type: 'STRING', string: 'a', contentType: 'text/css' },
      'a',
      'text/css',
    ],
    ['JSON', { a: [1] }, '{"a":[1]}', 'application/json'],
    ['an object of JSON', { type: 'JSON', json: { a: 1 } }, '{"a":1}', 'application/json'],
    [
      'an object of JSON that says how it would be matched',
      { type: 'JSON', matchType: 'strict', json: { a: 1 } },
      '{"a":1}',
      'application/json',
    ],
    ['an object of JSON as its text', { type: 'JSON', json: '{ }' }, '{ }', 'application/json'],
    ['bytes', { type: 'BINARY', base64Bytes: 'YWJj' }, 'abc', undefined],
    ['XML', { xml: '<a/>' }, '<a/>', 'application/xml'],
    ['nothing', undefined, '', undefined],
    ['nothing, said so', null, '', undefined],
  ]

  for (const [what, body, content, type] of BODIES) {
    it(`has ${what} as its body`, () => {
      const reply = replyOf({ httpResponse: { body } })
      assert.ok(!reply.dropConnection)
      assert.equal(reply.body.toString(), content)
      assert.deepEqual(reply.headers, type === undefined ? [] : [['content-type', [type]]])
    })
  }

  it('has a status, headers and a time', () => {
    const reply = replyOf({
      httpResponse: {
        statusCode: 418,
        reasonPhrase: 'Teapot',
        headers: [{ name: 'Content-Type', values: ['a/b'] }],
        body: {},
        delay: { timeUnit: 'SECONDS', value: 2 },
      },
    })
    assert.ok(!reply.dropConnection)
    assert.deepEqual(
      [reply.status, reply.reason, reply.headers, reply.delayMs],
      [418, 'Teapot', [['Content-Type', ['a/b']]], 2000],
    )
  })

  it('may be none', () => {
    assert.deepEqual(replyOf({ httpError: { dropConnection: true } }), {
      dropConnection: true,
      delayMs: 0,
    })
  })

  it('comes as often and for as long as it says', () => {
    const [limited, unlimited, plain] = readExpectations(
      JSON.stringify([
        {
          httpResponse: {},
          times: { remainingTimes: 2, unlimited: false },
          timeToLive: { timeUnit: 'MINUTES', timeToLive: 1 },
        },
        {
          httpResponse: {},
          times: { remainingTimes: 2, unlimited: true },
          timeToLive: { unlimited: true },
        },
        { httpResponse: {} },
      ]),
    )
    assert.deepEqual([limited?.times, limited?.lifetimeMs], [2, 60_000])
    assert.deepEqual([unlimited?.times, unlimited?.lifetimeMs], [Infinity, Infinity])
    assert.deepEqual([plain?.times, plain?.lifetimeMs], [Infinity, Infinity])
  })

  it('comes by its priority, and then by its place', () => {
    const list = [0, undefined, 10, -1].map((priority) => ({ httpResponse: {}, priority }))
    const priorities = readExpectations(JSON.stringify(list)).map(({ priority }) => priority)
    assert.deepEqual(priorities, [10, 0, 0, -1])
  })
})

describe('an expectation that cannot be met', () => {
  const WRONG: [what: string, text: string, sentence: string | RegExp][] = [
    ['no JSON', '{', 'The file must be an array of expectations, but it is not JSON.'],
    [
      'another answer than those there are',
      '[{"httpForward": {}}]',
      /^\[0\] has an unknown field "httpForward"; it must be an object of httpRequest, /,
    ],
    [
      'what is optional perhaps',
      '[{"httpResponse": {}, "optional": "maybe"}]',
      '[0].optional must be true or false, but it is "maybe".',
    ],
    [
      'no answer',
      '{}',
      /^\[0\] must be an object of .* with exactly one of httpResponse and httpError, /,
    ],
    [
      'cookies',
      '[{"httpResponse": {}}, {"httpRequest": {"cookies": {}}, "httpResponse": {}}]',
      /^\[1\]\.httpRequest has an unknown field "cookies"; it must be an object of method, /,
    ],
    [
      'a text by a JSON schema',
      '{"httpRequest": {"path": {"type": "string"}}, "httpResponse": {}}',
      /^\[0\]\.httpRequest\.path/,
    ],
    [
      'a body by XPath',
      '{"httpRequest": {"body": {"type": "XPATH", "xpath": "/a"}}, "httpResponse": {}}',
      '[0].httpRequest.body must be of type STRING, REGEX, JSON, BINARY, PARAMETERS, but it is of type XPATH.',
    ],
    [
      'a body by a JSON schema, without its type',
      '{"httpRequest": {"body": {"jsonSchema": {}}}, "httpResponse": {}}',
      /^\[0\]\.httpRequest\.body must be of type .* but it is of type JSON_SCHEMA\.$/,
    ],
    [
      'a wrong match type',
      '{"httpRequest": {"body": {"json": 1, "matchType": "LOOSE"}}, "httpResponse": {}}',
      '[0].httpRequest.body.matchType must be STRICT or ONLY_MATCHING_FIELDS, but it is "LOOSE".',
    ],
    [
      'a placeholder in JSON',
      '{"httpRequest": {"body": {"a": "${json-unit.ignore}"}}, "httpResponse": {}}',
      '[0].httpRequest.body has a placeholder of JSON Unit, which is not supported; leave the field out.',
    ],
    [
      'an answer of parameters',
      '{"httpResponse": {"body": {"parameters": {}}}}',
      '[0].httpResponse.body must be of type STRING, JSON, BINARY, XML, but it is of type PARAMETERS.',
    ],
    [
      'a status that is none',
      '{"httpResponse": {"statusCode": 42}}',
      '[0].httpResponse.statusCode must be a status from 200 to 999, but it is 42.',
    ],
    [
      'JSON that is not there',
      '{"httpRequest": {"body": {"type": "JSON"}}, "httpResponse": {}}',
      '[0].httpRequest.body.json is missing; it must be any JSON.',
    ],
    [
      'an answer of JSON that is not there',
      '{"httpResponse": {"body": {"type": "JSON"}}}',
      '[0].httpResponse.body.json is missing; it must be any JSON.',
    ],
    [
      'a header that HTTP cannot carry',
      '{"httpResponse": {"headers": {"a": ["b\\nc"]}}}',
      '[0].httpResponse.headers must be what HTTP can carry, but it has "a: b\\nc".',
    ],
    [
      'the name of a header that HTTP cannot carry',
      '{"httpResponse": {"headers": {"a b": ["c"]}}}',
      '[0].httpResponse.headers must be what HTTP can carry, but it has "a b: c".',
    ],
    [
      'a content type that HTTP cannot carry',
      '{"httpResponse": {"body": {"string": "", "contentType": "text/→"}}}',
      '[0].httpResponse.body.contentType must be what HTTP can carry, but it has "text/→".',
    ],
    [
      'a reason that HTTP cannot carry',
      '{"httpResponse": {"reasonPhrase": "Größer → kleiner"}}',
      /^\[0\]\.httpResponse\.reasonPhrase must be what HTTP can carry, but it has /,
    ],
    [
      'a unit of time that is none',
      '{"httpResponse": {"delay": {"timeUnit": "YEARS", "value": 1}}}',
      /^\[0\]\.httpResponse\.delay\.timeUnit must be one of NANOSECONDS, .*, but it is "YEARS"\.$/,
    ],
  ]

  const JAVA = [
    '/\\p{Lu}',
    '/\\PL',
    '/\\Qa.b\\E',
    '\\A/',
    '/\\z',
    '/\\Z',
    '/\\h',
    '/[a-z&&[^b]]',
    '/a++',
    '/a?+',
    '/.*+',
    '/a{2,}+',
  ]
  const PLACES: [where: string, httpRequest: (source: string) => object][] = [
    ['method', (method) => ({ method })],
    ['path', (value) => ({ path: { not: true, value } })],
    ['queryStringParameters', (value) => ({ queryStringParameters: { a: [value] } })],
    ['headers', (name) => ({ headers: { [name]: ['a'] } })],
    ['body.regex', (regex) => ({ body: { regex } })],
    ['body.parameters', (value) => ({ body: { parameters: { a: value } } })],
  ]
  for (const [where, toRequest] of PLACES) {
    it(`is refused for an expression in its ${where} that only Java reads so`, () => {
      for (const source of JAVA) {
        const text = JSON.stringify({ httpRequest: toRequest(source), httpResponse: {} })
        const sentence = `[0].httpRequest.${where} must be a text or an expression that means the same in Java and JavaScript, but `
        assert.throws(
          () => readExpectations(text),
          ({ message }: Error) => message.startsWith(sentence),
          source,
        )
      }
    })
  }

  for (const [what, text, sentence] of WRONG) {
    it(`is refused for ${what}`, () => {
      const expected = typeof sentence === 'string' ? { message: sentence } : sentence
      assert.throws(
        () => readExpectations(text),
        sentence instanceof RegExp ? { message: sentence } : expected,
      )
    })
  }
})

describe('an expectation', () => {
  const NAMES: [expectation: object, called: string, optional: boolean][] = [
    [{}, '[0]', false],
    [{ httpRequest: { method: 'POST', path: '/a' } }, '[0] (POST /a)', false],
    [{ httpRequest: { path: '!/a' }, optional: true }, '[0] (!/a)', true],
    [{ optional: false }, '[0]', false],
  ]
  for (const [expectation, called, optional] of NAMES) {
    it(`is called ${called}, and ${optional ? 'need not' : 'has to'} be met`, () => {
      const text = JSON.stringify({ ...expectation, httpResponse: {} })
      const [read = assert.fail('there is an expectation')] = readExpectations(text)
      assert.deepEqual([read.called, read.optional], [called, optional])
    })
  }
})
