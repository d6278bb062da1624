import type { NumberFormat } from './numbers.ts'

/** The values of `Predictor` (TIFF 6.0, section 14, and Photoshop's Technical Note 3). */
const PREDICTORS = { differences: 2, floats: 3 }

/** Whether what was predicted in such a way can be undone. */
export function isPredictable(predictor: number, { bits, kind }: NumberFormat): boolean {
  if (predictor === PREDICTORS.differences) return [8, 16, 32, 64].includes(bits)
  return predictor === 1 || (predictor === PREDICTORS.floats && kind === 'float')
}

/** What a row of a piece is. */
export interface PredictedRow extends NumberFormat {
  /** How many samples a pixel has in the piece. */
  readonly samples: number
}

/** Makes a row of samples of what it is told by, in place. */
export function undoPrediction(row: Buffer, predictor: number, how: PredictedRow): void {
  if (predictor === PREDICTORS.differences) addUp(row, how)
  if (predictor === PREDICTORS.floats) joinBytes(row, how)
}

function addUp(row: Buffer, { bits, isLittle, samples }: PredictedRow): void {
  const bytes = bits / 8
  const step = samples * bytes
  for (let at = step; at + bytes <= row.length; at += bytes) {
    // From the lowest byte up, with what does not fit into one.
    let carry = 0
    for (let byte = 0; byte < bytes; byte += 1) {
      const place = isLittle ? at + byte : at + bytes - 1 - byte
      const sum = (row[place] ?? 0) + (row[place - step] ?? 0) + carry
      row[place] = sum & 0xff
      carry = sum >> 8
    }
  }
}

/** Bytes of a row stand apart, the highest of all samples first, and are differences. */
function joinBytes(row: Buffer, { bits, isLittle, samples }: PredictedRow): void {
  for (let at = samples; at < row.length; at += 1)
    row[at] = ((row[at] ?? 0) + (row[at - samples] ?? 0)) & 0xff
  const bytes = bits / 8
  const apart = Buffer.from(row)
  const count = row.length / bytes
  for (let index = 0; index < count; index += 1) {
    for (let byte = 0; byte < bytes; byte += 1) {
      const place = isLittle ? bytes - 1 - byte : byte
      row[index * bytes + place] = apart[byte * count + index] ?? 0
    }
  }
}
