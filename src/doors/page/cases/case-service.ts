import type { ActivationListener } from '../../../cases/case-activations.ts'
import type { CaseRunner } from '../../../cases/case-runner.ts'
import type { Mocks } from '../../../cases/run-cases.ts'
import type { ReadyCase } from '../../../cases/test-case.ts'
import type { ServiceClient } from '../../../client/service-client.ts'

/** A service on which cases are run. */
export interface CaseService {
  /**
   * The URL that a rendition names as its `worker` to be made by an action; undefined when its instructions lead there anyway.
   *
   * @param action - with its package
   */
  readonly workerUrl: (
    action: string,
    instructions: Readonly<Record<string, unknown>>,
  ) => string | undefined
  /** A client that is signed in and registered. */
  readonly connect: () => Promise<ServiceClient>
  /** Tells a listener of every activation that ends. */
  readonly onActivationEnd: (listener: ActivationListener) => void
}

/** A service whose actions are led to the mocks of cases. */
export interface MockedService extends CaseService {
  readonly mocks: Mocks
  /**
   * Makes what runs cases in test mode; of a service that was started for that.
   *
   * @param out - a folder for the renditions that are made
   */
  readonly testRunner?: ((out: string) => CaseRunner) | undefined
  /** As that of a service; may be called more than once. */
  readonly stop: (graceMs?: number) => Promise<void>
}

/**
 * Starts a service for cases with mocks, or in test mode.
 *
 * @param home - a folder for its state, which may have that of an earlier one
 * @param isTestMode - whether workers see what they see when Adobe's command runs them
 */
export type StartMocked = (
  home: string,
  cases: readonly ReadyCase[],
  isTestMode: boolean,
) => Promise<MockedService>
