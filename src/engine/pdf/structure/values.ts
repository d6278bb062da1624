/** A name, without its slash (ISO 32000-2, 7.3.5). */
export class PdfName {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

/** Stands for an object of the file (ISO 32000-2, 7.3.10). */
export class PdfReference {
  readonly number: number
  readonly generation: number

  constructor(number: number, generation: number) {
    this.number = number
    this.generation = generation
  }
}

/** The entries of a dictionary, by their names without the slash. */
export type PdfDictionary = ReadonlyMap<string, PdfValue>

/** A value of a file: strings are their bytes. */
export type PdfValue =
  | null
  | boolean
  | number
  | Buffer
  | PdfName
  | PdfReference
  | readonly PdfValue[]
  | PdfDictionary

/** Whether a value is a dictionary. */
export function isDictionary(value: PdfValue | undefined): value is PdfDictionary {
  return value instanceof Map
}

/** The name that a value is; undefined when it is something else. */
export function nameOf(value: PdfValue | undefined): string | undefined {
  return value instanceof PdfName ? value.name : undefined
}
