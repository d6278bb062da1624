import type { ServiceProcess } from '../../test/e2e/service-process.ts'

/** Ends a service; resolves when it has ended. */
export async function stopService(service: ServiceProcess): Promise<void> {
  service.child.kill('SIGTERM')
  await service.exited
}
