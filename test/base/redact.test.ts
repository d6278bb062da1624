import assert from 'node:assert/strict'
import { redact, redactSecrets } from '../../src/base/redact.ts'

const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJpZCI6IjEifQ.c2lnbmF0dXJl'

describe('redact', () => {
  const cases: [what: string, text: string, expected: string][] = [
    ["a URL's query", 'GET https://a/b.jpg?x=1&signature=s failed', 'GET https://a/b.jpg?… failed'],
    ["a URL's password", 'at https://user:secret@host/a', 'at https://…@host/a'],
    ['a token', `not accepted: ${TOKEN}`, 'not accepted: …'],
    [
      'a private key',
      'not -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----.',
      'not -----BEGIN RSA PRIVATE KEY-----….',
    ],
    [
      'a private key that is cut off, in JSON',
      String.raw`"-----BEGIN PRIVATE KEY-----\nMIIE…"`,
      '"-----BEGIN PRIVATE KEY-----…"',
    ],
    ['an Authorization header', 'Basic dXNlcjpwYXNzd29yZDE=', 'Basic …'],
  ]
  for (const [what, text, expected] of cases) {
    it(`takes out ${what}`, () => assert.equal(redact(text), expected))
  }
  const documents: [store: string, document: string, expected: string][] = [
    [
      'Amazon S3',
      `<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature does not match.</Message><AWSAccessKeyId>AKIA</AWSAccessKeyId><StringToSign>AWS4-HMAC-SHA256
20261121T171707Z</StringToSign><SignatureProvided>19ab</SignatureProvided><CanonicalRequest>PUT
/a.png
X-Amz-Expires=60</CanonicalRequest></Error>`,
      'SignatureDoesNotMatch: The request signature does not match.',
    ],
    [
      'Azure',
      `\uFEFF<?xml version="1.0" encoding="utf-8"?><Error><Code>BlobNotFound</Code><Message>The specified blob does not exist.
RequestId:2c25ad7c
Time:2026-11-21T17:16:22Z</Message></Error>`,
      'BlobNotFound: The specified blob does not exist.',
    ],
    [
      'Azure, with its detail',
      `\uFEFF<?xml version="1.0" encoding="utf-8"?><Error><Code>AuthenticationFailed</Code><Message>Server failed to authenticate the request.
Time:2026-11-21T17:16:22Z</Message><AuthenticationErrorDetail>Signature not valid in the specified time frame: Expiry [Fri, 20 Nov 2026 18:11:03 GMT]</AuthenticationErrorDetail></Error>`,
      'AuthenticationFailed: Signature not valid in the specified time frame: Expiry [Fri, 20 Nov 2026 18:11:03 GMT]',
    ],
  ]
  for (const [store, document, expected] of documents) {
    it(`makes one line of the error document of ${store}`, () => {
      const message = 'PUT https://a/b.png failed with status 403: '
      assert.equal(redact(message + document), message + expected)
    })
  }
  it('leaves every other sentence as it is', () => {
    const sentence = 'fmt must be one of png, jpg, but it is "a?b=c". Basic is what it is.'
    assert.equal(redact(sentence), sentence)
  })
})

describe('redactSecrets', () => {
  const cases: [what: string, text: string, expected: string][] = [
    ['a signature of this service', '/a?part=1&signature=Ab-_9&x=1', '/a?part=1&signature=…&x=1'],
    ["Azure's", '/a?sv=1&sig=a%2Bb%3D', '/a?sv=1&sig=…'],
    ["Amazon's", '/a?X-Amz-Signature=ab12&X-Amz-Date=1', '/a?X-Amz-Signature=…&X-Amz-Date=1'],
    ['one in a printed URL object', "'signature' => 'Ab-_9' }", "'signature' => '…' }"],
    ['one in JSON', '{"signature":"Ab-_9","x":1}', '{"signature":"…","x":1}'],
    [
      "one in Amazon's error document",
      '<SignatureProvided>19ab</SignatureProvided>',
      '<SignatureProvided>…</SignatureProvided>',
    ],
    ['a token', `Bearer ${TOKEN}`, 'Bearer …'],
    ["a URL's password", '"https://user:secret@host/a?x=1"', '"https://…@host/a?x=1"'],
  ]
  for (const [what, text, expected] of cases) {
    it(`takes out ${what}`, () => assert.equal(redactSecrets(text), expected))
  }
  it('leaves JSON to be JSON', () => {
    const json = JSON.stringify({ message: 'GET "/a?signature=ab" failed' })
    assert.deepEqual(JSON.parse(redactSecrets(json)), { message: 'GET "/a?signature=…" failed' })
  })
  it('leaves the rest of a URL to who looks for a mistake in it', () => {
    assert.equal(redactSecrets('GET https://host/a?size=10'), 'GET https://host/a?size=10')
  })
})
