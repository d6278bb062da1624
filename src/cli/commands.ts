/** What `darkroom` and the scripts of package.json can be asked for. */
export interface CliCommand {
  readonly name: string
  /** What it does, as the help says it. */
  readonly does: string
  /** Runs it on the arguments of this process, which its name is not among. */
  readonly run: () => Promise<unknown>
}

/** The one table of commands: help, what runs, and the scripts of package.json that a test compares with it. */
export const COMMANDS: readonly CliCommand[] = [
  {
    name: 'start',
    does: 'keeps the service up: workers, storage, journal, developer page, jobs and images',
    run: () => import('./start.ts'),
  },
  {
    name: 'process',
    does: 'makes renditions of files',
    run: () => import('./process.ts'),
  },
  {
    name: 'test-worker',
    does: 'runs the test cases of workers',
    run: () => import('./test-worker.ts'),
  },
  {
    name: 'run-worker',
    does: 'runs a worker on one file',
    run: () => import('./run-worker.ts'),
  },
  {
    name: 'new-worker',
    does: 'lays down a worker of your own, with its first test case',
    run: () => import('./new-worker.ts'),
  },
  {
    name: 'build',
    does: 'builds actions for Adobe I/O Runtime',
    run: () => import('./build.ts'),
  },
  {
    name: 'convert',
    does: 'converts files to another format, by the jobs API',
    run: () => import('./convert.ts'),
  },
  {
    name: 'job',
    does: 'runs a job of the jobs API',
    run: () => import('./job.ts'),
  },
  {
    name: 'image',
    does: 'makes a picture with commands of Image Serving',
    run: () => import('./image.ts'),
  },
  {
    name: 'assets',
    does: 'adds, lists and removes assets of Image Serving',
    run: () => import('./assets.ts'),
  },
  {
    name: 'export',
    does: 'exports assets converted, as a job of IPS',
    run: () => import('./export.ts'),
  },
  {
    name: 'keys',
    does: 'lists, creates and revokes keys of the jobs API',
    run: () => import('./keys.ts'),
  },
  {
    name: 'users',
    does: 'lists, adds and removes users of Scene7',
    run: () => import('./users.ts'),
  },
  {
    name: 'add',
    does: 'brings what makes more conversions possible',
    run: () => import('./add.ts'),
  },
  {
    name: 'doctor',
    does: 'tells what is installed, what is missing and what is wrong',
    run: () => import('./doctor.ts'),
  },
  {
    name: 'backup',
    does: 'writes all state to one file',
    run: () => import('./backup.ts'),
  },
  {
    name: 'restore',
    does: 'makes the state anew of such a file',
    run: () => import('./restore.ts'),
  },
  {
    name: 'migrate',
    does: 'copies all state to PostgreSQL, and objects to S3 or Azure',
    run: () => import('./migrate.ts'),
  },
]
