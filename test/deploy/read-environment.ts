import { type Config, readConfig } from '../../src/config.ts'

/** What a service makes of an environment and of the `.env` in a folder; nothing else is in either meanwhile. */
export function readEnvironment(
  environment: Readonly<Record<string, string>>,
  folder: string,
): Config {
  const own = { ...process.env }
  setEnvironment(environment)
  try {
    return readConfig(folder)
  } finally {
    setEnvironment(own)
  }
}

function setEnvironment(values: Readonly<Record<string, string | undefined>>): void {
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, values)
}
