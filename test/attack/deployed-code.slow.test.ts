import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { listProcesses } from '../../src/programs/process-table.ts'
import { findPrograms } from '../../src/programs/programs.ts'
import { type ActionSandbox, findActionSandbox } from '../../src/runtime/run/action-sandbox.ts'
import { usePlatform, zipped } from '../runtime/deploying-fixture.ts'
import { API_KEY, isAlive, isGone, listen, resultOf } from '../runtime/host-fixture.ts'

/** Does whatever it is told, and tells what came of it. */
const HOSTILE = `
const fs = require('fs'), os = require('os'), path = require('path')
const { spawn, execFileSync } = require('child_process')
const own = () => process.env.WORKER_BASE_DIRECTORY
const acts = {
  read: ({ file }) => fs.readFileSync(file, 'latin1').length,
  list: ({ file }) => fs.readdirSync(file),
  write: ({ file }) => fs.writeFileSync(file, 'mine'),
  link: ({ file }) => {
    const link = path.join(own(), 'link')
    fs.rmSync(link, { force: true })
    fs.symlinkSync(file, link)
    return fs.readFileSync(link).length
  },
  processes: () => fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name)).map((pid) => fs.readFileSync('/proc/' + pid + '/cmdline', 'latin1')),
  kill: ({ pid }) => process.kill(pid, 'SIGKILL'),
  own,
  beside: () => require('./beside.js') + fs.readFileSync(path.join(__dirname, 'beside.txt'), 'utf8'),
  places: () => [own(), os.tmpdir(), os.homedir(), '/dev/shm'].map((folder) => {
    fs.writeFileSync(path.join(folder, 'file'), 'text')
    return fs.readFileSync(path.join(folder, 'file'), 'utf8')
  }),
  node: () => execFileSync('node', ['-p', '1 + 1'], { encoding: 'utf8' }),
  fetch: async ({ url }) => (await fetch(url)).status,
  variable: ({ name }) => process.env[name],
  resolve: async () => (await require('dns').promises.lookup('localhost')).address,
  sandbox: () => execFileSync('bwrap', ['--ro-bind', '/', '/', 'true'], { stdio: 'ignore' }),
  leave: () => new Promise((resolve) => {
    const child = spawn('setsid', ['sleep', '1000'], { detached: true, stdio: 'ignore', env: { PATH: process.env.PATH } })
    child.once('spawn', () => { child.unref(); resolve('left') })
  }),
  hold: () => { const all = []; for (;;) all.push(Buffer.alloc(1e7, 1)) },
  spoil: () => {
    fs.mkdirSync(path.join(own(), 'closed/within'), { recursive: true })
    fs.chmodSync(path.join(own(), 'closed'), 0)
    process.chdir(own())
    for (let depth = 0; depth < 100; depth += 1) {
      fs.mkdirSync('d'.repeat(200))
      process.chdir('d'.repeat(200))
    }
  },
}
exports.main = async (params) => {
  try {
    return { is: (await acts[params.act](params)) ?? null }
  } catch (error) {
    return { is: error.code ?? error.message }
  }
}`

describe('deployed code in its sandbox', function () {
  this.timeout(120_000).slow(10_000)
  let sandbox: ActionSandbox | undefined
  before(async function () {
    const { bwrap } = findPrograms({ PATH: '/usr/bin:/bin' })
    const found = await findActionSandbox({ bwrap, work: '' })
    if (typeof found !== 'string') sandbox = found
    else {
      console.log(`      skipped: ${found}`)
      this.skip()
    }
  })
  const { platform, folder, deploy } = usePlatform((home) => ({
    sandbox: sandbox && { ...sandbox, work: workIn(home) },
  }))
  let home: string

  const run = async (act: string, params: object = {}, action = 'hostile'): Promise<unknown> => {
    const activation = await platform().host.invoke(`pkg/${action}`, { act, ...params }).ended
    return resultOf(activation)['is'] ?? resultOf(activation)['error']
  }

  before(async () => {
    home = folder.pathTo('')
    await writeFile(path.join(home, 'credentials.json'), 'secret')
    const parts = {
      'index.js': HOSTILE,
      'beside.js': `module.exports = 'code'`,
      'beside.txt': ' and text',
    }
    const limits = { timeout: 60_000, memory: 256, concurrency: 1 }
    for (const name of ['hostile', 'innocent']) await deploy(name, zipped(parts), { limits })
  })

  const codeOf = (action: string): string => {
    const found = platform().deployments.find(`pkg/${action}`)
    assert.ok(found !== undefined && 'file' in found)
    return found.file
  }

  it('reads nothing of the state folder, of its user, or of others', async () => {
    const innocent = String(await run('own', {}, 'innocent'))
    assert.ok(existsSync(innocent))
    const files = [
      path.join(home, 'credentials.json'),
      path.join(codeOf('innocent'), 'index.js'),
      path.join(process.cwd(), 'CHANGELOG.md'),
      path.join(process.cwd(), '.git'),
      '/etc/shadow',
      '/root',
      '/home',
      '/run',
      '/var/log',
      '/sys/class',
    ]
    for (const file of files) {
      assert.equal(await run('read', { file }), 'ENOENT', file)
      assert.equal(await run('link', { file }), 'ENOENT', file)
    }
  })
  it('writes nowhere but into folders of its own process', async () => {
    const files = [
      path.join(home, 'pwned'),
      path.join(home, 'deployed/entities.json'),
      path.join(codeOf('hostile'), 'index.js'),
      path.join(codeOf('hostile'), '../code'),
      path.join(process.cwd(), 'src/pwned.ts'),
      path.join(process.cwd(), 'node_modules/pwned'),
      process.execPath,
      '/usr/bin/pwned',
      '/etc/passwd',
      '/etc/pwned',
      '/pwned',
      '/proc/sys/vm/stat_interval',
    ]
    for (const file of files) {
      const before = existsSync(file) ? await readFile(file).catch(() => undefined) : undefined
      const came = await run('write', { file })
      // Below /tmp, it is one of its own.
      if (!file.startsWith('/tmp/')) assert.match(String(came), /^(?:ENOENT|EROFS|EACCES)$/, file)
      const after = existsSync(file) ? await readFile(file).catch(() => undefined) : undefined
      assert.deepEqual(after, before, file)
    }
    assert.deepEqual(await run('places'), ['text', 'text', 'text', 'text'])
    assert.ok(!existsSync('/tmp/file'))
    assert.equal(await run('read', { file: '/tmp/file' }, 'innocent'), 'ENOENT')
  })

  it('sees and ends no other process, and makes no sandbox to get out of', async () => {
    const told = await run('processes')
    assert.ok(Array.isArray(told))
    // Bubblewrap is the first there, and it is the second.
    assert.equal(told.length, 2, JSON.stringify(told))
    assert.equal(await run('kill', { pid: process.pid }), 'ESRCH')
    assert.notEqual(await run('sandbox'), null)
  })

  it('finds what it brings, Node, hosts and the network', async () => {
    assert.equal(await run('beside'), 'code and text')
    assert.equal(await run('node'), '2\n')
    assert.match(String(await run('resolve')), /^(?:127\.0\.0\.1|::1)$/)
    const server = createServer((_, response) => response.end())
    const url = await listen(server)
    assert.equal(await run('fetch', { url }), 200)
    server.close()
  })

  it('has no secret in the arguments of its processes', async () => {
    await run('own')
    const lines = listProcesses().map(({ pid }) => tellArguments(pid))
    assert.ok(lines.some((line) => line.includes(codeOf('hostile'))))
    assert.ok(!lines.some((line) => line.includes(API_KEY)))
  })

  it('leaves nobody behind', async () => {
    assert.equal(await run('leave'), 'left')
    while (!isLeft()) await nextTurn()
    const { deployments, host } = platform()
    const action = deployments.find('pkg/hostile')
    assert.ok(action !== undefined && 'file' in action)
    await host.retire(action)
    while (isLeft()) await nextTurn()
  })

  it('ends with a service that is killed, though it never pauses', async () => {
    const host = spawn(
      process.execPath,
      ['test/attack/deploying-host.ts', folder.pathTo('killed')],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    const [line]: unknown[] = await once(createInterface({ input: host.stdout }), 'line')
    const pids = String(line).split(' ').map(Number)
    assert.equal(pids.length, 3)
    assert.ok(pids.every(isAlive))
    host.kill('SIGKILL')
    await once(host, 'close')
    while (!pids.every(isGone)) await nextTurn()
  })

  it('is ended when it takes more memory than it may', async () => {
    assert.equal(
      await run('hold'),
      'The action exhausted its memory and was aborted (limit: 256 MB).',
    )
  })

  it('leaves no folder behind, be it closed, or deeper than a path leads', async () => {
    const own = path.dirname(String(await run('own')))
    assert.ok(existsSync(own))
    await run('spoil')
    const folders = ['closed', 'd'.repeat(200)]
    assert.deepEqual(readdirSync(path.join(own, 'work')), folders)
    await platform().host.stop(0)
    assert.deepEqual(readdirSync(workIn(home)), [])
  })
})

/** The arguments of a process, each with a zero behind it. */
function tellArguments(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

/** Where the folders of its processes are. */
function workIn(home: string): string {
  return path.join(home, 'work')
}

/** Whether the program is there that was left behind. */
function isLeft(): boolean {
  return listProcesses().some(({ pid }) => tellArguments(pid) === 'sleep\u00001000\u0000')
}
