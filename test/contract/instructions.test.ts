import assert from 'node:assert/strict'
import { build } from 'esbuild'
import { DRAWN_FORMATS, RENDITION_FORMATS } from '../../src/contract/actions.ts'
import { checkInstructions, checkRendition } from '../../src/contract/instructions/check.ts'
import type { Instruction } from '../../src/contract/instructions/instruction.ts'
import { renditionJsonSchema } from '../../src/contract/instructions/json-schema.ts'
import { INSTRUCTIONS } from '../../src/contract/instructions/table.ts'
import { readSelection } from '../../src/sdk/parameters.ts'
import { readPictureOptions } from '../../src/sdk/picture-outline.ts'
import { RenditionError } from '../../src/sdk/rendition-error.ts'

describe('checkInstructions', () => {
  const pictures = [
    { fmt: 'png', width: 0 },
    { fmt: 'bmp' },
    { fmt: 'jpg', qlt: '101' },
    { fmt: 'png', crop: { w: 5 } },
    { fmt: 'png', watermark: { image: 'data:,', scale: 2 } },
    { fmt: 'tiff', dpi: { xdpi: 0, ydpi: 72 } },
    { fmt: 'png', pdfbgcolor: 'reddish' },
  ]
  for (const instructions of pictures) {
    it(`says of ${JSON.stringify(instructions)} what the engine says`, () => {
      const [problem] = checkInstructions(instructions)
      assert.equal(
        problem?.message,
        sentenceOf(() => readPictureOptions(instructions)),
      )
    })
  }

  for (const instructions of [
    { fmt: 'txt', page: 0 },
    { fmt: 'txt', password: {} },
  ]) {
    it(`says of ${JSON.stringify(instructions)} what the reader of documents says`, () => {
      const [problem] = checkInstructions(instructions)
      assert.equal(
        problem?.message,
        sentenceOf(() => readSelection(instructions)),
      )
    })
  }

  it('says everything that is wrong, and where', () => {
    assert.deepEqual(
      checkInstructions({ fmt: 'png', width: 0, crop: { x: 'a', w: 5, h: 5 } }).map(
        ({ path }) => path,
      ),
      [['width'], ['crop', 'x']],
    )
  })

  const fine = [
    { fmt: ' JPEG ', width: '200', quality: '' },
    { fmt: 'jpg', dpi: '{"xdpi": 72, "ydpi": 72}', interlace: 'True' },
    { fmt: 'xmp', cqDamAttributes: true },
    // What makes no difference to a format is passed over.
    { fmt: 'zip', files: ['https://a/b'], width: 'wide' },
    { worker: 'https://a/b', fmt: 'anything', width: 'wide' },
  ]
  for (const instructions of fine) {
    it(`finds nothing wrong with ${JSON.stringify(instructions)}`, () => {
      assert.deepEqual(checkInstructions(instructions), [])
    })
  }

  it('knows what the workers for archives, metadata and every event read', () => {
    const messages = [
      { fmt: 'zip' },
      { fmt: 'zip', files: [{ path: 'a' }] },
      { fmt: 'xmp', xmp: 'ä' },
      { fmt: 'png', embedBinaryLimit: 32769 },
    ].map((instructions) => checkInstructions(instructions)[0]?.message)
    assert.deepEqual(messages, [
      'files is missing; it must be an array of 1 to 100000 files, each a URL or an object with a url and, if need be, a path.',
      'files[0].url is missing; it must be a text.',
      'xmp must be an XMP packet in base64, but it is "ä".',
      'embedBinaryLimit must be a whole number of bytes from 0 to 32768, but it is 32769.',
    ])
  })
})

describe('checkRendition', () => {
  it('has the words of the gateway, and wants no target', () => {
    assert.deepEqual(checkRendition({ name: 'a' }), [
      {
        path: ['fmt'],
        message:
          'fmt is missing; it must be a format such as "png", unless the rendition names a worker.',
      },
    ])
  })

  it('says of a field what the gateway says of it, and of the others what the worker says', () => {
    assert.deepEqual(
      checkRendition({ fmt: 5, userData: 1, width: 'wide' }).map(({ message }) => message),
      [
        'fmt must be a format such as "png", but it is 5.',
        'userData must be an object, but it is 1.',
        'width must be a whole number of pixels, 1 or more, but it is "wide".',
      ],
    )
  })
})

describe('renditionJsonSchema', () => {
  const { properties = {} } = renditionJsonSchema()

  it('has every instruction, and what else the gateway reads but the target', () => {
    assert.deepEqual(
      Object.keys(properties).toSorted(),
      [...Object.keys(INSTRUCTIONS), 'name', 'worker', 'userData'].toSorted(),
    )
  })

  it('says what each of them is', () => {
    for (const [name, property] of Object.entries(properties)) {
      assert.ok(typeof property === 'object' && property.description?.endsWith('.'), name)
    }
  })

  it('has the limits, defaults and values of the schemas', () => {
    assert.deepEqual(properties['quality'], {
      description: INSTRUCTIONS.quality.description,
      type: 'integer',
      minimum: 1,
      maximum: 100,
    })
    assert.deepEqual(properties['compressionLevel'], {
      description: INSTRUCTIONS.compressionLevel.description,
      type: 'integer',
      minimum: 0,
      maximum: 9,
      default: 6,
    })
    assert.deepEqual(properties['fmt'], {
      description: INSTRUCTIONS.fmt.description,
      anyOf: [{ enum: [...RENDITION_FORMATS] }, { type: 'string' }],
    })
    assert.deepEqual(properties['crop'], {
      description: INSTRUCTIONS.crop.description,
      anyOf: [
        {
          type: 'object',
          properties: {
            x: { type: 'integer', default: 0 },
            y: { type: 'integer', default: 0 },
            w: { type: 'integer', minimum: 1 },
            h: { type: 'integer', minimum: 1 },
          },
          required: ['w', 'h'],
        },
        { type: 'string', enum: ['attention', 'entropy'] },
      ],
    })
  })
})

describe('the instructions', () => {
  it('have defaults that are right', () => {
    for (const [name, { default: usual }] of Object.entries<Instruction>(INSTRUCTIONS)) {
      if (usual !== undefined)
        assert.deepEqual(checkInstructions({ fmt: 'png', [name]: usual }), [])
    }
  })

  it('of pictures make no difference to other formats', () => {
    assert.deepEqual(INSTRUCTIONS.page.formats, DRAWN_FORMATS)
  })

  it('can be bundled for a browser', async () => {
    const { outputFiles } = await build({
      entryPoints: ['check', 'json-schema'].map((name) => `src/contract/instructions/${name}.ts`),
      bundle: true,
      write: false,
      outdir: 'build',
      format: 'esm',
      platform: 'browser',
      logLevel: 'silent',
    })
    assert.equal(outputFiles.length, 2)
  })
})

function sentenceOf(read: () => unknown): string {
  try {
    read()
  } catch (error) {
    if (error instanceof RenditionError) return error.message
  }
  throw new Error('nothing was refused')
}
