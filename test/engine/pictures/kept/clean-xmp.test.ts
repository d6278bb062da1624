import assert from 'node:assert/strict'
import { cleanXmp } from '../../../../src/engine/pictures/kept/clean-xmp.ts'

const NAMESPACES =
  'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:e="http://ns.adobe.com/exif/1.0/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:own="https://example.com/"'

function packet(attributes: string, elements: string): Buffer {
  return Buffer.from(
    `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF ${NAMESPACES}><rdf:Description rdf:about="" ${attributes}>${elements}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>   \n\0`,
  )
}

describe('a packet that a picture keeps', () => {
  const RIGHTS =
    '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© A &amp; B &lt;c&gt;</rdf:li></rdf:Alt></dc:rights>'

  const RULES: [what: string, attributes: string, elements: string, kept: string][] = [
    ['has whose it is', 'xmp:Rating="5"', RIGHTS, `xmp:Rating="5">${RIGHTS}<`],
    [
      'has what it does not know',
      'own:Desk="9"',
      '<own:Slug>a</own:Slug>',
      'own:Desk="9"><own:Slug>a<',
    ],
    [
      'has no position, whatever the prefix',
      'e:GPSLatitude="52,31N" e:FNumber="28/10"',
      '<e:GPSLongitude>13,24E</e:GPSLongitude><e:ISOSpeedRatings>100</e:ISOSpeedRatings>',
      'e:FNumber="28/10"><e:ISOSpeedRatings>100<',
    ],
    [
      'says not how the source lay or how large it was',
      'tiff:Orientation="6" tiff:ImageWidth="9" e:PixelXDimension="9" tiff:Make="A"',
      '',
      'about="" tiff:Make="A"><',
    ],
    [
      'describes no other picture of the file',
      'hdrgm:Version="1.0" xmp:Rating="1"',
      '<hdrgm:GainMapMin><rdf:Seq><rdf:li>1</rdf:li></rdf:Seq></hdrgm:GainMapMin><xmp:Thumbnails><rdf:Alt/></xmp:Thumbnails>',
      'about="" xmp:Rating="1"></rdf:Description>',
    ],
  ]
  for (const [what, attributes, elements, kept] of RULES) {
    it(what, () => {
      const cleaned = cleanXmp(packet(attributes, elements))?.toString() ?? ''
      assert.ok(cleaned.includes(kept), cleaned)
      assert.doesNotMatch(cleaned, /GPS|Orientation|hdrgm:Version|Thumbnails|\0/)
      assert.match(cleaned, /^<\?xpacket begin="\uFEFF".*<\?xpacket end="w"\?>$/s)
    })
  }

  it('is none when nothing is left', () => {
    assert.equal(cleanXmp(packet('e:GPSLatitude="1" tiff:Orientation="6"', '')), undefined)
  })

  for (const [what, bytes] of [
    ['what is no XML', Buffer.from('photo')],
    ['what breaks off', packet('', RIGHTS).subarray(0, 300)],
    ['what has a document type', Buffer.concat([Buffer.from('<!DOCTYPE a>'), packet('', RIGHTS)])],
    ['another encoding', Buffer.from(packet('', RIGHTS).toString(), 'utf16le')],
  ] as const) {
    it(`is none of ${what}`, () => {
      assert.equal(cleanXmp(bytes), undefined)
    })
  }
})
