import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { familyOfProcess } from '../../src/programs/process-family.ts'
import type { ProgramLimits } from '../../src/programs/program-limits.ts'
import { createProgramWords } from '../../src/programs/program-words.ts'
import { runProgram } from '../../src/programs/run-program.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const LIMITS: ProgramLimits = {
  longestMs: 60_000,
  mostMemoryBytes: 500_000_000,
  mostWrittenBytes: 1_000_000,
  mostFiles: 100,
}

describe('a program of the machine', function () {
  this.timeout(60_000)
  const temporary = useTemporaryFolder()

  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(temporary.pathTo('work-'))
  })

  /** Runs a script of a shell, within its folder. */
  async function run(
    script: string,
    limits: Partial<ProgramLimits> = {},
    { signal = new AbortController().signal, onOutput = (_text: string): void => undefined } = {},
  ) {
    const words = createProgramWords({ last: 100 })
    const end = await runProgram(
      { command: '/bin/sh', args: ['-c', script], folder, environment: { KNOWN: 'told' } },
      {
        written: folder,
        limits: { ...LIMITS, ...limits },
        signal,
        onOutput(text) {
          words.add(text)
          onOutput(text)
        },
        onErrors: words.add,
      },
    )
    return { ...end, said: words.text() }
  }

  it('ends with its code, and has said all by then', async () => {
    const { code, endedBy, excess, said } = await run('echo $KNOWN $HOME; echo wrong >&2; exit 3')
    assert.deepEqual({ code, endedBy, excess }, { code: 3, endedBy: undefined, excess: undefined })
    assert.match(said, /told\n/)
    assert.match(said, /wrong\n/)
  })

  it('tells by which signal it has ended', async () => {
    const { code, endedBy } = await run('kill -SEGV $$')
    assert.deepEqual({ code, endedBy }, { code: undefined, endedBy: 'SIGSEGV' })
  })

  it('is an error where it cannot be started', async () => {
    const start = { command: '/nowhere/program', args: [], folder: '/', environment: {} }
    const { signal } = new AbortController()
    await assert.rejects(runProgram(start, { written: '/nowhere', limits: LIMITS, signal }), {
      code: 'ENOENT',
    })
  })

  const EXCESSES: readonly [string, string, Partial<ProgramLimits>, string][] = [
    ['runs for too long', 'while :; do :; done', { longestMs: 300 }, 'time'],
    ['writes too much', 'head -c 2000000 /dev/zero > a; sleep 60', {}, 'written'],
    [
      'makes too many files',
      'for i in 1 2 3; do : > $i; done; sleep 60',
      { mostFiles: 2 },
      'files',
    ],
    [
      'hides what it writes in folders below folders',
      'd=; for i in $(seq 20); do d=$d/ffffffffffffffffffffffffffffffffffffffffffffff; done; mkdir -p .$d$d$d; sleep 60',
      {},
      'files',
    ],
  ]
  for (const [what, script, limits, excess] of EXCESSES) {
    it(`is ended when it ${what}`, async () => {
      assert.equal((await run(script, limits)).excess, excess)
    })
  }

  it('is told to have written too much when it has ended before anybody looked', async () => {
    const { code, excess } = await run('head -c 2000000 /dev/zero > a')
    assert.deepEqual({ code, excess }, { code: 0, excess: 'written' })
  })

  it('is ended when all that it has started take too much memory', async function () {
    if (process.platform !== 'linux') this.skip()
    // Each has less than the limit, and keeps what it has: a shell would become its last command.
    const held = 'x=$(head -c 10000000 /dev/zero | tr "\\0" a); sleep 60; :'
    const script = `for i in 1 2 3 4; do (${held}) & done; wait`
    const mostMemoryBytes = 30_000_000
    assert.equal((await run(script, { mostMemoryBytes })).excess, 'memory')
  })

  it('is gone when its signal ends it, with all that it has started', async function () {
    if (process.platform !== 'linux') this.skip()
    const controller = new AbortController()
    const started: number[] = []
    const running = run(
      'sleep 600 & (sleep 600 & echo $!; wait) & echo $!; wait',
      {},
      {
        signal: controller.signal,
        onOutput(text) {
          started.push(...text.trim().split('\n').map(Number))
          if (started.length === 2) controller.abort(new Error('enough'))
        },
      },
    )
    await assert.rejects(running, /enough/)
    assert.deepEqual(started.filter(isAlive), [])
  })

  it('is the first of its family', async () => {
    let family: number[] = []
    const controller = new AbortController()
    const running = run(
      '(sleep 600 & echo x; wait) & wait',
      {},
      {
        signal: controller.signal,
        onOutput() {
          family = familyOfProcess(process.pid)
          controller.abort(new Error('enough'))
        },
      },
    )
    await assert.rejects(running, /enough/)
    assert.equal(family[0], process.pid)
    if (process.platform === 'linux') assert.ok(family.length >= 4, family.join())
  })
})

/** A process that has ended, and whose parent has not asked for it, counts as gone. */
function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}/exe`)
}
