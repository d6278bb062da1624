'use strict'

/** What becomes of the registry of extensions: the flag of each command that has one. */
const FLAGS = { 'app:deploy': 'publish', 'app:undeploy': 'unpublish' }

/**
 * Has `aio app deploy` publish nothing where it talks to a service that is not Adobe's: the registry of extensions is a part of
 * the Adobe Developer Console, whose host nothing redirects, and which knows no token of such a service. Whoever asks for it gets it.
 */
module.exports = async ({ Command, argv }) => {
  const flag = FLAGS[Command.id]
  const { AIO_DEPLOY_SERVICE_URL: service } = process.env
  if (flag === undefined || !service) return
  if (argv.some((arg) => [`--${flag}`, `--no-${flag}`, `--force-${flag}`].includes(arg))) return
  // A flag in the arguments would exclude others, such as --force-deploy.
  Command.flags = { ...Command.flags, [flag]: { ...Command.flags[flag], default: false } }
  console.error(
    `The service at ${service} has no registry of extensions, which Adobe alone has: --no-${flag}.`,
  )
}
