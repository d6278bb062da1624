import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import * as z from 'zod/mini'
import { readConsole, signIn, trust } from '../e2e/api-client.ts'
import { startServiceProcess, useHome } from '../e2e/service-process.ts'

const STARTS = 3
const credentialsSchema = z.object({ clientId: z.string() })
const accountsSchema = z.object({ keys: z.array(z.object({ name: z.string() })) })

/** Runs a command of the house with its state in `home`. */
async function run(home: string, file: string, ...args: string[]) {
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...process.env, DARKROOM_HOME: home, DARKROOM_PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [output, errors] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  return { output, errors, status: child.exitCode }
}

describe('a fresh state folder', function () {
  this.timeout(120_000)

  describe('that several services are started with at once', () => {
    const home = useHome()

    it('is that of one of them, whose files they are, and the others say who has it', async () => {
      const start = () => startServiceProcess({ home, manifest: 'instant.yml', warm: [] })
      const starts = await Promise.allSettled(Array.from({ length: STARTS }, start))
      const [winner, ...others] = starts.flatMap((each) =>
        each.status === 'fulfilled' ? [each.value] : [],
      )
      assert.ok(winner)
      assert.deepEqual(others, [])
      const told = starts.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
      assert.equal(told.length, STARTS - 1)
      for (const reason of told) {
        const sentence = /Another service( \(process \d+, since \S+Z\))? has the state folder/
        assert.match(String(reason), sentence)
      }
      // Its certificate is that of ca.pem, and it knows the credentials of the files.
      trust(home)
      assert.match((await signIn(winner.origin, home))['authorization'] ?? '', /^Bearer /)
      const { clientId } = credentialsSchema.parse(
        JSON.parse(readFileSync(path.join(home, 'credentials.json'), 'utf8')),
      )
      assert.equal(readConsole(home).credential.client_id, clientId)
    })
  })

  describe('that commands write into while a service is started with it', () => {
    const home = useHome()

    it('loses nothing of what either has written, and is closed to others', async () => {
      const names = ['one']
      const [service, ...made] = await Promise.all([
        startServiceProcess({ home, command: [process.execPath, 'src/cli/start.ts'] }),
        ...names.map((name) => run(home, 'src/cli/keys.ts', 'create', '--name', name)),
        ...names.map((name) => run(home, 'src/cli/users.ts', 'add', `${name}@example.com`)),
      ])
      for (const { status, errors } of made) assert.equal(status, 0, errors)
      const { keys } = accountsSchema.parse(
        JSON.parse(readFileSync(path.join(home, 'accounts.json'), 'utf8')),
      )
      assert.deepEqual(keys.map(({ name }) => name).toSorted(), ['default', ...names].toSorted())
      const users = await run(home, 'src/cli/users.ts', 'list')
      for (const name of names) assert.match(users.output, new RegExp(`${name}@example\\.com`))
      const [secret = ''] = made.map(({ output }) => output.trim())
      trust(home)
      const headers = { authorization: `Bearer ${secret}` }
      assert.equal((await fetch(`${service.origin}/v2/users/me`, { headers })).status, 200)
      for (const name of readdirSync(home)) {
        assert.equal(statSync(path.join(home, name)).mode & 0o077, 0, name)
      }
    })
  })
})
