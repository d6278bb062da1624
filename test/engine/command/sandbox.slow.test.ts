import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { collectOutputs } from '../../../src/engine/command/collect-outputs.ts'
import { runCommand } from '../../../src/engine/command/run-command.ts'
import { NOBODY } from '../../../src/programs/bubblewrap.ts'
import { findPrograms } from '../../../src/programs/programs.ts'
import { sandboxed, sandboxProblem } from '../../../src/programs/sandbox.ts'
import { skipWithout } from '../../support/tools.ts'

const LIMITS = {
  longestMs: 40_000,
  mostMemoryBytes: 300_000_000,
  mostWrittenBytes: 20_000_000,
  mostFiles: 20,
}

/** A number that no other process has among its arguments. */
const MARK = String(4_000_000_000 + process.pid)

/** Whether a process runs that has {@link MARK} among its arguments. */
function isLeft(): boolean {
  return execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .split('\n')
    .includes(`sleep ${MARK}`)
}

/** What a program could do that is none of those which are run: the sandbox has to hold for these, too. */
describe('the sandbox of commands', function () {
  this.timeout(60_000)
  const { bwrap = '' } = findPrograms({ PATH: '/usr/bin:/bin' })
  let folder: string
  let outputs: string

  before(function () {
    skipWithout(this, 'bubblewrap')
    const problem = bwrap === '' ? 'bwrap is missing' : sandboxProblem(bwrap)
    if (problem === undefined) return
    console.log(`      skipped: ${problem}`)
    this.skip()
  })
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'darkroom-sandbox-test-'))
    outputs = join(folder, 'output')
    await mkdir(outputs)
    await mkdir(join(folder, 'input'))
    await writeFile(join(folder, 'input/a.txt'), 'a')
    await writeFile(join(folder, 'secret'), 'secret')
    await chmod(folder, 0o755)
    if (process.getuid?.() === 0) await chown(outputs, NOBODY, NOBODY)
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  /** What a script of a shell says. */
  async function run(
    script: string,
    limits: Partial<typeof LIMITS> = {},
    signal = new AbortController().signal,
  ): Promise<string> {
    const inputs = join(folder, 'input')
    const program = '/usr/bin/sh'
    const start = sandboxed({ bwrap, program, args: ['-c', script], inputs, outputs })
    const options = { title: 'sh', outputs, limits: { ...LIMITS, ...limits }, signal }
    return (await runCommand(start, options)).stdout
  }

  it('has nothing of the machine but its programs in sight', async () => {
    const seen = (await run('echo /*')).trim().split(' ')
    assert.deepEqual(
      seen.filter((each) => !each.startsWith('/lib')),
      ['/bin', '/dev', '/etc', '/input', '/output', '/sbin', '/tmp', '/usr'],
    )
    assert.match(await run('ls /dev /etc'), /null[^]*urandom/)
    assert.equal(
      await run(`cat ${folder}/secret /etc/passwd /etc/shadow /proc/1/environ; echo -`),
      '-\n',
    )
    assert.equal(
      await run('id -u; hostname; env | sort'),
      `${NOBODY}\nsandbox\nHOME=/tmp\nLANG=C.UTF-8\nPATH=/usr/bin\nPWD=/output\n`,
    )
  })

  it('cannot be written to but below /tmp and /output', async () => {
    const places = ['/x', '/dev/x', '/etc/x', '/usr/x', '/input/x', '/input/a.txt', '/dev/shm/x']
    const script = places.map((place) => `(echo x > ${place}) && echo ${place}`).join('; ')
    assert.equal(await run(`${script}; echo x > /tmp/x; cat /tmp/x`), 'x\n')
    assert.match(
      await run('head -c 300000000 /dev/zero > /tmp/full; wc -c < /tmp/full'),
      /^26\d{7}\n$/,
    )
  })

  it('has no network, and nothing of it gets more rights', async () => {
    assert.equal(await run('cat < /dev/tcp/127.0.0.1/1; echo -'), '-\n')
    assert.equal(
      await run(
        'for each in unshare\\ -U unshare\\ -Ur unshare\\ -n; do $each id && echo got in; done; echo -',
      ),
      '-\n',
    )
    assert.equal(await run('su -c id; mount -t tmpfs x /tmp; echo -'), '-\n')
  })

  it('has a bomb of forks go off in itself alone', async () => {
    await run('b() { b | b & }; b; sleep 2; true', { longestMs: 6000 }).catch((error: unknown) =>
      assert.match(String(error), /stopped|Cannot fork|has ended/),
    )
    const started = `i=0; while [ $i -lt 300 ]; do sleep ${MARK} & i=$((i+1)); done`
    await assert.rejects(run(started), /Cannot fork/)
    assert.equal(isLeft(), false)
  })

  it('ends what has no end, and what takes too much', async () => {
    await assert.rejects(run('while true; do true; done', { longestMs: 1000 }), {
      message: 'sh was stopped, since it takes more than the 1 seconds that it may.',
    })
    await assert.rejects(
      run(`x=$(head -c 600000000 /dev/zero | tr '\\0' x); sleep 9`),
      /of memory that it may/,
    )
    await assert.rejects(run('head -c 50000000 /dev/zero > /output/a; sleep 9'), {
      message: 'sh was stopped, since it takes more than the 20 MB of files that it may.',
    })
    const many =
      'rm /output/a; i=0; while [ $i -lt 99 ]; do echo > /output/$i; i=$((i+1)); done; sleep 9'
    await assert.rejects(run(many), {
      message: 'sh was stopped, since it takes more than the 20 files that it may.',
    })
  })

  it('ends within a second when nobody waits for it any more, and leaves no process', async () => {
    const giveUp = new AbortController()
    const running = run(`sleep ${MARK} & sleep ${MARK}`, {}, giveUp.signal)
    const ended = assert.rejects(running, /not wanted/)
    while (!isLeft()) await new Promise((resolve) => setImmediate(resolve))
    const started = performance.now()
    giveUp.abort(new Error('not wanted'))
    await ended
    assert.ok(performance.now() - started < 1000)
    assert.equal(isLeft(), false)
  })

  it('leaves no process however early it is given up', async () => {
    for (let waitMs = 0; waitMs < 40; waitMs += 4) {
      const giveUp = AbortSignal.timeout(waitMs)
      await assert.rejects(run(`sleep ${MARK}`, {}, giveUp), { name: 'TimeoutError' })
    }
    assert.doesNotMatch(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }), new RegExp(MARK))
  })

  it('leaves nothing but regular files', async () => {
    await run(
      `mkdir -p /output/b/c; echo c > /output/b/c/c.txt; echo a > /output/a.txt
      ln -s /etc/passwd /output/link; ln -s /etc /output/folder; mkfifo /output/pipe
      echo d > /output/d; ln /output/d /output/e; ln -s ../.. /output/b/up`,
    )
    const left = await collectOutputs(outputs)
    assert.deepEqual(
      left.map(({ name, size }) => [name, size]),
      [
        ['a.txt', 2],
        ['b/c/c.txt', 2],
      ],
    )
  })
})
