import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { confine } from './confine.ts'

/** The folder of ExifTool's program, its library and its files with arguments. */
export const EXIFTOOL: string = dirname(
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

/** Where Perl runs. */
export interface PerlPlace {
  /** A folder that it may read and write, and in which nothing else is. It sees it as `/job`. */
  readonly folder: string
  /** A file that it may read. It sees it as any file in `/source`. */
  readonly sourcePath: string
}

/** What Perl has said. */
export interface PerlOutput {
  /** Why it did not come to its end, such as for want of memory. */
  readonly failure: string | undefined
  /** What it printed to its standard output. */
  readonly output: string
  /** The errors and warnings that it printed. */
  readonly errors: string
}

/** Thrown by the program's own way to end, so that it does not end the thread. */
class ProgramEnd extends Error {
  override readonly name = 'ProgramEnd'
}

/**
 * Makes an instance of Perl and has `use` do something with it. It sees nothing but its {@link PerlPlace} and ExifTool.
 *
 * @param use - returns whether Perl has come to the end of what it was told to do
 */
export function withPerl(
  module: WebAssembly.Module,
  { folder, sourcePath }: PerlPlace,
  use: (instance: WebAssembly.Instance) => boolean,
): PerlOutput {
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
      env: { PERL5LIB: '/job/lib:/exiftool/lib', TZ: 'UTC' },
      preopens: {
        '/job': folder,
        '/dev': dev,
        '/exiftool': EXIFTOOL,
        '/source': dirname(sourcePath),
      },
      stdout: stdout ?? 1,
      stderr: stderr ?? 2,
    })
    let sourceNameAt: number | undefined
    const confined = confine(
      { ...wasi.wasiImport },
      {
        writable: new Set([DESCRIPTORS.job, DESCRIPTORS.dev]),
        single: DESCRIPTORS.source,
        name: basename(sourcePath),
      },
      (name) => {
        sourceNameAt ??= placeText(instance, name)
        return sourceNameAt
      },
    )
    const instance = new WebAssembly.Instance(module, {
      wasi_snapshot_preview1: {
        ...confined,
        proc_exit() {
          throw new ProgramEnd()
        },
      },
      env: { call_host_function: () => 0 },
    })
    wasi.initialize(instance)
    failure = findFailure(instance, use)
  } finally {
    for (const stream of [stdout, stderr]) if (stream !== undefined) closeSync(stream)
  }
  const [output, errors] = streams.map((stream) => readFileSync(stream, 'utf8'))
  return { failure, output: output ?? '', errors: errors ?? '' }
}

/** @returns why Perl did not come to its end */
function findFailure(
  instance: WebAssembly.Instance,
  use: (instance: WebAssembly.Instance) => boolean,
): string | undefined {
  try {
    const isDone = untilItsEnd(() => use(instance))
    const failure = isDone ? undefined : textAt(instance, call(instance, 'zeroperl_last_error'))
    untilItsEnd(() => call(instance, 'zeroperl_flush') === 0)
    return failure
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) return error.message
    if (error instanceof RangeError) return `Out of memory: ${error.message}`
    throw error
  }
}

/** A program that ends itself has done what it was run for. */
function untilItsEnd(run: () => boolean): boolean {
  try {
    return run()
  } catch (error) {
    if (error instanceof ProgramEnd) return true
    throw error
  }
}

/** @returns where a text is in the memory of a program, with a zero behind it */
export function placeText(instance: WebAssembly.Instance, text: string): number {
  const bytes = Buffer.from(`${text}\0`)
  const place = call(instance, 'malloc', bytes.length)
  new Uint8Array(memoryOf(instance).buffer).set(bytes, place)
  return place
}

function textAt(instance: WebAssembly.Instance, place: number): string {
  const memory = Buffer.from(memoryOf(instance).buffer)
  return memory.toString('utf8', place, memory.indexOf(0, place))
}

/** The memory of an instance. */
export function memoryOf({ exports }: WebAssembly.Instance): WebAssembly.Memory {
  const { memory } = exports
  if (!(memory instanceof WebAssembly.Memory)) throw new Error('Perl has no memory.')
  return memory
}

/** Calls a function of zeroperl. */
export function call({ exports }: WebAssembly.Instance, name: string, ...args: number[]): number {
  const exported = exports[name]
  if (typeof exported !== 'function') throw new Error(`Perl has no function ${name}.`)
  return Number(exported(...args))
}
