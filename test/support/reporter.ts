import path from 'node:path'
import Mocha, { type MochaOptions, type Runner } from 'mocha'
import { describeSkipped } from './skipped-tests.ts'
import { TOOLS } from './tools.ts'

const { EVENT_RUN_END, EVENT_TEST_PENDING } = Mocha.Runner.constants

/** Mocha's reporter `spec`, which says at the end what was skipped, and what installs what that takes. */
class Reporter extends Mocha.reporters.Spec {
  constructor(runner: Runner, options: MochaOptions) {
    super(runner, options)
    const skipped: { file: string | undefined }[] = []
    runner.on(EVENT_TEST_PENDING, ({ file }) =>
      skipped.push({ file: file === undefined ? file : path.relative('.', file) }),
    )
    runner.once(EVENT_RUN_END, () => {
      if (skipped.length === 0) return
      const missing = TOOLS.filter(({ isHere }) => !isHere(process.env))
      console.log(describeSkipped(skipped, missing, process.platform).join('\n'))
      console.log()
    })
  }
}

// As Mocha takes reporters.
export { Reporter as 'module.exports' }
