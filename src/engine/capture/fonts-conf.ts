/** Where systems have their fonts. */
const SYSTEM_FONTS = ['/usr/share/fonts', '/usr/local/share/fonts']

/**
 * The configuration of fontconfig: the fonts of the system and some of our own, wherever this runs.
 *
 * @param own - the folder of fonts that the system may not have
 * @param cache - where what was found out about fonts is kept for as long as Chromium runs
 */
export function fontsConf(own: string | undefined, cache: string): string {
  const folders = [...SYSTEM_FONTS, ...(own === undefined ? [] : [own])]
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${folders.map((folder) => `<dir>${folder}</dir>`).join('\n')}
<cachedir>/var/cache/fontconfig</cachedir>
<cachedir>${cache}</cachedir>
<include ignore_missing="yes">/etc/fonts/conf.d</include>
</fontconfig>
`
}
