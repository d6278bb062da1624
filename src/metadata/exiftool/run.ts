import { closeSync, mkdirSync, openSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import type { WASI } from 'node:wasi'
import { confine } from './confine.ts'

/** The source, for the arguments of {@link runExifTool}. */
export const SOURCE = '/source/file'
/** The folder of the job, for the arguments of {@link runExifTool}. */
export const JOB = '/job'
/** The folder of ExifTool's own files with arguments. */
export const ARGUMENT_FILES = '/exiftool/arg_files'

/** Where `bin/exiftool` and its library are. */
const EXIFTOOL = dirname(
  createRequire(import.meta.url).resolve('exiftool-vendored.pl/bin/exiftool'),
)

/** The descriptors of the folders that a program gets, in this order; 0 to 2 are the standard streams. */
const DESCRIPTORS = { job: 3, dev: 4, exiftool: 5, source: 6 } as const

/**
 * A module of Perl that this build has in C and cannot load. `overload` asks it which classes a class descends from.
 */
const MRO_MODULE = `package mro;
sub import {}
sub get_linear_isa {
  my @classes = ($_[0]);
  my %seen;
  for (my $i = 0; $i < @classes; $i++) {
    no strict 'refs';
    splice @classes, $i + 1, 0, @{"$classes[$i]::ISA"};
  }
  return [grep { !$seen{$_}++ } @classes];
}
1;
`

/** What ExifTool is run for. */
export interface ExifToolRun {
  readonly perl: WebAssembly.Module
  /** A file that it may read. */
  readonly sourcePath: string
  /** A folder that it may read and write, and in which nothing else is. */
  readonly folder: string
  /**
   * The arguments of each command; one after the other in one run, since starting takes longest. Nothing that comes out
   * of a file or a request may be among them.
   */
  readonly commands: readonly (readonly string[])[]
}

/** What has come of it. */
export interface ExifToolOutput {
  /** Why it did not come to its end, such as for want of memory; commands may have failed without. */
  readonly failure: string | undefined
  /** What it printed to its standard output. */
  readonly output: string
  /** The errors and warnings that it printed. */
  readonly errors: string
}

const STDERR = 2

/** Thrown by the program's own way to end, so that it does not end the thread. */
class ProgramEnd extends Error {
  override readonly name = 'ProgramEnd'
}

/** Runs ExifTool in a new instance of Perl, so that nothing of one source can be left for the next. */
export function runExifTool({ perl, sourcePath, folder, commands }: ExifToolRun): ExifToolOutput {
  const path = realpathSync(sourcePath)
  const dev = join(folder, 'dev')
  mkdirSync(dev, { recursive: true })
  writeFileSync(join(dev, 'null'), '')
  const lib = join(folder, 'lib')
  mkdirSync(lib, { recursive: true })
  writeFileSync(join(lib, 'mro.pm'), MRO_MODULE)
  const streams = [join(folder, 'stdout'), join(folder, 'stderr')] as const
  const [stdout, stderr] = streams.map((stream) => openSync(stream, 'w'))
  let failure: string | undefined
  try {
    // Not imported, since Node warns of it at once, before this thread can say that it knows.
    const { WASI } = process.getBuiltinModule('node:wasi')
    const wasi = new WASI({
      version: 'preview1',
      env: {
        PERL5LIB: `${JOB}/lib:/exiftool/lib`,
        TZ: 'UTC',
        // The same order of hashes every time, so that what happened once can be made to happen again.
        PERL_HASH_SEED: '0',
        PERL_PERTURB_KEYS: '0',
      },
      preopens: {
        [JOB]: folder,
        '/dev': dev,
        '/exiftool': EXIFTOOL,
        '/source': dirname(path),
      },
      stdout: stdout ?? 1,
      stderr: stderr ?? 2,
    })
    const args = commands.flatMap((command, index) =>
      index === 0 ? command : ['-execute', ...command],
    )
    // An empty name: no configuration file, which would be a program.
    failure = runPerl({
      perl,
      wasi,
      sourceName: basename(path),
      args: ['-config', '', ...args],
      isOutOfMemory: () => /^Out of memory/m.test(readFileSync(streams[1], 'utf8')),
    })
  } finally {
    for (const stream of [stdout, stderr]) if (stream !== undefined) closeSync(stream)
  }
  const [output, errors] = streams.map((stream) => readFileSync(stream, 'utf8'))
  return { failure, output: output ?? '', errors: errors ?? '' }
}

interface PerlRun {
  readonly perl: WebAssembly.Module
  readonly wasi: WASI
  readonly sourceName: string
  readonly args: readonly string[]
  /** Whether it has said that it is. */
  readonly isOutOfMemory: () => boolean
}

/** @returns why it did not come to its end */
function runPerl({ perl, wasi, sourceName, args, isOutOfMemory }: PerlRun): string | undefined {
  let sourceNameAt: number | undefined
  const confined = confine(
    { ...wasi.wasiImport },
    {
      writable: new Set([DESCRIPTORS.job, DESCRIPTORS.dev]),
      single: DESCRIPTORS.source,
      name: sourceName,
    },
    (name) => {
      sourceNameAt ??= placeText(instance, name)
      return sourceNameAt
    },
  )
  const instance = new WebAssembly.Instance(perl, {
    wasi_snapshot_preview1: {
      ...confined,
      fd_write(...written: (number | bigint)[]) {
        const result = confined['fd_write']?.(...written) ?? 0
        // Perl says so, and may never come to its end afterwards.
        if (written[0] === STDERR && isOutOfMemory()) throw new ProgramEnd()
        return result
      },
      proc_exit() {
        throw new ProgramEnd()
      },
    },
    env: { call_host_function: () => 0 },
  })
  wasi.initialize(instance)
  try {
    call(instance, 'zeroperl_init')
    const places = args.map((arg) => placeText(instance, arg))
    const list = call(instance, 'malloc', (places.length + 1) * 4)
    const view = new DataView(memoryOf(instance))
    places.forEach((place, index) => {
      view.setUint32(list + index * 4, place, true)
    })
    view.setUint32(list + places.length * 4, 0, true)
    const script = placeText(instance, '/exiftool/exiftool')
    const isDone = untilItsEnd(() =>
      call(instance, 'zeroperl_run_file', script, places.length, list),
    )
    const failure = isDone ? undefined : textAt(instance, call(instance, 'zeroperl_last_error'))
    untilItsEnd(() => call(instance, 'zeroperl_flush'))
    return failure
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) return error.message
    throw error
  }
}

/** @returns whether `run` returned zero; a program that ends itself has done what it was run for */
function untilItsEnd(run: () => number): boolean {
  try {
    return run() === 0
  } catch (error) {
    if (error instanceof ProgramEnd) return true
    throw error
  }
}

/** @returns where a text is in the memory of a program, with a zero behind it */
function placeText(instance: WebAssembly.Instance, text: string): number {
  const bytes = Buffer.from(`${text}\0`)
  const place = call(instance, 'malloc', bytes.length)
  new Uint8Array(memoryOf(instance)).set(bytes, place)
  return place
}

function textAt(instance: WebAssembly.Instance, place: number): string {
  const memory = Buffer.from(memoryOf(instance))
  return memory.toString('utf8', place, memory.indexOf(0, place))
}

function memoryOf({ exports }: WebAssembly.Instance): ArrayBuffer {
  const { memory } = exports
  if (!(memory instanceof WebAssembly.Memory)) throw new Error('Perl has no memory.')
  return memory.buffer
}

function call({ exports }: WebAssembly.Instance, name: string, ...args: number[]): number {
  const exported = exports[name]
  if (typeof exported !== 'function') throw new Error(`Perl has no function ${name}.`)
  return Number(exported(...args))
}
