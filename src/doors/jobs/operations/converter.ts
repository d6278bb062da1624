import type { FoundPrograms } from '../../../programs/programs.ts'
import type { InputFile } from '../tasks/input-file.ts'
import type { ConvertOptions } from './convert-options.ts'
import type { FormatPair } from './format-pairs.ts'
import type { Wish } from './operation.ts'

/** One way from formats to formats; {@link CONVERTERS} has all of them. */
export interface Converter {
  /** From what to what, as far as the programs of the machine go. */
  readonly pairs: (programs: FoundPrograms) => readonly FormatPair[]
  /** Whether it is what makes this format of this file, as far as the programs of the machine go. */
  readonly makes: (file: InputFile, outputFormat: string, programs: FoundPrograms) => boolean
  /** Which options of `convert` say something to it of this format and file, besides those of every task. */
  readonly reads: (outputFormat: string, file: InputFile) => readonly string[]
  /** What has to be made of a file first, to be converted in its place; nothing unless given. */
  readonly preparation?: (file: InputFile, options: ConvertOptions) => Wish | undefined
  /** What has to be found out about a file first; nothing unless given. */
  readonly inspection?: (file: InputFile, options: ConvertOptions) => Wish | undefined
  /**
   * What is to be made of a file.
   *
   * @param report - what the inspection has found out, if there was one
   * @throws {@link TaskError} when it cannot be made, such as ENGINE_NOT_AVAILABLE where a program is missing
   */
  readonly wishes: (
    file: InputFile,
    options: ConvertOptions,
    report: unknown,
    programs: FoundPrograms,
  ) => readonly Wish[]
}
