import { describe, expect, it } from 'vitest'
import type { Account } from '../../simulator/access.ts'
import { refusePublish, refuseSubscribe, senderOf } from '../../simulator/access.ts'

const platform: Account = { kind: 'platform' }
const dock: Account = { kind: 'dock', gateway_sn: 'D1', aircraft_sn: 'A1' }

describe('refusePublish', () => {
  it.each([
    [platform, 'thing/product/D1/services'],
    [platform, 'thing/product/D1/property/set'],
    [platform, 'sys/product/D1/status_reply'],
    [dock, 'thing/product/D1/services_reply'],
    [dock, 'thing/product/A1/osd'],
    [dock, 'sys/product/D1/status'],
    [dock, 'thing/product/D1/drc/up'],
  ])('lets %o publish on %s', (account, topic) => {
    expect(refusePublish(account, topic, 'enforced')).toBeUndefined()
  })

  it.each([
    [platform, 'thing/product/D1/services_reply'],
    [platform, 'thing/product/D1/osd'],
    [platform, 'elsewhere'],
    [dock, 'thing/product/D2/services_reply'],
    [dock, 'thing/product/D1/services'],
    [dock, 'thing/product/D1/status'],
    [dock, '$SYS/anything'],
  ])('refuses %o on %s', (account, topic) => {
    expect(refusePublish(account, topic, 'enforced')).toEqual(expect.any(String))
  })

  it('lets everybody say anything but the broker’s own topics when the rules are lifted', () => {
    expect(refusePublish(dock, 'thing/product/D2/services_reply', 'permissive')).toBeUndefined()
    expect(refusePublish(dock, '$SYS/x', 'permissive')).toEqual(expect.any(String))
  })
})

describe('refuseSubscribe', () => {
  it.each([
    [platform, 'thing/product/+/services_reply'],
    [platform, 'sys/product/+/status'],
    [dock, 'thing/product/D1/services'],
    [dock, 'thing/product/D1/drc/down'],
  ])('lets %o read %s', (account, filter) => {
    expect(refuseSubscribe(account, filter, 'enforced')).toBeUndefined()
  })

  it.each([
    [platform, '#'],
    [platform, 'thing/product/#'],
    [dock, 'thing/product/+/services'],
    [dock, 'thing/product/D2/services'],
    [dock, 'thing/product/D1/services_reply'],
  ])('refuses %o %s', (account, filter) => {
    expect(refuseSubscribe(account, filter, 'enforced')).toEqual(expect.any(String))
  })

  it('lets everybody read anything when the rules are lifted', () => {
    expect(refuseSubscribe(dock, '#', 'permissive')).toBeUndefined()
  })
})

describe('senderOf', () => {
  it('names a dock by its own serial number, not its aircraft’s', () => {
    expect(senderOf(dock)).toEqual({ kind: 'dock', gateway_sn: 'D1' })
  })
})
