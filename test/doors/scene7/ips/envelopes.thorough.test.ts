import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { readMembers } from '../../../../src/doors/scene7/ips/schema/members.ts'
import { SIGNATURES } from '../../../../src/doors/scene7/ips/schema/signatures.ts'
import { amountOf, seedOf } from '../../../support/amounts.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { COMPANY, type OpenedDoor, openDoor, streamOf } from '../open-door.ts'
import { envelope, faultOf, param, post } from './call-ips.ts'
import { LONG_MESSAGE, MANY_NAMES, XML_ATTACKS, type XmlAttack } from './xml-attacks.ts'

/** The longest that an answer may take on a machine with other work, in milliseconds. */
const LONGEST_MS = 2000

const VALUES = [
  'c|acme',
  'acme',
  'a|1',
  'a|999999999999999999',
  'acme/',
  '../..',
  'true',
  '-1',
  '2147483648',
  '1e400',
  '2026-13-45T99:99:99Z',
  'Name',
  'Between',
  'Image',
  'MatchAny',
  '&lt;x&gt;',
  '',
  '\u0001',
  '&#0;',
  'x'.repeat(3000),
]

const PIECES = [
  '<!DOCTYPE a [<!ENTITY b "c">]>',
  '&b;',
  '&#x110000;',
  ']]>',
  '<![CDATA[',
  '<!--',
  '<?xml version="1.1"?>',
  '<items>',
  '</items>',
  '<a xmlns:b="">',
  ' xsi:nil="true"',
  '\ud800',
  '\0',
  '"',
  '<',
]

/** What an operation takes, with values that may be right. */
const request = fc.constantFrom(...Object.entries(SIGNATURES)).chain(([name, { takes }]) =>
  fc
    .array(
      fc.tuple(
        fc.constantFrom(...readMembers(takes).map((member) => member.name), 'companyHandle'),
        fc.constantFrom(...VALUES),
        fc.boolean(),
      ),
      { maxLength: 8 },
    )
    .map((members) => {
      const written = members.map(([member, value, isList]) => {
        const content = isList ? `<items>${value}</items><items>${value}</items>` : value
        return `<${member}>${content}</${member}>`
      })
      return envelope(param(name, written.join('')))
    }),
)

const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.integer({ min: 0, max: 30 }),
  piece: fc.oneof(
    { weight: 3, arbitrary: fc.constant('') },
    { weight: 3, arbitrary: fc.constantFrom(...PIECES) },
    { weight: 1, arbitrary: fc.string({ maxLength: 10 }) },
  ),
})

const encoding = fc.constantFrom('utf8', 'utf8', 'utf8', 'gzip', 'utf16le', 'latin1', 'broken')

function encode(text: string, how: string): [Uint8Array<ArrayBuffer>, Record<string, string>] {
  if (how === 'gzip') return [new Uint8Array(gzipSync(text)), { 'content-encoding': 'gzip' }]
  if (how === 'utf16le') return [new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le')), {}]
  if (how === 'latin1') {
    const headers = { 'content-type': 'text/xml; charset=iso-8859-1' }
    return [new Uint8Array(Buffer.from(text, 'latin1')), headers]
  }
  if (how === 'broken') {
    return [new Uint8Array(gzipSync(text).subarray(0, -9)), { 'content-encoding': 'gzip' }]
  }
  return [new Uint8Array(Buffer.from(text)), {}]
}

describe('messages of any kind to IPS', function () {
  this.timeout(600_000)
  const temporary = useTemporaryFolder()
  let opened: OpenedDoor

  before(async () => {
    opened = await openDoor(temporary.pathTo('home'))
    const file = { name: 'shoe.jpg', mediaType: 'image/jpeg', body: streamOf('a shoe') }
    await opened.door.kept.addFile(COMPANY, 'shoe', file)
  })
  after(() => opened.door.close?.())

  const check = async (body: Uint8Array<ArrayBuffer>, headers: Record<string, string>) => {
    const begun = performance.now()
    const answer = await post(opened.app, body, headers)
    const took = performance.now() - begun
    if (answer.status === 200) assert.match(answer.content.name, /Return$/)
    else {
      assert.equal(answer.status, 500)
      const { code, reason } = faultOf(answer)
      assert.ok(code >= 10_000 && code <= 30_003, `${code}`)
      assert.ok(reason.length < 2000, reason)
    }
    assert.deepEqual(opened.errors, [])
    assert.deepEqual(
      opened.messages.filter((message) => message.includes('failed')),
      [],
    )
    assert.ok(took < LONGEST_MS, `it took ${took} ms`)
  }

  it('are answered, or refused with a fault that is none of ours', async () => {
    const property = fc.asyncProperty(
      request,
      fc.array(mutation, { maxLength: 4 }),
      encoding,
      async (text, mutations, how) => {
        let mutated = text
        for (const { at, cut, piece } of mutations) {
          const from = Math.floor(at * mutated.length)
          mutated = mutated.slice(0, from) + piece + mutated.slice(from + cut)
        }
        await check(...encode(mutated, how))
      },
    )
    const numRuns = amountOf({ thoroughly: 5000, usually: 500 })
    await fc.assert(property, { numRuns, seed: seedOf(17) })
  })

  /** What the processors do for a message at the least, in milliseconds, and the bytes that it takes at the most. */
  async function measure({ body, headers }: Pick<XmlAttack, 'body' | 'headers'>) {
    const bytes = typeof body === 'string' ? new Uint8Array(Buffer.from(body)) : body
    const times: number[] = []
    let most = 0
    // What else the machine does at one time, it does not do each time.
    for (let run = 0; run < 5; run += 1) {
      const before = process.memoryUsage()
      const begun = process.cpuUsage()
      await post(opened.app, bytes, headers)
      const { user, system } = process.cpuUsage(begun)
      times.push((user + system) / 1000)
      const { heapUsed, external } = process.memoryUsage()
      most = Math.max(most, heapUsed - before.heapUsed + external - before.external)
    }
    return { took: Math.min(...times), most }
  }

  describe('take no more than three times as long as an honest one of their length', () => {
    let honest = 0

    before(async () => {
      honest = (await measure({ body: LONG_MESSAGE })).took
      console.log(`      ${honest.toFixed(1)} ms of a processor for ten thousand handles`)
    })

    for (const { what, ...attack } of [
      ...XML_ATTACKS,
      { what: 'five hundred long names', body: MANY_NAMES },
    ]) {
      it(`such as ${what}`, async () => {
        const { took, most } = await measure(attack)
        const told = `${took.toFixed(1)} ms of a processor, ${(most / 1e6).toFixed(1)} MB`
        if (took > 10) console.log(`      ${told}`)
        assert.ok(took < 3 * honest, told)
        assert.ok(most < 50e6, told)
      })
    }
  })
})
