import assert from 'node:assert/strict'

/** A line of Prometheus's text format: a comment, or a sample with a name, labels, a value and maybe a time. */
const COMMENT =
  /^# (?:HELP [a-zA-Z_:][\w:]* [^\n]*|TYPE [a-zA-Z_:][\w:]* (?:counter|gauge|histogram|summary|untyped))$/
const SAMPLE =
  /^([a-zA-Z_:][\w:]*)(\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)*\})? ([+-]?(?:Inf|\d+(?:\.\d+)?(?:e[+-]?\d+)?)|[Nn]a[Nn])(?: -?\d+)?$/

/**
 * Reads Prometheus's text format (version 0.0.4), and refuses what Prometheus would.
 *
 * @returns values by name and labels as they are written
 */
export function readExposition(text: string): Map<string, number> {
  const samples = new Map<string, number>()
  for (const line of text.split('\n')) {
    if (line === '') continue
    if (line.startsWith('#')) {
      assert.match(line, COMMENT)
      continue
    }
    const [, name = '', labels = '', value] = SAMPLE.exec(line) ?? assert.fail(`no sample: ${line}`)
    const key = name + labels
    assert.ok(!samples.has(key), `${key} is there twice`)
    samples.set(key, Number(value))
  }
  return samples
}
