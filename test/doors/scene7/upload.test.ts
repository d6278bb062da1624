import assert from 'node:assert/strict'
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import * as z from 'zod/mini'
import { openScene7Env, writeWsdlAddress } from '../../../src/doors/scene7/scene7-env.ts'
import { openIdentityFile, openShared } from '../../identity/shared-database.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { COMPANY, type OpenedDoor, openDoor, streamOf } from './open-door.ts'

const AUTH =
  '<authHeader xmlns="http://www.scene7.com/IpsApi/xsd"><user>ann</user><password>p&lt;ss</password></authHeader>'

function params(elements: string, root = 'uploadPostParam'): string {
  const namespace = 'http://www.scene7.com/IpsApi/xsd/2014-04-03'
  return `<?xml version="1.0"?><s7:${root} xmlns:s7="${namespace}">${elements}</s7:${root}>`
}

const PARAMS = params(
  '<companyHandle>c|acme</companyHandle><jobName>one</jobName><destFolder>acme/summer/</destFolder>',
)

function overwriting(value: string): string {
  const options = `<uploadParams><overwrite>${value}</overwrite></uploadParams>`
  return params(`<companyHandle>acme</companyHandle><jobName>n</jobName>${options}`)
}

function formOf(...parts: [name: string, value: string | File][]): FormData {
  const form = new FormData()
  for (const [name, value] of parts) form.append(name, value)
  return form
}

function fileOf(name: string, text = 'a picture'): File {
  return new File([text], name, { type: 'image/jpeg' })
}

function signed(password: string): RequestInit {
  return { headers: { authorization: `Basic ${btoa(`ann:${password}`)}` } }
}

describe('UploadFile', () => {
  const temporary = useTemporaryFolder()
  let opened: OpenedDoor

  before(async () => {
    opened = await openDoor(temporary.pathTo('home'))
  })
  after(() => opened.door.close?.())

  const post = async (...parts: [name: string, value: string | File][]) =>
    opened.app.request('/scene7/UploadFile', { method: 'POST', body: formOf(...parts) })

  const postFrom = async (address: string, elements: string) => {
    const body = formOf(['auth', AUTH], ['uploadParams', params(elements)])
    const incoming = { socket: { remoteAddress: address } }
    const init = { method: 'POST', body }
    return (await opened.app.request('/scene7/UploadFile', init, { incoming })).text()
  }

  const content = async (name: string) =>
    (await opened.app.request(`/is/content/acme/${name}`)).text()

  it('keeps a file as an asset, and tells the handle of the job', async () => {
    const answer = await post(
      ['auth', AUTH],
      ['uploadParams', PARAMS],
      ['file', fileOf('shoe.jpg')],
    )
    const text = await answer.text()
    assert.equal(answer.status, 200, text)
    assert.match(answer.headers.get('content-type') ?? '', /^text\/xml/)
    assert.match(
      text,
      /<uploadPostReturn xmlns="http:\/\/www\.scene7\.com\/IpsApi\/xsd"><jobHandle>j\|\d+<\/jobHandle><\/uploadPostReturn>/,
    )
    const asset = await opened.door.assets.find(COMPANY, 'shoe')
    assert.equal(asset?.folder, 'summer')
    assert.equal(asset?.original?.name, 'shoe.jpg')
    assert.equal((await opened.app.request('/is/image/acme/shoe?wid=5')).status, 200)
  })

  it('goes on with a job until it ends', async () => {
    const begun = await post(['auth', AUTH], ['uploadParams', PARAMS], ['file', fileOf('a.jpg')])
    const handle = /<jobHandle>(.+)<\/jobHandle>/.exec(await begun.text())?.[1] ?? ''
    const next = params(
      `<companyHandle>acme</companyHandle><jobHandle>${handle}</jobHandle><endJob>true</endJob>`,
      'uploadPostParams',
    )
    const again = await post(['auth', AUTH], ['uploadParams', next], ['file', fileOf('b.jpg')])
    assert.ok((await again.text()).includes(`<jobHandle>${handle}</jobHandle>`))
    const ended = await post(['auth', AUTH], ['uploadParams', next], ['file', fileOf('c.jpg')])
    assert.match(await ended.text(), /<code>30001<\/code>/)
    assert.equal(await opened.door.kept.find(COMPANY, 'c'), undefined)
  })

  it('goes on with a job from the address that it was begun from alone', async () => {
    const COMPANY_HANDLE = '<companyHandle>acme</companyHandle>'
    const begun = await postFrom('192.0.2.1', `${COMPANY_HANDLE}<jobName>one</jobName>`)
    const handle = /<jobHandle>.+<\/jobHandle>/.exec(begun)?.[0] ?? ''
    assert.match(await postFrom('192.0.2.2', `${COMPANY_HANDLE}${handle}`), /<code>30001<\/code>/)
    assert.ok((await postFrom('192.0.2.1', `${COMPANY_HANDLE}${handle}`)).includes(handle))
  })

  it('replaces an asset unless it must not', async () => {
    for (const [overwrite, text] of [
      ['true', 'one'],
      ['true', 'two'],
      ['false', 'three'],
    ] as const) {
      await post(
        ['auth', AUTH],
        ['uploadParams', overwriting(overwrite)],
        ['f', fileOf('hat.jpg', text)],
      )
    }
    assert.deepEqual([await content('hat'), await content('hat-1')], ['two', 'three'])
  })

  const wrongAuth = AUTH.replace('p&lt;ss', 'guess')
  const refused: [what: string, parts: [string, string | File][], element: string, code: number][] =
    [
      ['no form of its own', [], 'authenticationFault', 10000],
      [
        'a file before it is known whose',
        [
          ['file', fileOf('x.jpg')],
          ['auth', AUTH],
        ],
        'authenticationFault',
        10000,
      ],
      [
        'no password',
        [['auth', '<authHeader><user>ann</user></authHeader>']],
        'authenticationFault',
        10000,
      ],
      [
        'a wrong password',
        [
          ['auth', wrongAuth],
          ['uploadParams', PARAMS],
          ['file', fileOf('x.jpg')],
        ],
        'authenticationFault',
        10001,
      ],
      ['a wrong user', [['auth', AUTH.replace('ann', 'bob')]], 'authenticationFault', 10001],
      ['XML that is none', [['auth', '<authHeader><user>']], 'ipsApiFault', 30003],
      [
        'a document type',
        [['auth', `<!DOCTYPE a [<!ENTITY b "c">]>${AUTH}`]],
        'ipsApiFault',
        30003,
      ],
      [
        'XML that is nested deep',
        [['auth', `${'<a>'.repeat(100)}${'</a>'.repeat(100)}`]],
        'ipsApiFault',
        30003,
      ],
      [
        'nothing about the files',
        [
          ['auth', AUTH],
          ['file', fileOf('x.jpg')],
        ],
        'ipsApiFault',
        30002,
      ],
      [
        'no company',
        [
          ['auth', AUTH],
          ['uploadParams', params('<jobName>a</jobName>')],
        ],
        'ipsApiFault',
        30002,
      ],
      [
        'no job',
        [
          ['auth', AUTH],
          ['uploadParams', params('<companyHandle>acme</companyHandle>')],
        ],
        'ipsApiFault',
        30002,
      ],
      [
        'another company',
        [
          ['auth', AUTH],
          ['uploadParams', params('<companyHandle>c|other</companyHandle><jobName>a</jobName>')],
        ],
        'authorizationFault',
        20006,
      ],
      [
        'a folder above all',
        [
          ['auth', AUTH],
          ['uploadParams', PARAMS.replace('acme/summer/', '../x')],
        ],
        'ipsApiFault',
        30001,
      ],
      [
        'another element',
        [
          ['auth', AUTH],
          ['uploadParams', params('', 'submitJobParam')],
        ],
        'ipsApiFault',
        30001,
      ],
      [
        'a hidden file',
        [
          ['auth', AUTH],
          ['uploadParams', PARAMS],
          ['file', fileOf('.env')],
        ],
        'ipsApiFault',
        30001,
      ],
      [
        'a name that is none',
        [
          ['auth', AUTH],
          ['uploadParams', PARAMS],
          ['file', fileOf('..')],
        ],
        'ipsApiFault',
        30001,
      ],
    ]
  for (const [what, parts, element, code] of refused) {
    it(`refuses ${what}`, async () => {
      const answer = await post(...(parts.length === 0 ? [['x', 'y'] as [string, string]] : parts))
      const text = await answer.text()
      assert.equal(answer.status, 500)
      assert.ok(
        text.includes(
          `<${element} xmlns="http://www.scene7.com/IpsApi/xsd"><code>${code}</code><reason>`,
        ),
        text,
      )
      assert.equal(await opened.door.kept.find(COMPANY, 'x'), undefined)
      assert.deepEqual(opened.errors, [])
    })
  }

  it('keeps the last part of a path as the name', async () => {
    await post(
      ['auth', AUTH],
      ['uploadParams', PARAMS],
      ['file', fileOf('C:\\pictures\\..\\coat.jpg')],
    )
    assert.equal((await opened.door.kept.find(COMPANY, 'coat'))?.original?.name, 'coat.jpg')
  })

  it('answers faults with the status that a client asks for', async () => {
    const auth = AUTH.replace('ann', 'bob').replace(
      '</password>',
      '</password><faultHttpStatusCode>200</faultHttpStatusCode>',
    )
    assert.equal((await post(['auth', auth])).status, 200)
  })

  it('refuses what is no form', async () => {
    const answer = await opened.app.request('/scene7/UploadFile', { method: 'POST', body: 'a' })
    assert.match(await answer.text(), /<code>30001<\/code><reason>Content-Type must be multipart/)
  })

  describe('beside which assets', () => {
    const ask = async (path: string, init: RequestInit = signed('p<ss')) =>
      opened.app.request(`/scene7/assets/${path}`, init)
    const remove = (path: string) => ask(path, { ...signed('p<ss'), method: 'DELETE' })

    it('are listed', async () => {
      await post(['auth', AUTH], ['uploadParams', PARAMS], ['file', fileOf('scarf.jpg', 'wool')])
      const answer = await ask('acme')
      assert.equal(answer.headers.get('cache-control'), 'no-store')
      const { assets } = z.parse(
        z.object({ assets: z.array(z.looseObject({ name: z.string() })) }),
        await answer.json(),
      )
      assert.deepEqual(
        assets.find(({ name }) => name === 'scarf'),
        {
          modified: (await opened.door.kept.find(COMPANY, 'scarf'))?.modified,
          company: 'acme',
          name: 'scarf',
          folder: 'summer',
          type: 'picture',
          file: 'scarf.jpg',
          size: 4,
          kept: true,
        },
      )
    })

    it('are removed, with what was kept of them', async () => {
      await opened.door.kept.addFile(COMPANY, 'a b/c', {
        name: 'c.jpg',
        mediaType: 'image/jpeg',
        body: streamOf('c'),
      })
      assert.equal((await remove('acme/a%20b/c')).status, 204)
      assert.equal(await opened.door.assets.find(COMPANY, 'a b/c'), undefined)
      const again = await remove('acme/a%20b/c')
      assert.equal(again.status, 404)
      assert.equal(await again.text(), 'There is no asset called acme/a b/c.\n')
    })

    for (const path of ['acme/..%2fscarf', 'acme/', 'other/scarf', 'acme/%ff']) {
      it(`are none called ${path}`, async () => {
        assert.equal((await remove(path)).status, 404)
      })
    }

    const strangers: [who: string, init: RequestInit][] = [
      ['nobody', {}],
      ['a wrong password', signed('guess')],
      ['another scheme', { headers: { authorization: 'Bearer p<ss' } }],
      ['a user alone', { headers: { authorization: `Basic ${btoa('ann')}` } }],
    ]
    for (const [who, init] of strangers) {
      it(`are not told to ${who}`, async () => {
        for (const method of ['GET', 'DELETE']) {
          const answer = await ask('acme', { ...init, method })
          assert.equal(answer.status, 401)
          assert.match(answer.headers.get('www-authenticate') ?? '', /^Basic realm=/)
          assert.match(await answer.text(), /must be those of scene7\.env/)
        }
      })
    }
  })

  describe('asks for what is in scene7.env', () => {
    it('which is made at the first start, for its owner alone', async () => {
      const home = temporary.pathTo('env')
      await mkdir(home)
      const made = await openScene7Env(home)
      assert.ok(made.password.length >= 24)
      assert.deepEqual(await openScene7Env(home), made)
      assert.equal((await stat(`${home}/scene7.env`)).mode & 0o777, 0o600)
    })

    it('and has what somebody has written there', async () => {
      const home = temporary.pathTo('env-own')
      await mkdir(home)
      await writeFile(`${home}/scene7.env`, 'SCENE7_COMPANY="My Company"\nexport SCENE7_USER=me\n')
      const { password, ...rest } = await openScene7Env(home)
      assert.deepEqual(rest, { user: 'me', company: 'My Company' })
      assert.match(await readFile(`${home}/scene7.env`, 'utf8'), new RegExp(`=${password}\n$`))
    })

    it('and learns where the WSDL is, at each start anew', async () => {
      const home = temporary.pathTo('env-wsdl')
      await mkdir(home)
      const made = await openScene7Env(home)
      for (const port of [1, 2]) await writeWsdlAddress(home, `https://localhost:${port}`)
      const text = await readFile(`${home}/scene7.env`, 'utf8')
      assert.deepEqual(text.match(/SCENE7_WSDL=.*/g), [
        'SCENE7_WSDL=https://localhost:2/scene7/IpsApi-2014-04-03.wsdl',
      ])
      assert.deepEqual(await openScene7Env(home), made)
    })

    it('which several front ends have in common, as the first of them had it', async () => {
      const database = openIdentityFile(temporary.pathTo('env-shared.sqlite'))
      const { secrets } = openShared(database, Date.now)
      const [first, second] = [temporary.pathTo('env-first'), temporary.pathTo('env-second')]
      await Promise.all([mkdir(first), mkdir(second)])
      const own = `SCENE7_USER="it's me"\nSCENE7_PASSWORD=$ecret\n`
      await writeFile(`${first}/scene7.env`, own)
      const shared = { user: "it's me", password: '$ecret', company: 'darkroom' }
      for (const home of [first, second, second, first]) {
        assert.deepEqual(await openScene7Env(home, secrets), shared)
        assert.deepEqual(await openScene7Env(home), shared)
        await writeWsdlAddress(home, 'https://localhost:1')
      }
      const text = await readFile(`${second}/scene7.env`, 'utf8')
      assert.equal(text.match(/SCENE7_/g)?.length, 5)
      await database.close()
    })

    it('and no company that is none', async () => {
      const home = temporary.pathTo('env-wrong')
      await mkdir(home)
      await writeFile(`${home}/scene7.env`, 'SCENE7_COMPANY=a/b\n')
      await chmod(home, 0o700)
      await assert.rejects(openScene7Env(home), /must be the name of a company/)
    })
  })
})
