import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import * as z from 'zod/mini'
import { npmCall } from '../../src/base/npm-call.ts'
import { checkModes } from '../../src/cli/doctor/check-modes.ts'
import { endTree } from '../../src/programs/process-tree.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const EXEC = 'scripts/exec/exec.cjs'

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')))

describe('on Windows', () => {
  const folder = useTemporaryFolder()

  for (const [name, script] of Object.entries(scripts)) {
    it(`npm run ${name} has no word that only shells of other systems know`, () => {
      assert.doesNotMatch(script, /[$'`;|~*]|\b[A-Z_]+=|(?<!&)&(?!&)/)
      for (const command of script.split(' && '))
        assert.match(command, /^(?:exec node|node|npm|tsc|oxlint|oxfmt) /)
    })
  }

  it('exec is a command, which ends as its program does', () => {
    const says = 'console.log(process.argv.slice(1).join("|")); process.exit(3)'
    const args = [EXEC, 'node', '-e', says, 'a b', '"c"']
    const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    assert.deepEqual({ status, stdout }, { status: 3, stdout: 'a b|"c"\n' })
  })

  it('exec runs nothing but node', () => {
    const { status, stderr } = spawnSync(process.execPath, [EXEC, 'sh'], { encoding: 'utf8' })
    assert.equal(status, 1)
    assert.match(stderr, /exec runs node alone, and not sh\./)
  })

  it('exec waits for what its program tidies up after Ctrl-C', async () => {
    const tidies =
      'process.on("SIGINT", () => process.exit(7)); setInterval(() => {}, 1000); console.log(process.pid)'
    const child = spawn(process.execPath, [EXEC, 'node', '-e', tidies], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = await once(child.stdout, 'data')
    child.kill('SIGINT')
    process.kill(Number(line), 'SIGINT')
    assert.deepEqual(await once(child, 'exit'), [7, null])
  })

  it('npm is a batch file, which only the shell runs, and that in one line', () => {
    const args = ['ci', '--os=linux', '--omit=dev']
    assert.deepEqual(npmCall(args, 'linux'), { command: 'npm', args, shell: false })
    const line = { command: 'npm ci --os=linux --omit=dev', args: [], shell: true }
    assert.deepEqual(npmCall(args, 'win32'), line)
    for (const word of ['a b', '%PATH%', 'a&b', '"', '^', '']) {
      assert.throws(() => npmCall([word], 'win32'), TypeError, word)
    }
  })

  it('a process ends with all that it has started', () => {
    const ran: string[] = []
    endTree(42, (program, args) => ran.push([program, ...args].join(' ')))
    assert.deepEqual(ran, ['taskkill /pid 42 /t /f'])
  })

  it('a process that has ended cannot be ended, which is no error', () => {
    endTree(42, () => {
      throw new Error('There is no such process.')
    })
  })

  it('npm run doctor says that it looks at no permissions', async () => {
    for await (const { state, sentence } of checkModes(folder.pathTo('home'), null)) {
      assert.equal(state, 'remark')
      assert.match(sentence, /is up to its permissions in Windows/)
    }
  })
})
