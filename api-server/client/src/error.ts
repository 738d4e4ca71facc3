import type { Failed } from './wx.js'

/**
 * Why no useful answer came: `TIMEOUT` (the time of the call was over), `NETWORK` (no connection, or it broke off), `LOGIN` (`wx.login` gave no code),
 * `REFUSED` (the backend answered with an error, `code` says which).
 */
export type Reason = 'TIMEOUT' | 'NETWORK' | 'LOGIN' | 'REFUSED'

/** A call that failed. */
export class MiniplaneError extends Error {
  override readonly name = 'MiniplaneError'

  /**
   * @param code five-digit code of the backend, such as 40901, or 0 where it did not answer
   * @param status HTTP status, or 0 where there was no answer
   * @param traceId what to tell the team of the backend so that they find the call
   */
  constructor(
    readonly reason: Reason,
    readonly errMsg: string,
    readonly code = 0,
    readonly status = 0,
    readonly traceId = '',
  ) {
    super(errMsg)
  }
}

/** The error for a failure that `wx` reported. */
export function ofFailure(failed: Failed): MiniplaneError {
  return new MiniplaneError(/time.?out/i.test(failed.errMsg) ? 'TIMEOUT' : 'NETWORK', failed.errMsg)
}
