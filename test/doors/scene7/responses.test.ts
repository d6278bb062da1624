import assert from 'node:assert/strict'
import { createContext, runInContext } from 'node:vm'
import * as z from 'zod/mini'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { COMPANY, type OpenedDoor, openDoor, streamOf } from './open-door.ts'

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5)

const itemSchema = z.object({ i: z.object({ n: z.string() }), s: z.object({ n: z.string() }) })
const answerSchema = z.object({
  set: z.object({
    type: z.string(),
    item: z.union([itemSchema, z.array(itemSchema)]),
    relation: z.optional(
      z.array(z.object({ n: z.string(), userdata: z.record(z.string(), z.string()) })),
    ),
  }),
})

/** As AEM's image component reads it, and as a page would run it. */
function readCall(text: string) {
  const [, , data = ''] =
    /^(?:\/\*jsonp\*\/)?\s*([^()]+)\(([\s\S]+),\s*"[0-9]*"\);?$/im.exec(text) ?? []
  assert.match(data, /^{[\s\S]*}$/m)
  const received: unknown[] = []
  const context = createContext({ s7jsonResponse: (each: unknown) => received.push(each) })
  runInContext(text, context)
  assert.equal(JSON.stringify(received[0]), JSON.stringify(JSON.parse(data)))
  return z.parse(answerSchema, JSON.parse(data)).set
}

const nameSchema = z.object({
  n: z.optional(z.string()),
  color: z.optional(z.string()),
  l: z.optional(z.string()),
})
const setSchema = z.object({
  type: z.string(),
  get item() {
    return z.union([setItemSchema, z.array(setItemSchema)])
  },
})
const setItemSchema = z.object({
  type: z.optional(z.string()),
  i: z.optional(z.union([nameSchema, z.array(nameSchema)])),
  s: nameSchema,
  set: z.optional(setSchema),
})
type ReadSet = z.infer<typeof setSchema>

function readSet(text: string): ReadSet {
  const [, data = ''] = /^\/\*jsonp\*\/s7jsonResponse\((.*),""\);$/s.exec(text) ?? []
  return z.parse(z.object({ set: setSchema }), JSON.parse(data)).set
}

/** A set in a line: names, "+" between pages, "/" before a swatch that is another, and sets within in brackets. */
function outline({ type, item }: ReadSet): string {
  return `${type}: ${outlineItems(item)}`
}

function outlineItems(item: ReadSet['item']): string {
  return [item]
    .flat()
    .map(({ type, i = [], s, set }) => {
      const names = [i].flat().map(spell).join('+')
      const shown = set ? `${type}[${outlineItems(set.item)}]` : names
      const swatch = spell(s)
      const isOther = set !== undefined || swatch !== [i].flat().map(spell)[0]
      return `${type === 'video' ? `video(${shown})` : shown}${isOther ? `/${swatch}` : ''}`
    })
    .join(' ')
}

function spell({ n, color, l }: z.infer<typeof nameSchema>): string {
  return n === undefined ? `${color}(${l})` : n.replace('acme/', '')
}

describe('answers of Image Serving that are no pictures', () => {
  const temporary = useTemporaryFolder()
  let opened: OpenedDoor

  before(async () => {
    opened = await openDoor(temporary.pathTo('home'), { now: () => NOW })
    const { kept, presets } = opened.door
    for (const name of ['shoe', "it's", 'red']) {
      await kept.addFile(COMPANY, name, {
        name: `${name}.jpg`,
        mediaType: 'image/jpeg',
        body: streamOf(name),
      })
    }
    await kept.addFile(COMPANY, 'film', {
      name: 'film.mp4',
      mediaType: 'video/mp4',
      body: streamOf('film'),
    })
    await kept.describe(COMPANY, 'shoe', {
      modifier: 'op_sharpen=1',
      postModifier: 'qlt=90',
      resolution: 72,
      crops: [
        { name: 'Wide', x: 0.1, y: 0.25, width: 0.5, height: 0.5, forWidth: 1200, forHeight: 400 },
        { name: 'Small', x: 0, y: 0, width: 1, height: 1, forWidth: 320, forHeight: 200 },
      ],
    })
    await kept.describe(COMPANY, 'all', {
      members: [{ asset: 'shoe' }, { asset: "it's", swatch: 'red' }],
    })
    for (const [name, mediaType] of [
      ['notes', 'text/plain'],
      ['odd,name;', 'image/jpeg'],
    ] as const) {
      await kept.addFile(COMPANY, name, { name: 'odd', mediaType, body: streamOf(name) })
    }
    for (const [name, members] of [
      ['round', ['shoe', 'red']],
      ['mixed', ['round', 'film', 'shoe']],
      ['films', ['film']],
      ['loop', ['loop']],
    ] as const) {
      await kept.describe(COMPANY, name, { members: members.map((asset) => ({ asset })) })
    }
    await presets.save(COMPANY, { name: 'view', commands: 'wid=240&fmt=png' })
  })
  after(() => opened.door.close?.())

  const get = async (path: string) => opened.app.request(path)
  const textOf = async (path: string): Promise<string> => {
    const answer = await get(path)
    const text = await answer.text()
    assert.equal(answer.status, 200, text)
    return text
  }

  describe('as properties', () => {
    const URL = '/is/image/acme/shoe?req=exists'
    const formats: [format: string, mediaType: string, text: string][] = [
      ['', 'text/plain', '#S7Z OK\n#Fri, 02 Jan 2026 03:04:05 GMT\ncatalogRecord.exists=1\n'],
      [',text', 'text/plain', '#S7Z OK\n#Fri, 02 Jan 2026 03:04:05 GMT\ncatalogRecord.exists=1\n'],
      [',javascript', 'text/javascript', "catalogRecord.exists='1'\n"],
      [
        ',xml',
        'text/xml',
        '<?xml version="1.0" encoding="UTF-8" ?>\n<prop-group>\n  <prop-group name="catalogRecord">\n    <property name="exists" value="1" />\n  </prop-group>\n</prop-group>\n',
      ],
      [',json', 'text/javascript', '/*jsonp*/s7jsonResponse({"catalogRecord.exists":"1"},"");'],
      [
        ',json&id=42&handler=mine',
        'text/javascript',
        '/*jsonp*/mine({"catalogRecord.exists":"1"},"42");',
      ],
    ]
    for (const [format, mediaType, text] of formats) {
      it(`are written as req=exists${format} has it`, async () => {
        const answer = await get(`${URL}${format}`)
        assert.equal(answer.headers.get('content-type'), `${mediaType}; charset=utf-8`)
        assert.equal(answer.headers.get('x-content-type-options'), 'nosniff')
        assert.equal(await answer.text(), text)
      })
    }

    const wrong: [commands: string, sentence: RegExp][] = [
      ['req=exists,yaml', /must be one of text, javascript, xml, json/],
      ['req=exists,json&handler=alert(1)//', /handler/],
      ['req=set,text', /must be one of xml, json/],
    ]
    for (const [commands, sentence] of wrong) {
      it(`are refused as ${commands}`, async () => {
        const answer = await get(`/is/image/acme/shoe?${commands}`)
        assert.equal(answer.status, 403)
        assert.match(await answer.text(), sentence)
      })
    }

    it('have every letter of a value', async () => {
      const name = encodeURIComponent("it's")
      const call = await textOf(`/is/image/acme/${name}?req=imageprops,json`)
      assert.match(call, /"image.translatedId":"acme\/it's"/)
      const script = await textOf(`/is/image/acme/${name}?req=imageprops,javascript`)
      assert.match(script, /image.translatedId='acme\/it''s'/)
      const xml = await textOf(`/is/image/acme/${name}?req=imageprops,xml`)
      assert.match(xml, /value="acme\/it&apos;s"/)
    })
  })

  const told: [request: string, ...lines: string[]][] = [
    ['image/acme/none?req=exists', 'catalogRecord.exists=0'],
    ['image/acme?req=exists', 'catalogRecord.exists=0'],
    ['content/acme/film?req=exists', 'catalogRecord.exists=1'],
    [
      'image/acme/shoe?req=props&wid=150&fmt=png-alpha',
      'image.width=150',
      'image.type=image/png',
      'image.mask=1',
    ],
    ['image/acme/shoe?req=props&wid=150&bgc=10,20,255', 'image.bgc=0a14ff', 'image.quality=90'],
    ['image/acme/shoe?req=props&fmt=tif,cmyk', 'image.pixTyp=CMYK', 'image.type=image/tiff'],
    [
      'image/acme/shoe?req=imageprops&wid=9',
      'image.width=300',
      'image.height=200',
      'image.modifier=op_sharpen=1',
      'image.postModifier=qlt=90',
      'image.resolution=72',
      'image.anchor=150,100',
    ],
    ['image/acme?req=catalogprops', 'catalog.maxPix=5000,5000', 'catalog.defaultThumbPix=100,100'],
    ['image/acme/shoe?req=validate&wid=5', 'request.isValid=1'],
    ['image/acme/none?req=validate&wid=$later$', 'request.isValid=1'],
    ['content/acme/film?req=props', 'path=film.mp4', 'length=4', 'userType=video'],
    [
      'image/acme/shoe:Wide?req=userdata',
      'SmartCropDef=Wide',
      'SmartCropRect=0.1,0.25,0.5,0.5,1200,400',
      'SmartCropWidth=1200.0',
    ],
    ['image/acme/all?req=imageset', "shoe,it's;red"],
  ]
  for (const [request, ...lines] of told) {
    it(`tell ${lines.join(', ')} to ${request}`, async () => {
      const text = await textOf(`/is/${request}`)
      for (const line of lines) assert.ok(text.split(/\r?\n/).includes(line), text)
    })
  }

  it('say how long a picture is once it was made', async () => {
    const url = '/is/image/acme/shoe?wid=151'
    assert.match(await textOf(`${url}&req=props`), /image.length=0\n/)
    const { length } = await textOf(url)
    assert.match(await textOf(`${url}&req=props`), new RegExp(`image.length=${length}\n`))
  })

  const XML = '<?xml version="1.0" encoding="UTF-8" ?>\n'
  const absent: [request: string, answer: string][] = [
    ['acme/shoe?req=targets', '\r\n'],
    ['acme/none?req=targets,text', '\r\n'],
    ['acme/shoe?req=targets,xml', `${XML}<targets />\n`],
    ['acme/shoe?req=targets,json&id=7', '/*jsonp*/s7jsonResponse({},"7");'],
    ['acme/shoe?req=map&wid=50', ''],
    ['acme/shoe?req=map,xml', `${XML}<AREA />\n`],
    ['acme/shoe?req=map,json&handler=areas', '/*jsonp*/areas({},"");'],
  ]
  for (const [request, answer] of absent) {
    it(`answer ${JSON.stringify(answer)} to ${request}, as no asset has such data`, async () => {
      assert.equal(await textOf(`/is/image/${request}`), answer)
    })
  }

  it('make a picture for req=loadcache, and say how many bytes it has', async () => {
    const picture = '/is/image/acme/shoe?wid=152'
    const answer = await opened.app.request(`${picture}&req=loadcache`)
    assert.equal(answer.headers.get('content-type'), 'text/plain; charset=utf-8')
    assert.equal(answer.headers.get('cache-control'), 'no-store')
    const made = opened.renderer.jobs.length
    assert.equal(await answer.text(), String((await textOf(picture)).length))
    assert.equal(opened.renderer.jobs.length, made)
  })

  it('say what of a request does not count, and what does', async () => {
    const text = await textOf('/is/image/acme/shoe?req=resolve&$view$&hei=9&.note&unheard=1')
    const [url, ...notes] = text.trimEnd().split('\n')
    assert.equal(
      url,
      '/is/image/acme/shoe?op_sharpen=1&layer=comp&wid=240&fmt=png&hei=9&unheard=1&qlt=90',
    )
    assert.deepEqual(notes, ['#ignored unheard: unknown'])
  })

  it('put a message into the log, on one line', async () => {
    const text = await textOf('/is/image/acme?req=message&message=one%0atwo')
    assert.equal(text, '')
    assert.ok(opened.messages.includes('a client says: one two'))
  })

  it('are the XMP of an asset, or a packet that says nothing', async () => {
    assert.equal(await textOf('/is/image/acme/shoe?req=xmp'), '<xmp>shoe.jpg</xmp>')
    assert.match(await textOf('/is/image/acme/film?req=xmp'), /<rdf:RDF [^>]*\/>/)
    assert.equal((await get('/is/image/acme/none?req=xmp')).status, 404)
  })

  for (const kind of ['map&map=rect', 'mbrSet', 'saveToFile', 'xlate']) {
    it(`refuse req=${kind} with a sentence`, async () => {
      const answer = await get(`/is/image/acme/shoe?req=${kind}`)
      assert.equal(answer.status, 403)
      assert.match(await answer.text(), /^req=\w+ cannot be answered(?: with map=)?: /)
    })
  }

  describe('of a set', () => {
    it('tell the smart crops of a picture', async () => {
      const text = await textOf('/is/image/acme/shoe?req=set,json')
      const { relation = [] } = readCall(text)
      assert.deepEqual(
        relation.map(({ n, userdata }) => [
          n,
          Number.parseInt(userdata['SmartCropWidth'] ?? '', 10),
          userdata['SmartCropDef'],
        ]),
        [
          ['acme/shoe:Small', 320, 'Small'],
          ['acme/shoe:Wide', 1200, 'Wide'],
        ],
      )
    })

    const sets: [request: string, type: string, items: unknown][] = [
      ['acme/shoe?', 'img', [['acme/shoe', 'acme/shoe']]],
      ['acme/film?', 'video', [['acme/film', 'acme/film']]],
      [
        'acme/all?',
        'img_set',
        [
          ['acme/shoe', 'acme/shoe'],
          ["acme/it's", 'acme/red'],
        ],
      ],
      [
        'acme?imageSet={shoe,red}&',
        'unknown',
        [
          ['acme/shoe', 'acme/shoe'],
          ['acme/red', 'acme/red'],
        ],
      ],
      ['acme?imageSet={shoe;red}&', 'img_set', [['acme/shoe', 'acme/red']]],
    ]
    for (const [request, type, items] of sets) {
      it(`tell the members of ${request}`, async () => {
        const set = readCall(await textOf(`/is/image/${request}req=set,json`))
        assert.equal(set.type, type)
        const list = [set.item].flat()
        assert.deepEqual(
          list.map(({ i, s }) => [i.n, s.n]),
          items,
        )
        const xml = await textOf(`/is/image/${request}req=set`)
        assert.match(xml, new RegExp(`<set pv="1.0" type="${type}"`))
        assert.equal(xml.match(/<item /g)?.length, list.length)
      })
    }

    it('tell the size of each picture, and that of a whole file', async () => {
      const text = await textOf('/is/image/acme/all?req=set,json')
      assert.equal(text.match(/"dx":"300","dy":"200","iv":"[\w-]{8}"/g)?.length, 2)
      assert.match(
        await textOf('/is/image/acme/red?req=set'),
        /<item dx="300" dy="200" iv="[\w-]{8}">/,
      )
      assert.doesNotMatch(await textOf('/is/image/acme/notes?req=set'), /dx=/)
    })

    const kinds: [imageSet: string, expected: string][] = [
      ['{shoe,red}', 'unknown: shoe red'],
      ['shoe,red', 'unknown: shoe red'],
      ['%7Bshoe%2Cred%7D', 'unknown: shoe red'],
      ['{acme/shoe,/acme/red}', 'unknown: shoe red'],
      ['{shoe;red,red;{0xFF0000 dark%2C red}}', 'img_set: shoe/red red/0xff0000(dark, red)'],
      ['{all;red,shoe;shoe}', "img_set: img_set[shoe it's/red]/red shoe"],
      ['{{shoe,red},(red,shoe)}', 'spin: unknown[shoe red]/shoe unknown[red shoe]/red'],
      ['{round,shoe}', 'spin: img_set[shoe red]/shoe shoe'],
      ['{shoe:red:shoe,red}', 'ecat: shoe+red+shoe red'],
      ['{film,film}', 'video_set: video(film) video(film)'],
      [
        '{shoe;red;img,{shoe,red};red;spin,film;shoe;video,all;red;advanced_imageset}',
        "media_set: shoe/red spin[shoe red]/red video(film)/shoe img_set[shoe it's/red]/red",
      ],
      ['{shoe;red;constructor}', 'media_set: shoe/red'],
      ['{odd%2Cname%3B,shoe}', 'unknown: odd,name; shoe'],
      ['%7Bodd%252Cname%253B%2Cshoe%7D', 'unknown: odd,name; shoe'],
    ]
    for (const [imageSet, expected] of kinds) {
      it(`tell what is in imageSet=${imageSet}`, async () => {
        const text = await textOf(`/is/image/acme?imageSet=${imageSet}&req=set,json`)
        assert.equal(outline(readSet(text)), expected)
        assert.equal((await get(`/is/image/acme?imageSet=${imageSet}&req=set,xml`)).status, 200)
      })
    }

    it('tell what is in a set of several media, and of videos', async () => {
      assert.equal(
        outline(readSet(await textOf('/is/image/acme/mixed?req=set,json'))),
        'media_set: img_set[shoe red]/shoe video(film) shoe',
      )
      assert.equal(
        outline(readSet(await textOf('/is/image/acme/films?req=set,json'))),
        'video_set: video(film)',
      )
    })

    const refused: [imageSet: string, status: number, sentence: RegExp][] = [
      ['{shoe,{red}', 403, /opens a brace without closing it/],
      ['shoe}', 403, /closes } without opening it/],
      ['{}', 403, /names no asset/],
      ['{shoe:red:shoe:red}', 403, /more than 3 pages/],
      ['{{0xff0000}}', 403, /can only be a swatch/],
      ['{shoe;{red,red}}', 403, /swatch of imageSet= must be no set/],
      ['{mixed;shoe}', 403, /several media, which may be in no other set/],
      [`{${'{'.repeat(9)}shoe,red${'}'.repeat(9)},red}`, 403, /nested more than 4 deep/],
      [`{${'shoe,'.repeat(1001)}}`, 403, /more than 1000 entries/],
      ['{loop}', 403, /several media, which may be in no other set/],
      ['{{{{{round,shoe},red},red},red},red}', 403, /nested more than 4 deep/],
      ['%', 404, /no asset called %/],
      ['%ff', 404, /no asset called/],
      ['{shoe;none}', 404, /no asset called none/],
    ]
    for (const [imageSet, status, sentence] of refused) {
      it(`refuse imageSet=${imageSet.slice(0, 40)}`, async () => {
        const answer = await get(`/is/image/acme?imageSet=${imageSet}&req=set,json`)
        assert.match(await answer.text(), sentence)
        assert.equal(answer.status, status)
      })
    }

    it('refuse members that are not there', async () => {
      assert.equal((await get('/is/image/acme?imageSet={shoe,none}&req=set')).status, 404)
      assert.equal((await get('/is/image/acme/none?req=set')).status, 404)
    })
  })

  it('show a set as its first member', async () => {
    assert.equal((await get('/is/image/acme/all?wid=5')).status, 200)
    const [source] = Object.values(opened.renderer.jobs.at(-1)?.files ?? {})
    assert.equal(source?.name, 'shoe.jpg')
  })

  it('show a smart crop as a part of the picture', async () => {
    assert.equal((await get('/is/image/acme/shoe:Wide?wid=6')).status, 200)
    const crop = opened.renderer.jobs.at(-1)?.composition.layers[0].crop
    assert.deepEqual(crop, { in: 'parts', x: 0.1, y: 0.25, width: 0.5, height: 0.5 })
    assert.equal((await get('/is/image/acme/shoe:None?wid=6')).status, 404)
  })

  const thumbnails: [commands: string, width: number, height: number][] = [
    ['', 100, 100],
    ['&wid=64', 64, 100],
    ['&wid=64&hei=32', 64, 32],
  ]
  for (const [commands, width, height] of thumbnails) {
    it(`show req=tmb${commands} within ${width} × ${height} pixels`, async () => {
      assert.equal((await get(`/is/image/acme/red?req=tmb${commands}`)).status, 200)
      const { view } = opened.renderer.jobs.at(-1)?.composition ?? {}
      assert.deepEqual([view?.width, view?.height], [width, height])
      assert.deepEqual(view?.fit, { mode: 'fit', enlarge: true })
    })
  }

  it('show a mask as white where the picture is opaque', async () => {
    assert.equal((await get('/is/image/acme/red?req=mask&wid=10')).status, 200)
    const { composition, encoding } = opened.renderer.jobs.at(-1) ?? {}
    assert.equal(encoding?.pixelType, 'gray')
    const [layer] = composition?.layers ?? []
    assert.equal(layer?.content.kind, 'composition')
    assert.deepEqual(layer?.adjustments, [{ op: 'brightness', amount: 100 }])
    assert.deepEqual(composition?.view.background, { red: 0, green: 0, blue: 0, alpha: 255 })
  })
})
