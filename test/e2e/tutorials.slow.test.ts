import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { itThoroughly } from '../support/amounts.ts'
import { useProjectCopy } from './project-copy.ts'
import { startServiceProcess, useHome } from './service-process.ts'

/** A block of a page that is no code of a language. */
const BLOCK = /^```\n(.*?)^```$/gms

/** The blocks of a page from one heading to another one, in their order. */
function blocksOf(page: string, from: string, to: string): string[] {
  const text = readFileSync(page, 'utf8')
  const [start, end] = [text.indexOf(`\n${from}\n`), text.indexOf(`\n${to}\n`)]
  assert.ok(start !== -1 && end > start, `${page} has ${from}, and then ${to}`)
  return Array.from(text.slice(start, end).matchAll(BLOCK), ([, block = '']) => block.trim())
}

/** The words of a command, over as many lines as it takes. */
function wordsOf(command: string): string[] {
  return command.replaceAll('\\\n', ' ').split(/\s+/)
}

describe('the tutorial on workers, word for word', function () {
  this.timeout(300_000)
  const project = useProjectCopy('samples')
  const page = 'docs/write-a-worker.md'
  const [begin = '', laidDown = ''] = blocksOf(page, '## Begin', '## The action')
  const [runOne = '', serve = '', ask = ''] = blocksOf(page, '## Try it', '## Test it')
  const [test = ''] = blocksOf(page, '## Test it', '### Mocks')

  function run(command: string): Promise<string> {
    const [program = '', ...args] = wordsOf(command)
    return new Promise((resolve, reject) => {
      execFile(program, args, { cwd: project() }, (error, stdout, stderr) =>
        error === null ? resolve(stdout) : reject(new Error(`${command}: ${stdout}${stderr}`)),
      )
    })
  }

  it('lays down what it says', async () => {
    await run(begin)
    const files = laidDown.split('\n').map((line) => line.split(/\s/)[0] ?? '')
    assert.equal(files.length, 6, laidDown)
    for (const file of files) assert.ok(existsSync(path.join(project(), file)), file)
  })

  itThoroughly('runs it on a file', async () => {
    await run(runOne)
    assert.ok(existsSync(path.join(project(), 'sepia.png')), runOne)
  })

  it('runs its test cases', async () => {
    assert.match(await run(test), /^ ✔ {2}grey {2}/m)
  })

  describe('with the service that is kept up', () => {
    const home = useHome()
    itThoroughly('has the renditions of it asked for by its URL', async () => {
      const [npm = '', ...words] = wordsOf(serve)
      const command = [npm, '--prefix', project(), ...words]
      const service = await startServiceProcess({ home, command })
      const here = ask.replaceAll('https://localhost:9443', service.origin)
      assert.match(await run(`env DARKROOM_HOME=${home} ${here}`), /^sepia\.png +200 × /m)
      assert.ok(existsSync(path.join(project(), 'renditions/sepia.png')))
      service.child.kill('SIGTERM')
      await service.exited
    })
  })
})
