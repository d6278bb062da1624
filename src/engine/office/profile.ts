import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** How the program of a profile is started. */
export const MACRO_URL = 'macro:///Standard.Convert.Main'

/** Very high: no macro of any document runs. */
const NO_MACROS = 3

/** Among the values of how links are updated; each program has numbers of its own. */
const NEVER = { writer: 0, calc: 2 } as const

/** Manually; there is nobody at this port of this machine, so that whatever is fetched is not. */
const PROXY = { type: 2, name: '127.0.0.1', port: 9 } as const

/** What a profile says, by the path of the setting in LibreOffice's registry and its name. */
const SETTINGS: readonly (readonly [
  path: string,
  name: string,
  value: string | number | boolean,
])[] = [
  // Lest it makes the profile anew, without the program in it.
  ['Setup/Office', 'ooSetupInstCompleted', true],
  ['Setup/L10N', 'ooLocale', 'en-US'],
  ['Office.Common/Misc', 'FirstRun', false],
  ['Office.Common/Security/Scripting', 'MacroSecurityLevel', NO_MACROS],
  ['Office.Common/Security/Scripting', 'BlockUntrustedRefererLinks', true],
  ['Office.Common/Security/Scripting', 'SecureURL', ''],
  ['Office.Common/Save/Document', 'WarnAlienFormat', false],
  ['Office.Recovery/AutoSave', 'Enabled', false],
  ['Office.Writer/Content/Update', 'Link', NEVER.writer],
  ['Office.Calc/Content/Update', 'Link', NEVER.calc],
  ['Inet/Settings', 'ooInetProxyType', PROXY.type],
  ['Inet/Settings', 'ooInetHTTPProxyName', PROXY.name],
  ['Inet/Settings', 'ooInetHTTPProxyPort', PROXY.port],
  ['Inet/Settings', 'ooInetHTTPSProxyName', PROXY.name],
  ['Inet/Settings', 'ooInetHTTPSProxyPort', PROXY.port],
  ['Inet/Settings', 'ooInetNoProxy', ''],
]

const LIBRARIES = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library"><library:library library:name="Standard" library:link="false"/></library:libraries>
`

const LIBRARY = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false"><library:element library:name="Convert"/></library:library>
`

/**
 * Writes a profile of LibreOffice, which two of its processes must not share, with one program in it.
 *
 * @param macro - see {@link MACRO_URL}; only the owner can read it
 */
export async function writeProfile(folder: string, macro: string): Promise<void> {
  const library = join(folder, 'user', 'basic', 'Standard')
  await mkdir(library, { recursive: true, mode: 0o700 })
  await writePrivate(join(folder, 'user', 'registrymodifications.xcu'), writeSettings())
  await writePrivate(join(folder, 'user', 'basic', 'script.xlc'), LIBRARIES)
  await writePrivate(join(library, 'script.xlb'), LIBRARY)
  await writePrivate(join(library, 'Convert.xba'), writeModule(macro))
}

function writePrivate(path: string, content: string): Promise<void> {
  return writeFile(path, content, { mode: 0o600 })
}

function writeSettings(): string {
  const items = SETTINGS.map(
    ([path, name, value]) =>
      `<item oor:path="/org.openoffice.${path}"><prop oor:name="${name}" oor:op="fuse"><value>${value}</value></prop></item>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
${items.join('\n')}
</oor:items>
`
}

function writeModule(macro: string): string {
  const escaped = macro.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Convert" script:language="StarBasic">${escaped}</script:module>
`
}
