import assert from 'node:assert/strict'
import type { Catalogue, CatalogueEntry } from '../../src/image-serving/catalogue.ts'
import { type ImageRequest, readImageRequest } from '../../src/image-serving/image-request.ts'

const TEMPLATE =
  '$img=b&layer=0&src=$img$&size=300,300&layer=1,title&text=$txt$&pos=10,10&effect=-1&$shadow$'

const ENTRIES: readonly CatalogueEntry[] = [
  { object: 'co/a', resolution: 150 },
  { object: 'co/b' },
  { object: 'co/cropped', modifier: 'crop=1,2,3,4&wid=50', postModifier: 'qlt=10' },
  { object: 'co/template', modifier: TEMPLATE },
  { object: 'co/none' },
]

const MACROS: Readonly<Record<string, string>> = {
  shadow: 'op_blur=10&color=0,0,0,190&pos=5,5',
  small: 'wid=100',
}

const CATALOGUE: Catalogue = {
  find: (name) => ENTRIES.find(({ object }) => object === name || object === `co/${name}`),
  findMacro: (name) => MACROS[name.toLowerCase()],
  attributes: {
    maxPix: { width: 5000, height: 5000 },
    defaultPix: { width: 400, height: 400 },
    jpegQuality: '80',
    background: '255,255,255',
    resMode: 'sharp2',
  },
}

function read(target: string, catalogue = CATALOGUE): ImageRequest {
  const at = target.indexOf('?')
  const request = { object: target.slice(0, at), query: target.slice(at + 1) }
  return readImageRequest(request, catalogue)
}

const layer = (target: string, index = 0) => read(target).composition.layers[index]
const contentOf = (target: string, index = 0) => layer(target, index)?.content

/** What its noise is made of. */
function seed(target: string): number | undefined {
  const [noise] = read(target).composition.composite.adjustments
  return noise?.op === 'noise' ? noise.seed : undefined
}

describe('a request of Image Serving', () => {
  it('shows the asset of its path', () => {
    assert.deepEqual(contentOf('co/a?'), {
      kind: 'picture',
      object: 'co/a',
      resolution: 150,
      mask: undefined,
    })
  })

  it('takes the last of equal commands, wherever view commands stand', () => {
    const { view } = read('co/a?wid=1&layer=1&src=b&WID=2').composition
    assert.equal(view.width, 2)
  })

  it('gives commands outside of a segment to layer 0, or to all layers together', () => {
    const { layers, composite } = read('co/a?crop=1,2,3,4&flip=lr&op_blur=5').composition
    assert.deepEqual(layers[0].crop, { in: 'pixels', x: 1, y: 2, width: 3, height: 4 })
    assert.equal(layers[0].flip, undefined)
    assert.equal(composite.flip, 'lr')
    assert.deepEqual(composite.adjustments, [{ op: 'blur', radius: 5 }])
  })

  it('has its layers in the order of their numbers', () => {
    const { layers } = read('co/a?layer=7&text=x&layer=2&src=b&layer=comp&flip=ud').composition
    assert.deepEqual(
      layers.map(({ content }) => content.kind),
      ['picture', 'picture', 'text'],
    )
  })

  it('finds layers by the names that they were given', () => {
    const found = layer('co/a?layer=3,label&src=b&layer=LABEL&opac=50', 1)
    assert.equal(found?.opacity, 50)
  })

  for (const [query, sentence] of [
    ['layer=label&opac=50', /^There is no layer label/],
    ['layer=1,x&src=b&layer=2,x', /same name: x\.$/],
    ['layer=1,comp', /cannot be the name/],
    ['effect=0', /^effect=0 must be a whole number/],
    ['layer=1', /^Layer 1 shows nothing/],
    ['textPath=M0,0', /^textPath cannot be done here/],
    ['textPs=x', /^textPs cannot be done here/],
    ['text=x&textAngle=up', /^textAngle=up is not textAngle=degrees/],
    ['text=x&textFlowPath=5', /^textFlowPath= cannot be read: A clip path must/],
    ['text=x&textFlowPath=M0,0L9,0L9,9Z', /^textFlowPath= must be one rectangle/],
    ['text=x&textFlowPath=M0,0L9,1L9,9L0,9Z', /^textFlowPath= must be one rectangle/],
    ['text=x&textFlowPath=M0,0C9,0,9,0,9,9L0,9Z', /^textFlowPath= must be one rectangle/],
    ['fit=crop', /^fit=crop needs wid or hei/],
    ['req=tmb&wid=1&fit=crop', /req=tmb/],
    ['icc=sRGB&fmt=jpeg,cmyk', /both must be the same/],
    ['icc=WebCoated', /is no profile that is there/],
    ['fmt=gif-alpha&quantize=mac', /-alpha/],
    ['src=ir(x)', /Image Rendering/],
    ['src=(http://localhost/a.png)', /another server/],
    [`src=${'is(?src='.repeat(12)}a${')'.repeat(12)}`, /nested more than 8 deep/],
    [Array.from({ length: 101 }, (_, n) => `layer=${n}&src=a`).join('&'), /100 layers/],
  ] as const) {
    it(`is refused for ${query.slice(0, 40)}`, () => {
      assert.throws(() => read(`co/a?${query}`), { name: 'RequestError', message: sentence })
    })
  }

  it('lists what it ignores, and why', () => {
    assert.deepEqual(read('co/a?foo=1&widt=9&map=x&effect=-1&rotate=3').ignored, [
      { name: 'foo', why: 'unknown' },
      { name: 'widt', why: 'unknown; wid is the nearest name' },
      { name: 'map', why: 'areas that can be clicked belong to viewers, and change no picture' },
      { name: 'rotate', why: 'layer effects do not take it' },
    ])
  })

  it('takes the rectangle that a text flows into, and how its lines are turned', () => {
    for (const path of [
      'M5,6L25,6L25,46L5,46Z',
      'M 5 6 l 20 0 l 0 40 l -20 0 z',
      'M5,6L5,46L25,46L25,6L5,6Z',
    ]) {
      const content = contentOf(`co/a?text=x&textAngle=90&textFlowPath=${path}`)
      assert.ok(content?.kind === 'text')
      assert.deepEqual(content.flow, { x: 5, y: 6, width: 20, height: 40 })
      assert.equal(content.text.angle, 90)
    }
    const content = contentOf('co/a?text=x&textFlowPath=')
    assert.ok(content?.kind === 'text' && content.flow === undefined)
  })

  it('takes text or picture of a layer, whichever comes last', () => {
    assert.equal(contentOf('co/a?text=x&src=b')?.kind, 'picture')
    assert.equal(contentOf('co/a?src=b&text=x')?.kind, 'text')
  })

  it('shows a request within a request, whose format and background are none of it', () => {
    const content = contentOf('co/a?layer=1&src=is{b?wid=5&fmt=gif&bgc=ff0000}', 1)
    assert.ok(content?.kind === 'composition')
    const { view } = content.composition
    assert.equal(view.width, 5)
    assert.equal(view.transparent, true)
    assert.equal(view.within, undefined)
  })

  it('hands its variables, and its asset, to requests within it', () => {
    const content = contentOf('co/a?$n=b&layer=1&src=is($n$?layer=1&src=$object$)', 1)
    assert.ok(content?.kind === 'composition')
    const objects = content.composition.layers.map((each) =>
      each.content.kind === 'picture' ? each.content.object : '',
    )
    assert.deepEqual(objects, ['co/b', 'co/a'])
  })

  it('overrides what is kept with the asset, and not what holds in any case', () => {
    const { composition, encoding } = read('co/cropped?wid=70&qlt=90')
    assert.equal(composition.view.width, 70)
    assert.deepEqual(composition.layers[0].crop, { in: 'pixels', x: 1, y: 2, width: 3, height: 4 })
    assert.equal(encoding.quality, 10)
  })

  it('fills a template with its variables, of which some have values there', () => {
    const [picture, title] = read('co/template?$txt=A%26B').composition.layers
    assert.ok(picture.content.kind === 'picture' && title?.content.kind === 'text')
    assert.equal(picture.content.object, 'co/b')
    assert.equal(title.content.text.paragraphs[0]?.runs[0]?.text, 'A&B')
    assert.equal(title.effects[0]?.colour.alpha, 190)
    assert.deepEqual(contentOf('co/template?$txt=x&$img=a')?.kind, 'picture')
  })

  it('puts its asset into a template of another', () => {
    const content = contentOf('co/a?template=template&$img=$object$&$txt=x')
    assert.ok(content?.kind === 'picture')
    assert.equal(content.object, 'co/a')
  })

  it('changes layers of a template by their names', () => {
    assert.equal(layer('co/template?$txt=x&layer=title&opac=30', 1)?.opacity, 30)
  })

  it('fails for an asset that is not there', () => {
    assert.throws(() => read('co/nobody?'), {
      name: 'MissingObjectError',
      message: 'There is no asset called co/nobody.',
    })
  })

  it('shows the default image in place of all, and keeps its size, format and quality', () => {
    const request = read('co/nobody?defaultImage=none&wid=9&fmt=png&crop=1,1,1,1')
    assert.equal(request.isDefault, true)
    assert.equal(request.composition.view.width, 9)
    assert.equal(request.encoding.format, 'png')
    assert.equal(request.composition.layers[0].crop, undefined)
  })

  it('shows it in place of the layer alone in mode 1', () => {
    const attributes = {
      ...CATALOGUE.attributes,
      defaultImage: 'none',
      defaultImageMode: 1 as const,
    }
    const catalogue = { ...CATALOGUE, attributes }
    const { layers } = read('co/a?layer=1&src=nobody&pos=3,4', catalogue).composition
    assert.deepEqual(layers[1]?.position, { in: 'pixels', x: 3, y: 4 })
    assert.ok(layers[1]?.content.kind === 'picture' && layers[1].content.object === 'co/none')
  })

  it('has the same noise as an equal request, and another than another', () => {
    assert.equal(seed('co/a?op_noise=5'), seed('co/a?op_noise=5'))
    assert.notEqual(seed('co/a?op_noise=5'), seed('co/b?op_noise=5'))
  })

  it('keeps the full resolution of colours only when it says so, whatever the quality (r-is-http-qlt)', () => {
    assert.equal(read('co/a?').encoding.fullChroma, false)
    assert.equal(read('co/a?qlt=95').encoding.fullChroma, false)
    assert.equal(read('co/a?qlt=95,1').encoding.fullChroma, true)
    assert.equal(read('co/a?qlt=95,0').encoding.fullChroma, false)
  })
})
