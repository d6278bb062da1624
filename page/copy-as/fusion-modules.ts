/** What Workfront Fusion's modules of CloudConvert call what they ask for, as its documentation has it. */

/** A module that makes something of files: what it calls the options of its operation. */
export interface FusionModule {
  readonly title: string
  readonly input: 'Input file' | 'Input File' | 'Input Files'
  readonly named: Readonly<Record<string, string>>
}

const COMMON = { filename: 'File Name', input_format: 'Input Format' }

/** The modules of single operations. */
export const MODULES: Readonly<Record<string, FusionModule>> = {
  convert: {
    title: 'Convert a File',
    input: 'Input file',
    named: { ...COMMON, output_format: 'Output Format' },
  },
  archive: {
    title: 'Create an Archive',
    input: 'Input Files',
    named: { filename: 'File name', output_format: 'Output Format' },
  },
  merge: {
    title: 'Merge Files',
    input: 'Input Files',
    named: { filename: 'File name', output_format: 'Output Format' },
  },
  optimize: {
    title: 'Optimize a File',
    input: 'Input File',
    named: { filename: 'File name', input_format: 'Input format', profile: 'Optimization for' },
  },
}

/** What the profiles of `optimize` are called there. */
export const PROFILES: Readonly<Record<string, string>> = {
  web: 'Web',
  print: 'Print',
  archive: 'Archive',
  mrc: 'Scanned images',
  max: 'maximal size reduction',
}
