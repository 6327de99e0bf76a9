import { compileContracts } from '../../tools/compile-contracts.ts'

/** Runs once before all tests: the contracts as data, compiled from what lies in the tree now. */
export function setup(): void {
  compileContracts()
}
