import { gzipSync } from 'node:zlib'
import { envelope, param } from './call-ips.ts'

/** A message that no reader of XML should like, and what it is told. */
export interface XmlAttack {
  readonly what: string
  readonly body: string | Uint8Array<ArrayBuffer>
  readonly reason: RegExp
  readonly headers?: Readonly<Record<string, string>>
}

const XML = { 'content-type': 'text/xml' }
const GZIP = { 'content-encoding': 'gzip' }

/** A login that fails. */
const LOGIN = param('checkLogin', '<email>a@b.c</email><password>x</password>')
const MESSAGE = envelope(LOGIN)

/** A message with a document type, and with what stands where its address does. */
function withDoctype(doctype: string, email: string): string {
  return MESSAGE.replace('<s:Envelope', `<!DOCTYPE s:Envelope ${doctype}><s:Envelope`).replace(
    'a@b.c',
    email,
  )
}

function many(count: number, piece: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => piece(index)).join('')
}

const utf16 = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'))
const utf16be = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le').swap16())
const latin1 = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))

/** Many megabytes in a thousandth of them: gzip may be of several parts. */
function bomb(megabytes: number): Uint8Array<ArrayBuffer> {
  const part = gzipSync(Buffer.alloc(1024 ** 2))
  return new Uint8Array(Buffer.concat(Array.from({ length: megabytes }, () => part)))
}

const doctypes: [what: string, doctype: string, email?: string][] = [
  ['a document type', ''],
  [
    'a document type of HTML',
    'PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/x.dtd"',
  ],
  ['an entity of its own', '[<!ENTITY b "c">]', '&b;'],
  ['an entity that is a file', '[<!ENTITY b SYSTEM "file:///etc/passwd">]', '&b;'],
  ['an entity that is a page', '[<!ENTITY b SYSTEM "http://127.0.0.1:9/secret">]', '&b;'],
  ['an entity that is a page by PUBLIC', '[<!ENTITY b PUBLIC "x" "http://127.0.0.1:9/">]', '&b;'],
  ['a parameter entity', '[<!ENTITY % b SYSTEM "http://127.0.0.1:9/b.dtd"> %b;]'],
  [
    'a parameter entity that sends a file away',
    '[<!ENTITY % f SYSTEM "file:///etc/hostname"><!ENTITY % e "<!ENTITY &#37; x SYSTEM \'http://127.0.0.1:9/?%f;\'>"> %e; %x;]',
  ],
  ['a document type elsewhere', 'SYSTEM "http://127.0.0.1:9/s.dtd"'],
  [
    'a billion laughs',
    `[<!ENTITY l0 "lol">${many(10, (n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`)}]`,
    '&l10;',
  ],
  ['a quadratic blowup', `[<!ENTITY b "${'b'.repeat(50_000)}">]`, '&b;'.repeat(50_000)],
  ['an entity of itself', '[<!ENTITY b "&c;"><!ENTITY c "&b;">]', '&b;'],
  ['an attribute that all elements have', '[<!ATTLIST email x CDATA "y">]'],
  ['half a megabyte of a document type', `[${' '.repeat(500_000)}]`],
]

/** Every one of them is answered with 30003. */
export const XML_ATTACKS: readonly XmlAttack[] = [
  ...doctypes.map(([what, doctype, email = 'x']): XmlAttack => ({
    what,
    body: withDoctype(doctype, email),
    reason: /document type/,
  })),
  { what: 'an entity that is none', body: MESSAGE.replace('a@b.c', '&b;'), reason: /entity/ },
  {
    what: 'the number of no character',
    body: MESSAGE.replace('a@b.c', '&#0;'),
    reason: /well-formed/,
  },
  {
    what: 'a number beyond all characters',
    body: MESSAGE.replace('a@b.c', '&#x110000;'),
    reason: /well-formed/,
  },
  {
    what: 'half a character by its number',
    body: MESSAGE.replace('a@b.c', '&#xD800;'),
    reason: /well-formed/,
  },
  { what: 'a NUL', body: MESSAGE.replace('a@b.c', 'a\0b'), reason: /well-formed/ },
  {
    what: 'a control character',
    body: MESSAGE.replace('a@b.c', 'a\u0008b'),
    reason: /well-formed/,
  },
  {
    what: 'a control character in a name',
    body: MESSAGE.replaceAll('email>', 'ema\u0001il>'),
    reason: /well-formed/,
  },
  {
    what: 'no character of Unicode',
    body: MESSAGE.replace('a@b.c', '\uffff'),
    reason: /well-formed/,
  },
  {
    what: 'XML 1.1 with its control characters',
    body: MESSAGE.replace('1.0', '1.1').replace('a@b.c', '&#1;'),
    reason: /well-formed/,
  },
  {
    what: 'a second declaration',
    body: MESSAGE.replace('<email>', '<?xml version="1.0"?><email>'),
    reason: /well-formed/,
  },
  {
    what: 'a prefix that nothing declares',
    body: MESSAGE.replace('<email>', '<b:email>').replace('</email>', '</b:email>'),
    reason: /well-formed/,
  },
  {
    what: 'an attribute twice',
    body: MESSAGE.replace('<email>', '<email b="1" b="2">'),
    reason: /well-formed/,
  },
  {
    what: 'an attribute twice by two prefixes',
    body: MESSAGE.replace('<email>', '<email xmlns:b="u" xmlns:c="u" b:x="1" c:x="2">'),
    reason: /well-formed/,
  },
  { what: 'an open CDATA', body: MESSAGE.replace('a@b.c', '<![CDATA[a'), reason: /well-formed/ },
  { what: 'an open comment', body: MESSAGE.replace('a@b.c', '<!-- a'), reason: /well-formed/ },
  { what: 'an open instruction', body: MESSAGE.replace('a@b.c', '<?a'), reason: /well-formed/ },
  { what: 'something after the end', body: `${MESSAGE}<a/>`, reason: /well-formed/ },
  { what: 'what ends early', body: MESSAGE.slice(0, -20), reason: /well-formed/ },
  { what: 'no XML', body: '{"a":1}', reason: /well-formed/ },
  { what: 'nothing', body: '', reason: /well-formed/ },

  {
    what: 'a depth of ten thousand',
    body: envelope('<a>'.repeat(10_000) + '</a>'.repeat(10_000)),
    reason: /nested more than 20 deep/,
  },
  {
    what: 'half a megabyte of depth',
    body: '<a>'.repeat(170_000),
    reason: /nested more than 20 deep/,
  },
  {
    what: 'a hundred thousand elements',
    body: envelope(param('checkLogin', '<a/>'.repeat(100_000))),
    reason: /more than 12000 elements/,
  },
  {
    what: 'a hundred thousand attributes',
    body: envelope(`<a${many(100_000, (n) => ` a${n}=""`)}/>`),
    reason: /at most 524288 bytes/,
  },
  {
    what: 'thirty thousand attributes',
    body: envelope(`<a${many(30_000, (n) => ` a${n}="${n}"`)}/>`),
    reason: /a tag of it has more than 16384 letters/,
  },
  {
    what: 'as many attributes as a tag may have',
    body: envelope(`<a${many(1700, (n) => ` a${n}=""`)}/>`.repeat(30)),
    reason: /one Body with one element/,
  },
  {
    what: 'ten thousand namespaces',
    body: envelope(`<a${many(10_000, (n) => ` xmlns:a${n}="u${n}"`)}/>`),
    reason: /a tag of it has more than 16384 letters/,
  },
  {
    what: 'a namespace an element, within each other',
    body: envelope(many(8000, (n) => `<a${n} xmlns:a${n}="urn:x${n}">`)),
    reason: /nested more than 20 deep/,
  },
  {
    what: 'many elements with many namespaces',
    body: envelope(
      `<a${many(800, (n) => ` xmlns:a${n}="u"`)}>${many(11_000, (n) => `<a${n % 800}:b c="" />`)}</a><b/>`,
    ),
    reason: /one Body with one element/,
  },
  { what: 'half a megabyte in a name', body: `<${'a'.repeat(500_000)}/>`, reason: /SOAP 1\.1/ },
  {
    what: 'half a megabyte of attribute',
    body: `<a b="${'b'.repeat(500_000)}"/>`,
    reason: /a tag of it has more than/,
  },
  {
    what: 'half a megabyte of comments',
    body: `<!--${'-a'.repeat(250_000)}--><a/>`,
    reason: /SOAP 1\.1/,
  },
  {
    what: 'half a megabyte of references',
    body: `<a>${'&#x41;'.repeat(80_000)}</a>`,
    reason: /SOAP 1\.1/,
  },
  {
    what: 'half a megabyte of spaces in a tag',
    body: `<a${' '.repeat(500_000)}/>`,
    reason: /a tag of it has more than/,
  },
  {
    what: 'half a megabyte of brackets',
    body: `<a>${']'.repeat(500_000)}</a>`,
    reason: /SOAP 1\.1/,
  },
  {
    what: 'ten megabytes',
    body: envelope(`<a>${'x'.repeat(10_000_000)}</a>`),
    reason: /at most 524288 bytes/,
  },

  { what: 'UTF-16 without a mark', body: utf16(MESSAGE), reason: /well-formed/, headers: XML },
  {
    what: 'UTF-16 without a mark, big end first',
    body: utf16be(MESSAGE),
    reason: /well-formed/,
    headers: XML,
  },
  {
    what: 'half a character of UTF-16',
    body: utf16(`\ufeff${MESSAGE}`).slice(0, -1),
    reason: /not in UTF-16LE/,
    headers: XML,
  },
  {
    what: 'half a pair of UTF-16',
    body: utf16(`\ufeff${MESSAGE.replace('a@b.c', '\ud800')}`),
    reason: /not in UTF-16LE/,
    headers: XML,
  },
  {
    what: 'a document type in UTF-16',
    body: utf16(`\ufeff${withDoctype('[<!ENTITY b "c">]', '&b;')}`),
    reason: /document type/,
    headers: XML,
  },
  {
    what: 'a document type in UTF-16, big end first',
    body: utf16be(`\ufeff${withDoctype('', '')}`),
    reason: /document type/,
    headers: XML,
  },
  {
    what: 'UTF-32',
    body: new Uint8Array([0, 0, 0xfe, 0xff, ...Buffer.from('<a/>')]),
    reason: /not in UTF-8/,
    headers: XML,
  },
  {
    what: 'EBCDIC',
    body: MESSAGE.replace('UTF-8', 'EBCDIC-CP-US'),
    reason: /says "EBCDIC-CP-US"/,
    headers: XML,
  },
  {
    what: 'UTF-7',
    body: MESSAGE.replace('UTF-8', 'UTF-7').replace('<email>', '+ADw-email+AD4-'),
    reason: /says "UTF-7"/,
    headers: XML,
  },
  {
    what: 'UTF-8 that is Latin-1',
    body: latin1(MESSAGE.replace('a@b.c', 'ë')),
    reason: /not in UTF-8/,
  },
  {
    what: 'UTF-8 that is longer than it must be',
    body: latin1(MESSAGE.replace('a@b.c', '\xc0\xbc')),
    reason: /not in UTF-8/,
  },
  {
    what: 'UTF-8 that is cut off',
    body: latin1(MESSAGE).slice(0, 100).with(99, 0xe2),
    reason: /not in UTF-8/,
  },
  { what: 'UTF-16 that says it is UTF-8', body: utf16(MESSAGE), reason: /well-formed/ },
  {
    what: 'a charset that is none',
    body: MESSAGE,
    reason: /says "nonsense"/,
    headers: { 'content-type': 'text/xml; charset=nonsense' },
  },

  {
    what: 'gzip that is cut off',
    body: new Uint8Array(gzipSync(MESSAGE)).slice(0, -9),
    reason: /must be gzip/,
    headers: GZIP,
  },
  {
    what: 'gzip with another checksum',
    body: new Uint8Array(gzipSync(MESSAGE)).map((byte, index, { length }) =>
      index === length - 8 ? 255 - byte : byte,
    ),
    reason: /must be gzip/,
    headers: GZIP,
  },
  { what: 'no gzip', body: MESSAGE, reason: /must be gzip/, headers: GZIP },
  {
    what: 'half a gigabyte in half a megabyte of gzip',
    body: bomb(480),
    reason: /gzip of at most/,
    headers: GZIP,
  },
  {
    what: 'ten megabytes in a few bytes of gzip',
    body: bomb(10),
    reason: /gzip of at most/,
    headers: GZIP,
  },
  {
    what: 'gzip in gzip',
    body: new Uint8Array(gzipSync(gzipSync(MESSAGE))),
    reason: /not in UTF-8/,
    headers: GZIP,
  },
  {
    what: 'another compression',
    body: 'x',
    reason: /as it is or as gzip/,
    headers: { 'content-encoding': 'br' },
  },
  {
    what: 'two compressions',
    body: new Uint8Array(gzipSync(MESSAGE)),
    reason: /as it is or as gzip/,
    headers: { 'content-encoding': 'gzip, gzip' },
  },
]

/** What looks like an attack, and does nothing: it is read as a login that fails. */
export const HARMLESS: readonly Omit<XmlAttack, 'reason'>[] = [
  { what: 'an instruction', body: MESSAGE.replace('<email>', '<?php system("id") ?><email>') },
  {
    what: 'a style sheet',
    body: MESSAGE.replace(
      '<s:Envelope',
      '<?xml-stylesheet type="text/xsl" href="http://127.0.0.1:9/"?><s:Envelope',
    ),
  },
  {
    what: 'a place of a schema',
    body: MESSAGE.replace(
      '<checkLoginParam',
      '<checkLoginParam xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:schemaLocation="http://127.0.0.1:9/ x"',
    ),
  },
  {
    what: 'the entities that all have',
    body: MESSAGE.replace('a@b.c', '&lt;&amp;&gt;&quot;&apos;&#65;&#x1F600;'),
  },
  { what: 'CDATA', body: MESSAGE.replace('a@b.c', '<![CDATA[<!DOCTYPE a>&b;]]>') },
]

/** XInclude is an element like any other, and none that an operation has. */
export const XINCLUDE = envelope(
  param(
    'checkLogin',
    '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>',
  ),
)

/** As long as an honest message may be: as many handles of assets as there is room for. */
export const LONG_MESSAGE = envelope(
  param(
    'getAssets',
    `<companyHandle>c|acme</companyHandle><assetHandleArray>${'<items>a|1</items>'.repeat(10_000)}</assetHandleArray>`,
  ),
)

/** What an export of many assets looks like, whose names are as long as names may be. */
export const MANY_NAMES = envelope(
  param(
    'getAssetsByName',
    `<companyHandle>c|acme</companyHandle><nameArray>${`<items>${'x'.repeat(255)}</items>`.repeat(500)}</nameArray>`,
  ),
)
