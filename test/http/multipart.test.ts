import assert from 'node:assert/strict'
import { ReadableStream } from 'node:stream/web'
import { ServiceError } from '../../src/base/errors.ts'
import { toFileName } from '../../src/base/file-name.ts'
import { readField, readParts } from '../../src/http/multipart.ts'

const TYPE = 'multipart/form-data; boundary=XyZ'

function bodyOf(chunks: readonly Uint8Array[], failure?: Error): ReadableStream<Uint8Array> {
  const rest = chunks.values()
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const { done, value } = rest.next()
      if (done !== true) controller.enqueue(value)
      else if (failure === undefined) controller.close()
      else controller.error(failure)
    },
  })
}

interface ReadPart {
  name: string
  filename: string | undefined
  contentType: string | undefined
  text: string
}

async function readAll(chunks: readonly Uint8Array[], type = TYPE): Promise<ReadPart[]> {
  const parts: ReadPart[] = []
  for await (const { content, ...header } of readParts(bodyOf(chunks), type)) {
    const pieces: Uint8Array[] = []
    for await (const piece of content) pieces.push(piece)
    parts.push({ ...header, text: Buffer.concat(pieces).toString('latin1') })
  }
  return parts
}

/** A body with one part of this header, or these bytes of a header. */
function oneFile(header: string | Buffer): Buffer {
  const parts = ['--XyZ\r\n', header, '\r\n\r\ncontent\r\n--XyZ--\r\n']
  return Buffer.concat(parts.map((part) => Buffer.from(part)))
}

const latin1 = (text: string) => Buffer.from(text, 'latin1')
const quoted = (name: string) => `Content-Disposition: form-data; name="file"; filename=${name}`
const npm = (name: string) =>
  `content-disposition:form-data;name="file";filename=${name}\r\ncontent-type:application/octet-stream`
const startOf = (name: string) => `--XyZ\r\nContent-Disposition: form-data; name=${name}\r\n\r\n`

async function readFieldOf(length: number): Promise<string> {
  const body = Buffer.from(`${startOf('a')}${'x'.repeat(length)}\r\n--XyZ--`)
  for await (const part of readParts(bodyOf([body]), TYPE)) return readField(part)
  return ''
}

const refusal = (code: 'invalid' | 'too_large', message: RegExp) => ({
  name: 'ServiceError',
  code,
  message,
})

describe('a multipart body', () => {
  describe('has the file that its client has sent', () => {
    const table: [client: string, header: string | Buffer, filename: string][] = [
      ...[
        'input.png',
        'my file.pdf',
        'a(1).pdf',
        'a;b.txt',
        'a,b.txt',
        '[x].txt',
        'é.txt',
        '日本.pdf',
        '😀 & "co".txt',
        '"a".txt',
        "it's 100%.txt",
        'a%22b.txt',
        'a=b; c=d.txt',
        'a; name=b.txt',
        'a\\"b".txt',
      ].map((name): [string, string, string] => [`npm, ${name}`, npm(name), name]),
      ['a browser', quoted('"photo.jpg"\r\nContent-Type: image/jpeg'), 'photo.jpg'],
      ['a browser, with a quote', quoted('"a%22b;c.txt"'), 'a"b;c.txt'],
      ['a browser, with a line end', quoted('"a%0D%0Ab.txt"'), 'a\r\nb.txt'],
      ['a browser, UTF-8', quoted('"日本 é.pdf"'), '日本 é.pdf'],
      ['a browser, with no file chosen', quoted('""'), ''],
      ['an old browser, with a folder', quoted('"C:\\files\\a.txt"'), 'C:\\files\\a.txt'],
      ['curl, escaped', quoted('"a\\"b\\\\c.txt"'), 'a"b\\c.txt'],
      ['PHP, with quotes that it does not escape', quoted('"a"b; c.txt"'), 'a"b; c.txt'],
      ['PHP, with a backslash at the end', quoted('"a\\"'), 'a\\'],
      ['PHP, with its length', `${quoted('"input.pdf"')}\r\nContent-Length: 7`, 'input.pdf'],
      ['Python', quoted('"input.pdf"'), 'input.pdf'],
      [
        'Python, UTF-8',
        `Content-Disposition: form-data; name="file"; filename*=utf-8''%C3%A9%20b.txt`,
        'é b.txt',
      ],
      [
        '.NET',
        `Content-Disposition: form-data; name=file; filename=input.png; filename*=utf-8''input%20%E6%97%A5.png`,
        'input 日.png',
      ],
      [
        '.NET, quoted',
        `Content-Disposition: form-data; name=file; filename="=?utf-8?B?w6k=?="; filename*=utf-8''%C3%A9`,
        'é',
      ],
      ['.NET, UTF-8 taken for latin1', quoted('"æ\u0097¥.txt"'), 'æ\u0097¥.txt'],
      ['latin1', latin1(quoted('"é.txt"')), 'é.txt'],
      ['latin1, not quoted', latin1(npm('é ü.txt')), 'é ü.txt'],
      ['latin1 by RFC 8187', quoted(`"e"; filename*=iso-8859-1'en'%E9.txt`), 'é.txt'],
      ['a name that is not RFC 8187', quoted(`"e.txt"; filename*=utf-8''%E9`), 'e.txt'],
      ['any case', 'CONTENT-DISPOSITION: FORM-DATA; FILENAME="a.txt"; NAME="file"', 'a.txt'],
      ['another order', 'Content-Disposition: form-data; filename=a b.txt; name=file', 'a b.txt'],
      ['a semicolon at the end', quoted('"a.txt" ;'), 'a.txt'],
      [
        'a folded line',
        'Content-Disposition: form-data;\r\n\tname="file";\r\n  filename="a.txt"',
        'a.txt',
      ],
      [
        'another parameter in between',
        'Content-Disposition: form-data; size=7; name="file"; filename="a"; x=y',
        'a',
      ],
      ['Ruby', `${quoted('"a.txt"')}\r\nContent-Transfer-Encoding: binary`, 'a.txt'],
    ]
    for (const [client, header, filename] of table) {
      it(`when that is ${client}`, async () => {
        const [file, ...others] = await readAll([oneFile(header)])
        assert.deepEqual(others, [])
        assert.equal(file?.filename, filename)
        assert.equal(file.name, 'file')
        assert.equal(file.text, 'content')
      })
    }
  })

  it('has the type that its file is said to have', async () => {
    const header =
      'Content-Disposition: form-data; name=a; filename=b\r\nContent-Type:  Image/PNG; a=b '
    const [file] = await readAll([oneFile(header)])
    assert.equal(file?.contentType, 'Image/PNG; a=b')
    const [field] = await readAll([oneFile('Content-Disposition: form-data; name=a')])
    assert.deepEqual(field, {
      name: 'a',
      filename: undefined,
      contentType: undefined,
      text: 'content',
    })
  })

  const boundaries: [type: string, boundary: string][] = [
    ['multipart/form-data; boundary=----------0123456789abcdef', '----------0123456789abcdef'],
    ['Multipart/Form-Data;BOUNDARY=abc;charset=utf-8', 'abc'],
    ['multipart/form-data; charset=utf-8; boundary="a b:c"', 'a b:c'],
    ['multipart/form-data; boundary="abc" ', 'abc'],
  ]
  for (const [type, boundary] of boundaries) {
    it(`is read by ${type}`, async () => {
      const text = `--${boundary}\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--${boundary}--`
      const parts = await readAll([Buffer.from(text)], type)
      assert.deepEqual(
        parts.map(({ text: value }) => value),
        ['1'],
      )
    })
  }

  it('is what a standard client makes', async () => {
    const form = new FormData()
    form.append('a', 'b\r\nc')
    form.append('file', new File(['\r\n--\r\n'], 'a "b".txt', { type: 'text/plain' }))
    const { body, headers } = new Response(form)
    const parts: unknown[] = []
    assert.ok(body)
    for await (const part of readParts(body, headers.get('content-type') ?? '')) {
      parts.push([part.name, part.filename, part.contentType, await readField(part)])
    }
    assert.deepEqual(parts, [
      ['a', undefined, undefined, 'b\r\nc'],
      ['file', 'a "b".txt', 'text/plain', '\r\n--\r\n'],
    ])
  })

  describe('is the same however it is cut', () => {
    const tricky = '\r\r\n\r\n--\r\n--XyY\r\n--Xy\r\r\n-'
    const whole = Buffer.from(
      `preamble\r\n--XyZ \t\r\ncontent-disposition:form-data;name="a"\r\n\r\n1\r\n--XyZ\r\n` +
        `content-disposition:form-data;name="b"\r\n\r\n\r\n--XyZ\r\n` +
        `content-disposition:form-data;name="file";filename=é\r\n\r\n${tricky}\r\n--XyZ--\r\nepilogue`,
    )
    const check = async (chunks: readonly Uint8Array[]) => {
      const parts = await readAll(chunks)
      assert.deepEqual(
        parts.map(({ name, filename, text }) => [name, filename, text]),
        [
          ['a', undefined, '1'],
          ['b', undefined, ''],
          ['file', 'é', tricky],
        ],
      )
    }

    it('into two at any byte', async () => {
      for (let at = 0; at <= whole.length; at += 1) {
        await check([whole.subarray(0, at), whole.subarray(at)])
      }
    })

    it('into chunks of any size', async () => {
      for (let size = 1; size <= 40; size += 1) {
        const count = Math.ceil(whole.length / size)
        await check(
          Array.from({ length: count }, (_, i) => whole.subarray(i * size, (i + 1) * size)),
        )
      }
    })

    it('but is refused when it ends early, wherever', async () => {
      const end = whole.indexOf('--XyZ--') + '--XyZ--'.length
      for (let length = 0; length < end; length += 1) {
        await assert.rejects(
          readAll([whole.subarray(0, length)]),
          refusal('invalid', /body ended before --XyZ--/),
        )
      }
    })
  })

  it('is read on after a part that nobody wanted, or wanted only in part', async () => {
    const text = `${startOf('a')}${'x'.repeat(50)}\r\n${startOf('b')}${'y'.repeat(50)}\r\n${startOf('c')}z\r\n--XyZ--`
    const chunks = text.match(/[^]{1,10}/g)?.map((piece) => Buffer.from(piece)) ?? []
    const names: string[] = []
    for await (const { name, content } of readParts(bodyOf(chunks), TYPE)) {
      names.push(name)
      if (name === 'b') for await (const piece of content) if (piece.byteLength > 0) break
    }
    assert.deepEqual(names, ['a', 'b', 'c'])
  })

  it('gives a part only until the next one is asked for', async () => {
    const part = 'Content-Disposition: form-data; name=a\r\n\r\n1\r\n--XyZ'
    const parts = readParts(bodyOf([Buffer.from(`--XyZ\r\n${part}\r\n${part}--`)]), TYPE)
    const { value: first } = await parts.next()
    await parts.next()
    assert.ok(first)
    await assert.rejects(readField(first), /before the next one/)
  })

  it('is let go when its reader has enough', async () => {
    let isCancelled = false
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(oneFile('Content-Disposition: form-data; name=a')),
      cancel: () => void (isCancelled = true),
    })
    for await (const { name } of readParts(body, TYPE)) if (name === 'a') break
    assert.equal(isCancelled, true)
  })

  it('is refused when its sender is gone', async () => {
    const start = oneFile('Content-Disposition: form-data; name=a').subarray(0, -12)
    const reading = async () => {
      for await (const part of readParts(bodyOf([start], new Error('reset')), TYPE)) {
        await readField(part)
      }
    }
    await assert.rejects(reading, refusal('invalid', /^The body broke off before its end\.$/))
  })

  it('is refused when there is none', async () => {
    await assert.rejects(readParts(null, TYPE).next(), refusal('invalid', /body ended before/))
  })

  describe('is refused when', () => {
    const named = 'Content-Disposition: form-data; name=a'
    const table: [what: string, body: Buffer, code: 'invalid' | 'too_large', message: RegExp][] = [
      [
        'a part has no name',
        oneFile('Content-Disposition: form-data'),
        'invalid',
        /"form-data"\.$/,
      ],
      ['a part has no header', oneFile(''), 'invalid', /but one has none\.$/],
      [
        'a part is no field',
        oneFile('Content-Disposition: attachment; name=a'),
        'invalid',
        /attachment/,
      ],
      ['a header makes no sense', oneFile(`${named}; =b`), 'invalid', /name=a; =b/],
      [
        'a part is encoded',
        oneFile(`${named}\r\nContent-Transfer-Encoding: base64`),
        'invalid',
        /Content-Transfer-Encoding is "base64"/,
      ],
      [
        'its only name of a file cannot be read',
        oneFile(`${named}; filename*=utf-16''a`),
        'invalid',
        /filename\* must be such as/,
      ],
      [
        'a header is too long',
        oneFile(`${named}\r\nX: ${'x'.repeat(20_000)}`),
        'too_large',
        /may have at most 16384 bytes/,
      ],
      [
        'it has too many parts',
        Buffer.from(`--XyZ\r\n${named}\r\n\r\n\r\n`.repeat(201).concat('--XyZ--')),
        'too_large',
        /at most 200 parts/,
      ],
      [
        'a boundary is only the beginning of a line',
        Buffer.from(`--XyZ\r\n${named}\r\n\r\n1\r\n--XyZa\r\n--XyZ--`),
        'invalid',
        /must be all of its line/,
      ],
      ['it has other boundaries', Buffer.alloc(20_000, 'x'), 'invalid', /must begin with --XyZ/],
      [
        'it goes on after its end',
        Buffer.concat([oneFile(named), Buffer.alloc(20_000)]),
        'invalid',
        /must end with --XyZ--/,
      ],
    ]
    for (const [what, body, code, message] of table) {
      it(what, async () => {
        await assert.rejects(readAll([body]), refusal(code, message))
        const bytes = Array.from(body, (byte) => Buffer.of(byte))
        await assert.rejects(readAll(bytes), refusal(code, message))
      })
    }

    for (const type of [
      '',
      'application/json',
      'multipart/form-data',
      'multipart/mixed; boundary=a',
    ]) {
      it(`its type is ${JSON.stringify(type)}`, async () => {
        const message = /^Content-Type must be multipart\/form-data with a boundary, but it is /
        await assert.rejects(readAll([], type), refusal('invalid', message))
      })
    }
  })

  it('may have 64 KB in a field, and no more', async () => {
    assert.equal((await readFieldOf(65_536)).length, 65_536)
    await assert.rejects(
      readFieldOf(65_537),
      refusal('too_large', /^The field "a" may have at most 64 KB\.$/),
    )
  })

  it('is read or refused, whatever is done to it, and names no file outside', async () => {
    const start = Buffer.from(
      '--XyZ\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--XyZ\r\n' +
        `content-disposition:form-data;name="file";filename=../../etc/a;b é\r\ncontent-type:text/plain\r\n\r\n` +
        `data\r\n--XyZ\r\nContent-Disposition: form-data; name=b; filename="C:\\..\\x\\\\y.txt"; filename*=UTF-8''..%2F..%5Cz%00.txt\r\n\r\n\r\n--XyZ--\r\n`,
    )
    const pieces = [
      '"',
      ';',
      '\r',
      '\n',
      '\r\n',
      '--XyZ',
      '\\',
      '/',
      '%',
      '=',
      '*',
      '\0',
      'é',
      '../',
    ]
    // Numbers that are the same in every run.
    let seed = 14
    const random = (most: number) => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % most
    }
    const outcomes = { read: 0, refused: 0 }
    for (let round = 0; round < 300; round += 1) {
      let body = start
      for (let change = random(4); change >= 0; change -= 1) {
        const at = random(body.length)
        const put = Buffer.from(pieces[random(pieces.length)] ?? '')
        body = Buffer.concat([body.subarray(0, at), put, body.subarray(at + random(6))])
      }
      const cut = random(body.length)
      try {
        for (const { filename } of await readAll([body.subarray(0, cut), body.subarray(cut)])) {
          const name = filename === undefined ? undefined : toFileName(filename)
          assert.doesNotMatch(name ?? '', /[/\\\p{Cc}]|^\.\.?$/u)
        }
        outcomes.read += 1
      } catch (error) {
        assert.ok(error instanceof ServiceError, String(error))
        assert.match(error.code, /^(invalid|too_large)$/)
        outcomes.refused += 1
      }
    }
    assert.ok(outcomes.read > 50 && outcomes.refused > 50, JSON.stringify(outcomes))
  })
})
