import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where the fonts of a machine are, by its system; folders that are not there count for nothing. */
export function fontFolders(
  platform: NodeJS.Platform = process.platform,
  home = homedir(),
): readonly string[] {
  if (platform === 'darwin') {
    return [join(home, 'Library/Fonts'), '/Library/Fonts', '/System/Library/Fonts']
  }
  if (platform === 'win32') {
    return [join(home, 'AppData/Local/Microsoft/Windows/Fonts'), 'C:/Windows/Fonts']
  }
  return [
    join(home, '.local/share/fonts'),
    join(home, '.fonts'),
    '/usr/local/share/fonts',
    '/usr/share/fonts',
  ]
}
