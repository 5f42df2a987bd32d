import type { DeclaredPolicy } from './declared-policy.ts'
import { type CategoryIdsOf, definePolicy, type IdsOf } from './define-policy.ts'

/** What `createPortti({ policy })` does with the ids. */
declare function createPortti<const P extends DeclaredPolicy>(options: {
  policy: P
}): { allows(id: IdsOf<P>): boolean }

const policy = definePolicy({
  controller: { name: 'Yritys Oy', privacyNotice: { fi: '/tietosuoja' } },
  categories: [
    { id: 'analytics', services: ['google-analytics', { id: 'click-study', use: 'microsoft-clarity' }] },
    { id: 'social', services: ['x'] },
  ],
})
const portti = createPortti({ policy })

portti.allows('analytics')
portti.allows('google-analytics')
portti.allows('click-study')
portti.allows('necessary')
portti.allows('portti')
// @ts-expect-error a misspelt category
portti.allows('anlytics')
// @ts-expect-error the catalogue service has another id in this policy
portti.allows('microsoft-clarity')

const category: CategoryIdsOf<typeof policy> = 'social'
// @ts-expect-error a service is no category
const service: CategoryIdsOf<typeof policy> = 'x'

// A policy written in place is as exact as a defined one.
const inPlace = createPortti({
  policy: { controller: { name: 'A', privacyNotice: '/a' }, categories: [{ id: 'ads', services: [] }] },
})
inPlace.allows('ads')
// @ts-expect-error not declared
inPlace.allows('analytics')

// A policy whose literals are not known, such as imported JSON, allows any id.
declare const imported: DeclaredPolicy
createPortti({ policy: imported }).allows('whatever')

definePolicy({
  controller: { name: 'A', privacyNotice: '/a' },
  // @ts-expect-error only the two
  afterWithdraw: 'ignore',
  categories: [],
})

export { category, service }
