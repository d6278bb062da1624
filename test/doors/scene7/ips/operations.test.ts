import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { inflateSync } from 'node:zlib'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { zip } from '../../../support/zip.ts'
import { openKeptUsers } from '../open-databases.ts'
import { COMPANY, type OpenedDoor, openDoor, streamOf } from '../open-door.ts'
import { ADMIN, at, call, envelope, faultOf, param, post, texts } from './call-ips.ts'

const HERE = `<companyHandle>c|${COMPANY}</companyHandle>`

function asUser(email: string): string {
  return ADMIN.replace('ann', email).replace('p&lt;ss', 'secret')
}

function items(name: string, ...values: readonly string[]): string {
  return `<${name}>${values.map((value) => `<items>${value}</items>`).join('')}</${name}>`
}

function condition(field: string, op: string, value: string): string {
  return `<items><field>${field}</field><op>${op}</op>${value}</items>`
}

function conditions(mode: string, ...each: readonly string[]): string {
  return `<systemFieldMatchMode>${mode}</systemFieldMatchMode><systemFieldConditionArray>${each.join('')}</systemFieldConditionArray>`
}

function about(handle: string): string {
  return `${HERE}<assetHandle>${handle}</assetHandle>`
}

describe('the operations of IPS', () => {
  const temporary = useTemporaryFolder()
  let opened: OpenedDoor

  before(async () => {
    const home = temporary.pathTo('home')
    const assetsFolder = temporary.pathTo('mounted')
    await mkdir(`${assetsFolder}/harbour`, { recursive: true })
    await mkdir(home)
    await writeFile(`${assetsFolder}/harbour/ship.jpg`, 'a ship')
    const users = await openKeptUsers(home)
    for (const [email, company, role] of [
      ['editor@acme.example', COMPANY, 'IpsUser'],
      ['reader@acme.example', COMPANY, 'ImagePortalUser'],
      ['portal@acme.example', COMPANY, 'ImagePortalContrib'],
      ['head@acme.example', COMPANY, 'IpsCompanyAdmin'],
      ['editor@other.example', 'other', 'IpsUser'],
    ] as const) {
      await users.add({ email, company, role, firstName: 'A', lastName: 'B', password: 'secret' })
    }
    await users.close()
    opened = await openDoor(home, { assetsFolder })
    for (const [name, mediaType, size, folder] of [
      ['shoe.jpg', 'image/jpeg', 10, 'summer'],
      ['hat.png', 'image/png', 20, 'summer/hats'],
      ['Coat.tif', 'image/tiff', 30, ''],
      ['terms.pdf', 'application/pdf', 40, ''],
    ] as const) {
      const body = streamOf('x'.repeat(size))
      const asset = name.replace(/\.\w+$/, '')
      await opened.door.kept.addFile(COMPANY, asset, { name, mediaType, body })
      await opened.door.kept.describe(COMPANY, asset, { folder })
    }
    const archive = zip({ 'a/': '', 'a/b.txt': 'text' })
    const body = streamOf(new Uint8Array(archive))
    await opened.door.kept.addFile(COMPANY, 'all', {
      name: 'all.zip',
      mediaType: 'application/zip',
      body,
    })
    await opened.door.kept.addFile('other', 'secret', {
      name: 'secret.jpg',
      mediaType: 'image/jpeg',
      body: streamOf('s'),
    })
  })
  after(async () => {
    await opened.door.close?.()
    assert.deepEqual(opened.errors, [])
  })

  const run = (operation: string, members = '', header?: string) =>
    call(opened.app, operation, members, header)
  const refused = async (operation: string, members = '', header?: string) => {
    const answer = await post(opened.app, envelope(param(operation, members), header))
    assert.equal(answer.status, 500, answer.text)
    return faultOf(answer)
  }
  const handleOf = async (name: string): Promise<string> => {
    const found = await run('getAssetsByName', `${HERE}${items('nameArray', name)}`)
    const [handle] = texts(found, 'assetHandle')
    assert.ok(handle !== undefined, `there is ${name}`)
    return handle
  }
  const login = async (email: string, password: string, more = '') => {
    const members = `${more}<email>${email}</email><password>${password}</password>`
    return at(await run('checkLogin', members), 'status')?.text
  }
  const addFile = async (name: string, folder = '') => {
    const body = streamOf('x')
    const file = { name: `${name}.jpg`, mediaType: 'image/jpeg', body }
    await opened.door.kept.addFile(COMPANY, name, file)
    await opened.door.kept.describe(COMPANY, name, { folder })
    return handleOf(name)
  }
  const aboutName = async (name: string) =>
    `${HERE}<assetHandle>${await handleOf(name)}</assetHandle>`
  const tree = async (depth: number) =>
    texts(await run('getFolderTree', `${HERE}<depth>${depth}</depth>`), 'path')
  const search = (members: string) => run('searchAssets', `${HERE}${members}`)

  describe('tell who somebody is:', () => {
    it('checkLogin answers about any user, and a wrong password is no fault', async () => {
      assert.equal(await login('editor@acme.example', 'secret'), 'ValidLogin')
      assert.equal(await login('EDITOR@acme.example', 'secret', HERE), 'ValidLogin')
      assert.equal(await login('editor@acme.example', 'guess'), 'InvalidLogin')
      assert.equal(await login('nobody@acme.example', 'secret'), 'InvalidLogin')
      assert.equal(await login('editor@other.example', 'secret', HERE), 'InvalidLogin')
      assert.equal(await login('ann', 'p&lt;ss'), 'ValidLogin')
    })

    it('getCompanyInfo answers by name and by handle', async () => {
      for (const members of [HERE, `<companyName>${COMPANY}</companyName>`]) {
        const info = await run('getCompanyInfo', members)
        assert.deepEqual(
          [texts(info, 'companyHandle'), texts(info, 'name'), texts(info, 'rootPath')],
          [['c|acme'], ['acme'], ['acme/']],
        )
      }
      assert.equal((await refused('getCompanyInfo')).code, 30002)
    })

    it('getCompanyMembership answers what a user is where', async () => {
      const own = await run('getCompanyMembership', '', asUser('editor@acme.example'))
      assert.deepEqual([texts(own, 'name'), texts(own, 'role')], [['acme'], ['IpsUser']])
      const all = await run('getCompanyMembership')
      assert.deepEqual(texts(all, 'name'), ['acme', 'other'])
    })

    it('getUserInfo answers about the caller, and about others for administrators', async () => {
      const own = await run('getUserInfo', '', asUser('editor@acme.example'))
      assert.deepEqual(
        [texts(own, 'email'), texts(own, 'isIpsAdmin')],
        [['editor@acme.example'], ['false']],
      )
      const email = '<email>reader@acme.example</email>'
      assert.deepEqual(texts(await run('getUserInfo', email), 'firstName'), ['A'])
      const head = await run('getUserInfo', email, asUser('head@acme.example'))
      assert.deepEqual(texts(head, 'email'), ['reader@acme.example'])
      assert.equal((await refused('getUserInfo', email, asUser('editor@acme.example'))).code, 20007)
      const other = '<email>editor@other.example</email>'
      assert.equal((await refused('getUserInfo', other, asUser('head@acme.example'))).code, 20007)
    })

    it('getProperty answers where Image Serving is', async () => {
      const value = await run('getProperty', '<name>IpsImageServerUrl</name>')
      assert.deepEqual(texts(value, 'value'), ['https://localhost:9443/is/image/'])
      assert.equal((await refused('getProperty', '<name>toString</name>')).code, 30001)
    })
  })

  describe('keep to companies and roles:', () => {
    it('the handles of one company are no use to the user of another', async () => {
      const header = asUser('editor@other.example')
      const shoe = await handleOf('shoe')
      const foreign = `<assetHandle>${shoe}</assetHandle>`
      const own = '<companyHandle>c|other</companyHandle>'
      assert.equal((await refused('deleteAsset', `${HERE}${foreign}`, header)).code, 20006)
      assert.equal((await refused('deleteAsset', `${own}${foreign}`, header)).code, 30001)
      assert.equal(
        (await refused('getAssets', `${own}${items('assetHandleArray', shoe)}`, header)).code,
        30001,
      )
      const none = '<companyHandle>c|nowhere</companyHandle>'
      assert.equal((await refused('getImageFormats', none, header)).code, 20006)
    })

    const forbidden: [role: string, email: string, operation: string, members: string][] = [
      ['ImagePortalUser', 'reader@acme.example', 'createFolder', '<folderPath>x</folderPath>'],
      [
        'ImagePortalContrib',
        'portal@acme.example',
        'saveImageFormat',
        '<name>x</name><urlModifier>wid=1</urlModifier>',
      ],
    ]
    for (const [role, email, operation, members] of forbidden) {
      it(`${role} may not call ${operation}`, async () => {
        const fault = await refused(operation, `${HERE}${members}`, asUser(email))
        assert.deepEqual([fault.element, fault.code], ['authorizationFault', 20003])
        assert.match(fault.reason, new RegExp(`operation ${operation}, being ${role} in acme`))
      })
    }

    it('an administrator works as somebody else, and nobody else does', async () => {
      const acting = '<accessUserHandle>editor@other.example</accessUserHandle>'
      const members = `${HERE}${acting}<includeSubfolders>true</includeSubfolders>`
      assert.equal((await refused('searchAssets', members)).code, 20006)
      const header = asUser('editor@acme.example')
      assert.equal((await refused('searchAssets', members, header)).code, 20004)
      const unknown = '<accessUserHandle>who</accessUserHandle>'
      assert.equal(
        (await refused('searchAssets', members.replace(acting, unknown))).code,
        20008 - 1,
      )
      const group = '<accessGroupHandle>g</accessGroupHandle>'
      assert.equal((await refused('searchAssets', members.replace(acting, group))).code, 20008)
    })
  })

  describe('search:', () => {
    const all = '<includeSubfolders>true</includeSubfolders>'
    const size = (op: string, value: string) => condition('FileSize', op, value)

    const searches: [what: string, members: string, names: readonly string[]][] = [
      ['the topmost folder', '', ['Coat', 'all', 'terms']],
      ['all folders', all, ['Coat', 'all', 'hat', 'ship', 'shoe', 'terms']],
      ['one folder', '<folder>acme/summer/</folder>', ['shoe']],
      ['one folder and those below it', `<folder>summer</folder>${all}`, ['hat', 'shoe']],
      ['a type', `${all}${items('assetTypeArray', 'Pdf', 'Zip')}`, ['all', 'terms']],
      ['no type', `${all}${items('excludeAssetTypeArray', 'Image')}`, ['all', 'terms']],
      [
        'a part of the name in small letters or capital ones',
        all + conditions('MatchAll', condition('Name', 'Contains', '<value>OA</value>')),
        ['Coat'],
      ],
      [
        'the beginning of the name of a file',
        all + conditions('MatchAll', condition('FileName', 'EndsWith', '<value>.jpg</value>')),
        ['ship', 'shoe'],
      ],
      [
        'what is not',
        all + conditions('MatchAll', condition('Name', 'NotContains', '<value>h</value>')),
        ['Coat', 'all', 'terms'],
      ],
      [
        'a size between two',
        all + conditions('MatchAll', size('Between', '<minLong>20</minLong><maxLong>30</maxLong>')),
        ['Coat', 'hat'],
      ],
      [
        'a larger one',
        all +
          conditions(
            'MatchAll',
            size('GreaterThanEquals', '<value>30</value>'),
            size('LessThan', '<longVal>100</longVal>'),
          ),
        ['Coat', 'terms'],
      ],
      [
        'either of two',
        all +
          conditions(
            'MatchAny',
            size('Equals', '<longVal>10</longVal>'),
            condition('Name', 'Equals', '<value>hat</value>'),
          ),
        ['hat', 'shoe'],
      ],
      [
        'what was changed in the future',
        all +
          conditions(
            'MatchAll',
            condition('LastModified', 'GreaterThan', '<dateVal>2100-01-01T00:00:00Z</dateVal>'),
          ),
        [],
      ],
      [
        'what was created since, by a text',
        all +
          conditions('MatchAll', condition('Created', 'GreaterThan', '<value>2000-01-01</value>')),
        ['Coat', 'all', 'hat', 'ship', 'shoe', 'terms'],
      ],
      ['keywords, of which there are none', `${all}${items('keywordArray', 'sea')}`, []],
      ['the trash, which is empty', `${all}<trashState>InTrash</trashState>`, []],
      [
        'the second page',
        `${all}<recordsPerPage>4</recordsPerPage><resultsPage>2</resultsPage>`,
        ['shoe', 'terms'],
      ],
      [
        'from large to small',
        `<folder>summer</folder>${all}<sortBy>FileSize</sortBy><sortDirection>Descending</sortDirection>`,
        ['hat', 'shoe'],
      ],
      [
        'subtypes that nothing has',
        `${all}${items('assetSubTypeArray', 'x')}<strictSubTypeCheck>true</strictSubTypeCheck>`,
        [],
      ],
    ]
    for (const [what, members, names] of searches) {
      it(what, async () => assert.deepEqual(texts(await search(members), 'name'), names))
    }

    it('tells how many there are beside those of the page', async () => {
      const found = await search(`${all}<recordsPerPage>0</recordsPerPage>`)
      assert.deepEqual([texts(found, 'totalRows'), texts(found, 'name')], [['6'], []])
    })

    it('tells what is asked for alone', async () => {
      const fields = items(
        'responseFieldArray',
        'assetArray/items/name',
        'assetArray/items/imageInfo/fileSize',
      )
      const found = await search(`<folder>summer</folder>${fields}`)
      const asset = at(found, 'assetArray/items')
      assert.deepEqual(
        asset?.children.map(({ name, children }) => [name, children.map((each) => each.name)]),
        [
          ['name', []],
          ['imageInfo', ['fileSize']],
        ],
      )
      assert.equal(at(found, 'totalRows'), undefined)
    })

    it('leaves out what is not wanted', async () => {
      const fields = items('excludeFieldArray', 'assetArray/items/imageInfo', 'totalRows')
      const found = await search(`<folder>summer</folder>${fields}`)
      assert.deepEqual(
        found.children.map(({ name }) => name),
        ['assetArray'],
      )
      assert.equal(at(found, 'assetArray/items/imageInfo'), undefined)
      assert.equal(at(found, 'assetArray/items/name')?.text, 'shoe')
    })

    const wrong: [what: string, members: string, code: number, reason: RegExp][] = [
      ['a folder that is not there', '<folder>winter</folder>', 30001, /no folder "winter"/],
      ['a folder above all', '<folder>../x</folder>', 30001, /folder must be a path/],
      ['a type that is none', items('assetTypeArray', 'Jpeg'), 30001, /no asset type "Jpeg"/],
      ['a state that is none', '<publishState>x</publishState>', 30001, /MarkedForPublish, Not/],
      ['an order that is none', '<sortBy>Size</sortBy>', 30001, /sortBy must be one of/],
      ['a page before the first', '<resultsPage>0</resultsPage>', 30001, /counts from 1/],
      ['a project', '<projectHandle>p</projectHandle>', 30001, /no projects/],
      [
        'a field of metadata',
        '<metadataConditionArray><items><fieldHandle>m</fieldHandle><op>Equals</op></items></metadataConditionArray>',
        30001,
        /no metadata field with the handle "m"/,
      ],
      [
        'a field that is none',
        conditions('MatchAll', condition('Shape', 'Equals', '<value>x</value>')),
        30001,
        /field must be one of/,
      ],
      [
        'an operator that is none',
        conditions('MatchAll', condition('Name', 'Like', '<value>x</value>')),
        30001,
        /op must be one of/,
      ],
      [
        'a condition without a value',
        conditions('MatchAll', condition('Name', 'Equals', '')),
        30002,
        /needs value/,
      ],
      [
        'a range without an end',
        conditions('MatchAll', size('Between', '<minLong>1</minLong>')),
        30002,
        /needs a min/,
      ],
      [
        'a field to tell that is none',
        items('responseFieldArray', 'assetArray/name'),
        30001,
        /no field "assetArray\/name"/,
      ],
    ]
    for (const [what, members, code, reason] of wrong) {
      it(`refuses ${what}`, async () => {
        const fault = await refused('searchAssets', `${HERE}${members}`)
        assert.equal(fault.code, code, fault.reason)
        assert.match(fault.reason, reason)
      })
    }

    it('tells of an asset what its file tells', async () => {
      const found = await search('<folder>acme/summer/</folder>')
      const asset = at(found, 'assetArray/items')
      const told = Object.fromEntries((asset?.children ?? []).map(({ name, text }) => [name, text]))
      assert.deepEqual(
        { ...told, assetHandle: '', created: '', lastModified: '' },
        {
          assetHandle: '',
          type: 'Image',
          name: 'shoe',
          fileName: 'shoe.jpg',
          folder: 'acme/summer/',
          folderHandle: 'acme/summer/',
          readyForPublish: 'true',
          trashState: 'NotInTrash',
          ipsImageUrl: 'acme/shoe?req=tmb',
          created: '',
          lastModified: '',
          imageInfo: '',
        },
      )
      assert.deepEqual(texts(found, 'originalPath'), ['acme/summer/shoe.jpg'])
    })

    it('getAssetsByName finds those that there are', async () => {
      const members = `${HERE}${items('nameArray', 'shoe', 'nothing', 'shoe', 'terms')}`
      const found = await run('getAssetsByName', members)
      assert.deepEqual(texts(found, 'name'), ['shoe', 'terms'])
      const pdf = await run('getAssetsByName', `${members}${items('assetTypeArray', 'Pdf')}`)
      assert.deepEqual(texts(pdf, 'name'), ['terms'])
    })

    it('getAssets tells of those whose handles it gets', async () => {
      const handles = [await handleOf('terms'), await handleOf('ship')]
      const found = await run('getAssets', `${HERE}${items('assetHandleArray', ...handles)}`)
      assert.deepEqual(texts(found, 'name'), ['terms', 'ship'])
      assert.deepEqual(texts(found, 'assetHandle'), handles)
    })

    it('getAssetCounts counts by type', async () => {
      const counts = await run('getAssetCounts', HERE)
      const pairs = texts(counts, 'assetType').map((type, n) => [type, texts(counts, 'count')[n]])
      assert.deepEqual(Object.fromEntries(pairs), { Image: '4', Pdf: '1', Zip: '1' })
    })

    it('checkAssetNames tells which names are taken, by either name of its member', async () => {
      for (const member of ['assetNameArray', 'assetNamesArray']) {
        const used = await run('checkAssetNames', `${HERE}${items(member, 'shoe', 'free')}`)
        assert.deepEqual(texts(used, 'items'), ['shoe'])
      }
    })
  })

  describe('keep image formats, which are presets:', () => {
    it('saved, listed, replaced and deleted', async () => {
      const save = async (members: string) =>
        at(await run('saveImageFormat', `${HERE}${members}`), 'imageFormatHandle')?.text ?? ''
      const modifier = '<urlModifier>wid=400&amp;\n  qlt=750</urlModifier>'
      const handle = await save(`<name>web</name>${modifier}`)
      assert.equal((await opened.door.presets.find(COMPANY, 'web'))?.commands, 'wid=400&qlt=750')
      assert.equal(await save('<name>WEB</name><urlModifier>wid=5</urlModifier>'), handle)
      const renamed = await save(
        `<imageFormatHandle>${handle}</imageFormatHandle><name>small</name><urlModifier>wid=6</urlModifier>`,
      )
      const list = await run('getImageFormats', HERE)
      assert.deepEqual(
        [texts(list, 'imageFormatHandle'), texts(list, 'name'), texts(list, 'urlModifier')],
        [[renamed], ['small'], ['wid=6']],
      )
      const members = `${HERE}<imageFormatHandle>${renamed}</imageFormatHandle>`
      await run('deleteImageFormat', members)
      assert.equal((await refused('deleteImageFormat', members)).code, 30001)
    })

    it('unless their names or modifiers are none', async () => {
      const long = 'x'.repeat(513)
      for (const [name, modifier] of [
        ['a b', 'wid=1'],
        ['a', long],
      ]) {
        const members = `${HERE}<name>${name}</name><urlModifier>${modifier}</urlModifier>`
        assert.equal((await refused('saveImageFormat', members)).code, 30001)
      }
    })
  })

  describe('change assets:', () => {
    it('renameAsset keeps the handle, the crops and the sets', async () => {
      const handle = await addFile('old')
      const crop = { name: 'Face', x: 0, y: 0, width: 1, height: 1, forWidth: 1, forHeight: 1 }
      await opened.door.kept.describe(COMPANY, 'old', { crops: [crop] })
      await opened.door.kept.describe(COMPANY, 'album', {
        members: [{ asset: 'old' }, { asset: 'acme/old', swatch: 'old' }],
      })
      const rename = (to: string) =>
        `${about(handle)}<newName>${to}</newName><validateName>true</validateName>`
      await run('renameAsset', rename('new'))
      assert.equal(await opened.door.assets.find(COMPANY, 'old'), undefined)
      const renamed = await opened.door.assets.find(COMPANY, 'new')
      assert.deepEqual(renamed?.crops, [crop])
      assert.deepEqual((await opened.door.assets.find(COMPANY, 'album'))?.members, [
        { asset: 'new', swatch: undefined },
        { asset: 'new', swatch: 'new' },
      ])
      assert.equal(await handleOf('new'), handle)
      assert.match((await refused('renameAsset', rename('shoe'))).reason, /called "shoe" in acme/)
      assert.equal((await refused('renameAsset', rename('../x'))).code, 30001)
      await run('deleteAsset', about(await handleOf('album')))
      await run('deleteAsset', about(handle))
    })

    it('moveAsset moves it to a folder that there is', async () => {
      const handle = await addFile('mover')
      const move = (folder: string) => `${about(handle)}<folderHandle>${folder}</folderHandle>`
      await run('moveAsset', move('acme/summer/'))
      assert.equal((await opened.door.assets.find(COMPANY, 'mover'))?.folder, 'summer')
      assert.equal((await refused('moveAsset', move('acme/winter/'))).code, 30001)
      await run('deleteAsset', about(handle))
      assert.equal((await refused('deleteAsset', about(handle))).code, 30001)
    })

    it('a file of the mounted folder is marked, and stays where it is', async () => {
      const handle = await handleOf('ship')
      await run('setUrlModifier', `${about(handle)}<urlModifier>op_blur=3</urlModifier>`)
      assert.equal((await opened.door.assets.find(COMPANY, 'ship'))?.modifier, 'op_blur=3')
      const moved = `${about(handle)}<folderHandle>acme/summer/</folderHandle>`
      for (const fault of [
        await refused('deleteAsset', about(handle)),
        await refused('moveAsset', moved),
      ]) {
        assert.deepEqual([fault.element, fault.code], ['authorizationFault', 20009])
        assert.match(fault.reason, /file of the mounted folder/)
      }
    })

    it('deleteAssets tells which it could not delete', async () => {
      const handle = await addFile('gone')
      const members = items('assetHandleArray', handle, 'a|999999', await handleOf('ship'))
      const done = await run('deleteAssets', `${HERE}${members}`)
      assert.deepEqual(
        [texts(done, 'successCount'), texts(done, 'errorCount'), texts(done, 'assetHandle')],
        [['1'], ['2'], ['a|999999', await handleOf('ship')]],
      )
    })

    it('setUrlModifier keeps what Image Serving applies before and after a request', async () => {
      const handle = await addFile('modified')
      const before = '<urlModifier>wid=9</urlModifier>'
      const behind = '<urlPostApplyModifier>fmt=png</urlPostApplyModifier>'
      await run('setUrlModifier', `${about(handle)}${before}${behind}`)
      const { modifier, postModifier } = (await opened.door.assets.find(COMPANY, 'modified')) ?? {}
      assert.deepEqual([modifier, postModifier], ['wid=9', 'fmt=png'])
      await run('deleteAsset', about(handle))
    })

    it('setAssetPublishState marks it, and searches tell', async () => {
      const handle = await handleOf('shoe')
      const mark = (state: string) => `${about(handle)}<publishState>${state}</publishState>`
      await run('setAssetPublishState', mark('NotMarkedForPublish'))
      const members = '<includeSubfolders>true</includeSubfolders>'
      const state = '<publishState>NotMarkedForPublish</publishState>'
      const found = await search(members + state)
      assert.deepEqual(
        [texts(found, 'name'), texts(found, 'readyForPublish')],
        [['shoe'], ['false']],
      )
      await run('setAssetPublishState', mark('MarkedForPublish'))
      assert.deepEqual(texts(await search(members + state), 'name'), [])
      assert.equal((await refused('setAssetPublishState', mark('Hidden'))).code, 30001)
    })
  })

  describe('keep folders:', () => {
    it('getFolders lists those of assets, those above them, and those that were made', async () => {
      await run('createFolder', `${HERE}<folderPath>/winter/boots/</folderPath>`)
      const list = await run('getFolders', HERE)
      const paths = texts(list, 'path')
      for (const path of ['acme/', 'acme/summer/', 'acme/summer/hats/', 'acme/winter/boots/']) {
        assert.ok(paths.includes(path), path)
      }
      const below = await run('getFolders', `${HERE}<folderPath>acme/summer/</folderPath>`)
      assert.deepEqual(texts(below, 'path'), ['acme/summer/', 'acme/summer/hats/'])
      assert.deepEqual(texts(below, 'hasSubfolders'), ['true', 'false'])
      const pdfs = await run('getFolders', `${HERE}${items('assetTypeArray', 'Pdf')}`)
      assert.deepEqual(texts(pdfs, 'path'), ['acme/'])
    })

    it('getFolderTree goes as deep as it is asked to', async () => {
      assert.deepEqual(await tree(0), ['acme/'])
      assert.ok((await tree(1)).includes('acme/summer/'))
      assert.ok(!(await tree(1)).includes('acme/summer/hats/'))
      assert.ok((await tree(-1)).includes('acme/summer/hats/'))
    })

    it('deleteFolder deletes it with all that is in it, or refuses', async () => {
      const { folderHandle } = Object.fromEntries(
        (await run('createFolder', `${HERE}<folderPath>attic/box</folderPath>`)).children.map(
          ({ name, text }) => [name, text],
        ),
      )
      assert.equal(folderHandle, 'acme/attic/box/')
      await opened.door.kept.addFile(COMPANY, 'dust', {
        name: 'dust.jpg',
        mediaType: 'image/jpeg',
        body: streamOf('x'),
      })
      await opened.door.kept.describe(COMPANY, 'dust', { folder: 'attic/box' })
      const remove = (handle: string) => `${HERE}<folderHandle>${handle}</folderHandle>`
      await run('deleteFolder', remove('acme/attic/'))
      assert.equal(await opened.door.assets.find(COMPANY, 'dust'), undefined)
      assert.equal((await refused('deleteFolder', remove('acme/attic/'))).code, 30001)
      assert.equal((await refused('deleteFolder', remove('acme/'))).code, 30001)
    })
  })

  describe('tell of what belongs to an asset:', () => {
    it('getOriginalFilePaths', async () => {
      const members = items('assetHandleArray', await handleOf('shoe'), await handleOf('terms'))
      const paths = await run('getOriginalFilePaths', `${HERE}${members}`)
      assert.deepEqual(texts(paths, 'items'), ['acme/summer/shoe.jpg', 'acme/terms.pdf'])
    })

    it('sets, which are made, filled and told of from either side', async () => {
      const thumb = `<thumbAssetHandle>${await handleOf('hat')}</thumbAssetHandle>`
      const members = `${HERE}<folderHandle>acme/</folderHandle><name>turn</name><type>SpinSet</type>${thumb}`
      const made = await run('createImageSet', members)
      const set = at(made, 'assetHandle')?.text ?? ''
      assert.match((await refused('createImageSet', members)).reason, /called "turn" in acme/)
      const update = `<items><assetHandle>${await handleOf('shoe')}</assetHandle><pageReset>false</pageReset></items>`
      await run(
        'setImageSetMembers',
        `${HERE}<assetHandle>${set}</assetHandle><memberArray>${update}</memberArray>`,
      )
      const told = await run('getImageSetMembers', `${HERE}<assetHandle>${set}</assetHandle>`)
      assert.deepEqual(texts(told, 'name'), ['shoe'])
      const within = await run('getAssociatedAssets', `${HERE}<assetHandle>${set}</assetHandle>`)
      assert.deepEqual(
        within.children.map((child) => [child.name, texts(child, 'name')]),
        [
          ['memberArray', ['shoe']],
          ['thumbAsset', ['hat']],
        ],
      )
      const around = await run('getAssociatedAssets', await aboutName('shoe'))
      assert.deepEqual(
        [around.children.map(({ name }) => name), texts(around, 'type')],
        [['containerArray'], ['SpinSet']],
      )
      assert.equal((await refused('getImageSetMembers', await aboutName('shoe'))).code, 30001)
      await run('deleteAsset', `${HERE}<assetHandle>${set}</assetHandle>`)
    })

    it('getXMPPacket, compressed', async () => {
      for (const [name, packet] of [
        ['shoe', '<xmp>shoe.jpg</xmp>'],
        ['hat', '<x:xmpmeta'],
      ] as const) {
        const told = await run('getXMPPacket', await aboutName(name))
        const bytes = Buffer.from(at(told, 'compressedPacket')?.text ?? '', 'base64')
        assert.ok(inflateSync(bytes).toString().startsWith(packet))
      }
    })

    it('getZipEntries of a ZIP file alone', async () => {
      const told = await run('getZipEntries', await aboutName('all'))
      assert.deepEqual(
        [texts(told, 'name'), texts(told, 'isDirectory'), texts(told, 'uncompressedSize')],
        [
          ['a/', 'a/b.txt'],
          ['true', 'false'],
          ['0', '4'],
        ],
      )
      assert.match((await refused('getZipEntries', await aboutName('shoe'))).reason, /no ZIP file/)
    })
  })
})
