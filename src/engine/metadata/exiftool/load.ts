import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { getCompileCacheDir } from 'node:module'
import { dirname, join } from 'node:path'
import { passingPrefix } from '../../../base/passing-folder.ts'
import { call, EXIFTOOL, memoryOf, placeText, withPerl } from './instance.ts'
import { keepMemory, type Memory } from './kept-memory.ts'
import { UNDECLARED_TEXT } from './undeclared-text.ts'

/** Perl with ExifTool loaded: what every run begins with, since to load it takes longer than most runs. */
export interface LoadedPerl extends Memory {
  readonly module: WebAssembly.Module
}

const PAGE_BYTES = 65_536

/**
 * As many pages of a PDF, of those that its catalog leads to directly, are asked what they say of themselves. Perl takes a
 * millisecond for each, and what they say is seldom more than that they have a colour profile.
 */
const MOST_PAGES = 200

/**
 * Has ExifTool leave out the pages behind {@link MOST_PAGES}, which it has no option for. What it writes is no matter: it
 * never writes pages.
 */
const FEWER_PAGES = `
require Image::ExifTool::PDF;
{
  no warnings 'redefine';
  my $process = \\&Image::ExifTool::PDF::ProcessDict;
  *Image::ExifTool::PDF::ProcessDict = sub ($$$$;$$) {
    my ($tool, $table, $dictionary, @others) = @_;
    my $pages = $$dictionary{Kids};
    if (ref $pages eq 'ARRAY' and @$pages > ${MOST_PAGES}) {
      $dictionary = { %$dictionary, Kids => [@$pages[0 .. ${MOST_PAGES} - 1]] };
    }
    return &$process($tool, $table, $dictionary, @others);
  };
}
`

/**
 * Loads what runs of {@link runExifTool} use, by doing what they do with a file that has a little of everything: reads its
 * metadata, copies them to XMP, and writes them. Then it forgets the file.
 */
const LOADING = `
require Image::ExifTool;
require 'Image/ExifTool/Writer.pl';
my $tool = Image::ExifTool->new;
$tool->SetNewValue('EXIF:Artist' => 'a');
$tool->SetNewValue('EXIF:DateTimeOriginal' => '2026:01:01 00:00:00');
$tool->SetNewValue('IPTC:Keywords' => 'a');
$tool->SetNewValue('XMP-dc:Title' => 'a');
$tool->WriteInfo(undef, '/job/made.exv') or die 'nothing could be written';
$tool->SetNewValue();
$tool->ImageInfo('/job/made.exv');
for my $name (qw(exif2xmp iptc2xmp pdf2xmp)) {
  open my $file, '<', "/exiftool/arg_files/$name.args" or die "$name: $!";
  my @tags = map { /^-(.*\\S)/ } <$file>;
  close $file;
  $tool->SetNewValuesFromFile('/job/made.exv', @tags);
  $tool->WriteInfo(undef, "/job/$name.xmp");
  $tool->SetNewValue();
}
undef $tool;
${FEWER_PAGES}
${UNDECLARED_TEXT}
1;
`

/** Evaluate in the context of a scalar. */
const SCALAR = 1

/**
 * Loads ExifTool, or takes it from where Node.js keeps compiled code, if it does (`NODE_COMPILE_CACHE`).
 *
 * @param wasm - Perl, see {@link readPerl}
 */
export async function loadExifTool(wasm: Buffer): Promise<LoadedPerl> {
  const module = await WebAssembly.compile(wasm)
  const ingredients = [wasm, readFileSync(join(EXIFTOOL, 'lib/Image/ExifTool.pm')), LOADING]
  const memory = keepMemory(keptIn(), ingredients, () => {
    const folder = mkdtempSync(passingPrefix('exiftool'))
    try {
      return load(module, folder)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
  return { module, ...memory }
}

/** Beside the folders of compiled code, of which there is one for each set of options of V8; memory is the same for all. */
function keptIn(): string | undefined {
  const folder = getCompileCacheDir()
  return folder === undefined ? undefined : dirname(folder)
}

/** @param folder - an empty folder for what it writes meanwhile */
function load(module: WebAssembly.Module, folder: string): Memory {
  const sourcePath = join(folder, 'none')
  writeFileSync(sourcePath, '')
  let loaded: Memory | undefined
  const { failure, errors } = withPerl(module, { folder, sourcePath }, (instance) => {
    call(instance, 'zeroperl_init')
    if (call(instance, 'zeroperl_eval', placeText(instance, LOADING), SCALAR, 0, 0) !== 0) {
      return false
    }
    const memory = Buffer.from(memoryOf(instance).buffer.slice(0))
    loaded = { memory, stackPointer: Number(stackPointerOf(instance).value) }
    return true
  })
  if (loaded === undefined) throw new Error(`ExifTool cannot be loaded: ${failure} ${errors}`)
  return loaded
}

/** Gives a new instance the memory of the one that has loaded ExifTool. */
export function restore(
  instance: WebAssembly.Instance,
  { memory, stackPointer }: LoadedPerl,
): void {
  const own = memoryOf(instance)
  own.grow(Math.max(0, (memory.length - own.buffer.byteLength) / PAGE_BYTES))
  new Uint8Array(own.buffer).set(memory)
  stackPointerOf(instance).value = stackPointer
}

function stackPointerOf({ exports }: WebAssembly.Instance): WebAssembly.Global {
  const { __stack_pointer: pointer } = exports
  if (!(pointer instanceof WebAssembly.Global)) throw new Error('Perl has no stack pointer.')
  return pointer
}
