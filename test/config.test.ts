import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { readConfig, variables } from '../src/config.ts'
import { useTemporaryFolder } from './support/temporary-folder.ts'

const EXAMPLE = readFileSync('.env.example', 'utf8')

const ELSEWHERE = [
  'AIO_RUNTIME_APIHOST',
  'AIO_RUNTIME_NAMESPACE',
  'AIO_RUNTIME_AUTH',
  'PUBLIC_URL',
  'LOCAL_RUNTIME_URL',
]

describe('the configuration', () => {
  const folder = useTemporaryFolder()
  const environment = { ...process.env }
  const origin = process.cwd()
  const here = () => realpathSync(folder.pathTo('here'))
  beforeEach(() => {
    mkdirSync(folder.pathTo('here'), { recursive: true })
    process.chdir(folder.pathTo('here'))
    for (const name of [...Object.keys(variables.shape), 'METRICS_TOKEN', ...ELSEWHERE]) {
      delete process.env[name]
    }
  })
  afterEach(() => {
    process.chdir(origin)
    setEnvironment(environment)
    writeFileSync(folder.pathTo('here/.env'), '')
  })

  it('has a default for everything', () => {
    const { port, home, logLevel } = readConfig()
    assert.deepEqual([port, home, logLevel], [9443, path.join(here(), '.darkroom'), 'info'])
  })

  it('is read from the environment', () => {
    Object.assign(process.env, {
      DARKROOM_PORT: '0',
      DARKROOM_HOME: '/srv/dark',
      LOG_LEVEL: 'debug',
    })
    const { port, home, logLevel } = readConfig()
    assert.deepEqual([port, home, logLevel], [0, path.resolve('/srv/dark'), 'debug'])
  })

  it('tells which proxies are believed, by their addresses', () => {
    process.env['DARKROOM_TRUSTED_PROXIES'] = 'balancer'
    assert.throws(() => readConfig(), {
      message:
        /DARKROOM_TRUSTED_PROXIES must be IP addresses and networks of proxies with commas between them/,
    })
    process.env['DARKROOM_TRUSTED_PROXIES'] = '10.0.0.0/8'
    assert.equal(readConfig().trustedProxies?.('10.1.2.3'), true)
  })

  it('is read for another folder, which all that it names is relative to', () => {
    const there = folder.pathTo('there')
    mkdirSync(there)
    const files = 'DARKROOM_TLS_CERT=cert.pem\nDARKROOM_TLS_KEY=keys/key.pem\n'
    writeFileSync(path.join(there, '.env'), `DARKROOM_HOME=state\nDARKROOM_OCR=ocr\n${files}`)
    const { home, added, place } = readConfig(there)
    assert.deepEqual(
      [home, added['ocr'], place.tls?.cert, place.tls?.key],
      ['state', 'ocr', 'cert.pem', 'keys/key.pem'].map((name) => path.join(there, name)),
    )
  })

  it('has a log for people and metrics for this machine alone, unless it says otherwise', () => {
    const before = readConfig()
    assert.deepEqual([before.logFormat, before.metricsToken], ['text', undefined])
    Object.assign(process.env, { LOG_FORMAT: 'json', METRICS_TOKEN: 'open-sesame' })
    const changed = readConfig()
    assert.deepEqual([changed.logFormat, changed.metricsToken], ['json', 'open-sesame'])
    process.env['METRICS_TOKEN'] = ''
    assert.equal(readConfig().metricsToken, undefined)
    process.env['METRICS_TOKEN'] = 'open sesame'
    assert.throws(readConfig, {
      message: 'METRICS_TOKEN must be letters, digits and signs without spaces.',
    })
  })

  it('has limits for the storage, of which 0 is none', () => {
    assert.deepEqual(readConfig().storageLimits, {
      longestMs: 30 * 24 * 60 * 60 * 1000,
      mostBytes: 50e9,
    })
    Object.assign(process.env, { DARKROOM_STORAGE_DAYS: '0', DARKROOM_STORAGE_GB: '0' })
    assert.deepEqual(readConfig().storageLimits, { longestMs: undefined, mostBytes: undefined })
  })

  it('is read from .env too, beneath the environment', () => {
    writeFileSync('.env', 'DARKROOM_PORT=1234\nLOG_LEVEL=warn\n')
    process.env['LOG_LEVEL'] = 'error'
    const { port, logLevel } = readConfig()
    assert.deepEqual({ port, logLevel }, { port: 1234, logLevel: 'error' })
  })

  for (const [script, startedByNpm] of [
    ['start', true],
    [undefined, false],
  ] as const) {
    it(`tells that npm ${startedByNpm ? 'has' : 'has not'} started the process`, () => {
      setEnvironment(script === undefined ? {} : { npm_lifecycle_event: script })
      assert.equal(readConfig().startedByNpm, startedByNpm)
    })
  }

  it('passes on to actions what programs need to run, and nothing else', () => {
    setEnvironment({
      PATH: '/bin',
      HOME: '/home/ada',
      LANG: 'C',
      TZ: 'UTC',
      AWS_SECRET_ACCESS_KEY: 'hush',
      NODE_OPTIONS: '--inspect',
      LOG_LEVEL: 'info',
    })
    assert.deepEqual(readConfig().actionEnvironment, {
      PATH: '/bin',
      HOME: '/home/ada',
      LANG: 'C',
      TZ: 'UTC',
    })
  })

  const PORT = 'a port from 0 to 65535, 0 for any free one'
  const ADDRESS =
    'an IP address of this machine, and perhaps a port behind it, such as 0.0.0.0:9443 or [::]:9443'
  const ORIGIN =
    'the https: URL of the service without a path, such as https://darkroom.example.com'
  const PIXELS = 'a whole number of pixels, 1 or more'
  const LEVEL = 'one of error, warn, info, verbose, debug, silly'
  const mistakes: [name: string, value: string, right: string][] = [
    ['DARKROOM_PORT', '', PORT],
    ['DARKROOM_PORT', 'https', PORT],
    ['DARKROOM_PORT', '-1', PORT],
    ['DARKROOM_PORT', '1.5', PORT],
    ['DARKROOM_PORT', ' 80', PORT],
    ['DARKROOM_PORT', '0x50', PORT],
    ['DARKROOM_PORT', '65536', PORT],
    ['DARKROOM_PORT', '100000', PORT],
    ['DARKROOM_LISTEN', '', ADDRESS],
    ['DARKROOM_LISTEN', 'darkroom.example.com', ADDRESS],
    ['DARKROOM_LISTEN', '::1:9443x', ADDRESS],
    ['DARKROOM_TLS_CERT', '', 'a file'],
    ['DARKROOM_TLS_KEY', '', 'a file'],
    ['DARKROOM_URL', 'darkroom.example.com', ORIGIN],
    ['DARKROOM_URL', 'http://darkroom.example.com', ORIGIN],
    ['DARKROOM_URL', 'https://darkroom.example.com/v2', ORIGIN],
    ['DARKROOM_URL', 'https://ann:pass@darkroom.example.com', ORIGIN],
    ['DARKROOM_HOME', '', 'a folder'],
    ['DARKROOM_STORAGE_DAYS', '', 'a whole number of days, 0 for no such limit'],
    ['DARKROOM_STORAGE_DAYS', '-1', 'a whole number of days, 0 for no such limit'],
    ['DARKROOM_STORAGE_GB', '1.5', 'a whole number of gigabytes, 0 for no such limit'],
    ['LOG_LEVEL', '', LEVEL],
    ['LOG_LEVEL', 'loud', LEVEL],
    ['LOG_LEVEL', 'INFO', LEVEL],
    ['LOG_FORMAT', 'xml', 'text or json'],
    ['MAX_SOURCE_PIXELS', '0', PIXELS],
    ['MAX_SOURCE_PIXELS', '1e9', PIXELS],
    ['MAX_SOURCE_BYTES', '1 GB', 'a whole number of bytes, 1 or more'],
    ['EXPORT_MAX_ASSETS', 'many', 'a whole number of assets, 1 or more'],
    ['EXPORT_MAX_BYTES', '1 GB', 'a whole number of bytes, 1 or more'],
    ['EXPORT_MAX_PIXELS', '-1', PIXELS],
  ]
  for (const [name, value, right] of mistakes) {
    it(`refuses "${value}" as ${name}`, () => {
      process.env[name] = value
      assert.throws(readConfig, { message: `${name} must be ${right}, but it is "${value}".` })
    })
  }

  const FILES = { DARKROOM_TLS_CERT: 'cert.pem', DARKROOM_TLS_KEY: '/etc/key.pem' }
  const URL_OF_TEAM = { DARKROOM_URL: 'https://darkroom.example.com/' }
  const PLACES: [what: string, given: Record<string, string>, place: object, port: number][] = [
    ['this machine alone', {}, { address: '127.0.0.1', isTeam: false }, 9443],
    ['a port of it', { DARKROOM_LISTEN: '[::1]:80' }, { address: '::1', isTeam: false }, 80],
    [
      'a team',
      { DARKROOM_LISTEN: '0.0.0.0:443', DARKROOM_PORT: '1', ...FILES },
      { address: '0.0.0.0', isTeam: true },
      443,
    ],
    [
      'a team by way of a proxy',
      { ...URL_OF_TEAM, DARKROOM_PORT: '1' },
      { address: '127.0.0.1', url: 'https://darkroom.example.com', isTeam: true },
      1,
    ],
    ['this machine, with a certificate of its own', FILES, { isTeam: false }, 9443],
  ]
  for (const [what, given, place, port] of PLACES) {
    it(`is for ${what} with ${Object.keys(given).join(', ') || 'nothing else'}`, () => {
      Object.assign(process.env, given)
      const config = readConfig()
      assert.equal(config.port, port)
      assert.partialDeepStrictEqual(config.place, place)
      const files = { cert: path.resolve('cert.pem'), key: '/etc/key.pem' }
      assert.deepEqual(config.place.tls, 'DARKROOM_TLS_CERT' in given ? files : undefined)
    })
  }

  for (const address of ['0.0.0.0', '[::]:9443', '192.168.1.5', '::ffff:10.0.0.1']) {
    it(`lets nobody else connect, at ${address}, without a certificate of one’s own`, () => {
      process.env['DARKROOM_LISTEN'] = address
      process.env['DARKROOM_URL'] = 'https://darkroom.example.com'
      assert.throws(readConfig, {
        message:
          /^DARKROOM_LISTEN lets others .* the files that DARKROOM_TLS_CERT and DARKROOM_TLS_KEY name\.$/,
      })
    })
  }

  it('has a certificate and its key, or neither', () => {
    process.env['DARKROOM_TLS_KEY'] = 'key.pem'
    assert.throws(readConfig, {
      message: 'DARKROOM_TLS_KEY is nothing without DARKROOM_TLS_CERT.',
    })
  })

  it('gives the inputs of manifest.yml every variable', () => {
    writeFileSync('.env', 'MAX_SOURCE_PIXELS=1000\nA_KEY_OF_MINE=secret\n')
    const { MAX_SOURCE_PIXELS, A_KEY_OF_MINE } = readConfig().manifestVariables
    delete process.env['A_KEY_OF_MINE']
    assert.deepEqual([MAX_SOURCE_PIXELS, A_KEY_OF_MINE], ['1000', 'secret'])
  })

  it('limits exports as Adobe does, unless it says otherwise', () => {
    const adobes = { mostAssets: 500, mostBytes: 1024 ** 3, mostPixels: 100_000_000 }
    assert.deepEqual(readConfig().exportLimits, adobes)
    process.env['EXPORT_MAX_ASSETS'] = '7'
    assert.deepEqual(readConfig().exportLimits, { ...adobes, mostAssets: 7 })
  })

  it('takes the last port there is', () => {
    process.env['DARKROOM_PORT'] = '65535'
    assert.equal(readConfig().port, 65_535)
  })

  const PLATFORM = {
    AIO_RUNTIME_APIHOST: 'https://adobeioruntime.net',
    AIO_RUNTIME_NAMESPACE: 'ns',
    AIO_RUNTIME_AUTH: 'user:secret',
    PUBLIC_URL: 'https://darkroom.example.com',
  }

  it('has actions run elsewhere, and is for a team then', () => {
    Object.assign(process.env, PLATFORM)
    const { elsewhere, place, apiHostOfAio } = readConfig()
    assert.deepEqual(elsewhere, {
      publicUrl: 'https://darkroom.example.com',
      platform: {
        apiHost: 'https://adobeioruntime.net',
        namespace: 'ns',
        apiKey: 'user:secret',
        keyName: 'AIO_RUNTIME_AUTH',
      },
      localRuntime: undefined,
    })
    assert.deepEqual([place.isTeam, place.url, apiHostOfAio], [true, undefined, undefined])
  })

  it('knows whose actions run here, and makes nothing of PUBLIC_URL that is no such URL', () => {
    process.env['PUBLIC_URL'] = 'https://darkroom.example.com/'
    const { publicUrl, elsewhere, place } = readConfig()
    assert.deepEqual([publicUrl, elsewhere, place.isTeam], [PLATFORM.PUBLIC_URL, undefined, false])
    process.env['PUBLIC_URL'] = '/app'
    assert.equal(readConfig().publicUrl, undefined)
  })

  it('has no action run elsewhere for what aio alone reads', () => {
    Object.assign(process.env, { ...PLATFORM, PUBLIC_URL: '' })
    const { elsewhere, place, apiHostOfAio } = readConfig()
    assert.deepEqual(
      [elsewhere, place.isTeam, apiHostOfAio],
      [undefined, false, 'https://adobeioruntime.net'],
    )
    Object.assign(process.env, { PUBLIC_URL: '/', AIO_RUNTIME_APIHOST: '' })
    assert.equal(readConfig().elsewhere, undefined)
  })

  it('has actions that are not deployed run on another runtime', () => {
    const { PUBLIC_URL } = PLATFORM
    const LOCAL_RUNTIME_URL = 'https://user:secret@office.example.com/'
    Object.assign(process.env, { PUBLIC_URL, LOCAL_RUNTIME_URL })
    assert.deepEqual(readConfig().elsewhere, {
      publicUrl: PUBLIC_URL,
      platform: undefined,
      localRuntime: {
        apiHost: 'https://office.example.com',
        namespace: undefined,
        apiKey: 'user:secret',
        keyName: 'LOCAL_RUNTIME_URL',
      },
    })
  })

  const hosts: [given: string, apiHost: string][] = [
    ['adobeioruntime.net', 'https://adobeioruntime.net'],
    ['https://host.example.com/runtime/', 'https://host.example.com/runtime'],
    ['http://localhost:3233', 'http://localhost:3233'],
  ]
  for (const [given, apiHost] of hosts) {
    it(`knows the platform at ${given}`, () => {
      Object.assign(process.env, { ...PLATFORM, AIO_RUNTIME_APIHOST: given })
      assert.equal(readConfig().elsewhere?.platform?.apiHost, apiHost)
    })
  }

  const wrong: [changed: Record<string, string>, message: RegExp][] = [
    [{ PUBLIC_URL: 'http://darkroom.example.com' }, /^PUBLIC_URL must be the https: URL /],
    [{ PUBLIC_URL: 'https://darkroom.example.com/a' }, /^PUBLIC_URL must be the https: URL /],
    [{ AIO_RUNTIME_APIHOST: 'http://example.com' }, /^AIO_RUNTIME_APIHOST must be the https: URL /],
    [{ AIO_RUNTIME_APIHOST: 'https://user:secret@h.test' }, /^AIO_RUNTIME_APIHOST must be /],
    [{ AIO_RUNTIME_NAMESPACE: '' }, /which takes AIO_RUNTIME_NAMESPACE as well\.$/],
    [{ AIO_RUNTIME_AUTH: '' }, /which takes AIO_RUNTIME_AUTH as well\.$/],
    [{ AIO_RUNTIME_AUTH: 'secret' }, /^AIO_RUNTIME_AUTH must be a key such as USER:PASSWORD/],
    [{ LOCAL_RUNTIME_URL: 'https://office.test' }, /^LOCAL_RUNTIME_URL must be the https: URL /],
    [{ LOCAL_RUNTIME_URL: 'http://u:secret@h.test' }, /^LOCAL_RUNTIME_URL must be the https: URL /],
    [
      { PUBLIC_URL: '', LOCAL_RUNTIME_URL: 'https://u:secret@h.test' },
      /^LOCAL_RUNTIME_URL is nothing without PUBLIC_URL/,
    ],
  ]
  for (const [changed, message] of wrong) {
    it(`says what is wrong with ${JSON.stringify(changed)}, and no secret`, () => {
      Object.assign(process.env, { ...PLATFORM, ...changed })
      assert.throws(readConfig, (error: Error) => {
        assert.match(error.message, message)
        assert.doesNotMatch(error.message, /secret/)
        return true
      })
    })
  }

  it('is written down in .env.example: every variable, with a line of explanation and its default', () => {
    const entries = EXAMPLE.trimEnd()
      .split('\n\n')
      .map((entry) => {
        const [, name, value] = /^# [A-Z].*\.\n(\w+)=(\S+)$/.exec(entry) ?? []
        assert.ok(name !== undefined && value !== undefined, entry)
        return [name, value]
      })
    const defaults = Object.entries(variables.parse({})).map(([name, value]) => [
      name,
      String(value),
    ])
    assert.deepEqual(entries, defaults)
  })
})

/** Replaces every variable; the object itself has to stay, since Node writes to it. */
function setEnvironment(variablesByName: Record<string, string | undefined>): void {
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, variablesByName)
}
