import assert from 'node:assert/strict'
import { gunzipSync, gzipSync } from 'node:zlib'
import { DATES, UNDATED } from '../../../../src/doors/scene7/ips/ips-namespaces.ts'
import { parseXml } from '../../../../src/doors/scene7/upload/xml-element.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { type OpenedDoor, openDoor } from '../open-door.ts'
import { ADMIN, at, DATED, envelope, faultOf, param, post, SERVICE } from './call-ips.ts'

const LOGIN = param('checkLogin', '<email>a@b.c</email><password>x</password>')

describe('IPS over SOAP', () => {
  const temporary = useTemporaryFolder()
  let opened: OpenedDoor

  before(async () => {
    opened = await openDoor(temporary.pathTo('home'))
  })
  after(async () => {
    await opened.door.close?.()
    assert.deepEqual(opened.errors, [])
  })

  const send = (body: string | Uint8Array<ArrayBuffer>, headers?: Record<string, string>) =>
    post(opened.app, body, headers)

  const get = async (path: string) => {
    const answer = await opened.app.request(`https://images.example:8443${path}`)
    return { status: answer.status, text: await answer.text() }
  }
  const request = (header: string, headers: Record<string, string>) =>
    opened.app.request(SERVICE, {
      method: 'POST',
      body: envelope(param('searchAssets', '<nothing/>'), header),
      headers,
    })

  describe('describes itself', () => {
    for (const date of DATES) {
      it(`by the WSDL of ${date}, with its own address in it`, async () => {
        for (const folder of ['/scene7', '/scene7/webservice']) {
          const { status, text } = await get(`${folder}/IpsApi-${date}.wsdl`)
          assert.equal(status, 200)
          assert.ok(text.includes(`targetNamespace="${UNDATED}/${date}"`))
          assert.ok(
            text.includes('location="https://images.example:8443/scene7/services/IpsApiService"'),
          )
        }
      })
    }

    it('by a WSDL without a date, whose types are in the namespace without one', async () => {
      const { text } = await get('/scene7/webservice/IpsApi.wsdl')
      assert.ok(text.includes(`xmlns:types="${UNDATED}"`))
      assert.equal(text.split('<xsd:schema ').length, 2)
    })

    it('at the address of the service', async () => {
      const { text } = await get('/scene7/services/IpsApiService?wsdl')
      assert.ok(text.includes(`targetNamespace="${DATED}"`))
    })

    it('by well-formed XML in which every type that is named is there', async () => {
      const { text } = await get('/scene7/services/IpsApiService?wsdl')
      const named = new Set(
        [...text.matchAll(/ (?:type|element)="types:(\w+)"/g)].map(([, n]) => n),
      )
      const declared = new Set(
        [...text.matchAll(/<xsd:(?:complexType|element) name="(\w+)"/g)].map(([, name]) => name),
      )
      assert.ok(named.size > 150)
      assert.deepEqual(
        [...named].filter((name) => !declared.has(name)),
        [],
      )
      assert.equal(
        new Set(text.match(/<xsd:complexType name="\w+"/g)).size,
        text.match(/<xsd:complexType name="\w+"/g)?.length,
      )
    })

    it('and has no other version', async () => {
      const { status, text } = await get('/scene7/IpsApi-1999-01-01.wsdl')
      assert.equal(status, 404)
      assert.match(text, /no version 1999-01-01 of the API: there are .*2014-04-03/)
    })
  })

  describe('takes', () => {
    const taken: [
      what: string,
      body: string | Uint8Array<ArrayBuffer>,
      headers?: Record<string, string>,
    ][] = [
      ['a bare SOAPAction', envelope(LOGIN), { soapaction: 'checkLogin' }],
      ['a quoted SOAPAction', envelope(LOGIN), { soapaction: '"checkLogin"' }],
      ['an empty SOAPAction', envelope(LOGIN), { soapaction: '""' }],
      ['a SOAPAction that is a URL', envelope(LOGIN), { soapaction: 'urn:ips#checkLogin' }],
      [
        'members in any order and with prefixes',
        envelope(
          `<p:checkLoginParam xmlns:p="urn:x"><p:password>x</p:password><p:email>a@b.c</p:email></p:checkLoginParam>`,
        ),
      ],
      [
        'members that say that they have no value',
        envelope(
          param(
            'checkLogin',
            '<companyHandle xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/><email>a@b.c</email><password>x</password>',
          ),
        ),
      ],
      ['gzip', new Uint8Array(gzipSync(envelope(LOGIN))), { 'content-encoding': 'gzip' }],
      ['UTF-8 with a mark', `\ufeff${envelope(LOGIN)}`],
      [
        'UTF-16, little end first',
        new Uint8Array(Buffer.from(`\ufeff${envelope(LOGIN)}`, 'utf16le')),
        { 'content-type': 'text/xml' },
      ],
      [
        'UTF-16, big end first',
        new Uint8Array(Buffer.from(`\ufeff${envelope(LOGIN)}`, 'utf16le').swap16()),
        { 'content-type': 'text/xml' },
      ],
      [
        'ISO-8859-1 by its declaration',
        new Uint8Array(
          Buffer.from(
            envelope(LOGIN.replace('a@b.c', 'zoë@b.c')).replace('UTF-8', 'ISO-8859-1'),
            'latin1',
          ),
        ),
        { 'content-type': 'text/xml' },
      ],
      [
        'ISO-8859-1 by its media type',
        new Uint8Array(Buffer.from(envelope(LOGIN.replace('a@b.c', 'zoë@b.c')), 'latin1')),
        { 'content-type': 'text/xml; charset="iso-8859-1"' },
      ],
    ]
    for (const [what, body, headers] of taken) {
      it(what, async () => {
        const { status, content, text } = await send(body, headers)
        assert.equal(status, 200, text)
        assert.equal(at(content, 'status')?.text, 'InvalidLogin')
      })
    }
  })

  for (const namespace of [UNDATED, DATED, 'urn:"<&>']) {
    it(`answers in the namespace ${namespace} of the request`, async () => {
      const escaped = namespace
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('"', '&quot;')
      const members = '<email>a@b.c</email><password>x</password>'
      const { content } = await send(envelope(param('checkLogin', members, escaped)))
      assert.equal(content.name, 'checkLoginReturn')
      assert.equal(content.namespace, namespace)
      assert.equal(at(content, 'status')?.namespace, namespace)
    })
  }

  describe('compresses', () => {
    it('for who takes gzip', async () => {
      const answer = await request(ADMIN, { 'accept-encoding': 'gzip, deflate' })
      assert.equal(answer.headers.get('content-encoding'), 'gzip')
      const text = gunzipSync(await answer.arrayBuffer()).toString()
      assert.equal(parseXml(text).name, 'Envelope')
    })

    it('nothing for who does not, or says so', async () => {
      const plain = ADMIN.replace('</user>', '</user><gzipResponse>false</gzipResponse>')
      for (const [header, encoding] of [
        [ADMIN, 'identity'],
        [plain, 'gzip'],
      ] as const) {
        const answer = await request(header, { 'accept-encoding': encoding })
        assert.equal(answer.headers.get('content-encoding'), null)
      }
    })
  })

  describe('knows who calls by', () => {
    const members = '<user>ann</user><password>p&lt;ss</password>'
    const basic = `Basic ${Buffer.from('ann:p<ss').toString('base64')}`
    const known: [what: string, header: string, authorization?: string][] = [
      ['an authHeader', ADMIN],
      [
        'an authHeader with a date',
        `<authHeader xmlns="${DATED}">${members}<appName>x</appName></authHeader>`,
      ],
      [
        'the headers that were there before',
        '<AuthUser xmlns="http://www.scene7.com/IpsApi">ann</AuthUser><AuthPassword xmlns="http://www.scene7.com/IpsApi">p&lt;ss</AuthPassword>',
      ],
      ['HTTP Basic', '', basic],
      [
        'an access token',
        `<authHeader xmlns="${UNDATED}"><accessToken>good</accessToken></authHeader>`,
      ],
    ]
    for (const [what, header, authorization] of known) {
      it(what, async () => {
        const { content } = await send(
          envelope(param('getUserInfo'), header),
          authorization === undefined ? {} : { authorization },
        )
        assert.equal(at(content, 'userInfo/email')?.text, 'ann')
      })
    }

    const strangers: [what: string, header: string, code: number, authorization?: string][] = [
      ['nothing', '', 10000],
      ['a user alone', `<authHeader xmlns="${UNDATED}"><user>ann</user></authHeader>`, 10000],
      ['a wrong password', ADMIN.replace('p&lt;ss', 'guess'), 10001],
      ['a wrong user', ADMIN.replace('ann', 'bob'), 10001],
      ['a wrong pair of HTTP Basic', '', 10001, `Basic ${btoa('ann:guess')}`],
      ['what is no pair of HTTP Basic', '', 10000, 'Basic %%%'],
      [
        'a token of somebody else',
        `<authHeader xmlns="${UNDATED}"><accessToken>bad</accessToken></authHeader>`,
        10001,
      ],
    ]
    for (const [what, header, code, authorization] of strangers) {
      it(`no ${what}, and asks for nothing`, async () => {
        const answer = await send(
          envelope(param('getUserInfo'), header),
          authorization === undefined ? {} : { authorization },
        )
        assert.equal(answer.status, 500)
        assert.equal(answer.headers.get('www-authenticate'), null)
        const { element, ...fault } = faultOf(answer)
        assert.deepEqual([element, fault.code], ['authenticationFault', code])
      })
    }
  })

  it('tells faults with the status that a client asks for', async () => {
    const header = ADMIN.replace('</user>', '</user><faultHttpStatusCode>200</faultHttpStatusCode>')
    const answer = await send(envelope(param('getCompanyInfo'), header))
    assert.equal(answer.status, 200)
    assert.equal(faultOf(answer).code, 30002)
  })

  it('tells of a fault as SOAP 1.1 has it', async () => {
    const { text, status } = await send(envelope(param('getCompanyInfo')))
    assert.equal(status, 500)
    assert.match(
      text,
      /<soapenv:Fault><faultcode>soapenv:Client<\/faultcode><faultstring>IpsApiException<\/faultstring><detail><ipsApiFault xmlns="http:\/\/www\.scene7\.com\/IpsApi\/xsd"><code>30002<\/code><reason>/,
    )
  })

  describe('refuses', () => {
    const refused: [
      what: string,
      body: string | Uint8Array<ArrayBuffer>,
      code: number,
      reason: RegExp,
      headers?: Record<string, string>,
    ][] = [
      [
        'SOAP 1.2',
        envelope(LOGIN).replace(
          'schemas.xmlsoap.org/soap/envelope/',
          'www.w3.org/2003/05/soap-envelope',
        ),
        30003,
        /Envelope of SOAP 1\.1/,
      ],
      ['no Body', envelope('').replace(/<s:Body>.*<\/s:Body>/, ''), 30003, /one Body/],
      ['an empty Body', envelope(''), 30003, /one Body with one element/],
      ['two operations', envelope(LOGIN + LOGIN), 30003, /one Body with one element/],
      [
        'a header that must be understood',
        envelope(LOGIN, `${ADMIN}<x:Pay xmlns:x="urn:x" s:mustUnderstand="1"/>`),
        30003,
        /"Pay" must be understood/,
      ],
      [
        'a SOAPAction of another operation',
        envelope(LOGIN),
        30001,
        /SOAPAction says "deleteAsset", and the Body has "checkLoginParam"/,
        { soapaction: '"deleteAsset"' },
      ],
      [
        'an operation that IPS does not have',
        envelope(param('makeCoffee')),
        30000,
        /"makeCoffeeParam"/,
      ],
      [
        'a member that is none',
        envelope(param('checkLogin', '<mail>a</mail>')),
        30001,
        /checkLoginParam has no member "mail". It has companyHandle, email, password\./,
      ],
      [
        'a member twice',
        envelope(param('checkLogin', '<email>a</email><email>a</email>')),
        30001,
        /email more than once/,
      ],
      [
        'a member too few',
        envelope(param('checkLogin', '<email>a</email>')),
        30002,
        /needs password/,
      ],
      [
        'an element where a text must be',
        envelope(param('checkLogin', '<email><b/></email><password>x</password>')),
        30001,
        /email must be a text/,
      ],
      [
        'a number that is none',
        envelope(
          param('getFolderTree', '<companyHandle>c|acme</companyHandle><depth>deep</depth>'),
        ),
        30001,
        /getFolderTreeParam\/depth must be of the type xsd:int, and is "deep"/,
      ],
      [
        'a list with something else in it',
        envelope(
          param(
            'getAssets',
            '<companyHandle>c|acme</companyHandle><assetHandleArray><item>a</item></assetHandleArray>',
          ),
        ),
        30001,
        /is a list of items/,
      ],
    ]
    for (const [what, body, code, reason, headers] of refused) {
      it(what, async () => {
        const answer = await send(body, headers)
        const { reason: why, ...fault } = faultOf(answer)
        assert.equal(answer.status, 500)
        assert.deepEqual(fault, { element: 'ipsApiFault', code }, why)
        assert.match(why, reason)
      })
    }
  })

  it('is called by POST alone', async () => {
    const answer = await opened.app.request(SERVICE)
    assert.equal(answer.status, 405)
    assert.equal(answer.headers.get('allow'), 'POST')
  })
})
