import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { externalTarget } from '../../src/external-target.ts'
import { fuzz } from '../../src/fuzz/index.ts'
import { wallMs } from '../../simulator/index.ts'
import { freePort } from '../support/free-ports.ts'

it(
  "finds what somebody else's gateway does wrong, and writes a file that shows it there",
  {
    timeout: 240_000,
  },
  async () => {
    const target = await externalTarget(
      {
        gateway: `http://127.0.0.1:${await freePort()}`,
        gatewayCommand: `"${process.execPath}" --import tsx test/support/wrong-gateway.ts unmatched-decides`,
        mqttPort: 0,
        readyTimeout: 60,
        seed: 1,
      },
      { cwd: fileURLToPath(new URL('../..', import.meta.url)), env: process.env },
    )
    onTestFinished(() => target.close())

    const { findings } = await fuzz({
      target,
      seed: 1,
      runs: 96,
      bail: 1,
      isFatal: ({ rule }) => rule === 'unmatched-never-decides',
      now: wallMs,
    })

    expect(findings).toMatchObject([{ rule: 'unmatched-never-decides', state: 'verified' }])
  },
)
