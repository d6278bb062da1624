import assert from 'node:assert/strict'
import { mergePackets } from '../../../src/engine/metadata/packet/merge.ts'
import { parsePacket, wrapPacket } from '../../../src/engine/metadata/packet/packet.ts'
import { saySame } from '../../../src/engine/metadata/packet/properties.ts'
import { writeProperties } from '../../../src/engine/metadata/packet/write-properties.ts'
import { XmlError } from '../../../src/engine/metadata/xml/element.ts'
import { readDocument, type Said } from './case-files.ts'
import { packetOf } from './sources.ts'

const RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'

function merge(...packets: string[]): Said {
  const [packet, ...others] = packets.map(parsePacket)
  return readDocument(wrapPacket(mergePackets({ packet, others })))
}

describe('mergePackets', () => {
  it('adds what a packet leaves unsaid, the first of the others first', () => {
    const said = merge(
      packetOf('<own:a>1</own:a>', 'own:b="1"'),
      packetOf('<own:b>2</own:b><own:c>2</own:c>', 'own:a="2" own:d="2"'),
      packetOf('<own:c>3</own:c>', 'own:e="3"'),
    )
    assert.deepEqual(said, { 'own:a': '1', 'own:b': '1', 'own:c': '2', 'own:d': '2', 'own:e': '3' })
  })

  it('goes by namespaces, not by prefixes', () => {
    const other = `<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:own="urn:other"><r:Description xmlns:o="urn:own" o:a="2" own:a="3"/></r:RDF>`
    const said = merge(packetOf('<own:a>1</own:a>'), other)
    assert.deepEqual(said, { 'own:a': '1', 'urn:other:a': '3' })
  })

  it('puts facts in the place of what a packet says, and leaves the rest of it as it is', () => {
    const packet = packetOf(
      '<own:a>1</own:a>\n  <tiff:ImageWidth>7</tiff:ImageWidth>\n  <own:b/>',
      'tiff:ImageLength="7" own:c="1"',
    )
    const facts = writeProperties({
      'tiff:ImageWidth': { text: 1 },
      'tiff:ImageLength': { text: 2 },
    })
    const merged = wrapPacket(mergePackets({ facts, packet: parsePacket(packet) }))
    assert.ok(merged.includes('own:c="1"><own:a>1</own:a>\n  <own:b/></rdf:Description>'))
    const { 'tiff:ImageWidth': width, 'tiff:ImageLength': length } = readDocument(merged)
    assert.deepEqual([width, length], ['1', '2'])
  })

  for (const empty of [
    `<rdf:RDF ${RDF}/>`,
    `<rdf:RDF ${RDF}></rdf:RDF>`,
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF ${RDF} /></x:xmpmeta>`,
  ]) {
    it(`fills up a packet that says nothing: ${empty}`, () => {
      assert.deepEqual(merge(empty, packetOf('', 'own:a="1"')), { 'own:a': '1' })
    })
  }
})

describe('parsePacket', () => {
  for (const [title, packet] of Object.entries({
    'a root of another kind': '<a/>',
    'xmpmeta without RDF': '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>',
    'RDF in another namespace': '<rdf:RDF xmlns:rdf="urn:rdf"/>',
    'something that is no description': `<rdf:RDF ${RDF}><a/></rdf:RDF>`,
  })) {
    it(`refuses ${title}`, () => {
      assert.throws(() => parsePacket(packet), XmlError)
    })
  }
})

describe('writeProperties', () => {
  it('leaves out what has no value and what XML cannot have, and replaces halves of letters', () => {
    const packet = writeProperties({
      'dc:title': { alt: ' ' },
      'dc:subject': { bag: ['', ' a '] },
      'dc:creator': { seq: [] },
      'pdf:Keywords': { text: undefined },
      'xmp:CreatorTool': { text: '<a>\u0001"&\uD800' },
    })
    assert.deepEqual(readDocument(wrapPacket(packet)), {
      'dc:subject': 'Bag[a]',
      'xmp:CreatorTool': '&lt;a&gt;&quot;&amp;\uFFFD',
    })
  })
})

describe('saySame', () => {
  it('minds neither order nor line ends, but every letter', () => {
    const one = parsePacket(packetOf('<own:a>1\n</own:a><own:b>é</own:b>'))
    assert.ok(saySame(one, parsePacket(packetOf('<own:b>&#233;</own:b><own:a>1\r\n</own:a>'))))
    assert.ok(!saySame(one, parsePacket(packetOf('<own:b>e</own:b><own:a>1\n</own:a>'))))
    assert.ok(!saySame(one, parsePacket(packetOf('<own:b>é</own:b>'))))
  })
})
