import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { passingPrefix } from '../../base/passing-folder.ts'
import { escapeXml } from '../../base/xml.ts'
import { fontFolders } from '../typesetting/fonts/font-folders.ts'
import { SHIPPED_FAMILIES, USUAL_FAMILIES } from '../typesetting/fonts/shipped-fonts.ts'

/** What stands for a family that nobody has, by the generic name that fontconfig falls back to. */
const GENERIC = ['sans-serif', 'serif', 'monospace'] as const

/**
 * Writes which fonts there are for drawings: those that are shipped are beside the installed ones, so that letters are drawn on
 * machines without any.
 *
 * @param options.machine - the configuration of the machine, which may be missing
 * @param options.installed - where the fonts of the machine are
 * @returns the file that fontconfig is to read, which is there as long as this process
 */
export function writeFontConfiguration({
  machine = '/etc/fonts/fonts.conf',
  installed = fontFolders(),
} = {}): string {
  const folder = mkdtempSync(passingPrefix('fonts'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const file = path.join(folder, 'fonts.conf')
  writeFileSync(file, fontConfiguration({ machine, installed, cache: path.join(folder, 'cache') }))
  return file
}

/** https://www.freedesktop.org/software/fontconfig/fontconfig-user.html: that of the machine comes first, where it has one. */
function fontConfiguration({
  machine,
  installed,
  cache,
}: {
  readonly machine: string
  readonly installed: readonly string[]
  readonly cache: string
}): string {
  const shipped = SHIPPED_FAMILIES.flatMap(({ files }) =>
    Object.values(files).map((file) => path.dirname(file)),
  )
  const folders = [...installed, ...new Set(shipped)]
  const aliases = GENERIC.map((generic, index) => {
    const family = USUAL_FAMILIES[index]?.names[0] ?? generic
    return `<alias binding="weak"><family>${generic}</family><accept><family>${family}</family></accept></alias>`
  })
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">',
    '<fontconfig>',
    `<include ignore_missing="yes">${escapeXml(machine)}</include>`,
    ...folders.map((each) => `<dir>${escapeXml(each)}</dir>`),
    `<cachedir>${escapeXml(cache)}</cachedir>`,
    ...aliases,
    '</fontconfig>',
    '',
  ].join('\n')
}
