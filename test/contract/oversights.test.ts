import assert from 'node:assert/strict'
import { check } from '../../src/base/validation.ts'
import { AEM_STANDARD_RENDITIONS } from '../../src/contract/aem-profile.ts'
import { INSTRUCTIONS } from '../../src/contract/instructions/table.ts'
import { findUnknownInstructions } from '../../src/contract/instructions/unknown-instructions.ts'
import { findOversights } from '../../src/contract/oversights.ts'
import { processRequestSchema } from '../../src/contract/process-request.ts'

const told = (instructions: Record<string, unknown>) =>
  findUnknownInstructions(instructions).map(({ message }) => message)

describe('instructions that nobody reads', () => {
  it('are told with the nearest name', () => {
    assert.deepEqual(told({ fmt: 'png', widht: 9, contrast: 1 }), [
      'widht is unknown and makes no difference; did you mean width?',
      'contrast is unknown and makes no difference.',
    ])
  })

  it('are told within instructions too, those that are written as JSON in a text included', () => {
    const sentence =
      'watermark.imageWith is unknown and makes no difference; did you mean watermark.imageWidth?'
    const watermark = { image: 'https://a.test', imageWith: 9 }
    assert.deepEqual(told({ fmt: 'png', watermark }), [sentence])
    assert.deepEqual(told({ fmt: 'png', watermark: JSON.stringify(watermark) }), [sentence])
    assert.deepEqual(told({ fmt: 'pdf', rotate: { degree: 90 } }), [
      'rotate.degree is unknown and makes no difference; did you mean rotate.degrees?',
    ])
  })

  const SILENT: readonly Record<string, unknown>[] = [
    { fmt: 'png', name: 'a.png', wid: 9, hei: 9, qlt: 9, userData: { mine: 1 }, target: 'x' },
    ...AEM_STANDARD_RENDITIONS,
    // The SDK takes a media type in place of a fmt.
    { type: 'image/png' },
    { fmt: 'zip', files: [{ url: 'https://a.test', path: 'a', more: 1 }] },
    { fmt: 'jpg', metadata: { Title: 'A', Whatever: 'B' } },
    { fmt: 'pdf', capture: { url: 'https://a.test', headers: { 'X-Any': '1' } } },
    // Who has written the worker knows.
    { worker: 'https://worker.test', widht: 9, watermark: { imag: 1 } },
    ...Object.keys(INSTRUCTIONS).map((name) => ({ [name]: 'any' })),
  ]
  for (const instructions of SILENT) {
    it(`are none of ${JSON.stringify(instructions).slice(0, 60)}`, () => {
      assert.deepEqual(told(instructions), [])
    })
  }
})

const toldOf = (request: object) => {
  const checked = check(processRequestSchema, request)
  assert.ok(checked.ok)
  return findOversights(checked.value).map(({ message }) => message)
}

describe('what is likely a mistake in a request', () => {
  const target = 'https://storage.test/a'
  it('is a member of it or of its source that nobody reads', () => {
    const source = { url: 'https://storage.test/s', nmae: 'a.jpg', mimeType: 'image/jpeg' }
    assert.deepEqual(toldOf({ source, renditions: [{ fmt: 'png', target }], userdata: {} }), [
      'userdata is unknown and makes no difference; did you mean userData?',
      'source.nmae is unknown and makes no difference; did you mean source.name?',
    ])
  })

  it('is a name that renditions share', () => {
    const renditions = ['a.png', 'b.png', 'a.png', undefined, undefined].map((name) => ({
      fmt: 'png',
      target,
      name,
    }))
    assert.deepEqual(toldOf({ source: 'https://storage.test/s', renditions }), [
      'Renditions 1 and 3 are both called "a.png"; both are made, and as files in one folder the second would replace the first.',
    ])
  })

  it('is nothing in a source that only workers of somebody’s own are given', () => {
    const worker = 'https://worker.test'
    const source = { url: 'https://storage.test/s', frame: 3 }
    assert.deepEqual(toldOf({ source, renditions: [{ worker, target }] }), [])
    assert.equal(
      toldOf({
        source,
        renditions: [
          { worker, target },
          { fmt: 'png', target },
        ],
      }).length,
      1,
    )
  })
})
