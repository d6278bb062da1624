import path from 'node:path'

const PROJECT = path.resolve(import.meta.dirname, '../..')

/** The texts of licences, relative to the project that this code is of. */
const TEXTS = {
  'Apache-2.0': 'LICENSE',
  'Artistic-1.0-Perl': 'licences/Artistic-1.0-Perl.txt',
  'BSD-2-Clause': 'licences/BSD-2-Clause.txt',
  'GPL-1.0': 'licences/GPL-1.0.txt',
  'GPL-3.0': 'licences/GPL-3.0.txt',
  'LGPL-3.0': 'licences/LGPL-3.0.txt',
  'MPL-1.1': 'licences/MPL-1.1.txt',
} as const

/**
 * What is in packages under licences whose texts they do not bring, though whoever hands them on has to: libvips, GLib, Pango, librsvg
 * and cairo; ExifTool; Perl; qpdf; OpenJPEG.
 */
const LACKING: Readonly<Record<string, readonly (keyof typeof TEXTS)[]>> = {
  '@img/sharp-libvips-linux-x64': ['LGPL-3.0', 'GPL-3.0', 'MPL-1.1'],
  'exiftool-vendored.pl': ['Artistic-1.0-Perl', 'GPL-1.0'],
  '@cornerstonejs/codec-openjpeg': ['BSD-2-Clause'],
  '@6over3/zeroperl-ts': ['Apache-2.0', 'Artistic-1.0-Perl', 'GPL-1.0'],
  '@neslinesli93/qpdf-wasm': ['Apache-2.0'],
}

/**
 * Finds the texts of licences that a package of npm should have beside it and lacks.
 *
 * @returns their files, by what they are called in its folder
 */
export function licencesFor(packageName: string): ReadonlyMap<string, string> {
  const names = LACKING[packageName] ?? []
  return new Map(names.map((name) => [`LICENSE.${name}.txt`, path.join(PROJECT, TEXTS[name])]))
}
