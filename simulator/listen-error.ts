import { HarnessError } from '../contracts/index.ts'

/** Turns a failed `listen` into the operator's error. */
export function listenError(error: NodeJS.ErrnoException, port: number, host: string): Error {
  if (error.code === 'EADDRINUSE') {
    return new HarnessError(
      'PORT_IN_USE',
      `Cannot listen on ${host}:${port}: the port is in use. Stop what holds it, or choose another one (0 takes any free port).`,
      { cause: error },
    )
  }
  if (error.code === 'EACCES' || error.code === 'EADDRNOTAVAIL') {
    return new HarnessError(
      'OPTION_INVALID',
      `Cannot listen on ${host}:${port}: ${error.code}. Choose an address and port that this machine may use.`,
      {
        cause: error,
      },
    )
  }
  return error
}
