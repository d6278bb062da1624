/** How near bytes are to UTF-8. */
export interface Utf8Measure {
  /** Bytes that follow others as UTF-8 says: hardly any text in another encoding has them. */
  readonly right: number
  /** Places where something else stands. */
  readonly wrong: number
}

/** As many bytes follow that are right as say of one place that it is a mistake in UTF-8, and not another encoding. */
const RIGHT_A_MISTAKE = 4

/** Whether bytes are UTF-8 with some mistakes in it, as a file has that was put together or cut off. */
export function isNearlyUtf8({ right, wrong }: Utf8Measure): boolean {
  return right >= RIGHT_A_MISTAKE * wrong
}

/** Measures how near bytes are to UTF-8, and to what Java and Oracle write instead: CESU-8, and `C0 80` for a zero. */
export function measureUtf8(chunks: Iterable<Uint8Array>): Utf8Measure {
  let right = 0
  let wrong = 0
  /** Bytes that have to follow, and have followed, and what the next of them may be. */
  let due = 0
  let seen = 0
  let low = 0x80
  let high = 0xbf
  for (const chunk of chunks) {
    for (const byte of chunk) {
      if (due > 0) {
        if (byte >= low && byte <= high) {
          low = 0x80
          high = 0xbf
          due -= 1
          seen += 1
          // One byte that follows says little, since two of them are a pair of letters elsewhere.
          if (due === 0) right += 2 * seen - 1
          continue
        }
        wrong += 1
        due = 0
      }
      if (byte < 0x80) continue
      seen = 0
      if (byte === 0xc0) [due, low, high] = [1, 0x80, 0x80]
      else if (byte >= 0xc2 && byte <= 0xdf) due = 1
      else if (byte >= 0xe0 && byte <= 0xef) [due, low] = [2, byte === 0xe0 ? 0xa0 : 0x80]
      else if (byte >= 0xf0 && byte <= 0xf4) {
        ;[due, low, high] = [3, byte === 0xf0 ? 0x90 : 0x80, byte === 0xf4 ? 0x8f : 0xbf]
      } else wrong += 1
    }
  }
  return { right, wrong: wrong + (due > 0 ? 1 : 0) }
}
